import { headerAuth } from '../auth.js';
import { at, isFields, numberAt, textAt, type Fields, type PlatformCall } from '../call.js';
import { json, RawNumber, type PlatformReply } from '../reply.js';
import { definePlatform, type PlatformParts } from '../spec.js';
import type { PlatformGuest, PlatformWorld } from '../world.js';

const KEY = 'made-up-mindbox-key';
const ENDPOINT = 'made-up-endpoint';

/** Names are each project's own. */
const OPERATIONS = {
  card: 'Offline.GetDiscountCardInfo',
  customer: 'Offline.GetCustomerInfo',
  begin: 'Offline.BeginOrderTransaction',
  commit: 'Offline.CommitOrderTransaction',
  rollback: 'Offline.RollbackOrderTransaction',
  offline: 'Offline.SaveOfflineOrder',
  return: 'Offline.ReturnOrder',
} as const;

const guests: readonly PlatformGuest[] = [
  { id: '1001', card: '2000001234567', phone: '79990008811', name: 'Анна', state: 'active', points: 10_000 },
  { id: '1002', card: '0000200001234574', phone: '375290008811', name: 'Борис', state: 'active', points: 0 },
  { id: '1003', card: '2000001234581', phone: '79990008822', name: 'Вера', state: 'blocked', points: 0 },
  { id: '1004', card: '2000001234598', phone: '79990008833', name: 'Глеб', state: 'inactive', points: 0 },
  { id: '1005', card: '2000001234604', phone: '79990008844', name: 'Дина', state: 'active', points: 0, extra: { cardState: 'NotIssued' } },
  { id: '1006', phone: '79990008855', name: 'Ева', state: 'active', points: 0 },
  // two customers with one phone
  { id: '1007', card: '2000001234628', phone: '79990008866', name: 'Жанна', state: 'active', points: 0 },
  { id: '1008', card: '2000001234635', phone: '79990008866', name: 'Зоя', state: 'active', points: 0 },
];

const common = {
  basePath: '',
  secrets: { key: KEY },
  guests,
  coupons: { 'MB-OK': 'usable', 'MB-USED': 'used', 'MB-OTHER': 'notApplicable' },
  open: openV3,
} as const;

const orders = {
  beginOperation: OPERATIONS.begin, commitOperation: OPERATIONS.commit, rollbackOperation: OPERATIONS.rollback, offlineOperation: OPERATIONS.offline, returnOperation: OPERATIONS.return,
} as const;

/** Mindbox API v3: operations with names of the project's own, "not found" within a 200. Sources: `mindbox-cloud/php-sdk`, developers.mindbox.cloud. */
export const mindboxV3Card = definePlatform({ ...common, preset: 'mindbox-v3-card', title: 'Mindbox v3: discount card', vars: { endpoint: ENDPOINT, operation: OPERATIONS.card, ...orders } });
export const mindboxV3Customer = definePlatform({ ...common, preset: 'mindbox-v3-customer', title: 'Mindbox v3: customer by phone', vars: { endpoint: ENDPOINT, operation: OPERATIONS.customer, ...orders } });

export { guests as mindboxGuests };

function openV3(world: PlatformWorld): PlatformParts {
  const seen = new Set<string>();
  const refused = json(401, { status: 'ProtocolError', errorMessage: 'Access denied', errorId: 'e-401', httpStatusCode: 401 });
  return {
    // both spellings are accepted: the vendor's SDK writes the first, its documents the second
    auth: headerAuth('authorization', [`SecretKey ${KEY}`, `Mindbox secretKey="${KEY}"`], refused),
    routes: ['sync', 'async'].map((mode) => ({ method: 'POST' as const, path: `/v3/operations/${mode}`, handle: (call) => run(world, call, seen) })),
  };
}

const success = (body: Fields): PlatformReply => json(200, { status: 'Success', ...body });
const invalid = (location: string, message: string): PlatformReply => json(200, { status: 'ValidationError', validationMessages: [{ message, location }] });
const protocol = (message: string): PlatformReply => json(400, { status: 'ProtocolError', errorMessage: message, errorId: 'e-400', httpStatusCode: 400 });

function run(world: PlatformWorld, call: PlatformCall, seen: Set<string>): PlatformReply {
  const body = call.json;
  if (call.query.get('endpointId') !== ENDPOINT) return protocol('Unknown endpoint');
  if (body === undefined) return protocol('The body cannot be read');
  const operation = call.query.get('operation') ?? '';
  const transaction = call.query.get('transactionId');
  if (transaction !== null) {
    const key = `${operation} ${transaction}`;
    if (seen.has(key)) {
      const credit = world.credits.get(keyOf(body) ?? '');
      if (credit !== undefined) credit.times += 1;
      return json(200, { status: 'TransactionAlreadyProcessed' });
    }
    const reply = perform(world, operation, body);
    if (reply.status === 200 && reply.text.startsWith('{"status":"Success"')) seen.add(key);
    return reply;
  }
  return perform(world, operation, body);
}

function perform(world: PlatformWorld, operation: string, body: Fields): PlatformReply {
  switch (operation) {
    case OPERATIONS.card:
      return card(world, textAt(body, 'discountCard.ids.number'));
    case OPERATIONS.customer:
      return customer(world, body);
    case OPERATIONS.begin:
      return order(world, body, 'held', false);
    case OPERATIONS.offline:
      return order(world, body, 'done', true);
    case OPERATIONS.commit:
      return finish(world, body, 'done');
    case OPERATIONS.rollback:
      return finish(world, body, 'discarded');
    case OPERATIONS.return:
      return giveBack(world, body);
    default:
      return protocol(`Operation ${operation} not found`);
  }
}

