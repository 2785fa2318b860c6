import { describe, expect, test } from 'vitest';
import { goodsRead, isPieceOfRead, loyaltyCode, MOST_LOYALTY, readFrame, READERS, SOURCES } from './codes.js';
import { EVERY_CHANGE } from './every-change.js';
import { FAULT_NAMES, isFault, TROUBLE_NAMES } from './faults.js';
import { loadPlan, READS_PER_SECOND } from './load-plan.js';
import { makePlan } from './make-plan.js';
import type { Plan } from './plan.js';

const reads = (plan: Plan): number =>
  plan.rounds.flatMap(({ scripts }) => READERS.flatMap((reader) => scripts[reader])).reduce((sum, action) => sum + (action.do === 'goods' ? action.count : action.do === 'loyalty' ? 1 : 0), 0);

describe('a plan', () => {
  test('is the same for the same seed, and another one for another', () => {
    expect(makePlan({ seed: 7, scans: 3000 })).toEqual(makePlan({ seed: 7, scans: 3000 }));
    expect(makePlan({ seed: 7, scans: 3000 })).not.toEqual(makePlan({ seed: 8, scans: 3000 }));
  });

  test.each([1, 37, 400, 12_345, 200_000])('of %i reads has exactly so many', (scans) => {
    expect(reads(makePlan({ seed: 3, scans }))).toBe(scans);
  });

  test('of load has four readers at 20 reads a second each, and nothing against them', () => {
    const plan = loadPlan({ seed: 2, seconds: 600 });
    expect(plan.scans).toBe(4 * READS_PER_SECOND * 600);
    expect(reads(plan)).toBe(plan.scans);
    for (const reader of READERS) expect(reads({ ...plan, rounds: [{ ...plan.rounds[0]!, scripts: { left: [], right: [], net: [], hall: [], [reader]: plan.rounds[0]!.scripts[reader] } }] })).toBe(12_000);
    expect(plan.rounds.flatMap(({ faults, damages }) => [...faults, ...damages])).toEqual([]);
    const counts = plan.rounds[0]!.scripts.left.flatMap((action) => (action.do === 'goods' ? [action.count] : []));
    expect([...new Set(counts)]).toEqual([50, 9]);
  });

  test('survives being written down', () => {
    const plan = makePlan({ seed: 5, scans: 1000 });
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  test('of some size has every fault, and one of a few has those alone', () => {
    const all = makePlan({ seed: 1, scans: 8000 }).rounds;
    expect(new Set(all.flatMap(({ faults }) => faults.map(({ fault }) => fault)))).toEqual(new Set(FAULT_NAMES));
    expect(new Set(all.flatMap(({ damages }) => damages.map(({ damage }) => damage)))).toEqual(new Set(TROUBLE_NAMES.filter((name) => !isFault(name))));
    const few = makePlan({ seed: 1, scans: 4000, only: ['kill-main', 'till-pause'] }).rounds;
    expect(new Set(few.flatMap(({ faults }) => faults.map(({ fault }) => fault)))).toEqual(new Set(['kill-main', 'till-pause']));
    expect(few.flatMap(({ damages }) => damages)).toEqual([]);
  });

  test('of every change: between them they have every trouble', () => {
    const rounds = EVERY_CHANGE.flatMap((day) => makePlan(day).rounds);
    const there = rounds.flatMap(({ faults, damages }) => [...faults.map(({ fault }) => fault), ...damages.map(({ damage }) => damage)]);
    expect(TROUBLE_NAMES.filter((name) => !(there as readonly string[]).includes(name))).toEqual([]);
  });

  test('of a million reads keeps the loyalty scans of each reader apart by what a journal shows of them', () => {
    const { rounds } = makePlan({ seed: 2, scans: 1_000_000 });
    for (const reader of READERS) expect(rounds.flatMap(({ scripts }) => scripts[reader]).filter((action) => action.do === 'loyalty').length).toBeLessThan(MOST_LOYALTY);
  });
});

describe('reads', () => {
  test('come out as what they went in', () => {
    for (const reader of READERS) for (const marked of [false, true]) expect(readFrame(goodsRead(reader, 123_456, marked))).toEqual({ is: 'goods', reader, n: 123_456 });
    for (const source of SOURCES) {
      for (const kind of ['card', 'phone', 'platform'] as const) {
        const { code, number } = loyaltyCode(source, kind, 4321);
        expect(readFrame(`${number}\r`)).toEqual({ is: 'number', number });
        expect(readFrame(`${code}\r`)).toEqual({ is: 'code', code });
        expect(code.slice(-4)).toBe('4321');
      }
    }
  });

  test('that were changed are no reads', () => {
    const marked = goodsRead('left', 5, true);
    for (const text of [marked.replace('\u001d', ''), marked.replace('\r\n', '\r'), marked.slice(1), '\r', goodsRead('left', 5, false).replace('\r', '\r\n')]) expect(readFrame(text).is).toBe('other');
  });

  test('that were cut are told from what is no read at all', () => {
    expect(['0001\r', '46100', '\u001d92dGVz', '\r\n', '98100000'].map(isPieceOfRead)).toEqual([true, true, true, true, true]);
    expect(['x', '46100\r46', '\u0000', '460000000000\r0'].map(isPieceOfRead)).toEqual([false, false, false, false]);
  });
});
