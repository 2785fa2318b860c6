import { generateKeyPairSync } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret, TillbridgeError } from '@tillbridge/core';
import { AppleWalletPhone, cardSession, FaultyCard, GoogleWalletPhone, HcePhone, isoDepAtr, STORAGE_CARDS, storageAtr, Type2Tag, Type4Tag, UidCard, uriMessage, VirtualClock, type VirtualCard } from '@tillbridge/testkit';
import { MAX_COMMANDS, MAX_CONTINUATIONS } from './channel.js';
import { compileChain } from './compile-chain.js';
import { readCard } from './read-card.js';
import { inflateBundle, MAX_BUNDLE } from './smart-tap/session.js';
import type { CardSession, ChainConfig, ChainResult } from './types.js';
import { MAX_CHUNKS } from './ways/smart-tap.js';
import { fromHex } from './wire/bytes.js';

const PASS = 'pass.com.example.loyalty';
const KEY = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const never = new AbortController().signal;

const config = (): ChainConfig => ({
  hce: { aids: ['F054494C4C3031'] },
  vas: { passes: [{ id: PASS, keys: [new Secret(KEY)] }] },
  smarttap: { collectorId: 1, keys: [{ version: 1, key: new Secret(KEY) }] },
  sector: { block: 4, key: new Secret('A0A1A2A3A4A5') },
});
const options = compileChain(config(), new VirtualClock());

const CARDS: Readonly<Record<string, (clock: VirtualClock) => VirtualCard>> = {
  'a UID card': () => new UidCard(fromHex('B2C124CB')),
  'a type 2 tag': () => new Type2Tag(uriMessage('https://p.example/l/42')),
  'a type 4 tag': () => new Type4Tag(uriMessage('https://p.example/l/42')),
  'an app': () => new HcePhone('9812345678901234'),
  'an iPhone': (clock) => new AppleWalletPhone({ clock, passes: [{ id: PASS, key: KEY, message: '7700123456' }] }),
  'an Android phone': () => new GoogleWalletPhone({ collectorId: 1, keys: new Map([[1, KEY]]), redemptionValue: '42', chunk: 20 }),
};
const EACH = Object.entries(CARDS).map(([name, make]) => ({ name, make }));

function tap(card: VirtualCard): Promise<ChainResult> {
  return readCard(cardSession(card), options, never);
}

function problemOf(result: ChainResult): string | undefined {
  return result.status === 'unread' ? result.problem?.code : undefined;
}

describe.each(EACH)('$name', ({ make }) => {
  it('taken away at any command is a hinted failure', async () => {
    const clock = new VirtualClock();
    const whole = await tap(make(clock));
    expect(whole.status).toBe('read');
    for (let commands = 0; commands < whole.steps.length; commands += 1) {
      const card = new FaultyCard(make(clock), clock);
      card.faults.removeAfter = commands;
      const result = await tap(card);
      expect(result).toMatchObject({ status: 'unread', reason: 'removed', hint: 'holdLonger' });
      expect(problemOf(result)).toBe('TB_READER_NFC_REMOVED');
      expect(result.steps).toHaveLength(commands + 1);
    }
  });

  it('with answers cut off anywhere is a typed failure, or gives the very code; the UID may stand in where it is asked for', async () => {
    const clock = new VirtualClock();
    const whole = await tap(make(clock));
    for (let length = 0; length < 80; length += 1) {
      const card = new FaultyCard(make(clock), clock);
      card.faults.truncateTo = length;
      const result = await tap(card);
      if (result.status === 'read') expect([whole.status === 'read' ? whole.code.reveal() : '', '04A1B2C3D4E5F6']).toContain(result.code.reveal());
      else expect(problemOf(result)).toMatch(/^TB_READER_NFC_/);
    }
  });

  it.each([0x9100, 0x61ff] as const)('that says %i for ever is stopped', async (endless) => {
    const clock = new VirtualClock();
    const card = new FaultyCard(make(clock), clock);
    card.faults.endless = endless;
    const result = await tap(card);
    expect(result.status).toBe('unread');
    expect(result.steps.length).toBeLessThanOrEqual(MAX_COMMANDS);
    if (endless !== 0x61ff) return;
    expect(problemOf(result)).toBe('TB_READER_NFC_TOO_MUCH');
    expect(result.steps).toHaveLength(1 + MAX_CONTINUATIONS);
  });

  it('refusing with any status word ends with a reason', async () => {
    const clock = new VirtualClock();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 1, max: 5 }), async (status, times) => {
        const card = new FaultyCard(make(clock), clock);
        card.faults.refuse = { status, times };
        const result = await tap(card);
        expect(result.steps.length).toBeLessThanOrEqual(MAX_COMMANDS);
        if (result.status === 'unread') expect(problemOf(result)).toMatch(/^TB_READER_NFC_/);
      }),
      { numRuns: 60 },
    );
  });
});

