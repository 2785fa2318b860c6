import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf } from '../code.js';
import { NativeNumber } from '../native-number.js';
import { outcome, type Outcome } from '../outcome.js';
import { Scan } from '../scan.js';
import { Delivery } from './delivery.js';
import { TRANSITIONS, type DeliveryEffect, type DeliveryEvent, type DeliveryState } from './states.js';

const STATES: readonly DeliveryState[] = ['translating', 'waiting', 'intending', 'cancelling', 'delivering', 'withdrawing', 'done'];
const WITHDRAWALS: readonly DeliveryEvent[] = ['expired', 'superseded', 'orderChanged', 'shutdown'];
const EVENTS: readonly DeliveryEvent[] = ['translated', 'refused', 'turn', 'recorded', 'recordFailed', 'answered', ...WITHDRAWALS];

/** The whole machine in one place: what is not here is ignored. `withdrawal` stands for each of the four. */
const MODEL: Readonly<Record<string, readonly [DeliveryState, DeliveryEffect]>> = {
  'translating translated': ['waiting', 'none'],
  'translating refused': ['done', 'finish'],
  'translating withdrawal': ['done', 'finish'],
  'waiting turn': ['intending', 'record'],
  'waiting withdrawal': ['done', 'finish'],
  'intending recorded': ['delivering', 'deliver'],
  'intending recordFailed': ['done', 'finish'],
  'intending withdrawal': ['cancelling', 'none'],
  'cancelling recorded': ['done', 'finish'],
  'cancelling recordFailed': ['done', 'finish'],
  'delivering answered': ['done', 'finish'],
  'delivering withdrawal': ['withdrawing', 'withdraw'],
  'withdrawing answered': ['done', 'finish'],
};

describe('the state table', () => {
  it('is total', () => {
    expect(Object.keys(TRANSITIONS).sort()).toEqual([...STATES].sort());
    for (const state of STATES) expect(Object.keys(TRANSITIONS[state]).sort()).toEqual([...EVENTS].sort());
  });

  it.each(STATES.flatMap((state) => EVENTS.map((event) => [state, event] as const)))('%s on %s', (state, event) => {
    const [to, effect] = MODEL[`${state} ${WITHDRAWALS.includes(event) ? 'withdrawal' : event}`] ?? [state, 'ignore'];
    expect(TRANSITIONS[state][event]).toEqual({ to, effect });
  });

  it('ends: from every state a withdrawal and the answers that are outstanding lead to done, and nothing leads out of it', () => {
    for (const start of STATES) {
      let state = start;
      for (const event of ['shutdown', 'recordFailed', 'answered'] as const) state = TRANSITIONS[state][event].to;
      expect(state).toBe('done');
    }
    for (const event of EVENTS) expect(TRANSITIONS.done[event]).toEqual({ to: 'done', effect: 'ignore' });
  });
});

const scan = new Scan({ id: 's1', reader: 'r', bytes: Buffer.from('981'), terminator: Buffer.from(''), text: '981', aim: undefined, symbology: undefined, gs1: false, at: { mono: 0, wall: 0 } });

function deliveryWith(calls: string[], ends: Outcome[]): Delivery {
  const delivery = new Delivery('d1', scan, codeOf('card', '981'), { id: undefined, own: false }, 0, {
    record: () => void calls.push('record'),
    deliver: () => void calls.push('deliver'),
    withdraw: (_, cause) => void calls.push(`withdraw ${cause}`),
    finished: (_, result) => {
      calls.push('finish');
      ends.push(result);
    },
  });
  delivery.number = new NativeNumber('card', '123');
  return delivery;
}

describe('a delivery', () => {
  it('driven by any events does each thing at most once, in order, and nothing after its one end', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENTS), { maxLength: 30 }), (events) => {
        const calls: string[] = [];
        const ends: Outcome[] = [];
        const delivery = deliveryWith(calls, ends);
        for (const event of events) delivery.handle(event, event === 'answered' ? outcome('sent') : event === 'refused' ? outcome('notFound') : undefined);
        const shape = calls.map((call) => call.split(' ')[0]).join(' ');
        expect(shape).toMatch(/^(record( deliver( withdraw)?)?)?\s?(finish)?$/);
        expect(ends.length).toBe(delivery.state === 'done' ? 1 : 0);
        expect(calls.includes('deliver')).toBe(calls.includes('deliver') && calls[0] === 'record');
        if (ends[0]?.outcome === 'sent') expect(calls).toContain('deliver');
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    [['expired'], outcome('expired')],
    [['superseded'], outcome('superseded')],
    [['orderChanged'], outcome('expired', 'orderChanged')],
    [['shutdown'], outcome('expired', 'shutdown')],
    [['translated', 'turn', 'recordFailed'], outcome('failed', 'journalUnavailable')],
    [['translated', 'turn', 'superseded', 'expired', 'recorded'], outcome('superseded')],
    [['translated', 'turn', 'orderChanged', 'recordFailed'], outcome('expired', 'orderChanged')],
    [['translated', 'turn', 'recorded', 'answered'], outcome('unknown', 'noAnswer')],
    [['translated', 'turn', 'recorded', 'expired', 'answered'], outcome('unknown', 'noAnswer')],
  ] as const)('%j ends as %j', (events, expected) => {
    const ends: Outcome[] = [];
    const delivery = deliveryWith([], ends);
    for (const event of events) delivery.handle(event);
    expect(ends).toEqual([expected]);
  });

  it('tells the host the first reason for which it was taken back', () => {
    const calls: string[] = [];
    const delivery = deliveryWith(calls, []);
    for (const event of ['translated', 'turn', 'recorded', 'superseded', 'expired'] as const) delivery.handle(event);
    expect(calls).toEqual(['record', 'deliver', 'withdraw superseded']);
  });
});
