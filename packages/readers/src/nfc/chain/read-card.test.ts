import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Secret, TillbridgeError } from '@tillbridge/core';
import {
  AppleWalletPhone, cardSession, ClassicCard, FaultyCard, GoogleWalletPhone, HcePhone, isoDepAtr, STANDARDS, STORAGE_CARDS, storageAtr, textMessage,
  Type2Tag, Type4Tag, UidCard, uriMessage, VirtualClock, type VirtualCard,
} from '@tillbridge/testkit';
import { compileChain } from './compile-chain.js';
import { readCard } from './read-card.js';
import type { CardSession, ChainConfig, ChainResult } from './types.js';
import { fromHex } from './wire/bytes.js';

const AID = 'F054494C4C3031';
const PASS = 'pass.com.example.loyalty';
const pem = (): string => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const APPLE_KEY = pem();
const GOOGLE_KEY = pem();
const clock = new VirtualClock();
const never = new AbortController().signal;

const EVERYTHING: ChainConfig = {
  hce: { aids: [AID] },
  vas: { passes: [{ id: PASS, keys: [new Secret(APPLE_KEY)] }] },
  smarttap: { collectorId: 20_180_608, keys: [{ version: 1, key: new Secret(GOOGLE_KEY) }] },
  sector: { block: 4, key: new Secret('A0A1A2A3A4A5') },
  uid: { format: 'dec10' },
};

function read(card: VirtualCard, config: ChainConfig = EVERYTHING): Promise<ChainResult> {
  return readCard(cardSession(card), compileChain(config, clock), never);
}

/** What counts of a result, with the code in clear. */
function gist(result: ChainResult): Record<string, unknown> {
  if (result.status === 'read') return { source: result.source, code: result.code.reveal(), ...(result.name === undefined ? {} : { name: result.name }) };
  return { reason: result.reason, ...(result.hint === undefined ? {} : { hint: result.hint }), problem: result.problem?.code };
}

const apple = (message = '7700123456', id = PASS): AppleWalletPhone => new AppleWalletPhone({ clock, passes: [{ id, key: APPLE_KEY, message }] });
const google = (options: Partial<ConstructorParameters<typeof GoogleWalletPhone>[0]> = {}): GoogleWalletPhone =>
  new GoogleWalletPhone({ collectorId: 20_180_608, keys: new Map([[1, GOOGLE_KEY]]), redemptionValue: '9812345678901234', ...options });

