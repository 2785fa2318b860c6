import { headerAuth } from '../auth.js';
import { at, numberAt, textAt, type PlatformCall } from '../call.js';
import { json, RawNumber, type PlatformReply } from '../reply.js';
import { definePlatform } from '../spec.js';
import type { PlatformGuest, PlatformWorld } from '../world.js';

const KEY = 'made-up-maxma-key';
const CODE_MS = 5 * 60_000;

/** Error numbers of `cloudloyalty/client-php`, lib/Exception/ProcessingException.php. */
const TEXTS: Readonly<Record<number, string>> = {
  1: 'General error', 2: 'Malformed request', 3: 'Client not found', 4: 'Client suspended', 5: 'Shop not found', 6: 'Bad bonus amount', 17: 'Purchase is already processed',
  18: 'Empty rows', 20: 'Invalid phone number', 21: 'Purchase not found', 29: 'Empty phone number', 33: 'Promocode not found', 34: 'Promocode is not applicable', 35: 'Promocode is already used',
  36: 'Promocode is expired', 37: 'Promocode requires client',
};

/** Everything is HTTP 200, errors as well. */
function error(code: number, about = ''): PlatformReply {
  return json(200, { errorCode: code, description: TEXTS[code] ?? 'Error', hint: about });
}

const PROMO_ERRORS = { usable: 0, held: 35, used: 35, expired: 36, notApplicable: 34, needsCustomer: 37 } as const;

/** MAXMA (CloudLoyalty): errors come with HTTP 200, cards as integer and as text. Source: `cloudloyalty/client-php`, commit 6edd1549. */
export const maxma = definePlatform({
  preset: 'maxma',
  title: 'MAXMA / CloudLoyalty',
  basePath: '',
  secrets: { key: KEY },
  vars: { shop: 'S-01', shopName: 'Shop 01' },
  guests: [
    { id: '71', card: '2000000012345', phone: '79990001122', externalId: 'ext-71', name: 'Анна', state: 'active', points: 12_000 },
    { id: '72', card: '0000000012340072', phone: '375290001122', name: 'Борис', state: 'active', points: 0 },
    // beyond 2^53: the integer beside the text is another number in most languages
    { id: '73', card: '9007199254740993', phone: '79990001133', name: 'Вера', state: 'active', points: 500 },
    { id: '74', card: '2000000012352', phone: '79990001144', name: 'Глеб', state: 'blocked', points: 0 },
    // no card, no external id
    { id: '75', phone: '79990001155', name: 'Дина', state: 'active', points: 0 },
  ],
  coupons: { 'PROMO-OK': 'usable', 'PROMO-USED': 'used', 'PROMO-OLD': 'expired', 'PROMO-OTHER': 'notApplicable', 'PROMO-WHO': 'needsCustomer' },
  open: (world) => {
    return {
      auth: headerAuth('x-processing-key', [KEY], json(401, { errorCode: 1, description: 'Unauthorized' })),
      routes: [
        { method: 'POST', path: '/get-balance', handle: (call) => withBody(call, (body) => balance(world, body)) },
        { method: 'POST', path: '/send-confirmation-code', handle: (call) => withBody(call, (body) => sendCode(world, body)) },
        { method: 'POST', path: '/v2/calculate-purchase', handle: (call) => withBody(call, (body) => calculate(world, at(body, 'calculationQuery'))) },
        { method: 'POST', path: '/set-purchase', handle: (call) => withBody(call, (body) => setPurchase(world, body)) },
        { method: 'POST', path: '/confirm-ticket', handle: (call) => withBody(call, (body) => finish(world, body, 'done')) },
        { method: 'POST', path: '/discard-ticket', handle: (call) => withBody(call, (body) => finish(world, body, 'discarded')) },
        { method: 'POST', path: '/apply-return', handle: (call) => withBody(call, (body) => applyReturn(world, body)) },
      ],
    };
  },
});

function withBody(call: PlatformCall, handle: (body: unknown) => PlatformReply): PlatformReply {
  return call.json === undefined ? error(2) : handle(call.json);
}

/** The guest of a client query: one of three ways. */
function clientOf(world: PlatformWorld, query: unknown): PlatformGuest | PlatformReply {
  const phone = at(query, 'phoneNumber');
  if (phone === '') return error(29);
  if (typeof phone === 'string' && !/^\+\d{10,15}$/.test(phone)) return error(20, phone);
  const guest = typeof phone === 'string' ? world.find('phone', phone.slice(1)) : (world.find('barcode', textAt(query, 'card')) ?? world.find('externalId', textAt(query, 'externalId')));
  if (guest === undefined) return error(3);
  return guest.state === 'blocked' ? error(4, guest.phone) : guest;
}

const isReply = (value: object): value is PlatformReply => 'status' in value;

function clientView({ card, phone, externalId, points, name }: PlatformGuest): unknown {
  return {
    phoneNumber: phone === undefined ? null : `+${phone}`,
    card: card === undefined ? null : new RawNumber(card.replace(/^0+(?=\d)/, '')),
    cardString: card ?? null,
    externalId: externalId ?? null,
    name: name ?? null,
    bonuses: points / 100,
    pendingBonuses: 0,
    level: 1,
  };
}

