/** What the platform says about a coupon. */
export type CouponState =
  | 'usable'
  /** it was redeemed before */
  | 'used'
  | 'expired'
  /** not for this store, this hour or this order */
  | 'notApplicable'
  /** only for a guest who is known: his card comes first */
  | 'needsCustomer'
  /** the platform knows the coupon and not whether it can be used: the till's own program decides */
  | 'unknown';

export const COUPON_STATES: readonly CouponState[] = ['usable', 'used', 'expired', 'notApplicable', 'needsCustomer', 'unknown'];

/** What a coupon gives, in r_keeper's words (docs.rkeeper.ru, coupons of r_keeper CRM): a product for nothing, a sum off, a discount. */
export type CouponGift = 'product' | 'sum' | 'discount';

export const COUPON_GIFTS: readonly CouponGift[] = ['product', 'sum', 'discount'];

/** Why a coupon does not go to the till; `undefined`: it goes. */
export const COUPON_REFUSALS = {
  usable: undefined,
  unknown: undefined,
  used: 'codeUsed',
  expired: 'codeExpired',
  notApplicable: 'notApplicable',
  needsCustomer: 'needsCustomer',
} as const satisfies Readonly<Record<CouponState, string | undefined>>;

export type CouponRefusal = NonNullable<(typeof COUPON_REFUSALS)[CouponState]>;

/** The word for a coupon that cannot be used, or `undefined` where it goes to the till. */
export function couponRefusal(state: CouponState | undefined): CouponRefusal | undefined {
  return state === undefined ? undefined : COUPON_REFUSALS[state];
}
