import type { NumberKind } from '@tillbridge/core';

/**
 * What the store's native number is to iiko. It decides what is done with it and cannot be guessed: the same digits may be a discount card of
 * the restaurant (RMS), the number or the track of an iikoCard, or a guest's phone.
 */
export const NATIVE_IDENTIFIERS = [
  /** A personal discount card of the restaurant. */
  'rmsDiscountCard',
  /** An iikoCard account by the number of its card, by its track, by its phone. */
  'iikoCardNumber',
  'iikoCardTrack',
  'iikoCardPhone',
  'iikoCardCoupon',
  /** A guest of the till's own guest directory, by card number or phone; iiko gives such a guest no discount by itself. */
  'guestCardNumber',
  'guestPhone',
  /** Nothing to iiko: handed to another plugin in the order's external data. */
  'externalData',
] as const;
export type NativeIdentifier = (typeof NATIVE_IDENTIFIERS)[number];

/** Per kind of number; a number of a kind without one is rejected. */
export type NativeIdentifiers = Readonly<Partial<Record<NumberKind, NativeIdentifier>>>;

/** What a number of each kind can be: a coupon is no guest. */
export const IDENTIFIERS_OF_KIND = {
  card: ['rmsDiscountCard', 'iikoCardNumber', 'iikoCardTrack', 'guestCardNumber', 'externalData'],
  coupon: ['iikoCardCoupon', 'externalData'],
  phone: ['iikoCardPhone', 'guestPhone', 'externalData'],
} as const satisfies Readonly<Record<NumberKind, readonly NativeIdentifier[]>>;