describe('storage cards', () => {
  it('give their UID as a number', async () => {
    expect(gist(await read(new UidCard(fromHex('B2C124CB'))))).toEqual({ source: 'uid', code: '2999002315' });
  });

  it('do not, when the UID is a random one', async () => {
    expect(gist(await read(new UidCard(fromHex('08C124CB'))))).toEqual({ reason: 'refused', problem: 'TB_READER_NFC_RANDOM_UID' });
    expect(gist(await read(new UidCard(fromHex('11223344'), storageAtr(0x0010, STANDARDS.iso14443b))))).toEqual({ reason: 'refused', problem: 'TB_READER_NFC_RANDOM_UID' });
  });

  it('do not, when the rule does not fit', async () => {
    expect(gist(await read(new UidCard(fromHex('B2C124CB')), { uid: { extract: '^9' } }))).toEqual({ reason: 'failed', problem: 'TB_READER_NFC_UID_FORM' });
  });

  it('give the address or the text of a type 2 tag', async () => {
    expect(gist(await read(new Type2Tag(uriMessage('https://p.example/l/42'))))).toEqual({ source: 'ndef', code: 'https://p.example/l/42' });
    expect(gist(await read(new Type2Tag(textMessage('card 42')), { ndef: { records: ['text'] } }))).toEqual({ source: 'ndef', code: 'card 42' });
  });

  it('give a message that fills a big tag to the last byte', async () => {
    const long = `https://p.example/${'x'.repeat(840)}`;
    expect(gist(await read(new Type2Tag(uriMessage(long), { size: 872 })))).toEqual({ source: 'ndef', code: long });
    // length 255 and up has three bytes
    const exact = uriMessage('x'.repeat(48 - 2 - 5));
    expect(gist(await read(new Type2Tag(exact, { size: 48 })))).toEqual({ source: 'ndef', code: 'x'.repeat(41) });
  });

  it('give the message behind control blocks and filling', async () => {
    const area = Uint8Array.of(0x01, 0x03, 0xa0, 0x0c, 0x34, 0x00, 0x02, 0x01, 0x00, 0xfd, 0x02, 0x11, 0x22, 0x03, 0x0f, ...uriMessage('7700123'), 0xfe);
    const fixed = area.slice();
    fixed[14] = uriMessage('7700123').length;
    expect(gist(await read(new Type2Tag(new Uint8Array(0), { area: fixed })))).toEqual({ source: 'ndef', code: '7700123' });
  });

  it.each([
    ['longer than the tag', Uint8Array.of(0x03, 0xff, 0x7f, 0xff, 0xd1), 'TB_READER_NFC_PROTOCOL'],
    ['cut off at the end of the tag', Uint8Array.of(...Array.from({ length: 47 }, () => 0), 0x03), 'TB_READER_NFC_PROTOCOL'],
    ['a record that lies about its length', Uint8Array.of(0x03, 0x05, 0xd1, 0x01, 0x7f, 0x55, 0x00, 0xfe), 'TB_READER_NFC_PROTOCOL'],
    ['control characters', Uint8Array.of(0x03, 0x08, 0xd1, 0x01, 0x04, 0x55, 0x00, 0x0d, 0x0a, 0x41, 0xfe), 'TB_READER_NFC_PROTOCOL'],
  ])('with NDEF that lies fail with a reason: %s', async (_, area, problem) => {
    expect(gist(await read(new Type2Tag(new Uint8Array(0), { area, size: 48 }), { read: ['ndef'] }))).toEqual({ reason: 'failed', problem });
  });

  it('without NDEF are read by the next way', async () => {
    const unformatted = new Type2Tag(new Uint8Array(0), { container: Uint8Array.of(0, 0, 0, 0), uid: fromHex('04A1B2C3D4E5F6') });
    expect(gist(await read(unformatted))).toEqual({ source: 'uid', code: '1303689068602870' });
    const empty = new Type2Tag(new Uint8Array(0), { uid: fromHex('04A1B2C3D4E5F6') });
    expect(gist(await read(empty))).toEqual({ source: 'uid', code: '1303689068602870' });
    // ... or by none, when the UID is not wanted
    expect(gist(await read(empty, { read: ['ndef'] }))).toEqual({ reason: 'noCode', hint: 'unknownCard', problem: 'TB_READER_NFC_UNKNOWN_CARD' });
  });
});

describe('a MIFARE Classic sector', () => {
  const blocks = new Map([[4, new Uint8Array([...Buffer.from('  0012345678'), 0, 0x55, 0x55, 0x55])], [5, fromHex('0098765432109876F0FF112233445566')]]);
  const card = (key = 'A0A1A2A3A4A5', keyType: 'A' | 'B' = 'A'): ClassicCard => new ClassicCard(blocks, { key, keyType });
  const key = new Secret('A0A1A2A3A4A5');

  it.each([
    ['text up to the first zero', { block: 4 }, '0012345678'],
    ['a part of it', { block: 4, offset: 4, length: 8 }, '12345678'],
    ['digits, two a byte', { block: 5, encoding: 'bcd' }, '0098765432109876'],
    ['hexadecimal', { block: 5, offset: 1, length: 3, encoding: 'hex' }, '987654'],
    ['a number', { block: 5, offset: 1, length: 3, encoding: 'dec' }, '9991764'],
    ['two blocks', { block: 4, blocks: 2, offset: 16, length: 3, encoding: 'bcd' }, '009876'],
  ] as const)('holds %s', async (_, sector, code) => {
    expect(gist(await read(card(), { read: ['sector'], sector: { ...sector, key } }))).toEqual({ source: 'sector', code });
  });

  it('opens by key B where that is configured', async () => {
    expect(gist(await read(card('A0A1A2A3A4A5', 'B'), { read: ['sector'], sector: { block: 4, key, keyType: 'B' } }))).toEqual({ source: 'sector', code: '0012345678' });
  });

  it('does not open with a wrong key, and the UID is still there', async () => {
    expect(gist(await read(card('FFFFFFFFFFFF'), { read: ['sector'], sector: { block: 4, key } }))).toEqual({ reason: 'failed', problem: 'TB_READER_NFC_SECTOR_KEY' });
    expect(gist(await read(card('FFFFFFFFFFFF')))).toEqual({ source: 'uid', code: '2999002315' });
  });

  it('with garbage where digits should be is refused', async () => {
    expect(gist(await read(card(), { read: ['sector'], sector: { block: 4, key, encoding: 'bcd', offset: 12, length: 4 } }))).toEqual({ source: 'sector', code: '00555555' });
    const garbage = new ClassicCard(new Map([[4, fromHex('AB12')]]), { key: 'A0A1A2A3A4A5' });
    expect(gist(await read(garbage, { read: ['sector'], sector: { block: 4, key, encoding: 'bcd' } }))).toEqual({ reason: 'failed', problem: 'TB_READER_NFC_PROTOCOL' });
  });
});

