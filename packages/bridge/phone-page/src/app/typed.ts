export type TypedKind = 'card' | 'phone';

/** What a person typed, ready to be sent; or which text tells what is wrong with it. */
export type Typed = { readonly ok: true; readonly kind: TypedKind; readonly text: string } | { readonly ok: false; readonly problem: 'badNumber' | 'badPhone' };

/** Card numbers: spaces and dashes are for the eye only. Phone numbers: digits with an optional plus (ITU-T E.164 allows 15 digits). */
export function typed(kind: TypedKind, input: string): Typed {
  if (kind === 'phone') {
    const text = input.trim().replace(/[\s()./\u2010-\u2015-]/gu, '');
    return /^\+?\d{5,15}$/.test(text) ? { ok: true, kind, text } : { ok: false, problem: 'badPhone' };
  }
  const text = input.trim().replace(/[\s\u2010-\u2015-]/gu, '');
  return /^[\dA-Za-z]{1,64}$/.test(text) ? { ok: true, kind, text } : { ok: false, problem: 'badNumber' };
}
