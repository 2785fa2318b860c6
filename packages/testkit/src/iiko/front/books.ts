/** Versions of the plugin API: V8 has single coupons and no guest by card number, V10 has CardScanned. */
export type FrontApiLevel = 'V8' | 'V9' | 'V10';

export interface DiscountType {
  readonly id: string;
  readonly name: string;
  /** Takes a typed or scanned number. */
  readonly canApplyByCardNumber: boolean;
}

/** A personal discount card of iikoRMS: gives a discount, or a price category, never both. */
export interface DiscountCard {
  readonly number: string;
  readonly owner: string;
  readonly discountType: DiscountType | undefined;
  readonly priceCategory: string | undefined;
}

/** A guest of iikoCard, as its servers know him. He reaches the till's own directory later. */
export interface IikoCardGuest {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly cardNumber: string;
  readonly cardTrack: string;
}

/** A guest of the till's own directory (BRD). */
export interface DirectoryGuest {
  readonly id: string;
  readonly name: string;
  readonly phones: readonly string[];
  readonly cardNumber: string | undefined;
}

export interface Product {
  readonly name: string;
  /** EAN-13 or EAN-8. */
  readonly barcode: string;
}

/** `searchScope` of iikoCard credentials (front.api.sdk issue 487). */
export const SEARCH_SCOPE = { phone: 1, cardNumber: 2, cardTrack: 4 } as const;

export const TEN_PERCENT: DiscountType = { id: 'd10d10d1-0000-4000-8000-000000000010', name: 'Скидка 10%', canApplyByCardNumber: true };
export const STAFF_ONLY: DiscountType = { id: 'd10d10d1-0000-4000-8000-000000000020', name: 'Скидка по карте персонала', canApplyByCardNumber: false };

/** What a small restaurant sells. */
export function standardProducts(): Product[] {
  return [
    { name: 'Вода 0,5', barcode: '4601234567893' },
    { name: 'Шоколад', barcode: '46012340' },
  ];
}
