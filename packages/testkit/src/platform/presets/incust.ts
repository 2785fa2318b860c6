import { TokenAuth } from '../auth.js';
import { textAt, type PlatformCall } from '../call.js';
import { json, type PlatformReply } from '../reply.js';
import { definePlatform } from '../spec.js';
import type { PlatformWorld } from '../world.js';

const LOGIN = 'made-up-terminal';
const PASSWORD = 'made-up-terminal-password';
const wrong = json(401, { code: 401, message: 'Unauthorized' });

/** inCust: the login is the vendor's (POST /term/token); the search is what the preset guesses. */
export const incust = definePlatform({
  preset: 'incust',
  title: 'inCust',
  basePath: '/v1',
  secrets: { login: LOGIN, password: PASSWORD },
  vars: { search: 'customer-search', numberPath: 'customer.card' },
  guests: [
    { id: 'c-1', card: '7700001111', phone: '79990006611', state: 'active', points: 0 },
    { id: 'c-2', card: '0000001112', phone: '380501234567', state: 'active', points: 0 },
  ],
  open: (world) => {
    const auth = new TokenAuth(world, (call) => /^Bearer (.+)$/.exec(call.header('authorization') ?? '')?.[1], wrong, 600_000);
    return {
      auth,
      loginFailed: wrong,
      routes: [
        {
          method: 'POST',
          path: '/term/token',
          login: true,
          handle: ({ json: body }) =>
            textAt(body, 'login') === LOGIN && textAt(body, 'password') === PASSWORD
              ? json(200, { token: auth.issue().token, id: 'term-1', currency: 'RUB', display_type: 'customer-identity' })
              : wrong,
        },
        { method: 'POST', path: '/term/customer-search', handle: (call) => search(world, call) },
      ],
    };
  },
});

function search(world: PlatformWorld, call: PlatformCall): PlatformReply {
  const text = textAt(call.json, 'identifier');
  if (text === undefined) return json(422, { code: 422, message: 'identifier' });
  const guest = text.startsWith('+') ? world.find('phone', text.slice(1)) : world.find('barcode', text);
  return guest === undefined ? json(404, { code: 404, message: `No customer ${text}` }) : json(200, { customer: { id: guest.id, card: guest.card } });
}
