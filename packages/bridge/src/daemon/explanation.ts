import { maskText, type Explanation, type Translation } from '@tillbridge/core';

/** The answer of `translate`: how a code is classified and translated, masked unless the caller may see it. */
export interface ExplanationView {
  readonly kind: string;
  readonly value: string;
  readonly steps: readonly string[];
  /** A translation result, or `goods`. */
  readonly result: string;
  readonly number: string | null;
  readonly reason?: string;
}

const VERDICTS = {
  matched: 'matches',
  reader: 'is not for this reader',
  symbology: 'is for other symbologies',
  payload: 'does not find its payload in the text',
  text: 'does not match the text',
  tooLong: 'is not tried: the text is too long',
} as const;

export function explanationView({ scan, rules, code, trace, translated }: Explanation, reveal: boolean): ExplanationView {
  const steps = [
    ...(scan.aim === undefined ? [] : [`AIM id ${scan.aim}: ${scan.symbology ?? 'unknown'}${scan.gs1 ? ', GS1' : ''}`]),
    ...rules.map(({ rule, verdict }) => `code ${rule}: ${VERDICTS[verdict]}`),
    ...(code === undefined ? ['no code matches: goods'] : []),
    ...trace,
  ];
  const translation = translated?.translation;
  const number = translation !== undefined && 'number' in translation ? translation.number : undefined;
  const value = code === undefined ? scan.text : code.value.reveal();
  return {
    kind: code?.kind ?? 'goods',
    value: reveal ? value : maskText(value),
    steps,
    result: translation?.result ?? 'goods',
    number: number === undefined ? null : reveal ? number.reveal() : number.masked,
    ...reasonOf(translation),
  };
}

/** Why a till gets no number, or that it may only earn: what the result's name alone does not say. */
function reasonOf(translation: Translation | undefined): { readonly reason?: string } {
  if (translation === undefined) return {};
  if (translation.result === 'coupon' || translation.result === 'found') {
    const { state = 'usable' } = translation;
    return state === 'usable' || state === 'active' ? {} : { reason: state };
  }
  return 'reason' in translation ? { reason: translation.reason } : {};
}
