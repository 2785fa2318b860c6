import { headerAuth } from '../auth.js';
import { textAt, type PlatformCall } from '../call.js';
import { json, RawNumber, type PlatformReply } from '../reply.js';
import { definePlatform } from '../spec.js';
import type { PlatformWorld } from '../world.js';

const KEY = 'made-up-loyalclient-key';
const POINT = 'point-7';

/** LoyalClient: one search by telephone, card or code of the app; the telephone comes back as a number. Source: support.loyalclient.ru. */
export const loyalclient = definePlatform({
  preset: 'loyalclient',
  title: 'LoyalClient',
  basePath: '',
  secrets: { key: KEY },
  vars: { point: POINT },
  guests: [
    { id: '900719925474099312', card: 'LC-20001', phone: '79990004411', name: 'Анна', state: 'active', points: 100 },
    { id: '5512', card: 'LC-20002', phone: '375290004411', name: 'Борис', state: 'active', points: 0 },
  ],
  open: (world) => ({
    auth: headerAuth('apikey', [KEY], json(401, { success: false, message: 'Unauthorized' })),
    routes: [{ method: 'POST', path: '/integration/general/client', handle: (call) => search(world, call) }],
  }),
});

function search(world: PlatformWorld, call: PlatformCall): PlatformReply {
  const text = textAt(call.json, 'search');
  if (text === undefined || textAt(call.json, 'point') !== POINT) return json(422, { success: false, message: 'search and point are required' });
  const guest = world.find('phone', text) ?? world.find('barcode', text) ?? world.holderOf(text)?.guest;
  if (guest === undefined) return json(200, { success: false, message: `Client ${text} not found` });
  const { id, name = '', phone = '', points } = guest;
  return json(200, { success: true, client: { id: new RawNumber(id), name, phone: new RawNumber(phone), level: 'Base', balance: points / 100 } });
}