it('endless 9100 after GET DATA of Smart Tap is stopped', async () => {
  const phone = cardSession(new GoogleWalletPhone({ collectorId: 1, keys: new Map([[1, KEY]]), redemptionValue: '42', chunk: 20 }));
  const session: CardSession = { ...phone, transmit: (apdu, limits) => (apdu[1] === 0xc0 ? Promise.resolve(fromHex('009100')) : phone.transmit(apdu, limits)) };
  const result = await readCard(session, options, never);
  expect(problemOf(result)).toBe('TB_READER_NFC_TOO_MUCH');
  expect(result.steps.filter(({ command }) => command === 'get more')).toHaveLength(MAX_CHUNKS);
});

it('what inflates beyond bounds is not unpacked', () => {
  expect(inflateBundle(deflateSync(new Uint8Array(MAX_BUNDLE)))).toHaveLength(MAX_BUNDLE);
  expect(inflateBundle(deflateSync(new Uint8Array(MAX_BUNDLE + 1)))).toBeUndefined();
  expect(inflateBundle(Uint8Array.of(1, 2, 3))).toBeUndefined();
});

it('any card at all, answering anything to anything, ends with a result within bounds', async () => {
  const word = fc.constantFrom('9000', '9100', '61ff', '6c10', '6a82', '6287', '9302', '');
  const body = fc.oneof(fc.uint8Array({ maxLength: 64 }), fc.constantFrom(fromHex('6f0a50084170706c65506179'), fromHex('6f0c500a416e64726f6964506179'), fromHex('000f2000ff00340406e10404000000')));
  const answer = fc.tuple(body, word).map(([data, status]) => Buffer.concat([data, fromHex(status)]));
  const atr = fc.constantFrom(isoDepAtr(), storageAtr(STORAGE_CARDS.type2), storageAtr(STORAGE_CARDS.classic1k));
  await fc.assert(
    fc.asyncProperty(atr, fc.array(answer, { minLength: 1, maxLength: 30 }), async (reset, answers) => {
      let count = 0;
      const session: CardSession = { atr: reset, reader: 'x', transmit: () => Promise.resolve(Uint8Array.from(answers[count++ % answers.length]!)) };
      const result = await readCard(session, options, never);
      expect(count).toBeLessThanOrEqual(MAX_COMMANDS);
      if (result.status === 'read') expect(result.code.reveal()).not.toMatch(/\p{Cc}/u);
      else expect(result.problem).toBeInstanceOf(TillbridgeError);
    }),
    { numRuns: 500 },
  );
});

