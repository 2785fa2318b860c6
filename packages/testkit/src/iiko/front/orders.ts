/** `OrderStatus` of the plugin API. `Bill` fixes the discounts. */
export type OrderStatus = 'New' | 'Bill' | 'Closed' | 'Deleted';

export interface OrderDiscount {
  readonly type: string;
  /** The card that gave it. */
  readonly cardNumber: string | undefined;
}

export interface OrderCoupon {
  readonly number: string;
  /** iikoCard knows it and it can be used. */
  readonly applied: boolean;
}

export interface ExternalDatum {
  readonly value: string;
  readonly isPublic: boolean;
}

/** An order as it was at one moment: what a plugin holds in its hand. It is stale as soon as the revision moves on. */
export interface OrderView {
  readonly id: string;
  readonly number: number;
  readonly revision: number;
  readonly status: OrderStatus;
  readonly table: number;
  readonly customerIds: readonly string[];
  readonly discounts: readonly OrderDiscount[];
  readonly priceCategory: string | undefined;
  readonly coupons: readonly OrderCoupon[];
  readonly externalData: ReadonlyMap<string, ExternalDatum>;
}

export type ChangeKind = 'discountCard' | 'priceCategory' | 'coupon' | 'customer' | 'externalData';
/** Who did it. */
export type ChangeBy = 'plugin' | 'iikoFront' | 'iikoCard';

/** Something that was really put on an order: what doubles, strays and late ones show in. */
export interface OrderChange {
  readonly order: string;
  readonly kind: ChangeKind;
  readonly value: string;
  readonly by: ChangeBy;
  /** The terminal that did it; absent for servers. */
  readonly terminal: string | undefined;
  /** Monotonic ms. */
  readonly at: number;
}
