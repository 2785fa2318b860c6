import type { DiscountCard } from './books.js';
import { FrontError } from './front-error.js';
import type { ExternalDatum, OrderView } from './orders.js';
import type { FrontRestaurant, OrderEdit } from './restaurant.js';

export interface PlannedEdit {
  readonly order: OrderView;
  /** Allowed while the bill is printed. */
  readonly onBill: boolean;
  readonly edit: OrderEdit;
}

/** Longest key of external data (front.api.sdk). */
const MAX_KEY = 256;

/** `IEditSession`: collects edits of orders as they were seen; nothing happens before `submitChanges`. */
export class FrontEditSession {
  readonly edits: PlannedEdit[] = [];
  readonly #restaurant: FrontRestaurant;

  constructor(restaurant: FrontRestaurant) {
    this.#restaurant = restaurant;
  }

  /** @throws {FrontError} `ConstraintViolationException` when this type of card does not go by its number */
  addDiscountByCardNumber(cardNumber: string, order: OrderView, card: DiscountCard): void {
    const { discountType, priceCategory } = card;
    if (discountType?.canApplyByCardNumber === false) throw new FrontError('ConstraintViolationException', 'The discount cannot be applied by card number');
    this.#plan(order, false, ({ discounts }) =>
      discountType === undefined ? { priceCategory } : { discounts: [...discounts, { type: discountType.id, cardNumber }] },
    );
  }

  /** Replaces the coupons of the order; none clears them. */
  changeCoupons(numbers: readonly string[], order: OrderView): void {
    this.#plan(order, false, () => ({ coupons: numbers.map((number) => this.#restaurant.coupon(number)) }));
  }

  /** @throws {FrontError} `ConstraintViolationException` for a key of more than 256 characters */
  addOrderExternalData(key: string, datum: ExternalDatum, order: OrderView): void {
    if (key.length > MAX_KEY) throw new FrontError('ConstraintViolationException', 'The key is too long');
    this.#plan(order, true, ({ externalData }) => ({ externalData: new Map([...externalData, [key, datum]]) }));
  }

  #plan(order: OrderView, onBill: boolean, edit: OrderEdit): void {
    this.edits.push({ order, onBill, edit });
  }
}