describe('time', () => {
  const silent: CardSession = { atr: isoDepAtr(), reader: 'x', transmit: () => new Promise(() => undefined) };

  it('for one command is told to the session, and kept even by one that ignores it', async () => {
    const clock = new VirtualClock();
    const asked: number[] = [];
    const session: CardSession = {
      ...silent,
      transmit: (apdu, { timeoutMs }) => {
        asked.push(timeoutMs);
        return silent.transmit(apdu, { timeoutMs });
      },
    };
    const work = readCard(session, compileChain({ ...config(), timeoutMs: 700 }, clock), never);
    await clock.advance(1000);
    const result = await work;
    expect(asked).toEqual([700]);
    expect(result).toMatchObject({ status: 'unread', reason: 'timeout', hint: 'holdLonger' });
    expect(problemOf(result)).toBe('TB_READER_NFC_NO_ANSWER');
    expect(clock.pending).toBe(0);
  });

  it('for the whole card is kept however short the single answers are', async () => {
    const clock = new VirtualClock();
    const card = new FaultyCard(new Type4Tag(uriMessage('x'.repeat(900)), { mle: 15 }), clock);
    card.faults.delayMs = 400;
    const work = readCard(cardSession(card), compileChain({ ...config(), budgetMs: 3000 }, clock), never);
    await clock.advance(6000);
    const result = await work;
    expect(result).toMatchObject({ status: 'unread', reason: 'timeout' });
    expect(result.steps.length).toBeLessThanOrEqual(8);
    expect(clock.pending).toBe(0);
  });

  it('ends at once when the caller gives up', async () => {
    const clock = new VirtualClock();
    const stop = new AbortController();
    const work = readCard(silent, compileChain(config(), clock), stop.signal);
    await clock.settle();
    stop.abort();
    expect(await work).toMatchObject({ status: 'unread', reason: 'aborted' });
    expect(clock.pending).toBe(0);
    expect(await readCard(silent, compileChain(config(), clock), stop.signal)).toMatchObject({ reason: 'aborted', steps: [] });
  });
});

describe('a session that breaks', () => {
  const broken = (error: unknown, sync = false): CardSession => ({
    atr: isoDepAtr(),
    reader: 'x',
    // some bindings throw instead of rejecting
    transmit: sync
      ? () => {
          throw error;
        }
      : async () => {
          throw error;
        },
  });

  it.each([
    [new TillbridgeError('TB_READER_NFC_REMOVED', { step: 'x' }), 'removed', 'TB_READER_NFC_REMOVED'],
    [new TillbridgeError('TB_READER_NFC_NO_ANSWER', { step: 'x', timeoutMs: 1 }), 'timeout', 'TB_READER_NFC_NO_ANSWER'],
    [new Error('SCardTransmit error: Card was removed. (0x80100069)'), 'removed', 'TB_READER_NFC_REMOVED'],
    [new Error('SCardTransmit error: Transaction failed. (0x80100016)'), 'removed', 'TB_READER_NFC_REMOVED'],
    [new Error('RPC transport error (0x80100013)'), 'failed', 'TB_READER_NFC_EXCHANGE'],
    ['odd', 'failed', 'TB_READER_NFC_EXCHANGE'],
  ])('ends the card after one command: %s', async (error, reason, code) => {
    for (const sync of [false, true]) {
      const result = await readCard(broken(error, sync), options, never);
      expect(result).toMatchObject({ status: 'unread', reason, hint: 'holdLonger' });
      expect(problemOf(result)).toBe(code);
      expect(result.steps).toHaveLength(1);
    }
  });
});

it('a card that corrects the wanted length is asked once more, and not for ever', async () => {
  const lengths: number[] = [];
  const session = (liar: boolean): CardSession => ({
    atr: storageAtr(STORAGE_CARDS.classic1k),
    reader: 'x',
    transmit: (apdu) => {
      lengths.push(apdu.at(-1)!);
      return Promise.resolve(liar || apdu.at(-1) !== 4 ? fromHex('6c04') : fromHex('b2c124cb9000'));
    },
  });
  const uid = compileChain({ read: ['uid'] }, new VirtualClock());
  expect(await readCard(session(false), uid, never)).toMatchObject({ status: 'read' });
  expect(lengths).toEqual([0, 4]);
  lengths.length = 0;
  expect(await readCard(session(true), uid, never)).toMatchObject({ status: 'unread', reason: 'noCode' });
  expect(lengths).toEqual([0, 4]);
});
