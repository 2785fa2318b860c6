import { inspect } from 'node:util';
import {
  instant,
  isDelivered,
  NativeNumber,
  OUTCOMES,
  systemClock,
  Withdrawal,
  type Adapter,
  type DeliveryRequest,
  type GoodsRead,
  type Inbound,
  type Log,
  type LogFields,
  type Outcome,
  type PartState,
} from '@tillbridge/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

/** An adapter under test and the till at its other end. */
export interface AdapterFixture {
  /** Made, not opened. */
  readonly adapter: Adapter;
  /** The till is up and takes what it is given (`true`), or is up and takes nothing, where such a till can be made (`false`). */
  takes(on: boolean): void | Promise<void>;
  /** Everything that the till has taken so far: bytes of goods and numbers in their order, or the bodies of requests. */
  taken(): Uint8Array;
  /** What `taken` shows of a goods read on a path that carries texts and not bytes; default its bytes with its terminator. */
  shows?(bytes: Uint8Array, terminator: Uint8Array): Uint8Array;
  /** Releases what the fixture made; called after the adapter was closed. */
  dispose?(): void | Promise<void>;
}

/** Makes the adapter with this log, on the real clock. */
export type MakeAdapter = (log: Log) => AdapterFixture | Promise<AdapterFixture>;

/** Time limits of the suite, in milliseconds. */
const ARRIVES_MS = 5_000;
const AFTER_ABORT_MS = 1_000;
const CLOSE_MS = 2_000;
/** How long to look for what must not come. */
const ABSENT_MS = 150;

const never = new AbortController().signal;

