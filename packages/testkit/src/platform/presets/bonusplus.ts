import { headerAuth } from '../auth.js';
import { at, numberAt, textAt, type PlatformCall } from '../call.js';
import { json, nothing, type PlatformReply } from '../reply.js';
import { definePlatform } from '../spec.js';
import type { PlatformGuest, PlatformWorld } from '../world.js';

const KEY = 'made-up-bonusplus-key';
const MESSAGE_MS = 5 * 60_000;

/** 412 with a text is its business refusal. The text names who was asked for. */
const refusal = (text: string): PlatformReply => json(412, { msg: text, devMsg: 'business' });
const missing = (phone: string): PlatformReply => json(404, { msg: `Клиент ${phone} не найден`, devMsg: 'CUSTOMER_NOT_FOUND' });

/** Bonus Plus: by phone alone, success without a body is 204. Source: `evgrezanov/bonus-plus-wp` (2024-09). */
export const bonusplus = definePlatform({
  preset: 'bonusplus',
  title: 'Bonus Plus',
  basePath: '/api',
  secrets: { key: KEY },
  vars: { store: 'Store 1' },
  guests: [
    { id: '801', card: '8000000000812', phone: '79990006611', name: 'Анна', state: 'active', points: 10_000 },
    { id: '802', card: '0000800000829', phone: '375290006611', name: 'Борис', state: 'active', points: 0 },
    { id: '803', card: '8000000000836', phone: '79990006622', name: 'Вера', state: 'blocked', points: 0 },
    { id: '804', phone: '79990006633', name: 'Глеб', state: 'active', points: 0 },
  ],
  open: (world) => {
    return {
      auth: headerAuth('authorization', [`ApiKey ${Buffer.from(KEY).toString('base64')}`], json(401, { msg: 'Unauthorized' })),
      routes: [
        { method: 'GET', path: '/customer', handle: (call) => customer(world, call.query.get('phone') ?? '') },
        { method: 'PUT', path: '/customer/{phone}/sendCode', handle: (call, { phone = '' }) => emptyPut(call) ?? sendCode(world, phone) },
        { method: 'PUT', path: '/customer/{phone}/checkCode/{code}', handle: (call, { phone = '', code = '' }) => emptyPut(call) ?? checkCode(world, phone, code) },
        { method: 'POST', path: '/retail', handle: (call) => retail(world, call) },
        { method: 'PUT', path: '/retail/{id}/return', handle: (call, { id = '' }) => giveBack(world, id, call) },
      ],
    };
  },
});

/** A PUT without a body has to say that it has none. */
const emptyPut = (call: PlatformCall): PlatformReply | undefined => (call.header('content-length') === undefined ? nothing(411) : undefined);

function customer(world: PlatformWorld, phone: string): PlatformReply {
  if (!/^\d{10,15}$/.test(phone)) return json(400, { msg: `phone ${phone}` });
  const guest = world.find('phone', phone);
  if (guest === undefined) return missing(phone);
  return guest.state === 'blocked' ? refusal(`Клиент ${phone} заблокирован`) : json(200, view(guest));
}

function view({ card, phone, name, points }: PlatformGuest): unknown {
  return {
    person: { ln: 'Иванова', fn: name, phone },
    discountCardName: 'Base',
    discountCardNumber: card ?? null,
    availableBonuses: points / 100,
    notActiveBonuses: 0,
    purchasesTotalSum: 0,
    nextCardName: 'Silver',
  };
}

function sendCode(world: PlatformWorld, phone: string): PlatformReply {
  const guest = world.find('phone', phone);
  if (guest === undefined) return missing(phone);
  world.sendCode(guest.id, phone, MESSAGE_MS);
  return nothing(204);
}

function checkCode(world: PlatformWorld, phone: string, text: string): PlatformReply {
  const guest = world.find('phone', phone);
  if (guest === undefined) return missing(phone);
  return world.takeCode(guest.id, text) ? nothing(204) : refusal(`Код ${text} неверен`);
}

const sumOf = (items: readonly unknown[]): number => items.reduce<number>((sum, item) => sum + Math.round((numberAt(item, 'sum') ?? 0) * 100), 0);

/** `externalId` and the `ext` of each item are unique: the same again is refused. */
function retail(world: PlatformWorld, call: PlatformCall): PlatformReply {
  const body = call.json;
  const key = textAt(body, 'externalId');
  const items: unknown = at(body, 'items');
  if (key === undefined || !Array.isArray(items) || items.length === 0) return json(400, { msg: 'externalId, items' });
  const guest = world.find('phone', textAt(body, 'phone'));
  if (guest === undefined) return missing(textAt(body, 'phone') ?? '');
  const exts = items.map((item) => textAt(item, 'ext'));
  if (exts.some((ext) => ext === undefined) || new Set(exts).size !== exts.length) return json(400, { msg: 'items[].ext' });
  const { first } = world.book({ key, operation: 'sale', total: sumOf(items), guest: guest.id });
  return first ? json(200, { customer: view(guest) }) : refusal(`Продажа ${key} уже существует`);
}

/** The path of returns is a guess: none was seen in public. */
function giveBack(world: PlatformWorld, id: string, call: PlatformCall): PlatformReply {
  const sale = world.credits.get(id);
  const key = textAt(call.json, 'externalId');
  const items: unknown = at(call.json, 'items');
  if (sale?.phase !== 'done') return missing(id);
  if (key === undefined || !Array.isArray(items)) return json(400, { msg: 'externalId, items' });
  const { first } = world.book({ key, operation: 'return', total: sumOf(items), of: sale.key, ...(sale.guest === undefined ? {} : { guest: sale.guest }) });
  return first ? nothing(204) : refusal(`Возврат ${key} уже существует`);
}
