import { headerAuth } from '../auth.js';
import { numberAt, textAt, type PlatformCall } from '../call.js';
import { json, RawNumber, type PlatformReply } from '../reply.js';
import { definePlatform } from '../spec.js';
import type { PlatformWorld } from '../world.js';
import { bookReceipt } from './universal.js';

const AUTHORIZATION = 'Bearer made-up-alias-token';

/** The smallest platform: an alias in, a number or null out. Source of the shape: conf.game-keeper.com, api2/cards/search. */
export const aliasJson = definePlatform({
  preset: 'alias-json',
  title: 'Own service (JSON)',
  basePath: '/api2',
  secrets: { authorization: AUTHORIZATION },
  vars: { receiptPath: 'receipts' },
  guests: [
    { id: '1', barcode: 'xc12345678', card: '1000000913', phone: '79990001414', state: 'active', points: 0 },
    { id: '2', barcode: 'https://pass.example/a+b?c=1', card: '9007199254740993', phone: '375290001414', state: 'active', points: 0 },
  ],
  open: (world) => ({
    auth: headerAuth('authorization', [AUTHORIZATION]),
    routes: [
      { method: 'GET', path: '/cards/search', handle: ({ query }) => search(world, query.get('altcode') ?? '') },
      { method: 'POST', path: '/receipts', handle: (call) => receipt(world, call) },
    ],
  }),
});

function search(world: PlatformWorld, altcode: string): PlatformReply {
  if (altcode === '') return json(200, { errors: ['altcode'], data: null });
  const guest = world.find('barcode', altcode) ?? world.find('phone', altcode);
  return json(200, { errors: [], data: { cardNo: guest?.card === undefined ? null : new RawNumber(guest.card) } });
}

/** Takes receipts as docs/receipts.md describes it. */
function receipt(world: PlatformWorld, call: PlatformCall): PlatformReply {
  const key = textAt(call.json, 'receiptId');
  const total = numberAt(call.json, 'total');
  const named = textAt(call.json, 'guest');
  const guest = world.find('id', world.credits.get(textAt(call.json, 'originalReceiptId') ?? '')?.guest) ?? world.find('card', named) ?? world.find('phone', named?.replace(/^\+/, ''));
  if (key === undefined || total === undefined) return json(422, { error: 'badReceipt' });
  if (guest === undefined) return json(404, { error: 'unknownGuest' });
  const { first } = bookReceipt(world, call, key, total, guest.id);
  return json(first ? 201 : 200, { receipt: { id: key, state: first ? 'accepted' : 'known' } });
}
