import { TokenAuth } from '../auth.js';
import { at, numberAt, textAt, type PlatformCall } from '../call.js';
import { json, RawNumber, type PlatformReply } from '../reply.js';
import { definePlatform } from '../spec.js';
import type { PlatformCredit, PlatformGuest, PlatformWorld } from '../world.js';

const KEY = 'made-up-rarus-key';
const MODULE = 'tillbridge';
const TOKEN_MS = 3_600_000;

const ok = (data: unknown): PlatformReply => json(200, { success: true, code: 0, message: 'OK', data });
const failed = (status: number, code: number, message: string): PlatformReply => json(status, { success: false, code, message, error: {} });
/** The vendor publishes no list of codes: 404 in both places is an assumption of this simulator. */
const missing = failed(404, 404, 'Объект не найден');

/** 1C-Rarus LMS (second generation): a raw token, an envelope around everything. Source: `rarus/bonus-server-php-sdk`, HEAD of 2026-03. */
export const rarusLms = definePlatform({
  preset: 'rarus-lms',
  title: '1C-Rarus LMS (v2)',
  basePath: '',
  secrets: { key: KEY },
  vars: { module: MODULE, shop: '1', register: '1' },
  guests: [
    { id: '501', card: '2900000000513', externalId: 'ext-501', phone: '79990003311', name: 'Анна', state: 'active', points: 10_000, extra: { magnetic: '000501' } },
    { id: '502', card: '0000290000520', phone: '375290003311', name: 'Борис', state: 'active', points: 0 },
    { id: '503', card: '2900000000537', phone: '79990003322', name: 'Вера', state: 'blocked', points: 0 },
    { id: '504', card: '2900000000544', phone: '79990003333', name: 'Глеб', state: 'inactive', points: 0 },
    // a client without a card
    { id: '505', phone: '79990003344', name: 'Дина', state: 'active', points: 0 },
    // two cards on one phone
    { id: '506', card: '2900000000568', phone: '79990003355', name: 'Ева', state: 'active', points: 0 },
    { id: '507', card: '2900000000575', phone: '79990003355', name: 'Ева', state: 'active', points: 0 },
  ],
  coupons: { 'PROMO-OK': 'usable', 'PROMO-USED': 'used', 'PROMO-HELD': 'held', 'PROMO-OLD': 'expired', 'PROMO-OFF': 'notApplicable' },
  open: (world) => {
    const holds = new Map<string, Hold>();
    const auth = new TokenAuth(world, (call) => call.header('authorization'), failed(401, 401, 'Unauthorized'), TOKEN_MS);
    return {
      auth,
      loginFailed: failed(401, 401, 'Wrong key'),
      routes: [
        { method: 'POST', path: '/integration-module/auth', login: true, handle: (call) => login(call, auth) },
        { method: 'GET', path: '/web-flow/ping', handle: () => ok('pong') },
        { method: 'GET', path: '/web-flow/card/by-barcode/{code}', handle: (_, { code }) => cardReply(world, world.find('barcode', code)) },
        { method: 'GET', path: '/web-flow/card/by-id/{id}', handle: (_, { id }) => cardReply(world, world.find('id', id)) },
        { method: 'GET', path: '/web-flow/client/by-phone/{phone}', handle: (_, { phone }) => clientReply(world, phone) },
        { method: 'GET', path: '/web-flow/promo-code/{code}', handle: (_, { code = '' }) => promoReply(world, code) },
        { method: 'POST', path: '/web-flow/hold-promo-code', handle: (call) => hold(world, holds, call) },
        { method: 'GET', path: '/web-flow/hold-promo-code/{id}', handle: (_, { id }) => holdReply(world, holds, id) },
        { method: 'DELETE', path: '/web-flow/hold-promo-code/{id}', handle: (_, { id }) => release(world, holds, id) },
        { method: 'POST', path: '/web-flow/document/purchase', handle: (call) => purchase(world, call) },
        { method: 'POST', path: '/web-flow/document/refund', handle: (call) => refund(world, call) },
      ],
    };
  },
});

function login(call: PlatformCall, auth: TokenAuth): PlatformReply {
  if (call.header('authorization') !== KEY || textAt(call.json, 'id') !== MODULE) return failed(401, 401, 'Wrong key');
  const { token, expiresAt } = auth.issue();
  return ok({ content: token, expire_at: Math.floor(expiresAt / 1000) });
}

function cardOf({ id, card, externalId, state, points, extra, name, phone }: PlatformGuest): unknown {
  return {
    id: new RawNumber(id),
    external_id: externalId ?? null,
    account: `A${id}`,
    barcode: card,
    magnetic_code: extra?.['magnetic'] ?? null,
    is_physical: true,
    blocked: state === 'blocked',
    date_blocked: null,
    state: state === 'inactive' ? 'inactive' : 'active',
    date_activated: 1_700_000_000,
    balance: (points / 100).toFixed(2),
    turnover: '0.00',
    client: { id: new RawNumber(id), name, phone },
    card_level: { id: 1, name: 'Base' },
    permissions: [],
    other_cards_on_account: [],
  };
}

