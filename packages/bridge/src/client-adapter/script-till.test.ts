import { compileOutput, instant, NativeNumber, silentLog, systemClock, type DeliveryRequest } from '@tillbridge/core';
import { describeAdapter } from '@tillbridge/testkit/suites';
import { VirtualClock } from '@tillbridge/testkit';
import { describe, expect, it, test } from 'vitest';
import { EventHub, grantsOf } from '../events/index.js';
import { DeliveryBoard, ScriptTill, type ScriptTillOptions } from './index.js';

const never = new AbortController().signal;

function make(clock: typeof systemClock, over: Partial<ScriptTillOptions> = {}) {
  const hub = new EventHub({ clock, log: silentLog, version: '0' });
  const board = new DeliveryBoard();
  const till = new ScriptTill({ id: 'front', expireMs: 15_000, fit: (number) => ({ value: number.reveal() }), output: compileOutput({ template: '{number}' }), ...over }, { clock, hub, board });
  return { hub, board, till };
}

// a script that is always pressing its button
describeAdapter('station script', () => {
  const { hub, board, till } = make(systemClock);
  let taken = '';
  let takes = true;
  hub.subscribe(
    { grants: grantsOf(['delivery:front']) },
    {
      send: (frame) => {
        if (frame.type !== 'delivery' || !takes) return;
        taken += board.claim(frame.deliveryId, 'station').request.number.reveal();
        board.report(frame.deliveryId, 'station', { outcome: 'sent' });
      },
      ready: () => true,
      ended: () => undefined,
    },
  );
  return {
    adapter: till,
    takes: (on) => {
      takes = on;
    },
    taken: () => Buffer.from(taken, 'latin1'),
  };
});

describe('a till whose script fetches', () => {
  const request = (kind: 'card' | 'coupon', value: string, clock = systemClock): DeliveryRequest => ({
    ...{ id: 'd', scanId: 's', till: 'front', number: new NativeNumber(kind, value), at: instant(clock), expired: () => false },
  });
  const open = async (over: Partial<ScriptTillOptions> = {}) => {
    const made = make(systemClock, over);
    await made.till.open({ state: () => undefined, goodsDropped: () => undefined, order: () => undefined });
    return made;
  };

  it('gives the text that the algorithms expect, and says only that it was performed', async () => {
    const { board, till } = await open({ output: compileOutput({ template: ';778=000012885={number}' }) });
    const ended = till.deliver(request('card', '123456'), never);
    expect(board.claim('d', 'station').request.number.reveal()).toBe(';778=000012885=123456');
    board.report('d', 'station', { outcome: 'applied' });
    expect(await ended).toEqual({ outcome: 'sent', evidence: 'performed' });
  });

  it.each([
    // one that the till cannot take, one that went wrong, one that no algorithm took
    'rejected',
    'failed',
    'notFound',
  ] as const)('%s stays what it is', async (outcome) => {
    const { board, till } = await open();
    const ended = till.deliver(request('card', '123456'), never);
    board.claim('d', 'station');
    board.report('d', 'station', { outcome, reason: 'said' });
    expect(await ended).toEqual({ outcome, reason: 'said' });
  });

  it.each([
    ['a number that does not fit the rules', {}, '1234', 'numberReserved'],
    ['a kind without a template', { output: compileOutput({ template: { coupon: '{number}' } }) }, '123456', 'noTemplate'],
    ['letters that are no ASCII', {}, 'Ж123', 'numberNotPrintable'],
    ['a template with a line end', { output: compileOutput({ template: '{number}\r' }) }, '123456', 'numberNotPrintable'],
    ['a number that the template cannot take', { output: compileOutput({ template: '{number:pad4}' }) }, '123456', 'numberDoesNotFit'],
  ])('%s is refused before anybody can fetch it', async (_name, over, value, reason) => {
    const fit: ScriptTillOptions['fit'] = (number) => (/^\d{4}$/.test(number.reveal()) ? { refused: 'numberReserved' } : { value: number.reveal() });
    const { board, till } = await open({ fit, ...over });
    expect(await till.deliver(request('card', value), never)).toEqual({ outcome: 'rejected', reason });
    expect(board.waiting('front')).toEqual([]);
  });

  test('is ready with nobody connected', async () => {
    const { till } = await open();
    expect(till.state.status).toBe('ready');
    expect((await till.probe()).map(({ level }) => level)).toEqual(['ok']);
  });

  test('a script that fetched and never came back: unknown, and not given again', async () => {
    const clock = new VirtualClock();
    const { board, till } = make(clock);
    await till.open({ state: () => undefined, goodsDropped: () => undefined, order: () => undefined });
    const taken = new AbortController();
    const ended = till.deliver(request('card', '123456', clock), taken.signal);
    board.claim('d', 'station');
    taken.abort();
    await clock.advance(1000);
    expect(await ended).toEqual({ outcome: 'unknown', reason: 'notReported' });
    expect(board.waiting('front')).toEqual([]);
  });
});
