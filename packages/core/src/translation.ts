import type { CouponGift, CouponState } from './coupon.js';
import type { Masked } from './masked.js';
import type { NativeNumber } from './native-number.js';

/** What a platform told beside the number: what reporting the receipt needs again. Kept in memory; what is durable of it is sealed. */
export interface PlatformNote {
  /** Id of the platform's description. */
  readonly preset: string;
  /** Id of the translator that asked. */
  readonly translator: string;
  /** Unique for each look-up. */
  readonly lookupId: string;
  /** The platform's lasting reference to the customer. */
  readonly customer?: Masked;
  /** A code or token that the platform wants again when the receipt is reported: memory only. */
  readonly session?: Masked;
  /** The guest came to the store for the first time. */
  readonly newCustomer?: true;
  /** Remembered from before, because the platform could not be asked. */
  readonly stale?: true;
}

/** What a translator can answer: a closed set. An answer that is none of these is `badResponse`, never `found` and never `notFound`. */
export type Translation =
  | { readonly result: 'found'; readonly number: NativeNumber; readonly state?: 'active' | 'accrueOnly'; readonly platform?: PlatformNote }
  | { readonly result: 'coupon'; readonly number: NativeNumber; readonly state?: CouponState; readonly gives?: CouponGift; readonly platform?: PlatformNote }
  | { readonly result: 'foundNoNumber'; readonly platform?: PlatformNote }
  | { readonly result: 'notFound' }
  /** `badSignature`, `unknownKey`, `revokedKey`: of a code that its issuer signed. */
  | { readonly result: 'blocked'; readonly reason?: 'inactive' | 'badSignature' | 'unknownKey' | 'revokedKey' }
  | { readonly result: 'codeExpired' }
  | { readonly result: 'codeUsed' }
  | { readonly result: 'ambiguous' }
  /** The guest gets a code (`channel`) and names it to the cashier; the scan is given again together with it. */
  | { readonly result: 'confirmRequired'; readonly channel?: 'sms' | 'call' | 'app' }
  | { readonly result: 'rateLimited'; readonly retryAfterMs?: number }
  | { readonly result: 'authError' }
  | { readonly result: 'unavailable'; readonly reason?: string }
  | { readonly result: 'badResponse'; readonly reason?: string };

export type TranslationResult = Translation['result'];
