import { headerAuth } from '../auth.js';
import { at, numberAt, textAt, type Fields, type PlatformCall } from '../call.js';
import { json, type PlatformReply } from '../reply.js';
import { definePlatform } from '../spec.js';
import type { PlatformCredit, PlatformGuest, PlatformWorld } from '../world.js';

const TOKEN = 'made-up-premium-token';
const ORDER_CODE_MS = 15 * 60_000;
const MESSAGE_MS = 5 * 60_000;

/** Premium Bonus: one `identificator` for every kind of code; every answer has `success` and `logger`. Source: "PB API (231012-1)", doc.premiumbonus.ru. */
export const premiumbonus = definePlatform({
  preset: 'premiumbonus',
  title: 'Premium Bonus',
  basePath: '',
  secrets: { token: TOKEN },
  vars: { point: 'sp-1' },
  guests: [
    { id: 'c-701', card: '7000000000716', phone: '79990005511', name: 'Анна', state: 'active', points: 10_000 },
    { id: 'c-702', card: '0000700000723', phone: '79990005522', name: 'Борис', state: 'active', points: 0 },
    { id: 'c-703', card: '7000000000730', phone: '79990005533', name: 'Вера', state: 'blocked', points: 0 },
    // registered, without a card
    { id: 'c-704', phone: '79990005544', name: 'Глеб', state: 'active', points: 0 },
  ],
  coupons: { 'PB-OK': 'usable', 'PB-USED': 'used' },
  open: (world) => {
    return {
      auth: headerAuth('authorization', [TOKEN], answer(world, { success: false, error_code: 1, error_description: 'Wrong token' }, 401)),
      issueCode: (guest) => world.issueCode(guest.id, 'app', String((world.next() * 7919) % 90_000 + 10_000), ORDER_CODE_MS),
      routes: [
        { method: 'POST', path: '/buyer-info', handle: (call) => withBody(world, call, (body) => buyerInfo(world, body)) },
        { method: 'POST', path: '/send-write-off-confirmation-code', handle: (call) => withBody(world, call, (body) => sendCode(world, body)) },
        { method: 'POST', path: '/verify-confirmation-code', handle: (call) => withBody(world, call, (body) => verify(world, body)) },
        { method: 'POST', path: '/purchase', handle: (call) => withBody(world, call, (body) => purchase(world, body)) },
        { method: 'POST', path: '/cancel-purchase', handle: (call) => withBody(world, call, (body) => cancel(world, body)) },
        { method: 'POST', path: '/change-purchase-status', handle: (call) => withBody(world, call, (body) => changeStatus(world, body)) },
      ],
    };
  },
});

function answer(world: PlatformWorld, body: Fields, status = 200): PlatformReply {
  return json(status, { ...body, logger: `log-${String(world.next())}` });
}

const refusal = (world: PlatformWorld, text: string, status = 200): PlatformReply => answer(world, { success: false, error_code: 10, error_description: text }, status);

function withBody(world: PlatformWorld, call: PlatformCall, handle: (body: Fields) => PlatformReply): PlatformReply {
  return call.json === undefined ? refusal(world, 'Bad format', 400) : handle(call.json);
}

/** Phone, card or a code of the app: the platform finds out which. */
function guestOf(world: PlatformWorld, text: string | undefined): { readonly guest?: PlatformGuest; readonly type: string } {
  if (text === undefined) return { type: 'phone' };
  const holder = world.holderOf(text);
  if (holder !== undefined) return { guest: holder.guest, type: 'order_code' };
  const byPhone = /^7\d{10}$/.test(text) ? world.find('phone', text) : undefined;
  const guest = byPhone ?? world.find('barcode', text);
  return { type: byPhone === undefined ? 'card' : 'phone', ...(guest === undefined ? {} : { guest }) };
}