describe('a type 4 tag', () => {
  it('gives its message, in as many pieces as it wants', async () => {
    const long = `https://p.example/${'y'.repeat(600)}`;
    expect(gist(await read(new Type4Tag(uriMessage(long), { mle: 15 })))).toEqual({ source: 'ndef', code: long });
  });

  it.each([
    ['a message longer than its file', { claimed: 1023, fileSize: 1024 }, 'TB_READER_NFC_PROTOCOL'],
    ['a message longer than we read', { claimed: 4000, fileSize: 8000 }, 'TB_READER_NFC_PROTOCOL'],
    ['a message longer than what comes', { claimed: 900 }, 'TB_READER_NFC_STATUS'],
    ['pieces of no bytes', { mle: 3 }, 'TB_READER_NFC_PROTOCOL'],
  ])('that lies fails with a reason: %s', async (_, options, problem) => {
    expect(gist(await read(new Type4Tag(uriMessage('x'), options), { read: ['ndef'] }))).toEqual({ reason: 'failed', problem });
  });

  it('that may not be read, or with its UID only, is none of ours', async () => {
    const secured = new Type4Tag(uriMessage('x'), { readable: false });
    expect(gist(await read(secured))).toEqual({ reason: 'noCode', hint: 'unknownCard', problem: 'TB_READER_NFC_UNKNOWN_CARD' });
    expect(gist(await read(secured, { uid: { isoDep: true } }))).toEqual({ source: 'uid', code: '04112233445566' });
  });
});

describe('the app on a phone', () => {
  it('gives its code, by the first AID that the phone knows', async () => {
    expect(gist(await read(new HcePhone('9812345678901234'), { hce: { aids: ['F0000000000000', AID] } }))).toEqual({ source: 'hce', code: '9812345678901234', name: AID });
  });

  it('asks to be opened', async () => {
    expect(gist(await read(new HcePhone('98', { closed: true })))).toEqual({ reason: 'hint', hint: 'openApp', problem: 'TB_READER_NFC_OPEN_APP' });
  });

  it('of a later contract is not understood', async () => {
    expect(gist(await read(new HcePhone('98', { version: Uint8Array.of(2, 0) }), { read: ['hce'], hce: { aids: [AID] } }))).toEqual({ reason: 'failed', problem: 'TB_READER_NFC_PROTOCOL' });
  });

  it.each([['', 'empty'], ['x'.repeat(129), 'too long'], ['98\r\n', 'with control characters']])('is refused when the code is %#: %s', async (code) => {
    expect(gist(await read(new HcePhone(code), { read: ['hce'], hce: { aids: [AID] } }))).toEqual({ reason: 'failed', problem: 'TB_READER_NFC_PROTOCOL' });
  });

  it('never gives its random UID, whatever is configured', async () => {
    const phone = new HcePhone('98');
    expect(gist(await read(phone, { read: ['uid'], uid: { isoDep: true } }))).toEqual({ reason: 'refused', problem: 'TB_READER_NFC_RANDOM_UID' });
    expect(gist(await read(phone, { read: ['uid'] }))).toEqual({ reason: 'noCode', hint: 'unknownCard', problem: 'TB_READER_NFC_UNKNOWN_CARD' });
  });
});

