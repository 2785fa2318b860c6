import { compileOutput, instant, NativeNumber, silentLog, TillbridgeError, Withdrawal, type DeliveryRequest, type GoodsRead, type Inbound, type KeyEvent, type PartState } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { describe, expect, test } from 'vitest';
import { inTurn, TypingTurn } from './in-turn.js';
import { KeyboardTill } from './keyboard-adapter.js';
import type { KeyboardTillOptions } from './options.js';
import { SimulatedDesktop, type SimulatedWindow } from './testing/simulated-injector.js';

const never = new AbortController().signal;

interface Shop {
  readonly clock: VirtualClock;
  readonly desktop: SimulatedDesktop;
  readonly till: KeyboardTill;
  readonly window: SimulatedWindow;
  readonly other: SimulatedWindow;
  readonly states: PartState[];
  readonly dropped: string[];
  readonly deliver: (over?: Partial<DeliveryRequest>, signal?: AbortSignal) => Promise<unknown>;
}

async function shop(over: Partial<KeyboardTillOptions> = {}): Promise<Shop> {
  const clock = new VirtualClock();
  const desktop = new SimulatedDesktop(clock);
  const window = desktop.window('Cashier');
  const other = desktop.window('Other');
  const states: PartState[] = [];
  const dropped: string[] = [];
  const options: KeyboardTillOptions = { id: 'front', window: { title: 'cash' }, output: compileOutput({}), expireMs: 5000, ...over };
  const till = new KeyboardTill(options, inTurn(desktop, new TypingTurn(), clock), { clock, log: silentLog, random: () => 0 });
  const inbound: Inbound = { state: (state) => states.push(state), goodsDropped: (reads, reason) => dropped.push(`${String(reads)} ${reason}`), order: () => undefined };
  await till.open(inbound, never);
  return {
    ...{ clock, desktop, till, window, other, states, dropped },
    deliver: (request = {}, signal = never) => {
      const at = instant(clock);
      return till.deliver({ id: 'd', scanId: 's', till: 'front', number: new NativeNumber('card', '2000000000015'), at, expired: () => clock.mono() - at.mono > 5000, ...request }, signal);
    },
  };
}

const goods = (clock: VirtualClock, text: string, over: Partial<GoodsRead> = {}): GoodsRead => ({
  ...{ reader: 'counter', bytes: Buffer.from(text), terminator: Buffer.from('\r'), withSuffix: false, at: instant(clock) },
  ...over,
});
const KEYS: readonly KeyEvent[] = [{ usage: 0x1e, down: true, atMs: 0 }, { usage: 0x1e, down: false, atMs: 1 }];

