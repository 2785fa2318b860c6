import { TokenAuth } from '../auth.js';
import { json, type PlatformReply } from '../reply.js';
import { definePlatform } from '../spec.js';
import type { PlatformWorld } from '../world.js';

const DEPARTMENT = '1500';
const KEY = 'made-up-department-key';
const PIN = 'made-up-pin-1111';

const error = (code: number, message: string): PlatformReply => json(200, { status: 'error', status_code: code, message });

/** SailPlay: errors come with HTTP 200, token and telephone travel in the address. Source: public PHP clients. */
export const sailplay = definePlatform({
  preset: 'sailplay',
  title: 'SailPlay',
  basePath: '/api/v2',
  secrets: { key: KEY, pin: PIN },
  vars: { department: DEPARTMENT },
  guests: [
    { id: '410011', phone: '79990003311', name: 'Анна', state: 'active', points: 900 },
    { id: '410012', phone: '375290003311', name: 'Борис', state: 'active', points: 0 },
  ],
  open: (world) => {
    const auth = new TokenAuth(world, (call) => call.query.get('token') ?? undefined, error(-3, 'Token is expired'), 3_600_000);
    return {
      auth,
      loginFailed: error(-4, 'Wrong department key'),
      routes: [
        {
          method: 'GET',
          path: '/login/',
          login: true,
          handle: ({ query }) =>
            query.get('store_department_id') === DEPARTMENT && query.get('store_department_key') === KEY && query.get('pin_code') === PIN
              ? json(200, { status: 'ok', token: auth.issue().token })
              : error(-4, 'Wrong department key'),
        },
        { method: 'GET', path: '/users/info/', handle: ({ query }) => info(world, query) },
        { method: 'POST', path: '/purchases/new/', handle: ({ form }) => purchase(world, form) },
      ],
    };
  },
});

function info(world: PlatformWorld, query: URLSearchParams): PlatformReply {
  if (query.get('store_department_id') !== DEPARTMENT) return error(-2, 'store_department_id is required');
  const phone = query.get('user_phone') ?? '';
  if (!/^\d{10,15}$/.test(phone)) return error(-1000, `Wrong phone ${phone}`);
  const guest = world.find('phone', phone);
  if (guest === undefined) return error(-6000, `User ${phone} not found`);
  return json(200, { status: 'ok', id: Number(guest.id), phone, first_name: guest.name ?? '', points: { confirmed: guest.points / 100, unconfirmed: 0 } });
}

/** One purchase for each order number; what a second one is told is this simulator's assumption. */
function purchase(world: PlatformWorld, form: URLSearchParams): PlatformReply {
  const key = form.get('order_num') ?? '';
  const price = Number(form.get('price') ?? 'x');
  if (form.get('store_department_id') !== DEPARTMENT || key === '' || !Number.isFinite(price)) return error(-2, 'order_num, price');
  const guest = world.find('phone', form.get('user_phone') ?? '');
  if (guest === undefined) return error(-6000, 'User not found');
  const { first, credit } = world.book({ key, operation: 'sale', total: Math.round(price * 100), guest: guest.id });
  return first ? json(200, { status: 'ok', purchase: { id: Number(credit.reference), price }, public_key: `pk-${credit.reference}` }) : error(-7000, `Order ${key} exists`);
}