describe('a pass in Apple Wallet', () => {
  it('is read and decrypted, by either derivation', async () => {
    const phone = apple();
    expect(gist(await read(phone))).toEqual({ source: 'vas', code: '7700123456', name: PASS });
    phone.mood.legacy = true;
    expect(gist(await read(phone))).toEqual({ source: 'vas', code: '7700123456', name: PASS });
  });

  it('is found among several, asked for in order', async () => {
    const config = { vas: { passes: [{ id: 'pass.com.example.other', keys: [new Secret(pem())] }, { id: PASS, keys: [new Secret(pem()), new Secret(APPLE_KEY)] }] } };
    expect(gist(await read(apple(), config))).toEqual({ source: 'vas', code: '7700123456', name: PASS });
  });

  it('is hinted at when the guest must do something', async () => {
    const phone = apple();
    phone.mood.locked = true;
    expect(gist(await read(phone))).toEqual({ reason: 'hint', hint: 'unlockPhone', problem: 'TB_READER_NFC_UNLOCK' });
    phone.mood.locked = false;
    phone.mood.mustChoose = true;
    expect(gist(await read(phone))).toEqual({ reason: 'hint', hint: 'choosePass', problem: 'TB_READER_NFC_CHOOSE' });
    expect(gist(await read(apple('1', 'pass.com.example.none')))).toEqual({ reason: 'noCode', hint: 'choosePass', problem: 'TB_READER_NFC_CHOOSE' });
  });

  it('for another key names that key', async () => {
    const result = await read(new AppleWalletPhone({ clock, passes: [{ id: PASS, key: pem(), message: '77' }] }));
    expect(gist(result)).toEqual({ reason: 'failed', problem: 'TB_READER_NFC_WRONG_KEY' });
    expect(result.status === 'unread' && result.problem?.params['keyId']).toMatch(/^[0-9a-f]{8}$/);
  });

  it('is taken once: a played back one is refused, a new tap is not', async () => {
    const options = compileChain(EVERYTHING, clock);
    const phone = apple();
    const tap = async (): Promise<Record<string, unknown>> => gist(await readCard(cardSession(phone), options, never));
    expect(await tap()).toMatchObject({ source: 'vas' });
    expect(await tap()).toMatchObject({ source: 'vas' });
    phone.mood.replay = true;
    expect(await tap()).toEqual({ reason: 'refused', problem: 'TB_READER_NFC_REPLAYED' });
    phone.mood.replay = false;
    expect(await tap()).toMatchObject({ source: 'vas' });
  });

  it.each([[-16, false], [-14, true], [14, true], [16, false]])('made %d minutes from now: taken %s', async (minutes, taken) => {
    const phone = apple();
    phone.mood.clockOffsetMs = minutes * 60_000;
    expect(gist(await read(phone))).toEqual(taken ? { source: 'vas', code: '7700123456', name: PASS } : { reason: 'refused', problem: 'TB_READER_NFC_STALE' });
    expect(gist(await read(phone, { vas: { ...EVERYTHING.vas!, windowMs: 'off' } }))).toMatchObject({ source: 'vas' });
  });

  it('that was changed on the way is refused', async () => {
    const phone = new AppleWalletPhone({ clock, passes: [{ id: PASS, key: APPLE_KEY, message: '' }] });
    expect(gist(await read(phone))).toEqual({ reason: 'failed', problem: 'TB_READER_NFC_PROTOCOL' });
    const real = cardSession(apple());
    const spoiled: CardSession = {
      ...real,
      transmit: async (apdu, options) => {
        const answer = await real.transmit(apdu, options);
        if (apdu[1] === 0xca) answer[answer.length - 3]! ^= 1;
        return answer;
      },
    };
    expect(gist(await readCard(spoiled, compileChain(EVERYTHING, clock), never))).toEqual({ reason: 'refused', problem: 'TB_READER_NFC_UNREADABLE' });
  });
});

