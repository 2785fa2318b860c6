import { headerAuth } from '../auth.js';
import { at, numberAt, textAt, type PlatformCall } from '../call.js';
import { json, type PlatformReply } from '../reply.js';
import { definePlatform } from '../spec.js';
import type { PlatformGuest, PlatformWorld } from '../world.js';

const TOKEN = 'made-up-universal-token';
const STORE = 'shop-12';

/** A directory of one number for all stores (docs/platforms-universal.md): guests who were never here are marked as new; receipts say who came. */
export const universal = definePlatform({
  preset: 'universal',
  title: 'Universal number',
  basePath: '',
  secrets: { token: TOKEN },
  vars: { store: STORE },
  guests: [
    { id: 'u-1', barcode: '98000000000001', card: '2000001', phone: '79990001313', state: 'active', points: 0 },
    { id: 'u-2', barcode: '98000000000002', card: '0000002', phone: '375290001313', state: 'active', points: 0 },
    // came from outside: the directory gives a number, and says that he is new here
    { id: 'u-3', barcode: '98000000000003', card: '2000003', phone: '79990001333', state: 'active', points: 0, extra: { new: true } },
    { id: 'u-4', barcode: '98000000000004', card: '2000004', state: 'blocked', points: 0 },
    { id: 'u-5', barcode: '98000000000005', state: 'active', points: 0 },
  ],
  open: (world) => ({
    auth: headerAuth('authorization', [`Bearer ${TOKEN}`], json(401, { error: 'unauthorized' })),
    routes: [
      { method: 'GET', path: '/v1/stores/{store}/guests/{id}', handle: (_, { store = '', id = '' }) => (store === STORE ? guest(world, id) : json(404, { error: 'unknownStore' })) },
      { method: 'POST', path: '/v1/stores/{store}/receipts', handle: (call, { store = '' }) => (store === STORE ? receipt(world, call) : json(404, { error: 'unknownStore' })) },
    ],
  }),
});

const view = ({ id, card, state, extra }: PlatformGuest): unknown => ({ guest: { id, number: card ?? null, state, new: extra?.['new'] === true } });

function guest(world: PlatformWorld, id: string): PlatformReply {
  const found = world.find('barcode', id) ?? world.find('phone', id);
  return found === undefined ? json(404, { error: 'unknownGuest' }) : json(200, view(found));
}

/** One credit for each receipt, whatever is repeated; a guest who was new is none from his first receipt on. */
function receipt(world: PlatformWorld, call: PlatformCall): PlatformReply {
  const key = textAt(call.json, 'receiptId');
  const total = numberAt(call.json, 'total');
  const of = textAt(call.json, 'originalReceiptId');
  const who = world.find('id', world.credits.get(of ?? '')?.guest) ?? world.find('id', textAt(call.json, 'guest')) ?? world.find('card', textAt(call.json, 'guest')) ?? world.find('phone', textAt(call.json, 'guest'));
  if (key === undefined || total === undefined) return json(422, { error: 'badReceipt' });
  if (who === undefined) return json(404, { error: 'unknownGuest' });
  const { first } = bookReceipt(world, call, key, total, who.id);
  const now = world.find('id', who.id) ?? who;
  world.put({ ...now, extra: {} });
  return json(first ? 201 : 200, { receipt: { id: key, state: first ? 'accepted' : 'known' } });
}

/** A sale, a return, or the cancel of a sale, once for each id. `late`: the till said so. */
export function bookReceipt(world: PlatformWorld, call: PlatformCall, key: string, total: number, guest: string): { readonly first: boolean } {
  const of = textAt(call.json, 'originalReceiptId');
  const sale = world.credits.get(of ?? '');
  if (textAt(call.json, 'operation') === 'cancel' && sale !== undefined) {
    const first = sale.phase === 'done';
    world.undo(sale);
    return { first };
  }
  const closedAt = textAt(call.json, 'closedAt');
  const coupons: unknown = at(call.json, 'coupons');
  return world.book({
    key,
    operation: textAt(call.json, 'operation') === 'return' ? 'return' : 'sale',
    total,
    guest,
    coupons: Array.isArray(coupons) ? coupons.map(String) : [],
    late: at(call.json, 'late') === true,
    ...(of === undefined ? {} : { of }),
    ...(closedAt === undefined ? {} : { at: closedAt }),
  });
}
