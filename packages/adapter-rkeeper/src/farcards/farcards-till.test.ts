import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { codeOf, instant, NativeNumber, silentLog, systemClock, type LookedUp, type Translation } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { attribute, child, descendants, readXml, type XmlElement } from '../xml/index.js';
import { DEFAULT_RULES } from '../number-rules.js';
import { FarcardsTill } from './farcards-till.js';
import type { FarcardsOptions } from './options.js';
import type { FarcardsCall } from './request.js';
import type { ClosedSale } from './sale.js';

const CODE = '98000000000000017';
const CARD = '2900000000017';
const never = new AbortController().signal;

let answers: Map<string, Translation>;
let asked: string[];
let sales: ClosedSale[];
let logged: string[];
let storeFails: boolean;
let till: FarcardsTill;

async function lookUp(text: string): Promise<LookedUp> {
  asked.push(text);
  const translation = answers.get(text);
  if (translation !== undefined) return { matched: true, code: codeOf('card', text), translation };
  return text.startsWith('98') ? { matched: true, code: codeOf('card', text), translation: { result: 'notFound' } } : { matched: false };
}

function start(over: Partial<FarcardsOptions> = {}, look = lookUp, clock: typeof systemClock = systemClock): FarcardsTill {
  const log = { ...silentLog, warn: (...entry: unknown[]) => void logged.push(JSON.stringify(entry)), error: (...entry: unknown[]) => void logged.push(JSON.stringify(entry)) };
  const made = new FarcardsTill(
    {
      ...{ id: 'hall', numbers: DEFAULT_RULES, language: 'en', lookUpMs: 4000 },
      grants: { card: { discount: 25, bonus: 4 } },
      coupons: [{ prefix: '99', name: 'Dessert', items: [{ code: 77, kind: 'percent', value: 50, discount: 31, max: 1 }] }],
      ...over,
    },
    {
      clock,
      log,
      store: async (sale) => {
        if (storeFails) throw new Error('disk');
        sales.push(sale);
      },
    },
  );
  void made.open({ state: () => undefined, goodsDropped: () => undefined, order: () => undefined, lookUp: look });
  return made;
}

beforeEach(() => {
  answers = new Map([[CODE, { result: 'found', number: new NativeNumber('card', CARD) }]]);
  [asked, sales, logged, storeFails] = [[], [], [], false];
  till = start();
});

afterEach(() => till.close());

async function* chunksOf(text: string): AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(text, 'utf8');
  for (let i = 0; i < bytes.length; i += 7000) yield bytes.subarray(i, i + 7000);
}

const post = (document: string, call: FarcardsCall = 'getcardinfoex', signal = never): Promise<string> => till.answer(call, chunksOf(document), 'text/xml', signal);
const query = (card: string, inside = ''): string => `<?xml version="1.0" encoding="UTF-8"?><ROOT><QRY Card="${card}" Restaurant="9999" UnitNo="2">${inside}</QRY></ROOT>`;
const only = (document: string): XmlElement => readXml(document).children[0]!;
const info = async (card: string, inside = ''): Promise<Record<string, string>> => Object.fromEntries(only(await post(query(card, inside))).attributes);

interface Row { readonly card?: string; readonly kind?: number; readonly sum?: number | string; readonly check?: number }
const row = ({ card = CODE, kind = 3, sum = 13_500, check = 12 }: Row): string =>
  `<TransactionsEx Card="${card}" PersonID="1" Account="1" Kind="${String(kind)}" Summa="${String(sum)}" Restaurant="9999" RKDate="2026-01-10T12-03-11" RKUni="7" RKCheck="${String(check)}"/>`;
const transactions = (rows: readonly Row[], inside = ''): string => `<ROOT><Transactions>${rows.map(row).join('')}</Transactions><INPBUF>${inside}</INPBUF></ROOT>`;
const book = async (rows: readonly Row[]): Promise<string | undefined> => attribute(only(await post(transactions(rows), 'transactionsex')), 'Result');

