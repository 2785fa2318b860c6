import { instant, NativeNumber, type DeliveryRequest, type Outcome } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { DeliveryBoard, type OfferEnd } from './index.js';

const clock = new VirtualClock();
const APPLIED: Outcome = { outcome: 'applied' };

function request(id: string, expired: () => boolean = () => false): DeliveryRequest {
  return { id, scanId: `s-${id}`, till: 'front', number: new NativeNumber('card', '7701234567890'), at: instant(clock), expired };
}

const error = (work: () => unknown): string => {
  try {
    work();
  } catch (thrown) {
    return (thrown as { code: string }).code;
  }
  return 'none';
};

describe('the delivery board', () => {
  let board: DeliveryBoard;
  let ends: OfferEnd[];
  const put = (id: string, expired?: () => boolean): void => board.offer(request(id, expired), 1, (end) => ends.push(end));

  beforeEach(() => {
    board = new DeliveryBoard();
    ends = [];
  });

  it('gives the number to the first, and to nobody else, not even to him again', () => {
    put('a');
    expect(board.claimable('a')).toBe(true);
    expect(board.claim('a', 'one').request.number.reveal()).toBe('7701234567890');
    expect(board.claimable('a')).toBe(false);
    expect(error(() => board.claim('a', 'two'))).toBe('TB_API_CONFLICT');
    expect(error(() => board.claim('a', 'one'))).toBe('TB_API_CONFLICT');
  });

  it('takes the outcome from who claimed, once; the same again is welcome', () => {
    put('a');
    expect(error(() => board.report('a', 'one', APPLIED))).toBe('TB_API_CONFLICT');
    board.claim('a', 'one');
    expect(error(() => board.report('a', 'two', APPLIED))).toBe('TB_API_CONFLICT');
    expect(ends).toEqual([]);
    board.report('a', 'one', APPLIED);
    expect(ends).toEqual([{ how: 'reported', outcome: APPLIED }]);
    board.report('a', 'one', APPLIED);
    expect(error(() => board.report('a', 'one', { outcome: 'rejected' }))).toBe('TB_API_CONFLICT');
    expect(error(() => board.report('a', 'two', APPLIED))).toBe('TB_API_CONFLICT');
    expect(error(() => board.claim('a', 'two'))).toBe('TB_API_CONFLICT');
    expect(ends).toHaveLength(1);
  });

  it('what nobody claimed is over when it is taken back', () => {
    put('a');
    expect(board.withdraw('a')).toBe(false);
    expect(ends).toEqual([{ how: 'unclaimed' }]);
    expect(error(() => board.claim('a', 'one'))).toBe('TB_API_GONE');
    expect(error(() => board.report('a', 'one', APPLIED))).toBe('TB_API_GONE');
  });

  it('what is claimed may still be reported after it was taken back, until it is given up', () => {
    put('a');
    put('b');
    board.claim('a', 'one');
    board.claim('b', 'one');
    expect([board.withdraw('a'), board.withdraw('b')]).toEqual([true, true]);
    board.report('a', 'one', APPLIED);
    board.giveUp('a');
    board.giveUp('b');
    expect(ends).toEqual([{ how: 'reported', outcome: APPLIED }, { how: 'notReported' }]);
    expect(error(() => board.report('b', 'one', APPLIED))).toBe('TB_API_GONE');
    expect(error(() => board.claim('b', 'two'))).toBe('TB_API_GONE');
  });

  it('an old number is not given, though no timer has said so yet', () => {
    let expired = false;
    put('a', () => expired);
    expect(board.waiting('front').map((offer) => offer.request.id)).toEqual(['a']);
    expired = true;
    expect(board.claimable('a')).toBe(false);
    expect(board.waiting('front')).toEqual([]);
    expect(error(() => board.claim('a', 'one'))).toBe('TB_API_GONE');
    expect(ends).toEqual([{ how: 'unclaimed' }]);
  });

  it('knows nothing of what it never had', () => {
    expect(error(() => board.claim('x', 'one'))).toBe('TB_API_GONE');
    expect(error(() => board.report('x', 'one', APPLIED))).toBe('TB_API_GONE');
    expect(board.withdraw('x')).toBe(false);
    expect(board.tillOf('x')).toBeUndefined();
    expect(() => board.giveUp('x')).not.toThrow();
  });

  it('remembers the last who ended, and no number of theirs', () => {
    for (let i = 0; i < 600; i += 1) {
      put(`d${String(i)}`);
      board.giveUp(`d${String(i)}`);
    }
    expect([board.tillOf('d0'), board.tillOf('d88'), board.tillOf('d599')]).toEqual([undefined, 'front', 'front']);
    expect(board.scanOf('d599')).toBeUndefined();
  });

  it('whatever is called in whatever order: one claimer at most, one end, and its outcome is what the claimer said', () => {
    const step = fc.record({ do: fc.constantFrom('claim', 'report', 'withdraw', 'giveUp'), who: fc.constantFrom('one', 'two'), says: fc.constantFrom<'applied' | 'rejected'>('applied', 'rejected') });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        board = new DeliveryBoard();
        ends = [];
        put('a');
        const claims: string[] = [];
        const reports: string[] = [];
        for (const now of steps) {
          const before = ends.length;
          if (now.do === 'claim' && error(() => board.claim('a', now.who)) === 'none') claims.push(now.who);
          else if (now.do === 'report' && error(() => board.report('a', now.who, { outcome: now.says })) === 'none') reports.push(`${now.who} ${now.says}`);
          else if (now.do === 'withdraw') board.withdraw('a');
          else if (now.do === 'giveUp') board.giveUp('a');
          if (now.do === 'claim') expect(ends.length).toBe(before);
        }
        expect(claims.length).toBeLessThanOrEqual(1);
        expect(ends.length).toBeLessThanOrEqual(1);
        expect(new Set(reports).size).toBeLessThanOrEqual(1);
        const [end] = ends;
        if (end?.how === 'reported') expect(reports[0]).toBe(`${claims[0] ?? ''} ${end.outcome.outcome}`);
        else expect(reports).toEqual([]);
        if (end?.how === 'notReported') expect(claims).toHaveLength(1);
        if (end?.how === 'unclaimed') expect(claims).toHaveLength(0);
        board.giveUp('a');
        expect(ends).toHaveLength(1);
      }),
      { numRuns: 2000 },
    );
  });
});
