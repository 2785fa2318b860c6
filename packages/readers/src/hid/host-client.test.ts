import { silentLog } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProcessEvents } from '@tillbridge/child-host';
import { HidHostClient, type ConnectionEvents } from './host-client.js';
import type { HidCommand, HidReport } from './host/protocol.js';

const never = new AbortController().signal;

class Bench {
  readonly clock = new VirtualClock();
  readonly story: string[] = [];
  readonly commands: HidCommand[] = [];
  starts = 0;
  #events: ProcessEvents | undefined;
  readonly client = new HidHostClient({
    reader: 'r',
    clock: this.clock,
    log: silentLog,
    random: () => 0,
    spawn: (events) => {
      this.starts += 1;
      this.#events = events;
      return {
        send: (message) => {
          const { kind, command } = message as { readonly kind: string; readonly command?: HidCommand };
          if (kind === 'stop') events.exit('stopped');
          if (command !== undefined) this.commands.push(command);
          return true;
        },
        kill: () => events.exit('killed'),
      };
    },
  });
  readonly events: ConnectionEvents = {
    report: (bytes) => this.story.push(`report ${String(bytes[0])}`),
    gap: (byteCount) => this.story.push(`gap ${String(byteCount)}`),
    featureFailed: (problem) => this.story.push(`feature ${problem}`),
    ended: (problem, by) => this.story.push(`ended ${by} ${problem}`),
  };

  say(report: HidReport): void {
    this.#events?.message({ kind: 'report', report });
  }
  beat(): void {
    this.#events?.message({ kind: 'beat' });
  }
  die(problem: string): void {
    this.#events?.exit(problem);
  }
  /** Time passes and the process beats. */
  async live(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 500) {
      this.beat();
      await this.clock.advance(Math.min(500, left));
    }
  }
  reports(connection: number, seq: number, ...values: number[]): void {
    this.say({ kind: 'reports', connection, seq, reports: values.map((value) => ({ bytes: Uint8Array.of(value), wall: 0 })) });
  }
  async open(): Promise<number> {
    this.beat();
    const opening = this.client.open({ path: 'p', onOpen: [], onClose: [] }, this.events, never);
    await this.clock.settle();
    const connection = this.commands.flatMap((command) => (command.kind === 'open' ? [command.connection] : [])).at(-1)!;
    this.say({ kind: 'opened', connection });
    return opening;
  }
}

const failure = (promise: Promise<unknown>): Promise<unknown> => promise.then(() => undefined, (error: unknown) => error);

describe('the client of the helper', () => {
  test('hands on each report once and in order, whatever is repeated', async () => {
    const bench = new Bench();
    const connection = await bench.open();
    bench.reports(connection, 0, 1, 2);
    bench.reports(connection, 1, 2, 3);
    bench.reports(connection, 3, 4);
    expect(bench.story).toEqual(['report 1', 'report 2', 'report 3', 'report 4']);
  });

  test('says where reports are missing', async () => {
    const bench = new Bench();
    const connection = await bench.open();
    bench.reports(connection, 0, 1);
    bench.reports(connection, 5, 6);
    expect(bench.story).toEqual(['report 1', 'gap 0', 'report 6']);
  });

  test('nothing of an older connection, nor after the end, nor after closing', async () => {
    const bench = new Bench();
    const first = await bench.open();
    const second = await bench.open();
    bench.reports(first, 0, 1);
    bench.reports(second, 0, 2);
    bench.say({ kind: 'ended', connection: first, problem: 'x' });
    bench.say({ kind: 'ended', connection: second, problem: 'gone' });
    bench.reports(second, 1, 3);
    const third = await bench.open();
    const closing = bench.client.close(third);
    bench.reports(third, 0, 4);
    bench.say({ kind: 'closed', connection: third });
    await closing;
    expect(bench.story).toEqual(['report 2', 'ended device gone']);
  });

  test('a process that dies ends the connection and whatever was asked', async () => {
    const bench = new Bench();
    await bench.open();
    const listing = failure(bench.client.list([], never));
    await bench.clock.settle();
    bench.die('SIGKILL');
    expect(await listing).toMatchObject({ code: 'TB_READER_HID_HOST' });
    expect(bench.story).toEqual(['ended host SIGKILL']);
  });

  test.each(['list', 'open'] as const)('a %s that takes too long replaces the process', async (what) => {
    const bench = new Bench();
    bench.beat();
    const asked = failure(what === 'list' ? bench.client.list([], never) : bench.client.open({ path: 'p', onOpen: [], onClose: [] }, bench.events, never));
    await bench.live(5500);
    expect(await asked).toMatchObject({ code: 'TB_READER_HID_HOST', retryable: true });
    expect(bench.starts).toBe(2);
  });

  test('one that is taken back does not', async () => {
    const bench = new Bench();
    const abort = new AbortController();
    bench.beat();
    const asked = failure(bench.client.open({ path: 'p', onOpen: [], onClose: [] }, bench.events, abort.signal));
    await bench.clock.settle();
    abort.abort();
    await asked;
    expect(bench.starts).toBe(1);
    expect(bench.commands.map(({ kind }) => kind)).toEqual(['open', 'close']);
  });

  test('a device that cannot be closed replaces the process', async () => {
    const bench = new Bench();
    await bench.open();
    bench.say({ kind: 'stuck', problem: 'does not let go' });
    await bench.clock.advance(200);
    expect(bench.starts).toBe(2);
  });

  test('closing waits for the device to be free, not for ever', async () => {
    const bench = new Bench();
    const connection = await bench.open();
    let closed = false;
    void bench.client.close(connection).then(() => (closed = true));
    await bench.live(1400);
    expect(closed).toBe(false);
    await bench.live(200);
    expect(closed).toBe(true);
    await bench.client.stop();
    expect(bench.clock.pending).toBe(0);
  });

  test('with messages and deaths in any order: every report at most once, in order', async () => {
    const step = fc.oneof(
      fc.record({ what: fc.constant('reports' as const), back: fc.integer({ min: 0, max: 3 }), count: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ what: fc.constantFrom('die' as const, 'ended' as const, 'open' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const bench = new Bench();
        let connection = await bench.open();
        let next = 0;
        for (const one of steps) {
          if (one.what === 'reports') {
            // the same ones again, and some more
            const from = Math.max(0, next - one.back);
            bench.reports(connection, from, ...Array.from({ length: one.count }, (_, i) => from + i));
            next = Math.max(next, from + one.count);
            continue;
          }
          if (one.what === 'die') {
            const before = bench.starts;
            bench.die('x');
            while (bench.starts === before) await bench.clock.advance(100);
          } else if (one.what === 'ended') bench.say({ kind: 'ended', connection, problem: 'y' });
          bench.beat();
          connection = await bench.open();
          next = 0;
          bench.story.push('open');
        }
        let last = -1;
        for (const line of bench.story) {
          if (line.startsWith('report ')) {
            expect(Number(line.slice(7))).toBe(last + 1);
            last += 1;
          } else if (line === 'open') last = -1;
        }
        await bench.client.stop();
      }),
      { numRuns: 200 },
    );
  });
});
