import { basicAuth } from '../auth.js';
import { json, nothing, type PlatformReply } from '../reply.js';
import { definePlatform } from '../spec.js';
import type { PlatformWorld } from '../world.js';

const USER = 'made-up-wallet';
const PASSWORD = 'made-up-wallet-password';

/** The retailer's side of the Loyalty Online API: nobody found is 200 without a body, a card that must not be shown 422. Source: developers.koshelek.app. */
export const koshelekPartner = definePlatform({
  preset: 'koshelek-partner',
  title: 'Koshelek, the retailer\'s service',
  basePath: '',
  secrets: { user: USER, password: PASSWORD },
  vars: {},
  guests: [
    { id: '1', card: '0070012345', barcode: '2900700123456', phone: '79990005511', state: 'active', points: 0 },
    { id: '2', card: '0070012346', barcode: '2900700123463', phone: '375290005511', state: 'active', points: 0 },
    { id: '3', card: '0070012347', barcode: '2900700123470', phone: '79990005533', state: 'inactive', points: 0 },
    { id: '4', card: '0070012348', barcode: '2900700123487', phone: '79990005544', state: 'blocked', points: 0 },
  ],
  open: (world) => ({
    auth: basicAuth(USER, PASSWORD),
    routes: [{ method: 'GET', path: '/v1/card', handle: ({ query }) => card(world, query.get('msisdn') ?? '') }],
  }),
});

function card(world: PlatformWorld, msisdn: string): PlatformReply {
  if (!/^\d{1,15}$/.test(msisdn)) return json(400, { message: 'msisdn' });
  const guest = world.find('phone', msisdn);
  if (guest === undefined) return nothing(200);
  if (guest.state === 'blocked') return json(422, { message: `Card of ${msisdn} is blocked` });
  return json(200, { card: { cardNumber: guest.card, cardState: guest.state, barcode: { barcodeNumber: guest.barcode, barcodeType: 'EAN_13' } } });
}