describe('as the processing server itself', () => {
  test('a card gets its number, the discount and the bonus, and no name that we do not know', async () => {
    expect(await info(CODE)).toMatchObject({ Result: '0', Account: CARD, PersonID: CARD, Discount: '25', Bonus: '4', Locked: '0', Holder: '****0017' });
  });

  it.each([
    ['an empty INPBUF', '<INPBUF/>'],
    ['a check with a broken time', '<INPBUF><CHECK generateddatetime="2026-01-1012:0"><CHECKDATA/></CHECK></INPBUF>'],
  ])('%s changes nothing', async (_name, inside) => expect((await info(CODE, inside))['Result']).toBe('0'));

  test('names count whatever their case', async () => {
    expect(attribute(only(await post(`<root><qry card="${CODE}"/></root>`)), 'Result')).toBe('0');
  });

  it.each([
    ['notFound', { Result: '1' }],
    ['foundNoNumber', { Result: '1' }],
    ['blocked', { Result: '0', Locked: '1', WhyLock: 'This card is blocked' }],
    ['codeExpired', { Locked: '1', WhyLock: 'The code is out of date: ask the guest to show it again' }],
    ['codeUsed', { Locked: '1', WhyLock: 'The code was used already: ask the guest for a new one' }],
    ['ambiguous', { Locked: '1' }],
    ['confirmRequired', { Locked: '1' }],
    ['rateLimited', { Locked: '1', WhyLock: 'The loyalty system does not answer: try again' }],
    ['authError', { Locked: '1' }],
    ['unavailable', { Locked: '1' }],
    ['badResponse', { Locked: '1' }],
  ] as const)('%s becomes %j', async (result, expected) => {
    answers.set(CODE, { result });
    expect(await info(CODE)).toMatchObject(expected);
  });

  it.each([
    ['used', 'The code was used already: ask the guest for a new one'],
    ['expired', 'The code is out of date: ask the guest to show it again'],
    ['notApplicable', 'The coupon is not for this order'],
    ['needsCustomer', 'The coupon needs the guest: ask for the card first'],
  ] as const)('a coupon that is %s is locked, and says so', async (state, text) => {
    answers.set(CODE, { result: 'coupon', number: new NativeNumber('coupon', CARD), state });
    expect(await info(CODE)).toMatchObject({ Locked: '1', WhyLock: text });
  });

  test('every lock says why, in the language of the till, within 256 characters', async () => {
    await till.close();
    till = start({ language: 'ru' });
    answers.set(CODE, { result: 'blocked' });
    const found = await info(CODE);
    expect([found['WhyLock'], found['ScrMessage']]).toEqual(['Карта заблокирована', 'Карта заблокирована']);
  });

  test('a number that no rule takes is not known, and nobody is told of it', async () => expect(await info('4600000000')).toEqual({ Result: '1' }));

  it.each(['0', '9223372036854775808', '0980000', '-5', 'abc', ''])('%j is no Int64: nothing is asked', async (card) => {
    expect(await info(card)).toMatchObject({ Locked: '1' });
    expect(asked).toEqual([]);
  });

  it.each(['0290000000017', '9223372036854775808', 'AB12'])('the number %s cannot be carried back: locked, not cut', async (number) => {
    answers.set(CODE, { result: 'found', number: new NativeNumber('card', number) });
    expect(await info(CODE)).toMatchObject({ Locked: '1', WhyLock: 'r_keeper cannot take the number of this card: tell the administrator' });
  });

  test('digits above 2^53 come back as they are', async () => {
    answers.set('980000000000993', { result: 'found', number: new NativeNumber('card', '9007199254740993') });
    expect((await info('980000000000993'))['Account']).toBe('9007199254740993');
  });

  test('a card that only collects gets no discount', async () => {
    answers.set(CODE, { result: 'found', number: new NativeNumber('card', CARD), state: 'accrueOnly' });
    expect(await info(CODE)).toMatchObject({ Discount: '0', Bonus: '4' });
  });

  test('a coupon brings what it gives (OutKind 3)', async () => {
    answers.set(CODE, { result: 'coupon', number: new NativeNumber('coupon', '991234567') });
    const root = readXml(await post(query(CODE)));
    expect(attribute(descendants(root, 'OutBuf')[0]!, 'OutKind')).toBe('3');
    expect(Object.fromEntries(descendants(root, 'item')[0]!.attributes)).toMatchObject({ code: '77', kind: 'percent', val: '50', disccode: '31' });
  });

  test('a translator that hangs costs its budget, and the cashier reads why', async () => {
    const clock = new VirtualClock();
    await till.close();
    till = start({}, () => new Promise(() => undefined), clock);
    const answered = post(query(CODE));
    await clock.settle();
    await clock.advance(4000);
    expect(attribute(only(await answered), 'WhyLock')).toBe('The loyalty system does not answer: try again');
  });

  test('no e-mail, no picture', async () => {
    expect(attribute(only(await post('<ROOT><QRY Email="a@example.com"/></ROOT>', 'findemail')), 'Result')).toBe('1');
    expect(await post(`<ROOT><QRY CardCode="${CARD}"/></ROOT>`, 'getcardimageex')).toContain('<GetCardImageEx ErrorText=""/>');
  });

  test('nothing can be delivered', async () => {
    const request = { id: '1', scanId: '1', till: 'hall', number: new NativeNumber('card', CARD), at: instant(systemClock), expired: () => false };
    expect(await till.deliver(request, never)).toEqual({ outcome: 'rejected', reason: 'answersOnly' });
  });
});