describe('a pass in Google Wallet', () => {
  const expected = { source: 'smarttap', code: '9812345678901234', name: '20180608' };

  it('is negotiated, fetched in pieces, decrypted and unpacked', async () => {
    for (const options of [{}, { chunk: 20 }, { skipSelect: true }]) expect(gist(await read(google(options)))).toEqual(expected);
    const plain = google();
    plain.mood.compress = false;
    expect(gist(await read(plain))).toEqual(expected);
  });

  it('is fetched with the key version that the phone knows', async () => {
    const keys = [{ version: 7, key: new Secret(pem()) }, { version: 1, key: new Secret(GOOGLE_KEY) }];
    expect(gist(await read(google(), { smarttap: { collectorId: 20_180_608, keys } }))).toEqual(expected);
  });

  it('is asked for again when the phone says so', async () => {
    for (const at of ['negotiate', 'getData'] as const) {
      const phone = google();
      phone.mood.transient = at;
      expect(gist(await read(phone))).toEqual(expected);
    }
  });

  it('is hinted at when the guest must do something', async () => {
    const phone = google();
    phone.mood.locked = true;
    expect(gist(await read(phone))).toEqual({ reason: 'hint', hint: 'unlockPhone', problem: 'TB_READER_NFC_UNLOCK' });
    phone.mood.locked = false;
    phone.mood.mustChoose = true;
    expect(gist(await read(phone))).toEqual({ reason: 'hint', hint: 'choosePass', problem: 'TB_READER_NFC_CHOOSE' });
    const none = new GoogleWalletPhone({ collectorId: 20_180_608, keys: new Map([[1, GOOGLE_KEY]]) });
    expect(gist(await read(none))).toEqual({ reason: 'noCode', hint: 'choosePass', problem: 'TB_READER_NFC_CHOOSE' });
  });

  it('is not given to a terminal with a wrong key or collector', async () => {
    const wrongKey = { smarttap: { collectorId: 20_180_608, keys: [{ version: 1, key: new Secret(pem()) }] } };
    expect(gist(await read(google(), wrongKey))).toEqual({ reason: 'failed', problem: 'TB_READER_NFC_COLLECTOR' });
    expect(gist(await read(google({ collectorId: 1 })))).toEqual({ reason: 'failed', problem: 'TB_READER_NFC_COLLECTOR' });
  });

  it('that was changed on the way is refused', async () => {
    const phone = google();
    phone.mood.forge = true;
    expect(gist(await read(phone))).toEqual({ reason: 'refused', problem: 'TB_READER_NFC_UNREADABLE' });
  });

  it('does not blow up: what inflates beyond bounds is refused', async () => {
    const bomb = google({ bundle: new Uint8Array(1_000_000) });
    expect(deflateSync(new Uint8Array(1_000_000)).length).toBeLessThan(2000);
    expect(gist(await read(bomb))).toEqual({ reason: 'failed', problem: 'TB_READER_NFC_PROTOCOL' });
  });

  it('without a redemption value is none', async () => {
    expect(gist(await read(google({ bundle: uriMessage('x') })))).toEqual({ reason: 'failed', problem: 'TB_READER_NFC_PROTOCOL' });
  });
});

describe('another program that talks to the card in between', () => {
  const CASES: [string, () => VirtualCard, number, string][] = [
    ['an app', () => new HcePhone('98'), 0xca, 'hce'],
    ['Apple Wallet', apple, 0xca, 'vas'],
    ['Google Wallet', google, 0x53, 'smarttap'],
    ['Google Wallet, later', google, 0x50, 'smarttap'],
    ['a type 4 tag', () => new Type4Tag(uriMessage('98')), 0xb0, 'ndef'],
  ];

  it.each(CASES.flatMap(([name, make, ins, source]) => [0x6a82, 0x6985, 0x6d00].map((status) => ({ name, make, ins, source, status }))))(
    'costs $name one more SELECT ($status)',
    async ({ make, ins, source, status }) => {
      const card = new FaultyCard(make(), clock);
      card.faults.refuse = { status, ins, times: 1 };
      expect(gist(await read(card))).toMatchObject({ source });
      card.faults.refuse = { status, ins, times: 2 };
      expect(await read(card)).toMatchObject({ status: 'unread' });
    },
  );
});

describe('ways', () => {
  it('are tried in the configured order', async () => {
    const config: ChainConfig = { ...EVERYTHING, read: ['uid', 'ndef'], uid: {} };
    expect(gist(await read(new Type2Tag(uriMessage('98')), config))).toMatchObject({ source: 'uid' });
    expect(gist(await read(new Type2Tag(uriMessage('98')), { ...config, read: ['ndef', 'uid'] }))).toMatchObject({ source: 'ndef' });
  });

  it('ask a wallet for its name once, and again only when something came in between', async () => {
    const selects = async (config: ChainConfig): Promise<string[]> => {
      const result = await read(google(), config);
      return result.steps.map(({ command }) => command).filter((command) => command === 'select ose');
    };
    expect(await selects({ ...EVERYTHING, read: ['vas', 'smarttap'] })).toHaveLength(1);
    expect(await selects({ ...EVERYTHING, read: ['vas', 'hce', 'smarttap'] })).toHaveLength(2);
  });

  it('leave alone what is no contactless card', async () => {
    const card = new UidCard(fromHex('B2C124CB'), fromHex('3B8B015275746F6B656E20445320C1'));
    expect(gist(await read(card))).toEqual({ reason: 'noCode', hint: 'unknownCard', problem: 'TB_READER_NFC_UNKNOWN_CARD' });
    expect(card.commands).toBe(0);
  });
});

