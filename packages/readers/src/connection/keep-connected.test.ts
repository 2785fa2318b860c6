import { backOff, silentLog, TillbridgeError } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { describe, expect, test } from 'vitest';
import { keepConnected, type Connector, type Link } from './keep-connected.js';
import { StateCell } from './state-cell.js';

const lost = (): TillbridgeError => new TillbridgeError('TB_READER_VANISHED', { reader: 'r', path: 'p' });

function setup(connect: () => Promise<Link>, arrival?: Connector<Link>['arrival']): {
  clock: VirtualClock;
  story: string[];
  abort: AbortController;
  done: Promise<void>;
  fatal: () => TillbridgeError | undefined;
} {
  const clock = new VirtualClock();
  const story: string[] = [];
  const state = new StateCell(clock);
  state.listen((now) => story.push(`${String(clock.mono())} ${now.status}`));
  const abort = new AbortController();
  let fatal: TillbridgeError | undefined;
  const connector: Connector<Link> = {
    connect: () => {
      story.push(`${String(clock.mono())} try`);
      return connect();
    },
    ...(arrival === undefined ? {} : { arrival }),
    up: () => story.push('up'),
    down: () => story.push('down'),
  };
  const done = keepConnected(connector, { reader: 'r', device: 'p', clock, log: silentLog, state, random: () => 0 }, abort.signal, (error) => {
    story.push('settled');
    fatal ??= error;
  });
  return { clock, story, abort, done, fatal: () => fatal };
}

describe('keepConnected', () => {
  test('backs off 0.5, 1, 2, 5, then 10 s', async () => {
    const { clock, story, abort, done } = setup(() => Promise.reject(lost()));
    await clock.advance(30_000);
    expect(story.filter((line) => line.endsWith('try'))).toEqual(['0 try', '500 try', '1500 try', '3500 try', '8500 try', '18500 try', '28500 try']);
    expect(story.filter((line) => / (opening|retrying|ready)/.test(line))).toEqual(['0 opening', '0 retrying']);
    abort.abort();
    await done;
    expect(clock.pending).toBe(0);
  });

  test('the jitter shortens by up to a fifth', () => {
    expect(backOff(0, () => 0)).toBe(500);
    expect(backOff(4, () => 0.999)).toBeCloseTo(8002, 0);
    expect(backOff(1000, () => 0)).toBe(10_000);
  });

  test('a connection that ends is made again, from the first step on; up and down come in pairs', async () => {
    const ends: ((reason: TillbridgeError) => void)[] = [];
    const connect = (): Promise<Link> =>
      Promise.resolve({ ended: new Promise<TillbridgeError>((resolve) => ends.push(resolve)), close: () => Promise.resolve() });
    const { clock, story, abort, done } = setup(connect);
    await clock.settle();
    ends[0]!(lost());
    await clock.advance(600);
    ends[1]!(lost());
    await clock.advance(500);
    abort.abort();
    await done;
    expect(story.filter((line) => line !== 'settled')).toEqual([
      '0 opening', '0 try', '0 ready', 'up', 'down', '0 retrying', '500 try', '500 ready', 'up', 'down', '600 retrying',
      '1100 try', '1100 ready', 'up', 'down',
    ]);
  });

  test('a sign of life ends the wait', async () => {
    let arrive: () => void = () => undefined;
    const arrival = (): Promise<void> => new Promise((resolve) => (arrive = resolve));
    const { clock, story, abort, done } = setup(() => Promise.reject(lost()), arrival);
    await clock.advance(4000);
    arrive();
    await clock.settle();
    expect(story.filter((line) => line.endsWith('try')).at(-1)).toBe('4000 try');
    abort.abort();
    await done;
  });

  test('what retrying cannot mend ends it', async () => {
    const fatalError = new TillbridgeError('TB_NATIVE_MISSING', { package: 'x', purpose: 'y' });
    const { clock, story, done, fatal } = setup(() => Promise.reject(fatalError));
    await done;
    expect(fatal()).toBe(fatalError);
    expect(story.at(-2)).toBe('0 failed');
    expect(clock.pending).toBe(0);
  });

  test('an abort while connected closes the link', async () => {
    let closed = 0;
    const link: Link = { ended: new Promise(() => undefined), close: () => Promise.resolve(void (closed += 1)) };
    const { clock, story, abort, done } = setup(() => Promise.resolve(link));
    await clock.settle();
    abort.abort();
    await done;
    expect(closed).toBe(1);
    expect(story.at(-1)).toBe('down');
  });

  test('an unforeseen error is one of the catalogue', async () => {
    const { clock, story, abort, done } = setup(() => Promise.reject(new Error('boom')));
    await clock.settle();
    expect(story).toContain('0 retrying');
    abort.abort();
    await done;
  });
});