describe('transactions: all or none, each check once', () => {
  test('what the guest paid is kept, with card and discount', async () => {
    expect(await book([{ kind: 1, sum: -1500 }, { kind: 2, sum: 675 }, { kind: 3, sum: 13_500 }])).toBe('0');
    expect(sales).toEqual([expect.objectContaining({ receiptId: 'rk-9999-20260110T120311-7-12', operation: 'sale', total: 13_500, discount: 1500, number: '12' })]);
    expect(sales[0]!.card?.reveal()).toBe(CARD);
  });

  test('the same check again is done and kept once, also while it is under way', async () => {
    expect(await Promise.all([book([{}]), book([{}]), book([{}])])).toEqual(['0', '0', '0']);
    expect(await book([{}])).toBe('0');
    expect(sales).toHaveLength(1);
    expect(await book([{ check: 13 }])).toBe('0');
    expect(sales).toHaveLength(2);
  });

  test('a return is another sale, and what comes after it counts again', async () => {
    await book([{ sum: 100 }]);
    await book([{ sum: -100 }]);
    await book([{ sum: 100 }]);
    expect(sales.map(({ operation, total }) => `${operation} ${String(total)}`)).toEqual(['sale 100', 'return 100', 'sale 100']);
  });

  it.each([
    ['a card that is not known', [{}, { card: '98111' }]],
    ['a card of nobody', [{ card: '4600' }]],
    ['a payment, since we keep no accounts', [{}, { kind: 0, sum: 100 }]],
    ['a kind that there is not', [{}, { kind: 9 }]],
    ['a sum that is none', [{}, { sum: '1.5' }]],
    ['a card that is none', [{}, { card: 'x' }]],
    ['nothing at all', []],
  ])('%s: none is done', async (_name, rows: readonly Row[]) => {
    expect(await book(rows)).toBe('1');
    expect(sales).toEqual([]);
  });

  test('what could not be stored is not done, and a retry does it', async () => {
    storeFails = true;
    expect(await book([{}])).toBe('1');
    storeFails = false;
    expect(await book([{}])).toBe('0');
    expect(sales).toHaveLength(1);
  });

  test('a one-time code is remembered until the check is closed', async () => {
    await info(CODE);
    answers.set(CODE, { result: 'codeUsed' });
    expect(await book([{}])).toBe('0');
    expect(sales[0]!.card?.reveal()).toBe(CARD);
  });
});

