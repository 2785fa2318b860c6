import { randomUUID } from 'node:crypto';
import type { JsonReply } from '../http/index.js';
import { done, refusal } from './reply.js';
import type { RequestBody } from './request.js';
import type { CloudGuest, CloudWorld } from './world.js';

type Finder = (body: RequestBody) => (guest: CloudGuest) => boolean;

/** The five ways to name a guest; each its own property. */
const FINDERS: Readonly<Record<string, { readonly by: Finder; readonly code: string }>> = {
  phone: { by: (body) => same((guest) => [digits(guest.phone)], digits(body.text('phone'))), code: 'Validation_IncorrectPhone' },
  cardTrack: { by: (body) => same((guest) => guest.cards.map(({ track }) => track), body.text('cardTrack')), code: 'Common_CustomerNotFound' },
  cardNumber: { by: (body) => same((guest) => guest.cards.map(({ number }) => number), body.text('cardNumber')), code: 'Common_CustomerNotFound' },
  email: { by: (body) => same((guest) => [guest.email], body.text('email')), code: 'Common_CustomerNotFound' },
  id: { by: (body) => same((guest) => [guest.id], body.text('id')), code: 'Common_CustomerNotFound' },
};

function same(of: (guest: CloudGuest) => readonly string[], wanted: string): (guest: CloudGuest) => boolean {
  return (guest) => wanted !== '' && of(guest).includes(wanted);
}

function digits(phone: string): string {
  return phone.replace(/\D/g, '');
}

/** Not found is 400, never an empty answer. */
export function customerInfo(world: CloudWorld, body: RequestBody): JsonReply {
  const finder = FINDERS[body.text('type')];
  if (finder === undefined) return refusal(400, 'Validation_Common', 'Unknown type.');
  const organization = world.organizations.find(({ id }) => id === body.uuid('organizationId'));
  if (organization === undefined) return refusal(400, 'Common_OrganizationNotFound', 'Organization not found.');
  if (!organization.loyalty) return refusal(400, 'Transport_WrongCrmId', 'The organization does not use iikoCard.');
  const guest = world.guests.find(finder.by(body));
  return guest === undefined ? refusal(400, finder.code, 'There is no such guest.') : done(shown(guest));
}

function shown({ id, name, surname, phone, email, cards, isDeleted, balance }: CloudGuest): object {
  return {
    ...{ id, referrerId: null, name, surname, middleName: '', comment: '', phone, cultureName: 'ru-RU', birthday: null, email, sex: 0, consentStatus: 0 },
    ...{ anonymized: false, cards: cards.map((card) => ({ ...card, validToDate: null })), categories: [] },
    walletBalances: [{ id: randomUUID(), name: 'Bonus', type: 1, balance }],
    ...{ userData: '', shouldReceivePromoActionsInfo: null, isDeleted, whenRegistered: '2024-01-01 10:00:00.000' },
  };
}

/** Both values or nothing. */
export function addCard(world: CloudWorld, body: RequestBody): JsonReply {
  const [customerId, track, number] = [body.uuid('customerId'), body.text('cardTrack'), body.text('cardNumber')];
  const guest = world.guests.find(({ id }) => id === customerId);
  if (guest === undefined) return refusal(400, 'Common_CustomerNotFound', 'There is no such guest.');
  guest.cards.push({ id: randomUUID(), track, number });
  return done({});
}

export function couponInfo(world: CloudWorld, body: RequestBody): JsonReply {
  const [number, series] = [body.text('number'), body.optionalText('series')];
  body.uuid('organizationId');
  const found = world.coupons.filter((coupon) => coupon.number === number && (series === undefined || coupon.series === series));
  return done({
    couponInfo: found.map(({ id, whenActivated, isDeleted, series: seriesName }) => ({ id, number, seriesName, seriesId: id, whenActivated: whenActivated ?? null, isDeleted })),
  });
}
