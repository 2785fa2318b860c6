import { Masked } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CardGone, CardReset } from '../backend/card-errors.js';
import type { PresentCard } from '../backend/backend.js';
import type { CardSession, ChainResult } from '../chain/types.js';
import { SLOT_STATES, type SlotAction, type SlotEvent, type SlotState } from './slot-states.js';
import { Slot, type Reading } from './slot.js';

const ATR = Uint8Array.of(0x3b);
const OK = Uint8Array.of(0x31, 0x90, 0x00);
const card = (transmit: PresentCard['transmit'], initial = false): PresentCard => ({ atr: ATR, initial, transmit, exclusively: (work) => work() });
const got = (code: string): ChainResult => ({ status: 'read', source: 'uid', code: new Masked(code), steps: [] });
const lost: ChainResult = { status: 'unread', reason: 'removed', hint: 'holdLonger', steps: [] };

/** As the chain does it: one command, and its failures in the chain's words. */
const oneCommand = async (session: CardSession, signal: AbortSignal): Promise<ChainResult> => {
  try {
    const answer = await session.transmit(Uint8Array.of(0), { timeoutMs: 1000 });
    return signal.aborted ? { status: 'unread', reason: 'aborted', steps: [] } : got(String(answer[0]));
  } catch (error) {
    return signal.aborted ? { status: 'unread', reason: 'aborted', steps: [] } : { ...lost, ...(error instanceof Error && 'code' in error && error.code === 'TB_READER_NFC_NO_ANSWER' ? { reason: 'timeout' as const } : {}) };
  }
};

const bench = (read: (session: CardSession, signal: AbortSignal) => Promise<ChainResult> = oneCommand, skip = false) => {
  const clock = new VirtualClock();
  const readings: Reading[] = [];
  const stuck: number[] = [];
  const slot = new Slot({ reader: 'r', clock, read, done: (reading) => readings.push(reading), stuck: (ms) => stuck.push(ms) }, skip);
  return { clock, slot, readings, stuck };
};
const outcome = ({ result }: Reading): string => (result.status === 'read' ? result.code.reveal() : result.reason);

describe('the states of a card', () => {
  it('stay within the table, and a card is read once each time it comes', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<SlotEvent>('came', 'left', 'done'), { maxLength: 50 }), (events) => {
        let state = 'empty' as SlotState;
        let present = false;
        for (const event of events) {
          const { next, act }: { readonly next: SlotState; readonly act: SlotAction } = SLOT_STATES[state][event];
          if (event === 'came') present = true;
          if (event === 'left') present = false;
          expect(act === 'read' || act === 'restart').toBe(event === 'came');
          expect(act === 'stop' || act === 'restart').toBe(state === 'reading' && event !== 'done');
          expect(next === 'empty').toBe(!present);
          state = next;
        }
      }),
    );
  });
});

describe('a slot', () => {
  it('reads a card once, with the time that the card took told apart', async () => {
    const { clock, slot, readings } = bench();
    slot.came(card(() => new Promise((resolve) => clock.timer(30, () => resolve(OK)))));
    await clock.advance(30);
    expect(readings.map(outcome)).toEqual(['49']);
    expect(readings[0]).toMatchObject({ tookMs: 30, cardMs: 30 });
    expect(slot.state).toBe('settled');
    slot.left();
    expect(slot.state).toBe('empty');
    expect(clock.pending).toBe(0);
  });

  it('tries once more when the contact shook and the card is still there, and not a third time', async () => {
    const { clock, slot, readings } = bench();
    let calls = 0;
    slot.came(card(() => ((calls += 1) === 1 ? Promise.reject(new CardReset('x')) : Promise.resolve(OK))));
    await clock.advance(100);
    expect(readings.map(outcome)).toEqual(['49']);
    calls = 0;
    slot.left();
    slot.came(card(() => ((calls += 1), Promise.reject(new CardGone()))));
    await clock.advance(1000);
    expect(calls).toBe(2);
    expect(readings.map(outcome)).toEqual(['49', 'removed']);
  });

  it('calls a card that left in the middle removed, with the hint to hold it longer, and does not try again', async () => {
    const { clock, slot, readings } = bench();
    let answer: (bytes: Uint8Array) => void = () => undefined;
    slot.came(card(() => new Promise((resolve) => (answer = resolve))));
    await clock.settle();
    slot.left();
    answer(OK);
    await clock.settle();
    expect(readings.map(({ result }) => result)).toMatchObject([{ status: 'unread', reason: 'removed', hint: 'holdLonger' }]);
    expect(clock.pending).toBe(0);
  });

  it('keeps what was read of a card that left right after its last answer', async () => {
    const { clock, slot, readings } = bench(async (session) => {
      const result = await session.transmit(Uint8Array.of(0), { timeoutMs: 1000 });
      slot.left();
      return got(String(result[0]));
    });
    slot.came(card(() => Promise.resolve(OK)));
    await clock.settle();
    expect(readings.map(outcome)).toEqual(['49']);
  });

  it('sees another card that takes the place of one that is being read', async () => {
    const { clock, slot, readings } = bench();
    let late: (bytes: Uint8Array) => void = () => undefined;
    slot.came(card(() => new Promise((resolve) => (late = resolve))));
    await clock.settle();
    slot.came(card(() => Promise.resolve(Uint8Array.of(0x32, 0x90, 0))));
    await clock.settle();
    late(OK);
    await clock.settle();
    expect(readings.map(outcome).sort()).toEqual(['50', 'removed']);
    expect(slot.state).toBe('settled');
  });

  it('says that it is stuck when a command does not come back, and takes nothing of an answer that comes too late', async () => {
    const { clock, slot, readings, stuck } = bench();
    let late: (bytes: Uint8Array) => void = () => undefined;
    slot.came(card(() => new Promise((resolve) => (late = resolve))));
    await clock.advance(1999);
    expect(stuck).toEqual([]);
    await clock.advance(1);
    expect(stuck).toEqual([2000]);
    // nothing else is asked of a library that hangs
    expect(readings).toEqual([]);
    late(OK);
    await clock.advance(5000);
    expect(readings.map(outcome)).toEqual(['timeout']);
    expect(clock.pending).toBe(0);
  });

  it('is not stuck after an answer that came late, but came', async () => {
    const { clock, slot, stuck, readings } = bench();
    slot.came(card(() => new Promise((resolve) => clock.timer(1500, () => resolve(OK)))));
    await clock.advance(1499);
    expect(readings).toEqual([]);
    await clock.advance(10_000);
    expect(stuck).toEqual([]);
    expect(readings.map(outcome)).toEqual(['timeout']);
  });

  it('leaves the card alone that hung the last process, until it was taken away', async () => {
    const { clock, slot, readings } = bench(oneCommand, true);
    slot.came(card(() => Promise.resolve(OK), true));
    await clock.settle();
    expect(readings).toEqual([]);
    slot.left();
    slot.came(card(() => Promise.resolve(OK)));
    await clock.settle();
    expect(readings.map(outcome)).toEqual(['49']);
  });
});
