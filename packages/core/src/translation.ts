import type { NativeNumber } from './native-number.js';

/** What a translator can answer: a closed set. An answer that is none of these is `badResponse`, never `found` and never `notFound`. */
export type Translation =
  | { readonly result: 'found'; readonly number: NativeNumber; readonly state?: 'active' | 'accrueOnly' }
  | { readonly result: 'coupon'; readonly number: NativeNumber }
  | { readonly result: 'foundNoNumber' }
  | { readonly result: 'notFound' }
  | { readonly result: 'blocked'; readonly reason?: 'inactive' }
  | { readonly result: 'codeExpired' }
  | { readonly result: 'codeUsed' }
  | { readonly result: 'ambiguous' }
  | { readonly result: 'confirmRequired' }
  | { readonly result: 'rateLimited'; readonly retryAfterMs?: number }
  | { readonly result: 'authError' }
  | { readonly result: 'unavailable'; readonly reason?: string }
  | { readonly result: 'badResponse'; readonly reason?: string };

export type TranslationResult = Translation['result'];