function balance(world: PlatformWorld, body: unknown): PlatformReply {
  const guest = clientOf(world, body);
  if (isReply(guest)) return guest;
  return json(200, { client: clientView(guest), walletsLink: 'https://example.test/w', bonuses: [{ amount: guest.points / 100, expireAt: null }], level: { name: 'Base', level: 1 } });
}

/** The code comes back to the till: it is compared there. */
function sendCode(world: PlatformWorld, body: unknown): PlatformReply {
  const to = textAt(body, 'to') ?? textAt(body, 'phoneNumber');
  if (to === undefined) return error(29);
  if (!/^\+\d{10,15}$/.test(to)) return error(20, to);
  const { code } = world.sendCode(to, to, CODE_MS);
  return json(200, { code, msgid: `m-${String(world.next())}`, channel: 'sms', expiresAt: null });
}

/** Sum of the rows in hundredths; -1: there are none. */
function totalOf(query: unknown): number {
  const rows = at(query, 'rows');
  if (!Array.isArray(rows) || rows.length === 0) return -1;
  return rows.reduce<number>((sum, row) => sum + Math.round((numberAt(row, 'qty') ?? 1) * (numberAt(row, 'product.blackPrice') ?? numberAt(row, 'product.price') ?? 0) * 100) - Math.round(((numberAt(row, 'autoDiscount') ?? 0) + (numberAt(row, 'manualDiscount') ?? 0)) * 100), 0);
}

function calculate(world: PlatformWorld, query: unknown): PlatformReply {
  const total = totalOf(query);
  if (total < 0) return error(18);
  if (textAt(query, 'shop.code') === undefined) return error(5);
  const guest = at(query, 'client') === undefined ? undefined : clientOf(world, at(query, 'client'));
  if (guest !== undefined && isReply(guest)) return guest;
  const promocode = textAt(query, 'promocode');
  const state = promocode === undefined ? undefined : world.coupons.get(promocode);
  const failure = promocode === undefined ? 0 : state === undefined ? 33 : PROMO_ERRORS[state];
  return json(200, {
    calculationResult: {
      summary: { totalDiscount: 0, totalAmount: total / 100 },
      ...(promocode === undefined ? {} : { promocode: failure === 0 ? { applied: true } : { applied: false, error: { code: failure, description: TEXTS[failure] ?? '', hint: promocode } } }),
      bonuses: { applied: 0, collected: Math.round(total * 0.05) / 100, maxToApply: 0 },
    },
  });
}

function setPurchase(world: PlatformWorld, body: unknown): PlatformReply {
  const txid = textAt(body, 'txid');
  const query = at(body, 'calculationQuery');
  const total = totalOf(query);
  if (txid === undefined) return error(2);
  if (total < 0) return error(18);
  if (textAt(query, 'shop.code') === undefined) return error(5);
  const guest = clientOf(world, at(query, 'client'));
  if (isReply(guest)) return guest;
  const known = world.credits.get(txid);
  if (known?.phase === 'done') {
    known.times += 1;
    return error(17, txid);
  }
  const promocode = textAt(query, 'promocode');
  const executedAt = textAt(query, 'executedAt');
  const { credit } = world.book({ key: txid, operation: 'sale', total, guest: guest.id, phase: 'held', ...(promocode === undefined ? {} : { coupons: [promocode] }), ...(executedAt === undefined ? {} : { at: executedAt }) });
  return json(200, { ticket: credit.reference, calculationResult: { bonuses: { collected: credit.earned / 100 } }, receiptInfo: [{ type: 'text', text: 'Спасибо за покупку' }] });
}

function finish(world: PlatformWorld, body: unknown, phase: 'done' | 'discarded'): PlatformReply {
  const credit = world.credits.get(textAt(body, 'txid') ?? '');
  if (credit === undefined || credit.reference !== textAt(body, 'ticket')) return error(21);
  if (credit.phase === phase) return error(17);
  return world.finish(credit, phase) ? json(200, phase === 'done' ? { confirmed: true } : { discarded: true }) : error(17);
}

function applyReturn(world: PlatformWorld, body: unknown): PlatformReply {
  const id = textAt(body, 'transaction.id');
  const amount = numberAt(body, 'transaction.refundAmount');
  const sale = world.credits.get(textAt(body, 'transaction.purchaseId') ?? '');
  if (id === undefined || amount === undefined) return error(2);
  if (sale?.phase !== 'done') return error(21);
  const executedAt = textAt(body, 'transaction.executedAt');
  const { first } = world.book({ key: id, operation: 'return', total: Math.round(amount * 100), of: sale.key, ...(sale.guest === undefined ? {} : { guest: sale.guest }), ...(executedAt === undefined ? {} : { at: executedAt }) });
  return first ? json(200, { success: true }) : error(17, id);
}