describe('a result', () => {
  it('shows no code, no UID and no key, however it is printed', async () => {
    const results = [await read(apple()), await read(google()), await read(new UidCard(fromHex('B2C124CB'))), await read(new HcePhone('9812345678901234'))];
    for (const result of results) {
      const printed = `${inspect(result, { depth: 9 })} ${JSON.stringify(result)}`;
      expect(printed).not.toMatch(/7700123456|9812345678901234|2999002315|B2C124CB/i);
    }
    const options = inspect(compileChain(EVERYTHING, clock), { depth: 9 });
    expect(options).not.toMatch(/A0A1A2A3A4A5|160, 161, 162|BEGIN/i);
  });

  it('tells each step without its data', async () => {
    const { steps } = await read(apple());
    expect(steps.map(({ way, command, status }) => `${way} ${command} ${status}`)).toEqual(['hce select app 6a82', 'vas select ose 9000', 'vas get pass 9000']);
    expect(Object.keys(steps[0]!)).toEqual(['way', 'command', 'status', 'bytes', 'ms']);
  });
});

describe('settings that cannot work', () => {
  const key = new Secret('A0A1A2A3A4A5');
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  const p384 = generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey.export({ format: 'pem', type: 'sec1' }).toString();
  const locked = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' }).toString();

  it.each<[string, ChainConfig, string]>([
    ['an AID of 4 bytes', { hce: { aids: ['F0112233'] } }, 'SETTING'],
    ['an AID that is no hex', { hce: { aids: ['hello'] } }, 'SETTING'],
    ['no pass', { vas: { passes: [] } }, 'SETTING'],
    ['no key', { vas: { passes: [{ id: PASS, keys: [] }] } }, 'SETTING'],
    ['an RSA key', { vas: { passes: [{ id: PASS, keys: [new Secret(rsa)] }] } }, 'KEY'],
    ['another curve', { vas: { passes: [{ id: PASS, keys: [new Secret(p384)] }] } }, 'KEY'],
    ['a key with a password', { vas: { passes: [{ id: PASS, keys: [new Secret(locked)] }] } }, 'KEY'],
    ['no PEM', { smarttap: { collectorId: 1, keys: [{ version: 1, key: new Secret('hello') }] } }, 'KEY'],
    ['a sign-up address without https', { vas: { passes: [{ id: PASS, keys: [new Secret(APPLE_KEY)], signupUrl: 'http://x' }] } }, 'SETTING'],
    ['collector 0', { smarttap: { collectorId: 0, keys: [{ version: 1, key: new Secret(GOOGLE_KEY) }] } }, 'SETTING'],
    ['a sector trailer', { sector: { block: 7, key } }, 'SETTING'],
    ['blocks over a sector end', { sector: { block: 6, blocks: 3, key } }, 'SETTING'],
    ['a key of 5 bytes', { sector: { block: 4, key: new Secret('A0A1A2A3A4') } }, 'SETTING'],
    ['a part beyond the blocks', { sector: { block: 4, key, offset: 10, length: 10 } }, 'SETTING'],
    ['an expression that is none', { uid: { extract: '(' } }, 'SETTING'],
    ['3+5 of four bytes', { uid: { format: '3+5', take: 4 } }, 'SETTING'],
    ['no time', { timeoutMs: 0 }, 'SETTING'],
  ])('are refused with a reason: %s', (_, config, code) => {
    let thrown: unknown;
    try {
      compileChain(config, clock);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(TillbridgeError);
    expect((thrown as TillbridgeError).code).toBe(`TB_READER_NFC_${code}`);
    expect((thrown as TillbridgeError).message).not.toMatch(/BEGIN|A0A1A2/);
  });
});

it('a card that is no phone and no tag has an ATR of its own', () => {
  expect(isoDepAtr()).toEqual(fromHex('3B80800101'));
  expect(storageAtr(STORAGE_CARDS.classic1k)).toEqual(fromHex('3B8F8001804F0CA000000306030001000000006A'));
});