/** Conformance of an {@link Adapter}: closed outcomes, one each, late and withdrawn numbers stay away, goods whole and in order, nothing in clear. */
export function describeAdapter(name: string, make: MakeAdapter): void {
  describe(`adapter ${name}`, () => {
    let log: Recorder;
    let fixture: AdapterFixture;
    let adapter: Adapter;
    let states: PartState[];
    let inbound: Inbound;
    let numbers: number;

    beforeEach(async () => {
      log = new Recorder();
      fixture = await make(log.log);
      adapter = fixture.adapter;
      states = [];
      numbers = 0;
      inbound = { state: (state) => void states.push(state), goodsDropped: () => undefined, order: () => undefined };
    });

    afterEach(async () => {
      await adapter.close();
      await fixture.dispose?.();
    });

    const text = (): string => Buffer.from(fixture.taken()).toString('latin1');

    const up = async (): Promise<void> => {
      await adapter.open(inbound, never);
      await fixture.takes(true);
      await until(() => adapter.state.status === 'ready');
    };

    const request = (over: Partial<DeliveryRequest> = {}): DeliveryRequest => {
      numbers += 1;
      return {
        id: `delivery-${String(numbers)}`,
        scanId: `scan-${String(numbers)}`,
        till: adapter.id,
        number: new NativeNumber('card', `77012345678${String(numbers).padStart(2, '0')}`),
        at: instant(systemClock),
        expired: () => false,
        ...over,
      };
    };

    test('opens, says so, and says so when it is closed', async () => {
      expect(adapter.state.status).toBe('closed');
      await up();
      expect(states.length).toBeGreaterThan(0);
      expect(states.at(-1)?.status).toBe('ready');
      expect(adapter.state.since).toBeGreaterThan(0);
      await adapter.close();
      expect(adapter.state.status).toBe('closed');
    });

    test('hands a number over once', async () => {
      await up();
      const first = request();
      const outcome = await adapter.deliver(first, never);
      expectClosed(outcome);
      expect(isDelivered(outcome.outcome)).toBe(isDelivered(adapter.capabilities.best));
      // a till that asks, and cannot be told, says so of every number
      if (!isDelivered(adapter.capabilities.best)) {
        expect(text()).toBe('');
        return;
      }
      await until(() => text().includes(first.number.reveal()));
      const second = request();
      expectClosed(await adapter.deliver(second, never));
      await until(() => text().includes(second.number.reveal()));
      expect(text().split(first.number.reveal())).toHaveLength(2);
    });

    test('a delivery withdrawn before it began leaves nothing', async () => {
      await up();
      const late = request();
      const outcome = await adapter.deliver(late, AbortSignal.abort(new Withdrawal('superseded')));
      expect(outcome.outcome).toBe('superseded');
      await pause(ABSENT_MS);
      expect(text()).not.toContain(late.number.reveal());
    });

    test('a number that is too old when its turn comes is not sent', async () => {
      await up();
      const old = request({ expired: () => true });
      expect((await adapter.deliver(old, never)).outcome).toBe('expired');
      await pause(ABSENT_MS);
      expect(text()).not.toContain(old.number.reveal());
    });

    test('a delivery withdrawn while the till takes nothing ends at once, and says truly whether it may have arrived', async () => {
      await up();
      await fixture.takes(false);
      const controller = new AbortController();
      const stuck = request();
      const result = adapter.deliver(stuck, controller.signal);
      await pause(ABSENT_MS);
      const start = performance.now();
      controller.abort(new Withdrawal('expired'));
      const outcome = await result;
      expect(performance.now() - start).toBeLessThan(AFTER_ABORT_MS);
      expectClosed(outcome);
      await fixture.takes(true);
      await pause(ABSENT_MS);
      if (outcome.outcome !== 'unknown' && !isDelivered(outcome.outcome)) expect(text()).not.toContain(stuck.number.reveal());
    });

    test('goods: declared, whole, in order, byte for byte', async () => {
      expect(adapter.capabilities.goods).toBe(adapter.goods !== undefined);
      if (!adapter.capabilities.goods) return;
      await up();
      const reads = [goods('4607001234567', '\r'), goods('010460\u001d21\u0000\u00ff\u0080', '\r\n'), goods('no end', ''), ...burst(50)];
      for (const read of reads) adapter.goods?.(read);
      const whole = (bytes: Uint8Array, terminator: Uint8Array): Uint8Array => Buffer.concat([bytes, terminator]);
      const expected = reads.map((read) => latin1((fixture.shows ?? whole)(read.bytes, read.terminator))).join('');
      await until(() => text().length >= expected.length);
      expect(text()).toBe(expected);
    });

    test('a number among goods is not merged with them and overtakes nothing', async () => {
      if (!adapter.capabilities.goods) return;
      await up();
      const number = request();
      adapter.goods?.(goods('before', '\r'));
      const outcome = adapter.deliver(number, never);
      adapter.goods?.(goods('behind', '\r'));
      expectClosed(await outcome);
      adapter.goods?.(goods('after', '\r'));
      await until(() => text().includes('after\r'));
      const rest = text().replace('before\r', '').replace('behind\r', '').replace('after\r', '');
      expect(rest).toContain(number.number.reveal());
      expect(rest.length).toBeLessThan(number.number.reveal().length + 64);
      expect(text().startsWith('before\r')).toBe(true);
      expect(text().endsWith('after\r')).toBe(true);
    });

    test('closes quickly, twice, and in the middle of a delivery', async () => {
      await up();
      await fixture.takes(false);
      const result = adapter.deliver(request(), never);
      await pause(20);
      const start = performance.now();
      await Promise.all([adapter.close(), adapter.close()]);
      expect(performance.now() - start).toBeLessThan(CLOSE_MS);
      expectClosed(await result);
      await adapter.close();
      const afterwards = await adapter.deliver(request(), never);
      expectClosed(afterwards);
      expect(isDelivered(afterwards.outcome)).toBe(false);
      expect(() => adapter.goods?.(goods('late', '\r'))).not.toThrow();
    });

    test('probe gives rows and hands nothing over', async () => {
      await up();
      const rows = await adapter.probe(AbortSignal.timeout(ARRIVES_MS));
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        expect(['ok', 'warn', 'fail']).toContain(row.level);
        expect(row.id).not.toBe('');
        expect(row.text).not.toBe('');
        if (row.level === 'fail') expect(row.remedy ?? '').not.toBe('');
      }
      expect(text()).toBe('');
    });

    test('shows no number: not in its log, state, probe or itself', async () => {
      await up();
      const shown = request();
      await adapter.deliver(shown, never);
      await fixture.takes(false);
      await adapter.deliver(shown, AbortSignal.timeout(100));
      const rows = await adapter.probe(AbortSignal.timeout(ARRIVES_MS));
      await adapter.close();
      const everything = `${log.text()}${JSON.stringify(states)}${JSON.stringify(rows)}${inspect(adapter, { depth: 8 })}${inspect(states, { depth: 8 })}`;
      expect(everything).not.toContain(shown.number.reveal());
    });
  });
}

class Recorder {
  readonly #lines: string[] = [];
  readonly log: Log = {
    debug: (event, fields) => this.#add(event, fields),
    info: (event, fields) => this.#add(event, fields),
    warn: (event, fields) => this.#add(event, fields),
    error: (event, fields) => this.#add(event, fields),
    child: () => this.log,
  };

  text(): string {
    return this.#lines.join('\n');
  }

  #add(event: string, fields: LogFields = {}): void {
    this.#lines.push(`${event} ${inspect(fields, { depth: 8 })}`);
  }
}

function expectClosed(outcome: Outcome): void {
  expect(OUTCOMES).toContain(outcome.outcome);
  // words of ours, never foreign text
  for (const word of [outcome.reason, outcome.evidence]) if (word !== undefined) expect(word).toMatch(/^[A-Za-z][A-Za-z0-9]{0,39}$/);
}

function goods(code: string, terminator: string): GoodsRead {
  return {
    reader: 'counter',
    bytes: Buffer.from(code, 'latin1'),
    terminator: Buffer.from(terminator, 'latin1'),
    withSuffix: false,
    at: instant(systemClock),
  };
}

function burst(count: number): GoodsRead[] {
  return Array.from({ length: count }, (_, index) => goods(`46070012${String(index).padStart(5, '0')}`, '\r'));
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + ARRIVES_MS;
  while (!condition()) {
    if (performance.now() > end) throw new Error('did not happen in time');
    await pause(5);
  }
}
