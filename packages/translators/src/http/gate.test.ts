import { VirtualClock } from '@tillbridge/testkit';
import { describe, expect, test } from 'vitest';
import { Gate, type Entry, type GateLimits } from './gate.js';

const never = new AbortController().signal;
const gateOf = (clock: VirtualClock, limits: Partial<GateLimits>): Gate => new Gate(clock, { concurrent: 2, perSecond: undefined, burst: undefined, waiting: 2, ...limits });

describe('the gate', () => {
  test('lets in so many, lines up so many, and turns the rest away', async () => {
    const clock = new VirtualClock();
    const gate = gateOf(clock, {});
    const seen: string[] = [];
    const enter = (name: string): void => void gate.enter(1e9, never).then(({ entry }) => seen.push(`${name} ${entry}`));
    for (const name of ['a', 'b', 'c', 'd', 'e']) enter(name);
    await clock.advance(0);
    expect(seen.sort()).toEqual(['a go', 'b go', 'e full']);
    gate.leave();
    gate.leave();
    await clock.advance(0);
    expect(seen.sort()).toEqual(['a go', 'b go', 'c go', 'd go', 'e full']);
    gate.leave();
    gate.leave();
    enter('f');
    await clock.advance(0);
    expect(seen).toContain('f go');
  });

  test('who gives up in the line takes no place, and loses none', async () => {
    const clock = new VirtualClock();
    const gate = gateOf(clock, { concurrent: 1 });
    await gate.enter(1e9, never);
    const stop = new AbortController();
    const waiting = gate.enter(1e9, stop.signal);
    const behind = gate.enter(1e9, never);
    stop.abort();
    expect(await waiting).toEqual({ entry: 'aborted' });
    gate.leave();
    expect(await behind).toEqual({ entry: 'go' });
    gate.leave();
    expect(await gate.enter(1e9, never)).toEqual({ entry: 'go' });
  });

  test('keeps the rate, and says how long it would be where that is too long', async () => {
    const clock = new VirtualClock();
    const gate = gateOf(clock, { concurrent: 10, perSecond: 2, burst: 1 });
    const got: Entry[] = [];
    await gate.enter(clock.mono() + 1000, never).then((entry) => got.push(entry));
    void gate.enter(clock.mono() + 1000, never).then((entry) => got.push(entry));
    expect(await gate.enter(clock.mono() + 100, never)).toEqual({ entry: 'late', waitMs: 500 });
    await clock.advance(499);
    expect(got).toHaveLength(1);
    await clock.advance(2);
    expect(got).toEqual([{ entry: 'go' }, { entry: 'go' }]);
  });
});
