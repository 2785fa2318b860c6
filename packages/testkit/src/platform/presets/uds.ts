import { randomUUID } from 'node:crypto';
import { isoTime } from '@tillbridge/core';
import { basicAuth } from '../auth.js';
import { numberAt, textAt, type PlatformCall } from '../call.js';
import { json, RawNumber, type PlatformReply } from '../reply.js';
import { definePlatform } from '../spec.js';
import type { PlatformCode, PlatformCredit, PlatformGuest, PlatformWorld } from '../world.js';

const COMPANY = '549755819292';
const KEY = 'made-up-uds-key';

/** A code of the app, or until a payment used it (kb.uds.app item 284825). */
export const UDS_CODE_MS = 45 * 60_000;
/** What `exchangeCode=true` gives. */
export const UDS_EXCHANGED_MS = 24 * 3_600_000;

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** UDS: 6-digit codes that live 45 minutes and die with the operation that uses them. Sources: kb.uds.app 284825 and 284949, the POS specification, public clients. */
export const uds = definePlatform({
  preset: 'uds',
  title: 'UDS',
  basePath: '/partner/v2',
  secrets: { key: KEY },
  vars: { company: COMPANY },
  guests: [
    { id: '1099511876531', uid: '5c3b8a52-6f0e-4d5e-9a7e-2f31d3a00001', phone: '79990002211', name: 'Анна', state: 'active', points: 10_000 },
    { id: '1099511876532', uid: '5c3b8a52-6f0e-4d5e-9a7e-2f31d3a00002', phone: '375290002211', name: 'Борис', state: 'active', points: 0 },
    // known to the platform, not a customer of this company
    { id: '0', phone: '79990002233', name: 'Вера', state: 'inactive', points: 0 },
  ],
  open: (world) => {
    world.issueCode('1099511876531', 'app', '482913', UDS_CODE_MS);
    world.issueCode('1099511876532', 'app', '048291', UDS_CODE_MS);
    return {
      auth: basicAuth(COMPANY, KEY, json(403, { errorCode: 'forbidden', message: 'Wrong company id or API key' })),
      issueCode: (guest) => newCode(world, guest),
      routes: [
        { method: 'GET', path: '/settings', handle: () => json(200, { id: Number(COMPANY), purchaseByPhone: true, usePointsByPhone: false, baseDiscountPolicy: 'CHARGE_SCORES', currency: 'RUB' }) },
        { method: 'GET', path: '/customers/find', handle: (call) => headersOf(call) ?? find(world, call.query) },
        { method: 'POST', path: '/operations', handle: (call) => headersOf(call) ?? operation(world, call) },
        { method: 'POST', path: '/operations/{id}/refund', handle: (call, { id = '' }) => headersOf(call) ?? refund(world, id, call) },
      ],
    };
  },
});

function newCode(world: PlatformWorld, guest: PlatformGuest): PlatformCode {
  const text = String((world.next() * 104_729 + 314_159) % 1_000_000).padStart(6, '0');
  return world.codes.has(text) ? newCode(world, guest) : world.issueCode(guest.id, 'app', text, UDS_CODE_MS);
}

const bad = (message: string): PlatformReply => json(400, { errorCode: 'badRequest', message });
/** Its error texts repeat what was asked for. */
const missing = (what: string): PlatformReply => json(404, { errorCode: 'notFound', message: `Customer not found: ${what}` });

/** All calls carry these (POS specification); whether a call without them is refused is not documented. */
function headersOf(call: PlatformCall): PlatformReply | undefined {
  return UUID.test(call.header('x-origin-request-id') ?? '') && /^\d{4}-\d\d-\d\dT/.test(call.header('x-timestamp') ?? '') ? undefined : bad('X-Origin-Request-Id and X-Timestamp are required');
}

function find(world: PlatformWorld, query: URLSearchParams): PlatformReply {
  const asked = ['code', 'phone', 'uid'].flatMap((name) => (query.get(name) === null ? [] : [name]));
  if (asked.length !== 1) return bad('one of code, phone, uid');
  const code = query.get('code');
  if (code !== null) {
    const holder = world.holderOf(code);
    if (holder === undefined) return missing(code);
    const shown = query.get('exchangeCode') === 'true' && holder.code.kind === 'app' ? world.issueCode(holder.guest.id, 'exchanged', randomUUID(), UDS_EXCHANGED_MS) : holder.code;
    return json(200, { user: userOf(holder.guest), code: shown.code, purchase: purchaseOf(query) });
  }
  const phone = query.get('phone');
  if (phone !== null && !/^\+\d{10,15}$/.test(phone)) return bad(`phone is not E.164: ${phone}`);
  const guest = phone === null ? world.find('uid', query.get('uid') ?? '') : world.find('phone', phone.slice(1));
  if (guest === undefined) return missing(phone ?? query.get('uid') ?? '');
  return json(200, { user: guest.state === 'inactive' ? null : userOf(guest), code: null, purchase: purchaseOf(query) });
}

