import { couponRefusal } from '../coupon.js';
import { outcome, reasonWord, type Outcome } from '../outcome.js';
import type { Translation } from '../translation.js';

/** What to do with a code that got no number. `passThrough`: the till gets the code as read, while it is not expired. */
export type RefusalPolicy = 'reject' | 'passThrough';

/** The `on:` section of the configuration. */
export interface RefusalPolicies {
  readonly notFound: RefusalPolicy;
  readonly unavailable: RefusalPolicy;
  readonly blocked: RefusalPolicy;
  readonly ambiguous: RefusalPolicy;
}

export const REJECT_ALL: RefusalPolicies = { notFound: 'reject', unavailable: 'reject', blocked: 'reject', ambiguous: 'reject' };

type Refused = Exclude<Translation, { readonly result: 'found' | 'coupon' }>;
export type Found = Extract<Translation, { readonly result: 'found' | 'coupon' }>;

/** Why a number that was found must not go to this till; undefined: it may. */
export function unfit(translation: Found, carriesAccrueOnly: boolean): Outcome | undefined {
  if (translation.result === 'found') {
    // a till that cannot be told would let the guest spend points that nobody has checked
    return translation.state === 'accrueOnly' && !carriesAccrueOnly ? outcome('rejected', 'accrueOnly') : undefined;
  }
  const reason = couponRefusal(translation.state);
  return reason === undefined ? undefined : outcome('rejected', reason);
}

/** The outcome of a translation that gave no number, and the policy that applies to it (none: it is always rejected). */
export function refusal(translation: Refused, policies: RefusalPolicies): { readonly outcome: Outcome; readonly policy: RefusalPolicy } {
  switch (translation.result) {
    case 'notFound':
      return { outcome: outcome('notFound'), policy: policies.notFound };
    case 'blocked':
      return { outcome: outcome('blocked', reasonWord(translation.reason)), policy: policies.blocked };
    case 'unavailable':
      return { outcome: outcome('unavailable', reasonWord(translation.reason)), policy: policies.unavailable };
    case 'rateLimited':
    case 'authError':
      return { outcome: outcome('unavailable', translation.result), policy: policies.unavailable };
    case 'badResponse':
      return { outcome: outcome('unavailable', reasonWord(translation.reason) ?? 'badResponse'), policy: policies.unavailable };
    case 'ambiguous':
      return { outcome: outcome('rejected', 'ambiguous'), policy: policies.ambiguous };
    case 'foundNoNumber':
    case 'codeExpired':
    case 'codeUsed':
    case 'confirmRequired':
      return { outcome: outcome('rejected', translation.result), policy: 'reject' };
  }
}
