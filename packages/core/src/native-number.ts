import { TillbridgeError } from './errors/index.js';
import { Masked } from './masked.js';

/** What a native number is in the store's own system. */
export type NumberKind = 'card' | 'coupon' | 'phone';

export const NUMBER_KINDS: readonly NumberKind[] = ['card', 'coupon', 'phone'];

/** Upper bound of a native number, in characters; the longest known till field takes 128. */
export const MAX_NUMBER_LENGTH = 256;

/**
 * The number that the store's own loyalty system knows. Masked wherever it is printed.
 *
 * @throws {TillbridgeError} `TB_TRANSLATE_BAD_NUMBER` when the text is empty, longer than 256 characters or holds control characters:
 * a number is typed into a till, where a CR or a TAB would be a key stroke.
 */
export class NativeNumber extends Masked {
  readonly kind: NumberKind;

  constructor(kind: NumberKind, value: string) {
    const problem = numberProblem(value);
    if (problem !== undefined) throw new TillbridgeError('TB_TRANSLATE_BAD_NUMBER', { problem });
    super(value);
    this.kind = kind;
  }
}

/** Why a text cannot be a native number, or `undefined` when it can. */
export function numberProblem(value: string): 'empty' | 'tooLong' | 'controlCharacters' | undefined {
  if (value === '') return 'empty';
  if (value.length > MAX_NUMBER_LENGTH) return 'tooLong';
  // C0, DEL, C1, and the Unicode line separators
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(value)) return 'controlCharacters';
  return undefined;
}