describe('a number', () => {
  test('is typed into its window and nowhere else', async () => {
    const { desktop, deliver, window, other } = await shop();
    desktop.front = window;
    expect(await deliver()).toEqual({ outcome: 'sent' });
    expect([window.received, other.received]).toEqual(['2000000000015\r', '']);
  });

  test('waits for its window, and is typed as soon as that is in front', async () => {
    const { clock, desktop, deliver, window, other } = await shop();
    desktop.front = other;
    const result = deliver();
    await clock.advance(3000);
    desktop.front = window;
    await clock.advance(50);
    expect(await result).toEqual({ outcome: 'sent' });
    expect([window.received, other.received]).toEqual(['2000000000015\r', '']);
  });

  test.each([
    ['another window', (d: SimulatedDesktop, w: SimulatedWindow) => void (d.front = w), 'windowNotInFront'],
    ['no window', (d: SimulatedDesktop) => void (d.front = undefined), 'noFocus'],
    ['a locked screen', (d: SimulatedDesktop) => void (d.locked = true), 'screenLocked'],
  ])('with %s until it is too old: expired, with the reason', async (_, make, reason) => {
    const { clock, desktop, deliver, window, other } = await shop();
    make(desktop, other);
    const withdraw = new AbortController();
    const result = deliver({}, withdraw.signal);
    await clock.advance(5000);
    withdraw.abort(new Withdrawal('expired'));
    await clock.advance(50);
    expect(await result).toEqual({ outcome: 'expired', reason });
    desktop.front = window;
    await clock.advance(5000);
    expect(window.received).toBe('');
  });

  test('is looked at for its age right before the first key, whoever forgets to withdraw it', async () => {
    const { clock, desktop, deliver, window, other } = await shop();
    desktop.front = other;
    const result = deliver({ expired: () => false });
    await clock.advance(5001);
    desktop.front = window;
    await clock.advance(50);
    expect(await result).toEqual({ outcome: 'expired', reason: 'windowNotInFront' });
    expect(window.received).toBe('');
  });

  test('that was torn is unknown and never repeated', async () => {
    const { clock, desktop, deliver, window, other } = await shop({ keyDelayMs: 5 });
    desktop.front = window;
    desktop.beforeCharacter = (index) => {
      if (index === 4) desktop.front = other;
    };
    const result = deliver();
    await clock.advance(100);
    expect(await result).toEqual({ outcome: 'unknown', reason: 'windowChanged' });
    desktop.front = window;
    await clock.advance(10_000);
    expect([window.received, other.received]).toEqual(['2000', '']);
  });

  test('with a character that the keyboard does not have: rejected whole', async () => {
    const { desktop, deliver, window } = await shop();
    desktop.front = window;
    desktop.carries = (character) => character !== '5';
    expect(await deliver()).toEqual({ outcome: 'rejected', reason: 'notCarried' });
    expect(window.received).toBe('');
  });

  test('in a template with a control character: rejected unless that is allowed', async () => {
    const output = compileOutput({ template: '\u0002{number}\u001d\r' });
    const strict = await shop({ output });
    strict.desktop.front = strict.window;
    expect(await strict.deliver()).toEqual({ outcome: 'rejected', reason: 'controlCharacters' });
    const open = await shop({ output, controls: ['STX', 'GS'], keysBefore: ['Tab'] });
    open.desktop.front = open.window;
    expect(await open.deliver()).toEqual({ outcome: 'sent' });
    expect([strict.window.received, open.window.received]).toEqual(['', '\t\u00022000000000015\u001d\r']);
  });
});

