import { jsonMember } from './json-member.js';
import { digitalLinkValue } from './digital-link.js';
import { urlValue } from './url-value.js';

/**
 * Where a code stands inside what a wallet shows: a declaration of `codes:`. The cut is pure and bounded; nothing is fetched, and nothing
 * that stands in a code decides where we look.
 */
export type PayloadRule =
  /** A query parameter or a path segment (1-based, negative counts from the end) of an http(s) URL of one of these hosts. */
  | ({ readonly type: 'url'; readonly hosts: readonly string[] } & ({ readonly query: string } | { readonly path: number }))
  /** The value of a GS1 application identifier in a GS1 Digital Link URI. Hosts: absent is any, as the standard has it. */
  | { readonly type: 'digitalLink'; readonly ai: string; readonly hosts?: readonly string[] }
  /** A text or whole number of a JSON object, by its dotted path. */
  | { readonly type: 'json'; readonly member: string }
  /** A telephone number that says that it is one: `tel:` (RFC 3966) or a leading plus. Comes out as plus and digits. */
  | { readonly type: 'tel' };

/** No payload is longer, in characters: what fits no QR of a wallet is none. */
export const MAX_PAYLOAD_LENGTH = 2048;
/** No cut-out value is longer, in characters. */
export const MAX_PAYLOAD_VALUE = 512;

/** What the declaration cuts out of a text, or `undefined` where the text is no such payload. Never throws. */
export function payloadValue(rule: PayloadRule, text: string): string | undefined {
  if (text.length > MAX_PAYLOAD_LENGTH) return undefined;
  const value = cut(rule, text);
  return value === undefined || value === '' || value.length > MAX_PAYLOAD_VALUE || HOSTILE.test(value) ? undefined : value;
}

function cut(rule: PayloadRule, text: string): string | undefined {
  switch (rule.type) {
    case 'url':
      return urlValue(text, rule.hosts, rule);
    case 'digitalLink':
      return digitalLinkValue(text, rule.ai, rule.hosts);
    case 'json':
      return jsonMember(text, rule.member);
    case 'tel':
      return markedPhone(text);
  }
}

/** Control characters, line separators, lone surrogates: no code of a wallet holds them, and percent-encoding can smuggle them in. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const HOSTILE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]|\p{Surrogate}/u;

/**
 * The number of an input that is marked as a telephone: `tel:+7-916-...;ext=1` (RFC 3966, visual separators and parameters left out) or a
 * leading plus. Digits alone prove nothing: 12-digit cards that begin like a country's code exist. E.164 has at most 15 digits.
 */
export function markedPhone(text: string): string | undefined {
  const tel = /^tel:([^;?]{1,40})(?:[;?].*)?$/is.exec(text);
  const shown = (tel?.[1] ?? text).trim();
  if (tel === null && !shown.startsWith('+')) return undefined;
  if (!/^\+?[\d\s().-]{5,30}$/.test(shown)) return undefined;
  const digits = shown.replace(/\D/g, '');
  return digits.length < 7 || digits.length > 15 ? undefined : `+${digits}`;
}
