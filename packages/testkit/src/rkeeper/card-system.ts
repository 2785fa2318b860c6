import type { RkeeperFaults } from './faults.js';
import { asInt64 } from './int64.js';
import type { Card, Order, Restaurant } from './restaurant.js';

/** One thing that a coupon offers; the cashier picks. */
export interface CouponOffer {
  readonly group: string;
  readonly code: number;
  readonly kind: 'summ' | 'percent' | 'price';
  readonly value: number;
}

/** What the card system says of a card. */
export type CardVerdict =
  | { readonly verdict: 'taken'; readonly card: Card; readonly offers?: readonly CouponOffer[]; readonly message?: string }
  /** In the card system's own words. */
  | { readonly verdict: 'refused'; readonly text: string }
  | { readonly verdict: 'down' };

/** Who decides over a card: the table of the simulator, or a processing server behind FarCards. */
export interface CardSystem {
  /** `order`: the one that the card is for; absent for a balance check. Never rejects. */
  look(card: string, order: Order | undefined, signal: AbortSignal): Promise<CardVerdict>;
}

/** What the simulator's own table says. */
export function tableVerdict(card: string, restaurant: Restaurant, faults: RkeeperFaults): CardVerdict {
  if (faults.cardSystemDown) return { verdict: 'down' };
  const known = restaurant.cards.get(asInt64(card));
  if (known === undefined) return { verdict: 'refused', text: 'FC Test: Ошибка "Пользователь не найден!"(18)' };
  if (known.blocked) return { verdict: 'refused', text: 'FC Test: Ошибка "Карта заблокирована"(7)' };
  return { verdict: 'taken', card: known };
}
