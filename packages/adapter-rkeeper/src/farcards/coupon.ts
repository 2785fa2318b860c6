import { xml, type Markup } from '../xml/index.js';

/** What a coupon gives: one item of `item_content`. */
export interface CouponItem {
  /** Code of the dish in r_keeper. */
  readonly code: number;
  /** `summ`: off its price, `percent`: of its price, `price`: instead of it. */
  readonly kind: 'summ' | 'percent' | 'price';
  /** As r_keeper expects it for the kind; its units are not documented publicly, so it is written as configured. */
  readonly value: number;
  /** Code of the r_keeper discount that carries it. */
  readonly discount: number;
  readonly max: number;
}

/** Coupons whose number begins so, and what they give. */
export interface CouponOffer {
  readonly prefix: string;
  readonly name: string;
  readonly items: readonly CouponItem[];
}

/** The offer for a coupon's number; the longest prefix wins. */
export function offerFor(number: string, offers: readonly CouponOffer[]): CouponOffer | undefined {
  return offers.filter(({ prefix }) => number.startsWith(prefix)).sort((a, b) => b.prefix.length - a.prefix.length)[0];
}

/** The content of a coupon, OutKind 3: the element names of the vendor's coupon page, whose sample has one group. */
export function couponContent({ name, items }: CouponOffer): Markup {
  const rows = items.map(({ code, kind, value, discount, max }, index) => xml('item', { code, kind, val: value, order: index + 1, max, default: 0, disccode: discount }));
  const group = xml('group', { name, printname: name, order: 1, maxquant: Math.max(...items.map(({ max }) => max)) }, ...rows);
  return xml('OutBuf', { OutKind: 3 }, xml('ident_info', {}, xml('item_content', { hint: name }, group)));
}
