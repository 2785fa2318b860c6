import { silentLog, TillbridgeError } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SyncRunner, type SyncRunnerOptions } from './runner.js';
import type { SyncDone, SyncWork } from './work.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

class Work implements SyncWork {
  readonly id = 'cards';
  readonly type = 'feed';
  readonly hosts = ['cards.example'];
  readonly runs: { readonly full: boolean; readonly at: number }[] = [];
  answer: (signal: AbortSignal) => Promise<SyncDone> = () => Promise.resolve({ rows: 7 });
  readonly #clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  run(full: boolean, signal: AbortSignal): Promise<SyncDone> {
    this.runs.push({ full, at: this.#clock.mono() });
    return this.answer(signal);
  }
}

let clock: VirtualClock;
let work: Work;
let runner: SyncRunner;
const make = (more: Partial<SyncRunnerOptions> = {}): SyncRunner => {
  runner = new SyncRunner({ work, clock, log: silentLog, random: () => 0.5, everyMs: 15 * MINUTE, timeoutMs: 5 * MINUTE, ...more });
  return runner;
};
beforeEach(() => {
  clock = new VirtualClock();
  work = new Work(clock);
});
afterEach(() => runner.close());

const failure = (retryable = true): Promise<never> => Promise.reject(new TillbridgeError(retryable ? 'TB_TRANSLATE_SYNC_DOWNLOAD' : 'TB_TRANSLATE_SYNC_DENIED', { source: 'cards', problem: 'refused' }));

describe('a job', () => {
  it('runs at once and then in its rhythm', async () => {
    make().start();
    await clock.advance(1000);
    expect(work.runs).toHaveLength(1);
    expect(runner.status()).toMatchObject({ rows: 7, failures: 0, state: 'waiting' });
    await clock.advance(HOUR);
    expect(work.runs).toHaveLength(5);
  });

  it('shifts its rounds within a tenth, by chance', async () => {
    const waits = await Promise.all(
      [0, 0.999].map(async (chance) => {
        const own = new VirtualClock();
        const job = new Work(own);
        const each = new SyncRunner({ work: job, clock: own, log: silentLog, random: () => chance, everyMs: 15 * MINUTE, timeoutMs: MINUTE });
        each.start();
        await own.advance(20 * MINUTE);
        await each.close();
        return (job.runs[1]?.at ?? 0) - (job.runs[0]?.at ?? 0);
      }),
    );
    expect(waits[0]).toBeCloseTo(13.5 * MINUTE, -2);
    expect(waits[1]).toBeCloseTo(16.5 * MINUTE, -3);
  });

  it('comes back later and later while it fails, and never later than its rhythm', async () => {
    work.answer = () => failure();
    make().start();
    await clock.advance(3 * HOUR);
    const gaps = work.runs.slice(1).map(({ at }, i) => Math.round((at - (work.runs[i]?.at ?? 0)) / 1000));
    expect(gaps.slice(0, 6)).toEqual([26, 53, 105, 263, 788, 788]);
    expect(runner.status()).toMatchObject({ error: { code: 'TB_TRANSLATE_SYNC_DOWNLOAD' } });
    work.answer = () => Promise.resolve({ rows: 1 });
    await clock.advance(15 * MINUTE);
    expect(runner.status()).toMatchObject({ failures: 0, rows: 1 });
    expect(runner.status().error).toBeUndefined();
  });

  it('does not knock with a wrong key again and again', async () => {
    work.answer = () => failure(false);
    make().start();
    await clock.advance(HOUR);
    expect(work.runs.length).toBeLessThanOrEqual(5);
  });

  it('keeps what it knew when there is nothing new', async () => {
    make({ fullHour: 3, localHour: () => 12 }).start();
    await clock.advance(1000);
    const first = runner.status().lastSuccess ?? 0;
    work.answer = () => Promise.resolve({ unchanged: true });
    await clock.advance(20 * MINUTE);
    expect(runner.status()).toMatchObject({ rows: 7 });
    expect(runner.status().lastSuccess).toBeGreaterThan(first);
  });

  it('takes everything anew once a night, and after a day and a half where the night was missed', async () => {
    let hour = 12;
    make({ fullHour: 3, localHour: () => hour }).start();
    await clock.advance(13 * HOUR);
    expect(work.runs.filter(({ full }) => full)).toHaveLength(1);
    hour = 3;
    await clock.advance(HOUR);
    expect(work.runs.filter(({ full }) => full)).toHaveLength(2);
    hour = 12;
    await clock.advance(37 * HOUR);
    expect(work.runs.filter(({ full }) => full)).toHaveLength(3);
  });

  it('has runs of bounded length, even of a work that does not listen', async () => {
    let signal: AbortSignal | undefined;
    work.answer = (given) => {
      signal ??= given;
      return new Promise(() => undefined);
    };
    make().start();
    await clock.advance(4 * MINUTE);
    runner.soon();
    expect(work.runs).toHaveLength(1);
    expect(runner.status().state).toBe('running');
    await clock.advance(2 * MINUTE);
    expect(signal?.aborted).toBe(true);
    expect(runner.status()).toMatchObject({ failures: expect.any(Number) as number, error: { code: 'TB_TRANSLATE_SYNC_DOWNLOAD' } });
  });

  it('runs sooner where it is asked to, at most once a minute', async () => {
    make().start();
    await clock.advance(2 * MINUTE);
    for (let i = 0; i < 10; i += 1) runner.soon();
    await clock.advance(100);
    expect(work.runs).toHaveLength(2);
    runner.soon();
    await clock.advance(100);
    expect(work.runs).toHaveLength(2);
  });

  it('ends a run that is under way when it is closed, and tells no error of that', async () => {
    work.answer = (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
    make().start();
    await clock.advance(2000);
    await runner.close();
    await runner.close();
    expect(runner.status()).toMatchObject({ state: 'closed', failures: 0 });
    await clock.advance(HOUR);
    expect(work.runs).toHaveLength(1);
  });
});
