import type { NativeNumber } from '@tillbridge/core';
import { checkKey } from './check-memory.js';
import type { Transaction } from './request.js';

/** A closed check as far as its transactions tell. Money in minor units. */
export interface ClosedSale {
  /** The same for every repetition of the check. */
  readonly receiptId: string;
  readonly operation: 'sale' | 'return';
  readonly restaurant: string;
  readonly number: string;
  /** What the guest paid. */
  readonly total: number;
  readonly discount: number;
  readonly card?: NativeNumber;
  readonly coupons: readonly NativeNumber[];
}

/**
 * The sale that transactions report: what the guest paid himself (kind 3), or, where the system does not send that, what was paid by card
 * (kind 0). Undefined where they name no check or no sum. The lines of the check are in INPBUF, in a form of which no public description
 * was found: they are not guessed.
 */
export function saleOf(transactions: readonly Transaction[], numberOf: (card: string) => NativeNumber | undefined): ClosedSale | undefined {
  const [first] = transactions;
  if (first === undefined || checkKey(transactions) === undefined) return undefined;
  const sumOf = (kind: Transaction['kind']): number | undefined => {
    const records = transactions.filter((record) => record.kind === kind);
    return records.length === 0 ? undefined : records.reduce((sum, record) => sum + record.sum, 0);
  };
  const total = sumOf('spent') ?? sumOf('payment');
  if (total === undefined) return undefined;
  const numbers = [...new Set(transactions.map(({ card }) => card))].flatMap((card) => numberOf(card) ?? []);
  const card = numbers.find(({ kind }) => kind !== 'coupon');
  const operation = total < 0 ? 'return' : 'sale';
  const place = [first.restaurant, first.date, first.unit, first.check].map((part) => part.replace(/[^\w]+/g, '')).join('-');
  return {
    receiptId: `rk-${place}${operation === 'return' ? '-return' : ''}`.slice(0, 128),
    operation,
    restaurant: first.restaurant,
    number: first.check,
    total: Math.abs(total),
    discount: Math.abs(sumOf('discount') ?? 0),
    coupons: numbers.filter(({ kind }) => kind === 'coupon'),
    ...(card === undefined ? {} : { card }),
  };
}