describe('goods', () => {
  test('of a keyboard are the same keys again, to whatever has the focus, and wait for no number', async () => {
    const { clock, desktop, till, deliver, window, other } = await shop();
    desktop.front = other;
    const waiting = deliver();
    till.goods(goods(clock, '1', { keys: KEYS }));
    await clock.advance(1);
    expect(other.keys).toEqual(KEYS);
    desktop.front = window;
    await clock.advance(100);
    expect(await waiting).toEqual({ outcome: 'sent' });
    expect(window.keys).toEqual([]);
  });

  test('with a control character that is not allowed are refused whole and counted', async () => {
    const { clock, desktop, till, window, dropped } = await shop();
    desktop.front = window;
    till.goods(goods(clock, '0104600000000017\u001d93abcd'));
    till.goods(goods(clock, '4600000000017'));
    await clock.advance(1);
    expect([window.received, dropped]).toEqual(['4600000000017\r', ['1 controlCharacters']]);
  });

  test('with GS pass where the till can take it', async () => {
    const { clock, desktop, till, window, dropped } = await shop({ controls: ['GS'] });
    desktop.front = window;
    till.goods(goods(clock, '0104600000000017\u001d93abcd', { withSuffix: true, terminator: new Uint8Array() }));
    await clock.advance(1);
    expect([window.received, dropped]).toEqual(['0104600000000017\u001d93abcd\r', []]);
  });

  test('never fall into a number that is being typed, nor it into them', async () => {
    const { clock, desktop, till, deliver, window } = await shop({ keyDelayMs: 10 });
    desktop.front = window;
    till.goods(goods(clock, '111'));
    const number = deliver();
    await clock.advance(60);
    till.goods(goods(clock, '222'));
    await clock.advance(1000);
    expect(await number).toEqual({ outcome: 'sent' });
    expect(window.received).toBe('111\r2000000000015\r222\r');
  });

  test('wait a moment for a screen that is gone, in order, and are dropped after that', async () => {
    const { clock, desktop, till, window, dropped } = await shop();
    desktop.front = window;
    desktop.fault = new TillbridgeError('TB_TILL_KEYBOARD_LOST', { place: ':0', problem: 'gone' });
    desktop.break();
    await clock.advance(1);
    till.goods(goods(clock, '111'));
    await clock.advance(100);
    till.goods(goods(clock, '222'));
    desktop.fault = undefined;
    await clock.advance(1000);
    expect([window.received, dropped]).toEqual(['111\r222\r', []]);
    desktop.fault = new TillbridgeError('TB_TILL_KEYBOARD_LOST', { place: ':0', problem: 'gone' });
    desktop.break();
    till.goods(goods(clock, '333'));
    await clock.advance(3000);
    desktop.fault = undefined;
    await clock.advance(20_000);
    expect([window.received, dropped]).toEqual(['111\r222\r', ['1 keyboardNotReady']]);
  });

  test('and numbers keep their distance where one is asked for', async () => {
    const { clock, desktop, till, deliver, window } = await shop({ gapMs: 100 });
    desktop.front = window;
    till.goods(goods(clock, '111'));
    const number = deliver();
    await clock.advance(50);
    expect(window.received).toBe('111\r');
    await clock.advance(60);
    expect(await number).toEqual({ outcome: 'sent' });
    till.goods(goods(clock, '222'));
    await clock.advance(80);
    expect(window.received).toBe('111\r2000000000015\r');
    await clock.advance(100);
    expect(window.received).toBe('111\r2000000000015\r222\r');
  });

  test('that come while a number is being typed keep their distance from it too', async () => {
    const { clock, desktop, till, deliver, window } = await shop({ gapMs: 100, keyDelayMs: 10 });
    desktop.front = window;
    const number = deliver();
    await clock.advance(60);
    till.goods(goods(clock, '222'));
    await clock.advance(140);
    expect(await number).toEqual({ outcome: 'sent' });
    expect(window.received).toBe('2000000000015\r');
    await clock.advance(200);
    expect(window.received).toBe('2000000000015\r222\r');
  });

  test('that flood are bounded', async () => {
    const { clock, desktop, till, dropped } = await shop();
    desktop.fault = new TillbridgeError('TB_TILL_KEYBOARD_LOST', { place: ':0', problem: 'gone' });
    desktop.break();
    await clock.advance(1);
    for (let i = 0; i < 1100; i += 1) till.goods(goods(clock, '1'));
    expect(dropped).toHaveLength(76);
    await till.close();
    expect(dropped.at(-1)).toBe('1024 shutdown');
  });
});

describe('the connection', () => {
  test('is made again with back-off when the screen dies; a number waits for it', async () => {
    const { clock, desktop, deliver, window, states, till } = await shop();
    desktop.front = window;
    desktop.break();
    await clock.advance(1);
    expect(till.state.status).toBe('retrying');
    const result = deliver();
    await clock.advance(1000);
    expect(await result).toEqual({ outcome: 'sent' });
    expect(states.map(({ status }) => status)).toEqual(['opening', 'ready', 'retrying', 'ready']);
  });

  test('that can never be made ends the till with its reason', async () => {
    const clock = new VirtualClock();
    const desktop = new SimulatedDesktop(clock);
    desktop.fault = new TillbridgeError('TB_TILL_KEYBOARD_NO_XTEST', { till: 'front', place: ':0', extension: 'XTEST' });
    const till = new KeyboardTill({ id: 'front', window: 'none', output: compileOutput({}), expireMs: 5000 }, desktop, { clock, log: silentLog });
    await expect(till.open({ state: () => undefined, goodsDropped: () => undefined, order: () => undefined }, never)).rejects.toMatchObject({ code: 'TB_TILL_KEYBOARD_NO_XTEST' });
    expect(till.state.status).toBe('failed');
    const rows = await till.probe(never);
    expect(rows).toMatchObject([{ level: 'fail', id: 'till.front' }]);
  });
});
