import { isoTime, type NativeNumber } from '@tillbridge/core';
import type { ClosedOrder, ClosedSale } from '@tillbridge/adapter-rkeeper';
import type { Receipt } from '../../receipts/receipt-schema.js';
import type { PartContext } from '../parts.js';

/** r_keeper names no currency. */
const CURRENCY = 'RUB';

/** Keeps what a till saw as closed; `undefined` where nothing is kept. */
export function keeper<T>(till: string, wanted: boolean, { clock, keepReceipt, log }: Pick<PartContext, 'clock' | 'keepReceipt' | 'log'>, receiptOf: (seen: T, till: string, closedAt: string) => Receipt): ((seen: T) => Promise<void>) | undefined {
  if (!wanted || keepReceipt === undefined) return undefined;
  return async (seen) => {
    const stored = await keepReceipt(receiptOf(seen, till, isoTime(clock.wall())));
    // after a restart a repetition is told again, with another time: the first one counts
    if (stored === 'differs') log.info('a check was told again; what is stored stays', { till });
  };
}

/** The canonical receipt of a check of which only the sums are known: one line. */
export function saleReceipt({ receiptId, operation, restaurant, number, total, discount, card, coupons }: ClosedSale, till: string, closedAt: string): Receipt {
  return {
    ...{ receiptId, operation, tillId: till, number, closedAt, currency: CURRENCY, total, discount },
    ...(restaurant === '' ? {} : { storeId: restaurant }),
    lines: [wholeCheck(total, discount)],
    ...(card === undefined && coupons.length === 0 ? {} : { loyalty: loyaltyOf(card, coupons) }),
  };
}

/** The canonical receipt of a closed order. Its id is the order's: however often it is seen, it is one. */
export function orderReceipt({ order, sale, numbers, scanIds }: ClosedOrder, till: string, closedAt: string): Receipt {
  const { total, discount, number } = sale;
  const card = numbers.find(({ kind }) => kind !== 'coupon');
  const lines = sale.lines.map(({ id, sku, name, quantity, price, total: sum }) => ({
    ...{ lineId: id, qty: (quantity / 1000).toFixed(3), price, total: sum },
    ...(sku === undefined ? {} : { sku: sku.slice(0, LONGEST) }),
    ...(name === undefined ? {} : { name: name.slice(0, LONGEST) }),
  }));
  return {
    ...{ receiptId: `rk-${order.replace(/[{}]/g, '')}`, operation: 'sale', tillId: till, closedAt, currency: CURRENCY, total, discount, orderId: order },
    lines: lines.length === 0 ? [wholeCheck(total, discount)] : lines,
    ...(number === undefined ? {} : { number: number.slice(0, 128) }),
    loyalty: loyaltyOf(card, numbers.filter(({ kind }) => kind === 'coupon')),
    scanIds: [...scanIds],
  };
}

const LONGEST = 500;

function wholeCheck(total: number, discount: number): Receipt['lines'][number] {
  return { lineId: '1', name: 'check', qty: '1', price: total + discount, total };
}

/** The outbox encrypts these: the one place besides the till that gets the numbers in clear. */
function loyaltyOf(card: NativeNumber | undefined, coupons: readonly NativeNumber[]): NonNullable<Receipt['loyalty']> {
  const first = card ?? coupons[0];
  return {
    ...(card === undefined ? {} : { nativeNumber: card.reveal() }),
    ...(first === undefined ? {} : { kind: first.kind }),
    coupons: coupons.map((coupon) => coupon.reveal()),
  };
}
