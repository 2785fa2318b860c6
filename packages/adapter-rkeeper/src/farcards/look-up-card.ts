import { couponRefusal, type LookedUp, type NativeNumber } from '@tillbridge/core';
import { fitNumber, type NumberRules } from '../number-rules.js';
import type { LockReason } from './texts.js';

/** What a card number from the till stands for. */
export type CardAnswer =
  | { readonly as: 'number'; readonly number: NativeNumber; readonly accrueOnly: boolean }
  /** no loyalty code of ours: a plastic card of the card system, perhaps */
  | { readonly as: 'notOurs' }
  | { readonly as: 'unknown' }
  | { readonly as: 'locked'; readonly reason: LockReason };

/** Puts a translation into what the till can be told. */
export function cardAnswer(found: LookedUp, rules: NumberRules): CardAnswer {
  if (!found.matched) return { as: 'notOurs' };
  const { translation } = found;
  switch (translation.result) {
    case 'found':
    case 'coupon': {
      const { number } = translation;
      const refused = translation.result === 'coupon' ? couponRefusal(translation.state) : undefined;
      if (refused !== undefined) return { as: 'locked', reason: refused };
      if ('refused' in fitNumber(number, rules)) return { as: 'locked', reason: 'numberUnfit' };
      return { as: 'number', number, accrueOnly: translation.result === 'found' && translation.state === 'accrueOnly' };
    }
    case 'notFound':
    case 'foundNoNumber':
      return { as: 'unknown' };
    case 'blocked':
    case 'codeExpired':
    case 'codeUsed':
    case 'ambiguous':
    case 'confirmRequired':
      return { as: 'locked', reason: translation.result };
    case 'rateLimited':
    case 'authError':
    case 'unavailable':
    case 'badResponse':
      return { as: 'locked', reason: 'unavailable' };
  }
}
