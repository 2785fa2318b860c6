import type { EventFrame } from '@tillbridge/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LiveBook, MAX_ROWS, MAX_SAMPLES, WINDOW_MS } from './live-book';

const parts = { reader: 'counter', till: 'front', kind: 'card', code: '****0042' } as const;
const iso = (ms: number): string => new Date(ms).toISOString();
const scan = (seq: number, scanId = `s${String(seq)}`): EventFrame => ({ type: 'scan', seq, time: iso(seq * 1000), scanId, ...parts, rule: 'universal', symbology: null });
const outcome = (seq: number, scanId: string): EventFrame => ({ type: 'outcome', seq, time: iso(seq * 1000), scanId, ...parts, number: '****9999', outcome: 'applied', tookMs: 12, way: { classifiedMs: 1, handedMs: 3 } });
const book = (): LiveBook => new LiveBook(Date.parse);

describe('what the page remembers', () => {
  it('a scan, and then what became of it, in one row', () => {
    const one = book();
    expect(one.take(scan(1, 'a'))).toBe(true);
    expect(one.rows()).toMatchObject([{ scanId: 'a', at: 1000, rule: 'universal' }]);
    expect(one.take(outcome(2, 'a'))).toBe(true);
    expect(one.rows()).toMatchObject([{ scanId: 'a', at: 1000, outcome: 'applied', tookMs: 12, way: { handedMs: 3 } }]);
    expect(one.samples(2000)).toEqual([{ at: 2000, outcome: 'applied', tookMs: 12 }]);
  });

  it('an outcome without its scan: it began as long before as it took', () => {
    const one = book();
    one.take(outcome(10, 'lost'));
    expect(one.rows()).toMatchObject([{ scanId: 'lost', at: 10_000 - 12, rule: null }]);
  });

  it('the newest first; a later outcome does not move its scan', () => {
    const one = book();
    one.take(scan(1, 'a'));
    one.take(scan(2, 'b'));
    one.take(outcome(3, 'a'));
    expect(one.rows().map(({ scanId }) => scanId)).toEqual(['b', 'a']);
  });

  it('nothing twice: events that come again after a reconnection change nothing', () => {
    const one = book();
    for (const frame of [scan(1, 'a'), outcome(2, 'a')]) one.take(frame);
    expect(one.take(scan(1, 'a'))).toBe(false);
    expect(one.take(outcome(2, 'a'))).toBe(false);
    expect(one.samples(2000)).toHaveLength(1);
    expect(one.rows()).toMatchObject([{ outcome: 'applied' }]);
  });

  it('counts what ended since the page came', () => {
    const one = book();
    one.take(outcome(1, 'a'), true);
    one.take(outcome(2, 'b'));
    expect(one.ended).toBe(1);
  });

  it('forgets what is older than the chart, and other events are none of its business', () => {
    const one = book();
    one.take(outcome(1, 'a'));
    expect(one.take({ type: 'till', seq: 2, time: iso(0), id: 'front', status: 'ready', health: 'healthy' })).toBe(false);
    expect(one.samples(1000 + WINDOW_MS)).toHaveLength(1);
    expect(one.samples(1001 + WINDOW_MS)).toEqual([]);
  });

  it('stays within its bounds whatever comes', () => {
    const event = fc.record({ type: fc.constantFrom('scan', 'outcome'), id: fc.nat(5000) });
    fc.assert(
      fc.property(fc.array(event, { minLength: 0, maxLength: 600 }), (events) => {
        const one = book();
        events.forEach(({ type, id }, index) => one.take(type === 'scan' ? scan(index + 1, String(id)) : outcome(index + 1, String(id))));
        expect(one.rows().length).toBeLessThanOrEqual(MAX_ROWS);
        expect(new Set(one.rows().map(({ scanId }) => scanId)).size).toBe(one.rows().length);
      }),
      { numRuns: 40 },
    );
    const busy = book();
    for (let seq = 1; seq <= MAX_SAMPLES + 500; seq += 1) busy.take({ ...outcome(seq, String(seq)), time: iso(seq) });
    expect(busy.samples(MAX_SAMPLES + 500)).toHaveLength(MAX_SAMPLES);
    expect(busy.rows()).toHaveLength(MAX_ROWS);
  });
});
