import { outcome, type Outcome } from '@tillbridge/core';
import { couponsAnswer, guestAnswer, type CloudGuest } from './answers.js';
import type { CloudDesk } from './desk.js';
import { ON_PROBLEM } from './outcomes.js';

/** How `customer/info` is told what it is asked about: the name of its type, and of the property that holds the value. */
export type GuestKey = 'cardNumber' | 'cardTrack' | 'phone' | 'email' | 'id';

export type FoundGuest = { readonly guest: CloudGuest } | { readonly refused: Outcome };

/** Codes of a service that cannot look guests up at all, as seen by public clients. */
const NO_LOYALTY: ReadonlySet<string> = new Set(['Common_OrganizationNotFound', 'Transport_WrongCrmId']);

/** Not found is 400 there; the code for it is not documented, so every other 400 counts as it. */
export async function findGuest(desk: CloudDesk, key: GuestKey, number: string, signal: AbortSignal): Promise<FoundGuest> {
  if (desk.misses.has(key, number)) return { refused: outcome('notFound') };
  const asked = await desk.client.call('customerInfo', { type: key, [key]: number, organizationId: desk.organizationId }, guestAnswer, signal);
  if (asked.ok) {
    const { isDeleted = false, anonymized = false } = asked.value;
    return isDeleted || anonymized ? { refused: outcome('blocked', 'guestDeleted') } : { guest: asked.value };
  }
  if (asked.problem !== 'declined') return { refused: ON_PROBLEM[asked.problem] };
  if (asked.codes.some((code) => NO_LOYALTY.has(code))) return { refused: outcome('unavailable', 'loyaltyOff') };
  desk.misses.add(key, number);
  return { refused: outcome('notFound') };
}

/** Whether a coupon could be used. No operation puts one on an order that is open already: the cashier has to. */
export async function checkCoupon(desk: CloudDesk, number: string, signal: AbortSignal): Promise<Outcome> {
  if (desk.misses.has('coupon', number)) return outcome('notFound');
  const asked = await desk.client.call('couponInfo', { number, organizationId: desk.organizationId }, couponsAnswer, signal);
  if (!asked.ok) return asked.problem === 'declined' ? outcome('notFound') : ON_PROBLEM[asked.problem];
  const coupons = asked.value.couponInfo ?? [];
  if (coupons.length === 0) {
    desk.misses.add('coupon', number);
    return outcome('notFound');
  }
  if (coupons.some(({ whenActivated, isDeleted }) => whenActivated === undefined && isDeleted !== true)) return outcome('rejected', 'couponByHand');
  return coupons.every(({ isDeleted }) => isDeleted === true) ? outcome('blocked', 'couponDeleted') : outcome('rejected', 'couponUsed');
}