const CARD_STATES = { active: 'Activated', inactive: 'Inactive', blocked: 'Blocked' } as const;

function cardOf(guest: PlatformGuest): Fields {
  const state = guest.extra?.['cardState'] ?? CARD_STATES[guest.state];
  return { ids: { number: guest.card }, status: { ids: { systemName: state } }, type: { ids: { externalId: 'base' }, name: 'Base' }, customFields: {} };
}

function card(world: PlatformWorld, number: string | undefined): PlatformReply {
  if (number === undefined) return invalid('/discountCard/ids/number', 'Number is required');
  const guest = world.find('barcode', number);
  return success({ discountCard: guest === undefined ? { processingStatus: 'NotFound', ids: { number } } : { processingStatus: 'Found', ...cardOf(guest) } });
}

function customer(world: PlatformWorld, body: Fields): PlatformReply {
  const phone = textAt(body, 'customer.mobilePhone');
  if (phone === undefined) return invalid('/customer/mobilePhone', 'Mobile phone is required');
  if (!/^\d{10,15}$/.test(phone)) return invalid('/customer/mobilePhone', `Mobile phone ${phone} is incorrect`);
  const found = world.findAll('phone', phone);
  const [guest] = found;
  if (guest === undefined) return success({ customer: { processingStatus: 'NotFound' } });
  if (found.length > 1) return success({ customer: { processingStatus: 'Ambiguous' } });
  const cards = guest.card === undefined ? [] : [cardOf(guest)];
  return success({ customer: { processingStatus: 'Found', ids: { mindboxId: new RawNumber(guest.id) }, mobilePhone: new RawNumber(phone), firstName: guest.name }, discountCards: cards });
}

/** Key of an order: its first id, else that of its transaction. */
function keyOf(body: Fields): string | undefined {
  const ids = at(body, 'order.ids');
  const first = isFields(ids) ? Object.values(ids)[0] : undefined;
  return typeof first === 'string' ? first : textAt(body, 'order.transaction.ids.externalId');
}

function guestOf(world: PlatformWorld, body: Fields): PlatformGuest | undefined {
  const number = textAt(body, 'customer.discountCard.ids.number');
  const id = at(body, 'customer.ids.mindboxId');
  return world.find('card', number) ?? world.find('phone', textAt(body, 'customer.mobilePhone')) ?? world.find('id', typeof id === 'number' ? String(id) : textAt(body, 'customer.ids.mindboxId'));
}

function order(world: PlatformWorld, body: Fields, phase: 'held' | 'done', late: boolean): PlatformReply {
  const key = keyOf(body);
  const lines = at(body, 'order.lines');
  if (key === undefined || !Array.isArray(lines) || lines.length === 0) return invalid('/order', 'ids and lines are required');
  const total = lines.reduce<number>((sum, line) => sum + Math.round((numberAt(line, 'discountedPriceOfLine') ?? numberAt(line, 'discountedPrice') ?? (numberAt(line, 'basePricePerItem') ?? 0) * (numberAt(line, 'quantity') ?? 1)) * 100), 0);
  const coupons = couponsOf(body);
  // it would be another price: calculate anew
  if (!late && coupons.some((coupon) => !['usable', 'held'].includes(world.coupons.get(coupon) ?? ''))) return success({ order: { processingStatus: 'PriceHasBeenChanged', statusDescription: 'Coupon' } });
  const guest = guestOf(world, body);
  const executed = textAt(body, 'executionDateTimeUtc');
  const { credit } = world.book({ key, operation: 'sale', total, coupons, phase, late, ...(guest === undefined ? {} : { guest: guest.id }), ...(executed === undefined ? {} : { at: executed }) });
  return success({ order: { processingStatus: phase === 'done' ? 'Created' : 'Calculated', ids: { mindboxId: new RawNumber(credit.reference) }, bonusPointsChanges: [{ earnedAmount: credit.earned / 100 }] } });
}

function couponsOf(body: Fields): readonly string[] {
  const coupons = at(body, 'order.coupons');
  return Array.isArray(coupons) ? coupons.flatMap((coupon) => textAt(coupon, 'ids.code') ?? []) : [];
}

function finish(world: PlatformWorld, body: Fields, phase: 'done' | 'discarded'): PlatformReply {
  const key = keyOf(body) ?? textAt(body, 'order.transaction.ids.externalId');
  const credit = world.credits.get(key ?? '');
  if (credit === undefined) return invalid('/order/transaction', 'Transaction not found');
  return world.finish(credit, phase) ? success({ order: { ids: { mindboxId: new RawNumber(credit.reference) } } }) : invalid('/order/transaction', 'Transaction is closed');
}

function giveBack(world: PlatformWorld, body: Fields): PlatformReply {
  const key = keyOf(body);
  const original = textAt(body, 'order.originalId');
  const sale = world.credits.get(original ?? key ?? '');
  if (key === undefined || sale?.phase !== 'done') return invalid('/order', 'Order not found');
  const lines = at(body, 'order.lines');
  const total = Array.isArray(lines) ? lines.reduce<number>((sum, line) => sum + Math.round((numberAt(line, 'discountedPriceOfLine') ?? 0) * 100), 0) : sale.total;
  world.book({ key: original === undefined ? `${key}:return` : key, operation: 'return', total, of: sale.key, ...(sale.guest === undefined ? {} : { guest: sale.guest }) });
  return success({ order: { processingStatus: 'Updated' } });
}
