import { createHash, randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { systemClock } from '@tillbridge/core';
import fc from 'fast-check';
import { afterEach, describe, expect, it, test } from 'vitest';
import { DigestAuth } from './auth.js';
import { platformOf, SIMULATED_PRESETS, startPlatform, type SimulatedPreset } from './catalogue.js';
import { noPlatformFaults, onTheWire } from './faults.js';
import { PlatformCall } from './call.js';
import { json, nothing, RawNumber } from './reply.js';
import type { PlatformSimulator } from './simulator.js';
import { definePlatform } from './spec.js';
import { COUPON_STATES, PlatformWorld } from './world.js';

const open: PlatformSimulator[] = [];
afterEach(async () => {
  for (const simulator of open.splice(0)) await simulator.close();
});
const start = async (preset: SimulatedPreset | Parameters<typeof startPlatform>[0]): Promise<PlatformSimulator> => {
  const simulator = await startPlatform(preset, { clock: systemClock });
  open.push(simulator);
  return simulator;
};

interface Said {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

async function say(simulator: PlatformSimulator, method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Said> {
  const response = await fetch(`${simulator.site.baseUrl}${path}`, {
    method,
    redirect: 'manual',
    headers: { ...(body === undefined || typeof body === 'string' ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

const parsed = ({ text }: Said): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;
const creditsOf = ({ world }: PlatformSimulator) => [...world.credits.values()].map(({ key, operation, phase, total, times, earned }) => ({ key, operation, phase, total, times, earned }));

describe('every simulated platform', () => {
  test.each(SIMULATED_PRESETS)('%s lets nobody in without its key, and says what it is', async (preset) => {
    const spec = await platformOf(preset);
    expect(spec.preset).toBe(preset);
    expect(spec.title).not.toBe('');
    const simulator = await start(preset);
    const [route] = spec.open(new PlatformWorld(systemClock)).routes.filter(({ login }) => login !== true);
    const { status, text } = await say(simulator, route?.method ?? 'GET', (route?.path ?? '/').replace(/\{\w+\}/g, '1'));
    // some put their refusal into a 200
    if (Object.keys(spec.secrets).length > 0) expect([400, 401, 403].includes(status) || /error|fail|denied/i.test(text)).toBe(true);
  });
});

describe('one credit a key', () => {
  it('MAXMA: set, confirm, confirm again, return; the second time is 17', async () => {
    const simulator = await start('maxma');
    const headers = { 'x-processing-key': simulator.site.secrets['key'] ?? '' };
    const body = { txid: 't-1', calculationQuery: { client: { card: '2000000012345' }, shop: { code: 'S-01' }, rows: [{ id: '1', product: { sku: 'A', blackPrice: 100 }, qty: 2 }], promocode: 'PROMO-OK' } };
    simulator.faults.dropAfterWork = 1;
    await expect(say(simulator, 'POST', '/set-purchase', body, headers)).rejects.toThrow();
    const again = parsed(await say(simulator, 'POST', '/set-purchase', body, headers));
    expect(simulator.world.coupons.get('PROMO-OK')).toBe('held');
    const ticket = { txid: 't-1', ticket: again['ticket'] };
    expect(parsed(await say(simulator, 'POST', '/confirm-ticket', ticket, headers))).toEqual({ confirmed: true });
    expect(parsed(await say(simulator, 'POST', '/confirm-ticket', ticket, headers))).toMatchObject({ errorCode: 17 });
    expect(parsed(await say(simulator, 'POST', '/set-purchase', body, headers))).toMatchObject({ errorCode: 17 });
    expect(creditsOf(simulator)).toEqual([{ key: 't-1', operation: 'sale', phase: 'done', total: 20_000, times: 3, earned: 1000 }]);
    expect(simulator.world.find('id', '71')?.points).toBe(13_000);
    expect(simulator.world.coupons.get('PROMO-OK')).toBe('used');
    const back = { transaction: { id: 'r-1', purchaseId: 't-1', refundAmount: 50, executedAt: '2026-01-10T12:00:00+03:00', shopCode: 'S-01', items: [] } };
    expect((await say(simulator, 'POST', '/apply-return', back, headers)).status).toBe(200);
    expect(parsed(await say(simulator, 'POST', '/apply-return', back, headers))).toMatchObject({ errorCode: 17 });
    expect(simulator.world.find('id', '71')?.points).toBe(12_750);
  });

  it('MAXMA: a ticket that is discarded gives its promo code back', async () => {
    const simulator = await start('maxma');
    const headers = { 'x-processing-key': simulator.site.secrets['key'] ?? '' };
    const body = { txid: 't-2', calculationQuery: { client: { phoneNumber: '+79990001122' }, shop: { code: 'S-01' }, rows: [{ product: { price: 1 }, qty: 1 }], promocode: 'PROMO-OK' } };
    const { ticket } = parsed(await say(simulator, 'POST', '/set-purchase', body, headers));
    await say(simulator, 'POST', '/discard-ticket', { txid: 't-2', ticket }, headers);
    expect(simulator.world.coupons.get('PROMO-OK')).toBe('usable');
    expect(creditsOf(simulator)).toMatchObject([{ phase: 'discarded' }]);
    expect(simulator.world.find('id', '71')?.points).toBe(12_000);
  });

  it('Mindbox: begin, commit; the same transaction again is TransactionAlreadyProcessed', async () => {
    const simulator = await start('mindbox-v3-card');
    // the other spelling of the key
    const headers = { authorization: `Mindbox secretKey="${simulator.site.secrets['key'] ?? ''}"` };
    const { endpoint, beginOperation, commitOperation, offlineOperation } = simulator.site.vars;
    const path = (operation: unknown, transaction: string): string => `/v3/operations/sync?endpointId=${String(endpoint)}&operation=${String(operation)}&transactionId=${transaction}`;
    const order = { customer: { discountCard: { ids: { number: '2000001234567' } } }, order: { ids: { tillbridgeId: 'o-1' }, lines: [{ basePricePerItem: 100, quantity: 1 }], coupons: [{ ids: { code: 'MB-OK' } }] } };
    const first = randomUUID();
    expect(parsed(await say(simulator, 'POST', path(beginOperation, first), order, headers))).toMatchObject({ status: 'Success' });
    expect(parsed(await say(simulator, 'POST', path(beginOperation, first), order, headers))).toEqual({ status: 'TransactionAlreadyProcessed' });
    expect(parsed(await say(simulator, 'POST', path(commitOperation, first), order, headers))).toMatchObject({ status: 'Success' });
    expect(creditsOf(simulator)).toMatchObject([{ key: 'o-1', phase: 'done', times: 2, total: 10_000 }]);
    const other = { ...order, order: { ...order.order, ids: { tillbridgeId: 'o-2' }, coupons: [{ ids: { code: 'MB-OTHER' } }] } };
    expect(parsed(await say(simulator, 'POST', path(beginOperation, randomUUID()), other, headers))).toMatchObject({ order: { processingStatus: 'PriceHasBeenChanged' } });
    expect(parsed(await say(simulator, 'POST', path(offlineOperation, randomUUID()), { ...other, order: { ...other.order, coupons: [] } }, headers))).toMatchObject({ status: 'Success' });
    expect([...simulator.world.credits.values()].map(({ key, late }) => [key, late])).toEqual([['o-1', false], ['o-2', true]]);
    expect(parsed(await say(simulator, 'POST', path('Nobody.Knows', randomUUID()), {}, headers))).toMatchObject({ status: 'ProtocolError' });
  });

  it('Rarus LMS: held without a commit, then committed under the same document number', async () => {
    const simulator = await start('rarus-lms');
    const { data } = parsed(await say(simulator, 'POST', '/integration-module/auth', { id: 'tillbridge', version: '1' }, { authorization: simulator.site.secrets['key'] ?? '' })) as { data: { content: string } };
    const headers = { authorization: data.content };
    const document = { doc_number: 'd-1', register_id: '1', shop_id: '1', card_id: 501, items: [{ price: '12.50', quantity: 2 }], promo: 'PROMO-OK' };
    // what a PHP program writes for false is nothing at all
    await say(simulator, 'POST', '/web-flow/document/purchase?recalc-bonus=&no-commit=1', document, headers);
    expect(creditsOf(simulator)).toMatchObject([{ phase: 'held', total: 2500 }]);
    await say(simulator, 'POST', '/web-flow/document/purchase?recalc-bonus=&no-commit=', document, headers);
    await say(simulator, 'POST', '/web-flow/document/purchase?recalc-bonus=&no-commit=', document, headers);
    expect(creditsOf(simulator)).toMatchObject([{ key: 'd-1', phase: 'done', times: 3 }]);
    await say(simulator, 'POST', '/web-flow/document/refund?no-commit=', { ...document, doc_number: 'd-2', purchase_id: 'd-1' }, headers);
    expect(creditsOf(simulator)).toMatchObject([{ key: 'd-1' }, { key: 'd-2', operation: 'return' }]);
    expect(simulator.world.find('id', '501')?.points).toBe(10_000);
    simulator.world.advance(3_600_000);
    expect((await say(simulator, 'GET', '/web-flow/ping', undefined, headers)).status).toBe(401);
  });

  it('Rarus LMS: a promo code is held, given back, held again, and used', async () => {
    const simulator = await start('rarus-lms');
    const { data } = parsed(await say(simulator, 'POST', '/integration-module/auth', { id: 'tillbridge', version: '1' }, { authorization: simulator.site.secrets['key'] ?? '' })) as { data: { content: string } };
    const headers = { authorization: data.content };
    const hold = async (): Promise<Record<string, unknown>> => parsed(await say(simulator, 'POST', '/web-flow/hold-promo-code', { code: 'PROMO-OK', card_id: 501 }, headers));
    const stateOf = async (id: unknown): Promise<unknown> => (parsed(await say(simulator, 'GET', `/web-flow/hold-promo-code/${String(id)}`, undefined, headers))['data'] as { state: unknown }).state;
    const first = (await hold())['data'];
    expect(await hold()).toMatchObject({ success: false });
    expect([await stateOf(first), simulator.world.coupons.get('PROMO-OK')]).toEqual(['active', 'held']);
    await say(simulator, 'DELETE', `/web-flow/hold-promo-code/${String(first)}`, undefined, headers);
    expect([await stateOf(first), simulator.world.coupons.get('PROMO-OK')]).toEqual(['cancelled', 'usable']);
    const second = (await hold())['data'];
    await say(simulator, 'POST', '/web-flow/document/purchase?recalc-bonus=&no-commit=', { doc_number: 'd-9', register_id: '1', shop_id: '1', card_id: 501, items: [{ price: '1', quantity: 1 }], promo: 'PROMO-OK' }, headers);
    expect([await stateOf(second), simulator.world.coupons.get('PROMO-OK')]).toEqual(['used', 'used']);
  });

  it('Premium Bonus, Bonus Plus, Rarus v1, Manzana: a repeat changes nothing', async () => {
    const pb = await start('premiumbonus');
    const sale = { identificator: '7000000000716', external_purchase_id: 'p-1', offline: true, items: [{ amount: 10 }], purchase_status: 'approved' };
    for (let i = 0; i < 2; i += 1) expect(parsed(await say(pb, 'POST', '/purchase', sale, { authorization: pb.site.secrets['token'] ?? '' }))).toMatchObject({ success: true });
    expect(creditsOf(pb)).toEqual([{ key: 'p-1', operation: 'sale', phase: 'done', total: 1000, times: 2, earned: 50 }]);
    await say(pb, 'POST', '/cancel-purchase', { external_purchase_id: 'p-1' }, { authorization: pb.site.secrets['token'] ?? '' });
    expect(pb.world.find('id', 'c-701')?.points).toBe(10_000);

    const bp = await start('bonusplus');
    const retail = { phone: '79990006611', externalId: 'b-1', items: [{ sum: 10, ext: 'b-1-1' }], store: 'Store 1', bonusDebit: 0 };
    const headers = { authorization: `ApiKey ${btoa(bp.site.secrets['key'] ?? '')}` };
    expect((await say(bp, 'POST', '/retail', retail, headers)).status).toBe(200);
    expect((await say(bp, 'POST', '/retail', retail, headers)).status).toBe(412);
    expect(creditsOf(bp)).toMatchObject([{ key: 'b-1', times: 2 }]);

    const mz = await start('manzana');
    const { vars, secrets } = mz.site;
    const cheque = (operation: string, more = ''): string =>
      `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><ProcessRequest><request><ChequeRequest ChequeType="Fiscal"><RequestId>1</RequestId><DateTime>2026-01-10T12:00:00</DateTime><OperationType>${operation}</OperationType><Card><CardNumber>2015100</CardNumber></Card><Number>m-${operation}</Number><SummDiscounted>10.00</SummDiscounted>${more}</ChequeRequest></request></ProcessRequest></e:Body></e:Envelope>`;
    const soap = { authorization: `Basic ${btoa(`${String(vars['user'])}:${secrets['password'] ?? ''}`)}`, 'content-type': 'text/xml', soapaction: '"http://loyalty.manzanagroup.ru/loyalty.xsd/ProcessRequest"' };
    const answers = [];
    for (const text of [cheque('Sale'), cheque('Sale'), cheque('Return', '<ChequeReference><Number>m-Sale</Number></ChequeReference>')]) answers.push((await say(mz, 'POST', '/POSProcessing.asmx', text, soap)).text);
    expect(answers.every((text) => text.includes('<ReturnCode>0</ReturnCode>'))).toBe(true);
    // other prefixes, other spellings, each time
    expect(new Set(answers.map((text) => /<([\w-]+):Envelope/.exec(text)?.[1])).size).toBeGreaterThan(1);
    expect(new Set(answers.map((text) => /<(RequestI[dD])>/.exec(text)?.[1])).size).toBe(2);
    expect(creditsOf(mz)).toMatchObject([{ key: 'm-Sale', times: 2 }, { key: 'm-Return', operation: 'return', times: 1 }]);
    expect((await say(mz, 'POST', '/POSProcessing.asmx', cheque('Sale').replace('2026-01-10', '2999-01-10'), soap)).text).not.toContain('<ReturnCode>0</ReturnCode>');
  });

  test('whatever is asked, in whatever order and however often, points move once for each key', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c'), does: fc.constantFrom('book', 'hold', 'done', 'discard', 'undo') }), { maxLength: 40 }), (steps) => {
        const world = new PlatformWorld(systemClock);
        world.put({ id: 'g', state: 'active', points: 0 });
        for (const { key, does } of steps) {
          const credit = world.credits.get(key);
          if (does === 'book' || does === 'hold') world.book({ key, operation: 'sale', total: 10_000, guest: 'g', phase: does === 'hold' ? 'held' : 'done' });
          else if (credit !== undefined && does === 'undo') world.undo(credit);
          else if (credit !== undefined) world.finish(credit, does === 'done' ? 'done' : 'discarded');
        }
        const done = [...world.credits.values()].filter(({ phase }) => phase === 'done').length;
        expect(world.find('id', 'g')?.points).toBe(done * 500);
      }),
    );
  });
});

describe('codes that guests get as a message', () => {
  it('Bonus Plus: sent and taken with 204 and no body, once, for five minutes', async () => {
    const simulator = await start('bonusplus');
    const headers = { authorization: `ApiKey ${btoa(simulator.site.secrets['key'] ?? '')}`, 'content-length': '0' };
    const put = async (path: string): Promise<readonly [number, string]> => {
      const { status, text } = await say(simulator, 'PUT', `/customer/79990006611/${path}`, undefined, headers);
      return [status, text];
    };
    expect(await put('sendCode')).toEqual([204, '']);
    const code = simulator.messages.at(-1)?.code ?? '';
    expect((await put('checkCode/0'))[0]).toBe(412);
    expect(await put(`checkCode/${code}`)).toEqual([204, '']);
    expect((await put(`checkCode/${code}`))[0]).toBe(412);
    await put('sendCode');
    simulator.world.advance(300_000);
    expect((await put(`checkCode/${simulator.messages.at(-1)?.code ?? ''}`))[0]).toBe(412);
  });

  it('Premium Bonus compares it; MAXMA gives it to the till', async () => {
    const pb = await start('premiumbonus');
    const headers = { authorization: pb.site.secrets['token'] ?? '' };
    await say(pb, 'POST', '/send-write-off-confirmation-code', { phone: '79990005511' }, headers);
    const verify = async (phone: string): Promise<unknown> => parsed(await say(pb, 'POST', '/verify-confirmation-code', { phone, code: pb.messages.at(-1)?.code }, headers))['success'];
    expect([await verify('79990005522'), await verify('79990005511'), await verify('79990005511')]).toEqual([false, true, false]);
    const maxma = await start('maxma');
    const sent = parsed(await say(maxma, 'POST', '/send-confirmation-code', { to: '+79990001122' }, { 'x-processing-key': maxma.site.secrets['key'] ?? '' }));
    expect(sent['code']).toBe(maxma.messages.at(-1)?.code);
  });

  it('what went out is not kept for ever', () => {
    const world = new PlatformWorld(systemClock);
    for (let i = 0; i < 1500; i += 1) world.sendCode('g', '7', 1);
    expect(world.messages).toHaveLength(1000);
  });
});

describe('coupons', () => {
  test('only one that can be used is used, and only once', () => {
    for (const state of COUPON_STATES) {
      const world = new PlatformWorld(systemClock);
      world.coupons.set('C', state);
      expect([world.coupon('C', 'use'), world.coupon('C', 'use')]).toEqual([state === 'usable' || state === 'held', false]);
      expect(world.coupon('nobody', 'use')).toBe(false);
    }
  });
});

describe('digest', () => {
  const spec = definePlatform({
    preset: 'digest',
    title: 'digest',
    basePath: '/v2',
    secrets: { password: 'made-up' },
    vars: {},
    guests: [],
    open: (world) => ({ auth: new DigestAuth(world, { user: 'id', password: 'made-up', nonceMs: 60_000, nonceUses: 2 }), routes: [{ method: 'GET', path: '/ping', handle: () => nothing(200) }] }),
  });
  const challengeOf = ({ headers }: Said): { nonce: string; stale: boolean } => {
    const header = headers.get('www-authenticate') ?? '';
    return { nonce: /nonce="(\w+)"/.exec(header)?.[1] ?? '', stale: header.includes('stale=true') };
  };
  const answer = (nonce: string, nc: string, password = 'made-up'): Record<string, string> => {
    const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
    const response = md5(`${md5(`id:api:${password}`)}:${nonce}:${nc}:c:auth:${md5('GET:/v2/ping')}`);
    return { authorization: `Digest username="id", realm="api", nonce="${nonce}", uri="/v2/ping", qop=auth, nc=${nc}, cnonce="c", response="${response}", algorithm=MD5` };
  };

  it('a nonce holds for its time and its uses, then it is stale; a count is good once; a wrong password is not stale', async () => {
    const simulator = await start(spec);
    const first = challengeOf(await say(simulator, 'GET', '/ping'));
    expect(first.stale).toBe(false);
    expect((await say(simulator, 'GET', '/ping', undefined, answer(first.nonce, '00000001'))).status).toBe(200);
    const replay = await say(simulator, 'GET', '/ping', undefined, answer(first.nonce, '00000001'));
    expect([replay.status, challengeOf(replay).stale]).toEqual([401, true]);
    expect((await say(simulator, 'GET', '/ping', undefined, answer(first.nonce, '00000002'))).status).toBe(200);
    const worn = await say(simulator, 'GET', '/ping', undefined, answer(first.nonce, '00000003'));
    expect([worn.status, challengeOf(worn).stale]).toEqual([401, true]);
    const second = challengeOf(worn);
    simulator.world.advance(60_000);
    expect(challengeOf(await say(simulator, 'GET', '/ping', undefined, answer(second.nonce, '00000001'))).stale).toBe(true);
    const wrong = await say(simulator, 'GET', '/ping', undefined, answer(second.nonce, '00000001', 'other'));
    expect([wrong.status, challengeOf(wrong).stale]).toEqual([401, false]);
  });
});

describe('the dial', () => {
  const call = new PlatformCall('GET', '/card?n=1', {}, '');
  const reply = json(200, { card: new RawNumber('9007199254740993'), name: 'Анна' });

  it('numbers are written as they are', () => {
    expect(reply.text).toBe('{"card":9007199254740993,"name":"Анна"}');
    expect(() => new RawNumber('1e5')).toThrow();
  });

  it('charsets: named, or called something else', () => {
    const named = onTheWire(reply, call, { ...noPlatformFaults(), charset: 'windows-1251' }, false);
    expect([named.headers['content-type'], new TextDecoder('windows-1251').decode(named.bytes)]).toEqual(['application/json; charset=windows-1251', reply.text]);
    const lied = onTheWire(reply, call, { ...noPlatformFaults(), charset: 'mislabelled' }, false);
    expect(lied.headers['content-type']).toContain('utf-8');
    expect(lied.bytes.toString('utf8')).toContain('\ufffd');
  });

  it('a bomb of gzip is small on the wire and 64 MB behind it', () => {
    const { bytes, times, headers } = onTheWire(reply, call, { ...noPlatformFaults(), answer: 'gzipBomb' }, false);
    expect(headers['content-encoding']).toBe('gzip');
    expect(bytes.length * times).toBeLessThan(262_144);
    expect(gunzipSync(Buffer.concat([bytes, bytes])).length * (times / 2)).toBe(64 * 1_048_576);
  });

  it('a proxy that repeats the request repeats all of it', () => {
    const { bytes } = onTheWire(reply, new PlatformCall('POST', '/x?phone=1', { authorization: 'k' }, '{"a":1}'), { ...noPlatformFaults(), answer: 'echo' }, false);
    for (const piece of ['/x?phone=1', 'authorization', '{"a":1}']) expect(bytes.toString()).toContain(piece);
  });

  it('logins are spared unless they are not', () => {
    const faults = { ...noPlatformFaults(), answer: 'garbage' as const };
    expect(onTheWire(reply, call, faults, true).bytes.toString()).toBe(reply.text);
    expect(onTheWire(reply, call, { ...faults, logins: true }, true).bytes.toString()).not.toBe(reply.text);
  });

  it('counted faults end, statuses and Retry-After are as set', async () => {
    const simulator = await start('bonusplus');
    Object.assign(simulator.faults, { failures: 1, status: 502, rateLimited: 1, retryAfter: '3' });
    const headers = { authorization: `ApiKey ${btoa(simulator.site.secrets['key'] ?? '')}` };
    const seen = [];
    for (let i = 0; i < 3; i += 1) {
      const { status, headers: got } = await say(simulator, 'GET', '/customer?phone=79990006611', undefined, headers);
      seen.push([status, got.get('retry-after')]);
    }
    expect(seen).toEqual([[502, null], [429, '3'], [200, null]]);
    expect(simulator.exchanges.map(({ route, status }) => [route, status])).toEqual([['/customer', 502], ['/customer', 429], ['/customer', 200]]);
  });

  it('HTTPS with a certificate that nobody knows', async () => {
    const simulator = await startPlatform('uds', { clock: systemClock, tls: true });
    open.push(simulator);
    expect(simulator.url).toMatch(/^https:/);
    await expect(fetch(simulator.url)).rejects.toThrow();
    expect(simulator.certificate?.cert).toContain('BEGIN CERTIFICATE');
  });
});
