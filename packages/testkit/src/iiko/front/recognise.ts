import { barcodeFormat } from './barcode-formats.js';
import type { DiscountCard, IikoCardGuest, Product } from './books.js';
import { SEARCH_SCOPE } from './books.js';
import type { FrontRestaurant } from './restaurant.js';

/** What iikoFront itself makes of a read, before any plugin is asked. */
export type Recognised =
  | { readonly as: 'kitchen' }
  | { readonly as: 'marking' }
  | { readonly as: 'product'; readonly product: Product }
  | { readonly as: 'discountCard'; readonly card: DiscountCard }
  | { readonly as: 'guest'; readonly guest: IikoCardGuest }
  | { readonly as: 'employee' };

/** The scanner branch: marking codes, then products by their EAN. Kitchen service codes come before all and on any screen. */
export function recogniseBarcode(barcode: string, restaurant: FrontRestaurant): Recognised | undefined {
  if (restaurant.kitchenCodes.has(barcode)) return { as: 'kitchen' };
  const format = barcodeFormat(barcode);
  if (format === 'marking' || format === 'excise') return { as: 'marking' };
  const product = restaurant.products.find((each) => each.barcode === barcode);
  return product === undefined ? undefined : { as: 'product', product };
}

/** The card branch: discount, guest, employee cards. The vendor does not publish their order; this one is a choice. */
export function recogniseCard(track2: string, restaurant: FrontRestaurant): Recognised | undefined {
  const card = restaurant.discountCards.get(track2);
  if (card !== undefined) return { as: 'discountCard', card };
  const guest = restaurant.iikoCardGuest(track2, SEARCH_SCOPE.cardTrack);
  if (guest !== undefined) return { as: 'guest', guest };
  return restaurant.employeeCards.has(track2) ? { as: 'employee' } : undefined;
}
