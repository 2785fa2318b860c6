import { headerAuth } from '../auth.js';
import { json, RawNumber, type PlatformReply } from '../reply.js';
import { definePlatform } from '../spec.js';
import type { PlatformWorld } from '../world.js';

const AUTHORIZATION = 'Bearer made-up-alias-token';

/** The smallest platform: an alias in, a number or null out. Source of the shape: conf.game-keeper.com, api2/cards/search. */
export const aliasJson = definePlatform({
  preset: 'alias-json',
  title: 'Own service (JSON)',
  basePath: '/api2',
  secrets: { authorization: AUTHORIZATION },
  vars: {},
  guests: [
    { id: '1', barcode: 'xc12345678', card: '1000000913', phone: '79990001414', state: 'active', points: 0 },
    { id: '2', barcode: 'https://pass.example/a+b?c=1', card: '9007199254740993', phone: '375290001414', state: 'active', points: 0 },
  ],
  open: (world) => ({
    auth: headerAuth('authorization', [AUTHORIZATION]),
    routes: [{ method: 'GET', path: '/cards/search', handle: ({ query }) => search(world, query.get('altcode') ?? '') }],
  }),
});

function search(world: PlatformWorld, altcode: string): PlatformReply {
  if (altcode === '') return json(200, { errors: ['altcode'], data: null });
  const guest = world.find('barcode', altcode) ?? world.find('phone', altcode);
  return json(200, { errors: [], data: { cardNo: guest?.card === undefined ? null : new RawNumber(guest.card) } });
}