function buyerInfo(world: PlatformWorld, body: Fields): PlatformReply {
  const text = textAt(body, 'identificator');
  if (text === undefined) return refusal(world, 'identificator', 400);
  const { guest, type } = guestOf(world, text);
  if (guest === undefined) return answer(world, { success: true, is_registered: false, blocked: false, identificator_type: type, phone: type === 'phone' ? text : null, card_number: null, balance: 0 });
  return answer(world, {
    success: true,
    is_registered: true,
    blocked: guest.state === 'blocked',
    client_id: guest.id,
    phone: guest.phone ?? null,
    card_number: guest.card ?? null,
    identificator_type: type,
    group_name: 'Base',
    balance: guest.points / 100,
    write_off_confirmation_required: true,
    registration_confirmation_required: false,
  });
}

function sendCode(world: PlatformWorld, body: Fields): PlatformReply {
  const guest = world.find('phone', textAt(body, 'phone'));
  if (guest?.phone === undefined) return refusal(world, 'Buyer not found');
  world.sendCode(guest.id, guest.phone, MESSAGE_MS);
  return answer(world, { success: true });
}

function verify(world: PlatformWorld, body: Fields): PlatformReply {
  const guest = world.find('phone', textAt(body, 'phone'));
  if (guest === undefined || !world.takeCode(guest.id, textAt(body, 'code') ?? '')) return refusal(world, 'Wrong code');
  return answer(world, { success: true });
}

function purchase(world: PlatformWorld, body: Fields): PlatformReply {
  const key = textAt(body, 'external_purchase_id');
  const items = at(body, 'items');
  if (key === undefined || !Array.isArray(items) || items.length === 0) return refusal(world, 'external_purchase_id, items', 400);
  const known = world.credits.get(key);
  if (known === undefined && (numberAt(body, 'write_off_bonus') ?? 0) > 0 && at(body, 'offline') === true) return refusal(world, 'No spending offline');
  const { guest } = guestOf(world, textAt(body, 'identificator') ?? textAt(body, 'phone'));
  if (known === undefined && guest === undefined) return refusal(world, 'Buyer not found');
  const code = world.codes.get(textAt(body, 'identificator') ?? '');
  if (code !== undefined) code.spent = true;
  const promocode = textAt(body, 'promocode');
  const late = at(body, 'offline') === true;
  const total = items.reduce<number>((sum, item) => sum + Math.round((numberAt(item, 'amount') ?? (numberAt(item, 'price') ?? 0) * (numberAt(item, 'quantity') ?? 1)) * 100), 0);
  const { credit } = world.book({
    key,
    operation: 'sale',
    total,
    late,
    phase: textAt(body, 'purchase_status') === 'not_approved' ? 'held' : 'done',
    ...(guest === undefined ? {} : { guest: guest.id }),
    ...(promocode === undefined ? {} : { coupons: [promocode] }),
  });
  return answer(world, { success: true, purchase_id: credit.reference, total_write_on_bonus: credit.earned / 100, total_write_off_bonus: 0, print_on_check: 'Спасибо!' });
}

function bookedBy(world: PlatformWorld, body: Fields): PlatformCredit | undefined {
  const id = textAt(body, 'purchase_id');
  return world.credits.get(textAt(body, 'external_purchase_id') ?? '') ?? [...world.credits.values()].find(({ reference }) => reference === id);
}

function cancel(world: PlatformWorld, body: Fields): PlatformReply {
  const credit = bookedBy(world, body);
  if (credit === undefined) return refusal(world, 'Purchase not found');
  if (credit.phase === 'held') world.finish(credit, 'discarded');
  else world.undo(credit);
  return answer(world, { success: true });
}

function changeStatus(world: PlatformWorld, body: Fields): PlatformReply {
  const credit = bookedBy(world, body);
  if (credit === undefined) return refusal(world, 'Purchase not found');
  return world.finish(credit, 'done') ? answer(world, { success: true }) : refusal(world, 'Purchase is cancelled');
}