function userOf({ id, uid, name, phone, points }: PlatformGuest): unknown {
  return {
    uid,
    displayName: name,
    phone: phone === undefined ? null : `+${phone}`,
    gender: 'NOT_SPECIFIED',
    birthDate: null,
    participant: { id: new RawNumber(id), points: points / 100, discountRate: 0, cashbackRate: 5, membershipTier: { uid: 'base', name: 'Base', rate: 5 }, lastTransactionTime: null },
  };
}

function purchaseOf(query: URLSearchParams): unknown {
  const total = Number(query.get('total') ?? 0);
  return { maxPoints: 0, total, skipLoyaltyTotal: null, discountAmount: 0, cash: total, cashBack: Math.round(total * 5) / 100 };
}

const cents = (value: number | undefined): number => Math.round((value ?? 0) * 100);

function operation(world: PlatformWorld, call: PlatformCall): PlatformReply {
  const body = call.json;
  const nonce = textAt(body, 'nonce');
  const total = numberAt(body, 'receipt.total');
  const cash = numberAt(body, 'receipt.cash');
  if (body === undefined || total === undefined || cash === undefined || (nonce !== undefined && !UUID.test(nonce))) return bad('receipt.total, receipt.cash and a UUID as nonce');
  if ([total, cash].some((sum) => Math.abs(sum * 100 - Math.round(sum * 100)) > 1e-6)) return bad('two decimals');
  const known = nonce === undefined ? undefined : world.credits.get(nonce);
  if (known !== undefined) {
    known.times += 1;
    return json(200, operationOf(world, known));
  }
  const code = textAt(body, 'code');
  const holder = code === undefined ? undefined : world.holderOf(code);
  if (code !== undefined && holder === undefined) return missing(code);
  const uid = textAt(body, 'participant.uid');
  const phone = textAt(body, 'participant.phone');
  const guest = holder?.guest ?? (uid === undefined ? world.find('phone', phone?.replace(/^\+/, '')) : world.find('uid', uid));
  if (guest === undefined) return uid === undefined && phone === undefined ? bad('code or participant') : missing(uid ?? phone ?? '');
  if (holder !== undefined) for (const each of world.codes.values()) if (each.guest === guest.id) each.spent = true;
  const { credit } = world.book({ key: nonce ?? randomUUID(), operation: 'sale', total: cents(total), guest: guest.id });
  return json(200, operationOf(world, credit));
}

function operationOf(world: PlatformWorld, credit: PlatformCredit): unknown {
  const guest = world.find('id', credit.guest);
  return {
    id: new RawNumber(credit.reference),
    dateCreated: isoTime(world.now()),
    action: 'PURCHASE',
    state: credit.operation === 'return' ? 'REVERSAL' : credit.phase === 'discarded' ? 'CANCELED' : 'NORMAL',
    points: credit.earned / 100,
    cash: credit.total / 100,
    total: credit.total / 100,
    customer: guest === undefined ? null : { id: new RawNumber(guest.id), uid: guest.uid, displayName: guest.name },
  };
}

/** The whole of an operation once, or parts of it; what is left is looked at. */
function refund(world: PlatformWorld, id: string, call: PlatformCall): PlatformReply {
  const sale = [...world.credits.values()].find(({ reference, operation }) => reference === id && operation === 'sale');
  if (sale?.phase !== 'done') return missing(id);
  // "a repeat is harmless": the request is known by this id
  const origin = call.header('x-origin-request-id') ?? '';
  const known = world.credits.get(`${sale.key}:${origin}`);
  if (known !== undefined) {
    known.times += 1;
    return json(200, operationOf(world, known));
  }
  const part = numberAt(call.json, 'partialAmount');
  const returned = [...world.credits.values()].filter(({ of }) => of === sale.key).reduce((sum, { total }) => sum + total, 0);
  const amount = part === undefined ? sale.total - returned : cents(part);
  if (amount <= 0 || amount > sale.total - returned) return bad('nothing is left to refund');
  const { credit } = world.book({ key: `${sale.key}:${origin}`, operation: 'return', total: amount, of: sale.key, ...(sale.guest === undefined ? {} : { guest: sale.guest }) });
  return json(200, operationOf(world, credit));
}
