import { headerAuth } from '../auth.js';
import { json, nothing, type PlatformReply } from '../reply.js';
import { definePlatform } from '../spec.js';
import type { PlatformGuest, PlatformWorld } from '../world.js';

const AUTHORIZATION = 'Basic bWFkZS11cDphcnRpeC1wYXNz';

/** Online cards of Artix in the store's network. Source: docs.artix.su page 138019763 for paths and statuses; names of members are made up. */
export const artixOnline = definePlatform({
  preset: 'artix-online',
  title: 'Artix, online cards',
  basePath: '',
  secrets: { authorization: AUTHORIZATION },
  vars: { numberPath: 'number', blockedPath: 'blocked' },
  guests: [
    { id: '1', card: '0012300001', phone: '79990007711', state: 'active', points: 0 },
    { id: '2', card: '0012300002', phone: '375290007711', state: 'active', points: 0 },
    { id: '3', card: '0012300003', phone: '79990007733', state: 'blocked', points: 0 },
    // two cards of one telephone
    { id: '4', card: '0012300004', phone: '79990007744', state: 'active', points: 0 },
    { id: '5', card: '0012300005', phone: '79990007744', state: 'active', points: 0 },
  ],
  open: (world) => ({
    auth: headerAuth('authorization', [AUTHORIZATION]),
    routes: [
      { method: 'GET', path: '/v1/cards/number/{number}', handle: (_, { number = '' }) => one(world.find('card', number)) },
      { method: 'GET', path: '/v1/cards/list/by/phonenumber/{phone}', handle: (_, { phone = '' }) => list(world, phone) },
    ],
  }),
});

const view = ({ card, state }: PlatformGuest): unknown => ({ number: card, blocked: state === 'blocked' });

const one = (guest: PlatformGuest | undefined): PlatformReply => (guest === undefined ? nothing(404) : json(200, view(guest)));

function list(world: PlatformWorld, phone: string): PlatformReply {
  const guests = world.findAll('phone', phone);
  return guests.length === 0 ? nothing(404) : json(200, guests.map(view));
}
