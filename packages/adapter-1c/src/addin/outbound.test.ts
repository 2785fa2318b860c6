import { instant } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DaemonMessage, StatusState } from '../protocol/messages.js';
import { ITEM_TRANSITIONS } from './in-flight.js';
import { Outbound, type ItemEnd } from './outbound.js';

/** The driver as the page describes it: remembers what it was given, raises each once, in order. */
class ModelDriver {
  readonly raised: string[] = [];
  readonly instance: string;
  readonly #known = new Map<string, StatusState>();
  readonly #answers: { readonly id: string; readonly state: StatusState }[] = [];
  takes = true;
  up = false;

  constructor(instance: string) {
    this.instance = instance;
  }

  send(message: DaemonMessage): void {
    if (!this.up || !('id' in message)) return;
    const { id } = message;
    const known = this.#known.get(id);
    if (message.type === 'deliver' && known === undefined) {
      this.#known.set(id, 'waiting');
      if (this.takes) this.raise();
    } else if (message.type === 'withdraw' && known === 'waiting') {
      this.#known.set(id, 'dropped');
      this.#answers.push({ id, state: 'dropped' });
    } else this.#answers.push({ id, state: known ?? 'none' });
  }

  /** 1C takes what waits. */
  raise(): void {
    for (const [id, state] of this.#known) {
      if (state !== 'waiting') continue;
      this.#known.set(id, 'queued');
      this.raised.push(id);
      this.#answers.push({ id, state: 'queued' });
    }
  }

  /** What it has said so far; a broken connection loses it. */
  answers(): readonly { readonly id: string; readonly state: StatusState }[] {
    return this.#answers.splice(0);
  }
}

describe('what goes to 1C', () => {
  it('is raised in order, at most once, and each ends once and truly, whatever the connection does', async () => {
    const step = fc.constantFrom('goods', 'goods', 'number', 'break', 'connect', 'reopen', 'say', 'busy', 'free', 'recall', 'wait');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const clock = new VirtualClock();
        const outbound = new Outbound(clock, 100);
        const drivers = [new ModelDriver('0')];
        const driver = (): ModelDriver => drivers.at(-1)!;
        const ends = new Map<string, ItemEnd[]>();
        const order: string[] = [];
        const link = (): void => {
          driver().up = true;
          driver().answers();
          const { instance } = driver();
          outbound.connected({ instance, send: (message) => driver().instance === instance && driver().send(message) });
        };
        const hear = (): void => {
          for (let said = driver().answers(); said.length > 0; said = driver().answers()) {
            for (const { id, state } of said) if (driver().up) outbound.status({ type: 'status', id, state, reason: '' });
          }
        };
        for (const [i, what] of steps.entries()) {
          if (what === 'goods' || what === 'number') {
            const id = `${what}${String(i)}`;
            order.push(id);
            ends.set(id, []);
            outbound.add({ id, kind: what, event: 'barcode', data: id, at: instant(clock), lifeMs: 1000, end: (end) => ends.get(id)?.push(end) });
          } else if (what === 'break') {
            driver().up = false;
            outbound.disconnected();
          } else if (what === 'connect') link();
          else if (what === 'reopen') {
            driver().up = false;
            outbound.disconnected();
            drivers.push(new ModelDriver(String(drivers.length)));
            link();
          } else if (what === 'say') hear();
          else if (what === 'busy') driver().takes = false;
          else if (what === 'free') {
            driver().takes = true;
            driver().raise();
          } else if (what === 'recall') {
            const number = order.findLast((id) => id.startsWith('number'));
            if (number !== undefined) outbound.recall(number);
          } else await clock.advance(150);
        }
        await clock.advance(10_000);
        const raised = drivers.flatMap((each) => each.raised);
        expect(new Set(raised).size).toBe(raised.length);
        // in the order in which they were scanned
        expect(raised).toEqual(order.filter((id) => raised.includes(id)));
        for (const [id, told] of ends) {
          expect(told).toHaveLength(1);
          if (told[0]!.how === 'raised') expect(raised).toContain(id);
          if (told[0]!.how === 'never' || told[0]!.how === 'notRaised') expect(raised).not.toContain(id);
        }
        expect([outbound.waiting, clock.pending]).toEqual([0, 0]);
      }),
      { numRuns: 1500 },
    );
  });

  it('holds at most 32 with the driver and 1024 in all', () => {
    const clock = new VirtualClock();
    const outbound = new Outbound(clock, 0);
    const sent: DaemonMessage[] = [];
    let lost = 0;
    for (let i = 0; i < 2000; i += 1) outbound.add({ id: String(i), kind: 'goods', event: 'barcode', data: 'x', at: instant(clock), lifeMs: 5000, end: () => (lost += 1) });
    outbound.connected({ instance: 'a', send: (message) => sent.push(message) });
    expect([sent.length, lost, outbound.waiting]).toEqual([32, 976, 1024]);
    expect(sent.map((message) => ('seq' in message ? message.seq : 0))).toEqual(Array.from({ length: 32 }, (_, i) => i + 1));
  });

  it('says how long each may wait, counted from its scan', async () => {
    const clock = new VirtualClock();
    const outbound = new Outbound(clock, 0);
    const sent: DaemonMessage[] = [];
    const at = instant(clock);
    await clock.advance(700);
    outbound.connected({ instance: 'a', send: (message) => sent.push(message) });
    outbound.add({ id: 'a', kind: 'goods', event: 'barcode', data: 'x', at, lifeMs: 2000, end: () => undefined });
    expect(sent).toEqual([{ type: 'deliver', id: 'a', seq: 1, event: 'barcode', data: 'x', expiresInMs: 1300 }]);
  });
});

it('what is over stays over', () => {
  for (const next of Object.values(ITEM_TRANSITIONS.over)) expect(next).toEqual({ to: 'over', effect: 'nothing' });
});
