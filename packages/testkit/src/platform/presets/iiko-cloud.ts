import { randomUUID } from 'node:crypto';
import { TokenAuth } from '../auth.js';
import { textAt, type Fields, type PlatformCall } from '../call.js';
import { json, type PlatformReply } from '../reply.js';
import { definePlatform, type PlatformSpec } from '../spec.js';
import type { PlatformGuest, PlatformWorld } from '../world.js';

const ORGANIZATION = '5c1a2b3c-0000-4000-8000-00000000abcd';
const SECRETS = { clientSecret: 'made-up-client-secret', apiKey: 'made-up-api-key' };
const APP_ID = '77aa2b3c-0000-4000-8000-00000000abcd';
const API_LOGIN = 'made-up-api-login';
/** Both generations of tokens live an hour. */
const TOKEN_MS = 3_600_000;

const refused = (status: number, error: string, description = error): PlatformReply => json(status, { correlationId: randomUUID(), errorDescription: description, error });

const wrongToken = refused(401, 'Unauthorized', 'Token is expired or wrong');

const guests: readonly PlatformGuest[] = [
  { id: '0a0a0a0a-0000-4000-8000-000000000001', card: '100200300', phone: '79990009911', name: 'Анна', state: 'active', points: 0, extra: { track: 'TR100200300' } },
  { id: '0a0a0a0a-0000-4000-8000-000000000002', card: '000200301', phone: '375290009911', name: 'Борис', state: 'active', points: 0, extra: { track: 'TR000200301' } },
  // deleted, and still answered
  { id: '0a0a0a0a-0000-4000-8000-000000000003', card: '100200302', phone: '79990009933', name: 'Вера', state: 'blocked', points: 0, extra: { track: 'TR100200302' } },
  // a guest without a card: the telephone is his number
  { id: '0a0a0a0a-0000-4000-8000-000000000004', phone: '79990009944', name: 'Глеб', state: 'active', points: 0 },
];

const coupons = { 'SPRING-7': 'usable', 'SPRING-8': 'used', 'SPRING-9': 'expired' } as const;

const open = (login: (body: Fields | undefined) => boolean, path: string): PlatformSpec['open'] => (world) => {
  const auth = new TokenAuth(world, (call) => /^Bearer (.+)$/.exec(call.header('authorization') ?? '')?.[1], wrongToken, TOKEN_MS);
  return {
    auth,
    loginFailed: wrongToken,
    routes: [
      { method: 'POST', path, login: true, handle: (call) => (login(call.json) ? json(200, { correlationId: randomUUID(), token: auth.issue().token }) : wrongToken) },
      { method: 'POST', path: '/api/1/loyalty/iiko/customer/info', handle: (call) => inOrganization(call, (body) => info(world, body)) },
      { method: 'POST', path: '/api/1/loyalty/iiko/coupons/info', handle: (call) => inOrganization(call, (body) => coupon(world, body)) },
    ],
  };
};

/** iikoCloud: not found is HTTP 400. Source: contract 9.7.5.2 and docs/troubleshooting.md of UserVanya/Iikocloud-py-sdk. */
export const iikoCloud = definePlatform({
  preset: 'iiko-cloud',
  title: 'iikoCloud',
  basePath: '',
  secrets: SECRETS,
  vars: { organization: ORGANIZATION, appId: APP_ID },
  guests,
  coupons,
  open: open((body) => textAt(body, 'appId') === APP_ID && textAt(body, 'clientSecret') === SECRETS.clientSecret && textAt(body, 'apiKey') === SECRETS.apiKey, '/api/v2/access_token'),
});

export const iikoCloudLogin = definePlatform({
  preset: 'iiko-cloud-login',
  title: 'iikoCloud by API login',
  basePath: '',
  secrets: { apiLogin: API_LOGIN },
  vars: { organization: ORGANIZATION },
  guests,
  coupons,
  open: open((body) => textAt(body, 'apiLogin') === API_LOGIN, '/api/1/access_token'),
});

function inOrganization(call: PlatformCall, handle: (body: Fields) => PlatformReply): PlatformReply {
  const body = call.json;
  if (body === undefined) return refused(400, 'Validation_Body');
  return textAt(body, 'organizationId') === ORGANIZATION ? handle(body) : refused(400, 'Common_OrganizationNotFound');
}

const FINDERS: Readonly<Record<string, (world: PlatformWorld, text: string) => PlatformGuest | undefined>> = {
  phone: (world, text) => world.find('phone', text.replace(/^\+/, '')),
  cardNumber: (world, text) => world.find('card', text),
  cardTrack: (world, text) => world.guests.find(({ extra }) => extra?.['track'] === text),
  id: (world, text) => world.find('id', text),
};

function info(world: PlatformWorld, body: Fields): PlatformReply {
  const type = textAt(body, 'type') ?? '';
  const value = textAt(body, type);
  const find = Object.hasOwn(FINDERS, type) ? FINDERS[type] : undefined;
  if (find === undefined || value === undefined) return refused(400, 'Validation_Type');
  const guest = find(world, value);
  if (guest === undefined) return refused(400, type === 'phone' ? 'Validation_IncorrectPhone' : 'Validation_GuestNotFound', `Guest ${value} not found`);
  const { id, card, phone = '', name, points } = guest;
  return json(200, {
    id,
    name,
    surname: null,
    phone: `+${phone}`,
    cards: card === undefined ? [] : [{ id: randomUUID(), track: guest.extra?.['track'], number: card, validToDate: null }],
    categories: [],
    walletBalances: [{ id: randomUUID(), name: 'Бонусы', type: 1, balance: points / 100 }],
    isDeleted: guest.state === 'blocked',
  });
}

function coupon(world: PlatformWorld, body: Fields): PlatformReply {
  const number = textAt(body, 'number');
  if (number === undefined) return refused(400, 'Validation_Number');
  const state = world.coupons.get(number);
  const row = { id: randomUUID(), number, seriesName: 'Spring', seriesId: randomUUID(), whenActivated: state === 'used' ? '2026-01-10 12:00:00.000' : null, isDeleted: state === 'expired' };
  return json(200, { correlationId: randomUUID(), couponInfo: state === undefined ? [] : [row] });
}
