import { TokenAuth } from '../auth.js';
import { at, numberAt, textAt, type PlatformCall } from '../call.js';
import { json, type PlatformReply } from '../reply.js';
import { definePlatform } from '../spec.js';
import type { PlatformGuest, PlatformWorld } from '../world.js';

const USER = 'made-up-pos-user';
const PASSWORD = 'made-up-pos-password';

const fault = (status: number, reason: number): PlatformReply => json(status, { FaultReason: reason, Message: 'made up' });

/** The iikoCard server of the store: the token is a JSON text, a guest who is not there is FaultReason 53. Sources: ScanReaderPlugin, DataSaturation. */
export const iikocardPos = definePlatform({
  preset: 'iikocard-pos',
  title: 'iikoCard POS server',
  basePath: '/api/v2',
  secrets: { user: USER, password: PASSWORD },
  vars: {},
  guests: [
    { id: 'g-1', card: '1002003001', barcode: '1002003001', phone: '79990008811', name: 'Анна', state: 'active', points: 1000, extra: { track: 'TRACK=1002003001' } },
    { id: 'g-2', card: '1002003002', phone: '375290008811', name: 'Борис', state: 'active', points: 0, extra: { track: 'TRACK=1002003002' } },
  ],
  open: (world) => {
    const expired = fault(400, 4);
    const auth = new TokenAuth(world, (call) => call.header('accesstoken'), expired, 1_800_000);
    return {
      auth,
      loginFailed: fault(401, 2),
      routes: [
        {
          method: 'GET',
          path: '/getAccessToken',
          login: true,
          handle: ({ query }) => (query.get('userName') === USER && query.get('password') === PASSWORD ? json(200, auth.issue().token) : fault(401, 2)),
        },
        { method: 'POST', path: '/guests/userWallets', handle: (call) => wallets(world, call) },
      ],
    };
  },
});

const SCOPES: Readonly<Record<number, (world: PlatformWorld, text: string) => PlatformGuest | undefined>> = {
  1: (world, text) => world.find('phone', text),
  2: (world, text) => world.find('card', text),
  4: (world, text) => world.guests.find(({ extra }) => extra?.['track'] === text),
};

function wallets(world: PlatformWorld, call: PlatformCall): PlatformReply {
  const data = at(call.json, 'request.authData');
  const credential = textAt(data, 'credential');
  const find = SCOPES[numberAt(data, 'searchScope') ?? 0];
  if (credential === undefined || find === undefined) return fault(400, 1);
  const guest = find(world, credential);
  if (guest === undefined) return fault(500, 53);
  return json(200, { userData: { name: guest.name, lastName: '', phone: `+${guest.phone ?? ''}` }, userWallets: [{ id: 'w-1', name: 'Бонусы', isInteger: false, balance: guest.points / 100 }] });
}
