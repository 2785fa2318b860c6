import { TokenAuth } from '../auth.js';
import { at, numberAt, textAt, type PlatformCall } from '../call.js';
import { json, type PlatformReply } from '../reply.js';
import { definePlatform } from '../spec.js';
import type { PlatformGuest, PlatformWorld } from '../world.js';

const LOGIN = 'made-up-login';
const PASSWORD = 'made-up-rarus-password';

const failed = (status: number, code: number, message: string): PlatformReply => json(status, { code, message });

/** 1C-Rarus bonus server, first generation: an empty list on 200 is "not found". Source: `rarus/bonus-server-php-sdk` v1.2.1. */
export const rarusV1 = definePlatform({
  preset: 'rarus-v1',
  title: '1C-Rarus bonus server (v1)',
  basePath: '',
  secrets: { password: PASSWORD },
  vars: { login: LOGIN, shop: 'shop-1' },
  guests: [
    { id: '6f9619ff-8b86-d011-b42d-000000000061', card: '2800000000613', phone: '79990004411', name: 'Анна', state: 'active', points: 10_000 },
    { id: '6f9619ff-8b86-d011-b42d-000000000062', card: '0000280000620', phone: '375290004411', name: 'Борис', state: 'active', points: 0 },
    { id: '6f9619ff-8b86-d011-b42d-000000000063', card: '2800000000637', phone: '79990004422', name: 'Вера', state: 'blocked', points: 0 },
    { id: '6f9619ff-8b86-d011-b42d-000000000064', card: '2800000000644', phone: '79990004433', name: 'Глеб', state: 'inactive', points: 0 },
    { id: '6f9619ff-8b86-d011-b42d-000000000065', card: '2800000000651', phone: '79990004455', name: 'Ева', state: 'active', points: 0 },
    { id: '6f9619ff-8b86-d011-b42d-000000000066', card: '2800000000668', phone: '79990004455', name: 'Ева', state: 'active', points: 0 },
  ],
  coupons: { 'CPN-OK': 'usable', 'CPN-USED': 'used' },
  open: (world) => {
    const auth = new TokenAuth(world, (call) => call.header('token'), failed(401, 110, 'Token is not valid'), 1_800_000);
    return {
      auth,
      loginFailed: failed(401, 108, 'Wrong login or password'),
      routes: [
        { method: 'POST', path: '/sign_in', login: true, handle: (call) => signIn(call, auth) },
        { method: 'GET', path: '/organization/card', handle: (call) => cards(world, call.query) },
        { method: 'POST', path: '/organization/process_bonus', handle: (call) => processBonus(world, call) },
      ],
    };
  },
});

function signIn(call: PlatformCall, auth: TokenAuth): PlatformReply {
  const body = call.json;
  if (textAt(body, 'login') !== LOGIN || textAt(body, 'password') !== PASSWORD || textAt(body, 'role') !== 'organization') return failed(401, 108, 'Wrong login or password');
  const { token, expiresAt } = auth.issue();
  // the unit of `expires` is this simulator's assumption
  return json(200, { code: 0, message: 'OK', token, company_id: 1, expires: Math.floor(expiresAt / 1000) });
}

function cards(world: PlatformWorld, query: URLSearchParams): PlatformReply {
  const by = query.has('barcode') ? 'barcode' : query.has('phone') ? 'phone' : undefined;
  if (by === undefined) return failed(400, 2, 'barcode, code, phone, email');
  const size = Number(query.get('per_page') ?? 10);
  const found = world.findAll(by, query.get(by) ?? '').slice(0, size).map(cardOf);
  return json(200, { code: 0, message: 'OK', cards: found, pagination: { page: 1, per_page: size, result_count: found.length } });
}

function cardOf({ id, card, state, name }: PlatformGuest): unknown {
  return {
    id,
    code: card,
    barcode: card,
    name,
    active: state !== 'inactive',
    blocked: state === 'blocked',
    blockeddescription: state === 'blocked' ? 'Утеряна' : '',
    date_active: 1_700_000_000,
    user_id: id,
    card_level_id: 'level-1',
    accum_sale_amount: 0,
  };
}

/** A sale, or with `operation_type: refund` the return of one. */
function processBonus(world: PlatformWorld, call: PlatformCall): PlatformReply {
  const body = call.json;
  const key = textAt(body, 'doc_id');
  const type = textAt(body, 'operation_type');
  const items = at(body, 'cheque_items');
  if (key === undefined || (type !== 'sale' && type !== 'refund') || !Array.isArray(items) || items.length === 0) return failed(400, 2, 'doc_id, operation_type, cheque_items');
  const guest = world.find('id', textAt(body, 'card_id'));
  if (guest === undefined) return failed(404, 114, 'Card not found');
  const total = items.reduce<number>((sum, item) => sum + Math.round((numberAt(item, 'price') ?? 0) * (numberAt(item, 'quantity') ?? 1) * 100), 0);
  const coupon = textAt(body, 'coupon');
  const refundOf = textAt(body, 'refund_doc_id');
  const { credit } = world.book({
    key,
    operation: type === 'sale' ? 'sale' : 'return',
    total,
    guest: guest.id,
    ...(coupon === undefined ? {} : { coupons: [coupon] }),
    ...(refundOf === undefined ? {} : { of: refundOf }),
  });
  return json(200, { code: 0, message: 'OK', bonus_earned: credit.earned / 100, bonus_spent: 0, card_accum: 0, document_id: credit.reference });
}