describe('in front of the real processing server', () => {
  let server: Server;
  let got: { path: string; root: XmlElement }[];
  let reply: (path: string) => string | undefined;

  beforeEach(async () => {
    got = [];
    reply = () => `<Root><GetCardInfoEx Result="0" Account="5" Holder="A &amp; B" Discount="3" CardCode="${CARD}"><OutBuf OutKind="1"><TEXT00>5 &lt; 6</TEXT00></OutBuf></GetCardInfoEx></Root>`;
    server = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (part: string) => (text += part));
      request.on('end', () => {
        got.push({ path: request.url ?? '', root: readXml(text) });
        const document = reply(request.url ?? '');
        if (document === undefined) request.socket.destroy();
        else response.writeHead(200, { 'content-type': 'text/xml' }).end(document);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await till.close();
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/pds`;
    till = start({ upstream: { url, timeoutMs: 20_000, pages: { getCardInfoEx: 'info.php', transactionsEx: 'pay.php', findEmail: 'mail.php' } } });
  });

  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  test('the number is translated, in the query and in the check, and back in the answer; the rest is passed on', async () => {
    const holders = (card: string): string => `<INPBUF><CHECK stationcode="2"><EXTINFO><ITEM cardcode="${card}"/><ITEM cardcode="777"/></EXTINFO></CHECK></INPBUF>`;
    const answer = readXml(await post(query(CODE, holders(CODE))));
    expect(got[0]!.path).toBe('/pds/info.php');
    expect(got[0]!.root).toEqual(readXml(query(CARD, holders(CARD))));
    expect(Object.fromEntries(answer.children[0]!.attributes)).toMatchObject({ Holder: 'A & B', Account: '5', Discount: '3', CardCode: CODE });
    expect(descendants(answer, 'TEXT00')[0]!.text).toBe('5 < 6');
  });

  test('a plastic card of the store goes through as it is', async () => {
    await info('777000');
    expect(attribute(child(got[0]!.root, 'QRY')!, 'Card')).toBe('777000');
  });

  test('what is blocked here never gets there', async () => {
    answers.set(CODE, { result: 'blocked' });
    expect(await info(CODE)).toMatchObject({ Locked: '1' });
    expect(got).toEqual([]);
  });

  it.each([
    ['hangs up', undefined],
    ['is a web page', '<html><br></html>'],
    ['has a document type', '<!DOCTYPE r [<!ENTITY x "y">]><Root/>'],
    ['is endless', `<Root>${'x'.repeat(3_000_000)}</Root>`],
  ])('a server whose answer %s: locked, with the reason', async (_name, document) => {
    reply = () => document;
    expect(await info(CODE)).toMatchObject({ Locked: '1', WhyLock: 'The loyalty system does not answer: try again' });
    expect(logged.join()).not.toContain(CARD);
    expect(got).toHaveLength(1);
  });

  test('transactions carry the real number there, and the till its own back', async () => {
    reply = (path) => (path.endsWith('pay.php') ? `<Root><TransactionsEx Result="0"><TRRESPONSE><TRANSACTION cardcode="${CARD}"/></TRRESPONSE></TransactionsEx></Root>` : undefined);
    const answer = readXml(await post(transactions([{}, { kind: 0, sum: 500 }], `<CHECK><ITEM cardcode="${CODE}"/></CHECK>`), 'transactionsex'));
    expect(descendants(got[0]!.root, 'TransactionsEx').map((record) => attribute(record, 'Card'))).toEqual([CARD, CARD]);
    expect(attribute(descendants(got[0]!.root, 'ITEM')[0]!, 'cardcode')).toBe(CARD);
    expect(attribute(descendants(answer, 'TRANSACTION')[0]!, 'cardcode')).toBe(CODE);
    expect(sales).toHaveLength(1);
  });

  test('a check whose answer was lost is refused and sent once; the retry of the till is sent again', async () => {
    reply = () => undefined;
    expect(await book([{}])).toBe('1');
    expect(got).toHaveLength(1);
    reply = () => '<Root><TransactionsEx Result="0"/></Root>';
    expect(await book([{}])).toBe('0');
    expect(await book([{}])).toBe('0');
    expect(got).toHaveLength(2);
  });

  test('what the server refuses is refused, and not kept', async () => {
    reply = () => '<Root><TransactionsEx Result="1"/></Root>';
    expect(await book([{}])).toBe('1');
    expect(sales).toEqual([]);
  });

  test('what the server did is done, even when we cannot keep it', async () => {
    storeFails = true;
    reply = () => '<Root><TransactionsEx Result="0"/></Root>';
    expect(await book([{}])).toBe('0');
    expect(logged.join()).toContain('could not be stored');
  });

  test('doctor asks it for nobody: an answer is an answer, silence stops sales', async () => {
    reply = () => '<Root><FindEmail Result="1"/></Root>';
    expect((await till.probe(never)).map(({ level }) => level)).toEqual(['ok']);
    reply = () => undefined;
    expect(await till.probe(never)).toEqual([expect.objectContaining({ level: 'fail', remedy: expect.stringContaining('upstream.url') as string })]);
    expect(got.map(({ root }) => attribute(child(root, 'QRY')!, 'Email'))).toEqual(['', '']);
  });

  test('e-mails are asked there', async () => {
    reply = () => '<Root><FindEmail Result="0" CardCode="8002"/></Root>';
    expect(await post('<ROOT><QRY Email="a@example.com"/></ROOT>', 'findemail')).toContain('CardCode="8002"');
    expect(got[0]!.path).toBe('/pds/mail.php');
  });
});

describe('hostile documents', () => {
  it.each([
    ['broken', '<ROOT><QRY'],
    ['empty', ''],
    ['with a document type', '<!DOCTYPE r SYSTEM "file:///etc/passwd"><ROOT><QRY Card="1"/></ROOT>'],
    ['too long', `<ROOT>${' '.repeat(1_100_000)}</ROOT>`],
    ['too deep', '<a>'.repeat(100)],
  ])('%s: an answer that the cashier understands', async (_name, document) => {
    expect(attribute(only(await post(document)), 'WhyLock')).toBe('The request of the card server cannot be read: tell the administrator');
    expect(attribute(only(await post(document, 'transactionsex')), 'Result')).toBe('1');
    expect(asked).toEqual([]);
  });

  test('whatever comes, an answer is XML and has a result; no card is logged', async () => {
    const piece = fc.constantFrom('<ROOT>', '</ROOT>', `<QRY Card="${CODE}">`, '</QRY>', '<Transactions>', '</Transactions>', row({}), '<![CDATA[', ']]>', '&amp;', '&x;', '"', '<', '\u0000', 'Ж');
    const document = fc.oneof(fc.string({ maxLength: 200 }), fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')), fc.string({ unit: 'binary', maxLength: 50 }).map((card) => query(card)));
    await fc.assert(
      fc.asyncProperty(document, fc.constantFrom<FarcardsCall>('getcardinfoex', 'transactionsex', 'findemail', 'getcardimageex'), async (text, call) => {
        const answer = only(await post(text, call));
        expect(answer.attributes.size).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
    expect(logged.join()).not.toContain(CODE);
  });

  test('a body that stops coming ends with its connection', async () => {
    async function* broken(): AsyncIterable<Uint8Array> {
      yield Buffer.from('<ROOT>');
      throw new Error('aborted');
    }
    await expect(till.answer('getcardinfoex', broken(), undefined, never)).rejects.toThrow('aborted');
  });
});
