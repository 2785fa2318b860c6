import type { NativeNumber, NumberKind } from '@tillbridge/core';
import type { NumberRules } from '../number-rules.js';
import type { Grants } from './answers.js';
import type { CouponOffer } from './coupon.js';
import type { ClosedSale } from './sale.js';
import type { FarcardsLanguage } from './texts.js';
import type { UpstreamOptions } from './upstream.js';

export interface FarcardsOptions {
  readonly id: string;
  /** What the number rules ask for beside an Int64, which FarCards always asks for. */
  readonly numbers: NumberRules;
  readonly language: FarcardsLanguage;
  /** What a card, coupon or phone is granted where we answer ourselves. */
  readonly grants: Readonly<Partial<Record<NumberKind, Grants>>>;
  readonly coupons: readonly CouponOffer[];
  /** Present: numbers are translated and the documents forwarded. Absent: we answer ourselves. */
  readonly upstream?: UpstreamOptions;
  /** Budget of one translation in milliseconds. */
  readonly lookUpMs: number;
}

/** Keeps a closed sale for the loyalty platform, once by its id; resolves when that is durable. */
export type StoreSale = (sale: ClosedSale) => Promise<void>;

export type NumberOf = (card: string) => NativeNumber | undefined;
