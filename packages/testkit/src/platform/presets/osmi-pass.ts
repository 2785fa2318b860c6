import { DigestAuth } from '../auth.js';
import { json, nothing, type PlatformReply } from '../reply.js';
import { definePlatform } from '../spec.js';
import type { PlatformGuest, PlatformWorld } from '../world.js';

const ID = 'MADEUPID';
const KEY = 'made-up-osmi-key';
/** Passes of one page. */
const PAGE = 3;

/**
 * OSMI Cards: digest, passes by serial number or in pages, no search by barcode; the barcode's message may be another text than the serial
 * number, and a field without a value says `-empty-`. Source: amironov73/ManagedIrbis.
 */
export const osmiPass = definePlatform({
  preset: 'osmi-pass',
  title: 'OSMI Cards',
  basePath: '/v2',
  secrets: { id: ID, key: KEY },
  vars: { numberPath: 'values[label=Номер карты].value' },
  guests: [
    { id: 'SER0001', barcode: 'BC-900001', card: '0045000001', state: 'active', points: 0 },
    { id: 'SER0002', barcode: 'BC-900002', card: '0045000002', state: 'active', points: 0 },
    // its field is empty
    { id: 'SER0003', barcode: 'SER0003', card: '-empty-', state: 'active', points: 0 },
    { id: 'SER0004', barcode: 'BC-900004', card: '0045000004', state: 'active', points: 0 },
  ],
  open: (world) => ({
    auth: new DigestAuth(world, { user: ID, password: KEY, realm: 'osmi' }),
    routes: [
      { method: 'GET', path: '/passes/{serial}', handle: (call, { serial = '' }) => pass(world.find('id', serial), call.query) },
      { method: 'GET', path: '/passes', handle: ({ query }) => page(world, query) },
      { method: 'GET', path: '/ping', handle: () => json(200, {}) },
    ],
  }),
});

function view({ id, barcode, card, name }: PlatformGuest, query: URLSearchParams): unknown {
  return {
    serialNo: id,
    values: [
      { label: 'Имя', value: name ?? '-empty-' },
      { label: 'Номер карты', value: card ?? '-empty-' },
    ],
    ...(query.get('barcode') === 'true' ? { barcode: { effective: { message: barcode }, card: { message: barcode }, message: barcode } } : {}),
  };
}

const pass = (guest: PlatformGuest | undefined, query: URLSearchParams): PlatformReply => (guest === undefined ? nothing(404) : json(200, view(guest, query)));

/** Pages count from 1; behind the last one there is nothing. */
function page(world: PlatformWorld, query: URLSearchParams): PlatformReply {
  const number = Number(query.get('page') ?? '1');
  if (!Number.isInteger(number) || number < 1) return json(400, { error: 'page' });
  return json(200, { cards: world.guests.slice((number - 1) * PAGE, number * PAGE).map((guest) => view(guest, query)) });
}