function cardReply(world: PlatformWorld, guest: PlatformGuest | undefined): PlatformReply {
  return guest?.card === undefined ? missing : ok(cardOf(guest));
}

function clientReply(world: PlatformWorld, phone: string | undefined): PlatformReply {
  const guests = world.findAll('phone', phone);
  const [first] = guests;
  if (first === undefined) return missing;
  const cards = guests.filter(({ card }) => card !== undefined).map(cardOf);
  return ok({ id: new RawNumber(first.id), name: first.name, phone: first.phone, state: 'confirmed', blocked: false, date_blocked: null, external_id: first.externalId ?? null, default_card_id: null, cards });
}

/** States of a promo code: `src/PromoCodes/DTO/PromoCodeStatus.php`. */
const PROMO = { usable: 'active', held: 'hold', used: 'used', expired: 'inactive', notApplicable: 'invalid', needsCustomer: 'active' } as const;

function promoReply(world: PlatformWorld, code: string): PlatformReply {
  const state = world.coupons.get(code);
  return state === undefined ? missing : ok({ code, status: PROMO[state], active_from: null, active_to: null, deleted: false, usages: state === 'used' ? 1 : 0 });
}

/** A promo code that one receipt keeps for itself: `src/PromoCodes/DTO/HoldPromoCodeDto.php`. */
interface Hold {
  readonly code: string;
  readonly card: number | undefined;
  cancelled: boolean;
}

/** What is answered is the number of the hold alone. */
function hold(world: PlatformWorld, holds: Map<string, Hold>, call: PlatformCall): PlatformReply {
  const code = textAt(call.json, 'code') ?? '';
  if (!world.coupons.has(code)) return missing;
  if (!world.coupon(code, 'hold')) return failed(409, 409, 'Промокод недоступен');
  const id = world.next();
  holds.set(String(id), { code, card: numberAt(call.json, 'card_id'), cancelled: false });
  return ok(id);
}

function holdReply(world: PlatformWorld, holds: Map<string, Hold>, id = ''): PlatformReply {
  const held = holds.get(id);
  if (held === undefined) return missing;
  const state = held.cancelled ? 'cancelled' : world.coupons.get(held.code) === 'used' ? 'used' : 'active';
  return ok({ id: Number(id), code: held.code, card_id: held.card ?? null, state, description: null, expires_at: null });
}

function release(world: PlatformWorld, holds: Map<string, Hold>, id = ''): PlatformReply {
  const held = holds.get(id);
  if (held === undefined) return missing;
  held.cancelled = held.cancelled || world.coupon(held.code, 'release');
  return ok(null);
}

/** Real clients print PHP booleans: `1`, or nothing at all. */
const yes = (text: string | null): boolean => text === '1' || text === 'true';

/** Sum of the lines in hundredths; money comes as decimal text. */
function totalOf(document: unknown): number {
  const items = at(document, 'items');
  if (!Array.isArray(items) || items.length === 0) return -1;
  return items.reduce<number>((sum, item) => sum + Math.round((numberAt(item, 'price') ?? 0) * (numberAt(item, 'quantity') ?? 1) * 100), 0);
}

function purchase(world: PlatformWorld, call: PlatformCall): PlatformReply {
  const document = call.json;
  const number = textAt(document, 'doc_number');
  const total = totalOf(document);
  if (number === undefined || total < 0 || textAt(document, 'shop_id') === undefined || textAt(document, 'register_id') === undefined) return json(422, { success: false, code: 422, message: 'Validation', error: { doc_number: 'required' } });
  const guest = world.find('id', String(numberAt(document, 'card_id') ?? ''));
  if (at(document, 'card_id') !== null && at(document, 'card_id') !== undefined && guest === undefined) return missing;
  const promo = textAt(document, 'promo');
  const held = yes(call.query.get('no-commit'));
  const date = numberAt(document, 'date');
  const { credit } = world.book({
    key: number,
    operation: 'sale',
    total,
    phase: held ? 'held' : 'done',
    ...(guest === undefined ? {} : { guest: guest.id }),
    ...(promo === undefined ? {} : { coupons: [promo] }),
    ...(date === undefined ? {} : { at: String(date) }),
  });
  // the same document without no-commit is the second phase
  if (!held) world.finish(credit, 'done');
  return ok(bookedOf(credit));
}

function bookedOf(credit: PlatformCredit): unknown {
  return { id: credit.reference, doc_number: credit.key, bonus_earned: (credit.earned / 100).toFixed(2), committed: credit.phase === 'done' };
}

function refund(world: PlatformWorld, call: PlatformCall): PlatformReply {
  const document = call.json;
  const number = textAt(document, 'doc_number');
  const total = totalOf(document);
  if (number === undefined || total < 0) return failed(422, 422, 'Validation');
  const sale = world.credits.get(textAt(document, 'purchase_id') ?? '') ?? [...world.credits.values()].find(({ reference }) => reference === textAt(document, 'purchase_id'));
  if (sale === undefined) return missing;
  const { credit } = world.book({ key: number, operation: 'return', total, of: sale.key, ...(sale.guest === undefined ? {} : { guest: sale.guest }) });
  return ok(bookedOf(credit));
}
