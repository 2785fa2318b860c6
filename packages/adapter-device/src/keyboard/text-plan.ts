import type { KeyName, StrokePart } from './injector.js';

/** Control characters that a till may be given, by the names that scanner manuals use. CR, LF and TAB are keys and always there. */
export const CONTROLS = { STX: 0x02, ETX: 0x03, EOT: 0x04, FS: 0x1c, GS: 0x1d, RS: 0x1e, US: 0x1f } as const;

export type ControlName = keyof typeof CONTROLS;

/** Why a text cannot be typed at all, whatever the keyboard. */
export type PlanProblem = 'controlCharacters' | 'tooLong';

/** Longer than any code: what is typed must not hold the keyboard for long. */
const MOST_CHARACTERS = 8192;

/**
 * A text as keys: CR, LF and CR LF are one Enter, TAB is its key, other control characters pass by `controls` only. All or nothing: of a
 * text with a character that may not pass nothing is typed.
 */
export function planText(text: string, controls: readonly ControlName[], before: readonly KeyName[] = []): readonly StrokePart[] | PlanProblem {
  if (text.length > MOST_CHARACTERS) return 'tooLong';
  const allowed = new Set<number>(controls.map((name) => CONTROLS[name]));
  const parts: StrokePart[] = before.map((key) => ({ key }));
  // the groups: line ends, TAB, one control character, printable text. U+2028 and U+2029 end lines for some programs and are no key.
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  for (const [piece] of text.matchAll(/\r\n|[\u0000-\u001f\u007f-\u009f\u2028\u2029]|[^\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g)) {
    const code = piece.charCodeAt(0);
    if (piece === '\r\n' || piece === '\r' || piece === '\n') parts.push({ key: 'Enter' });
    else if (piece === '\t') parts.push({ key: 'Tab' });
    else if (code >= 0x20 && !/^[\u007f-\u009f\u2028\u2029]/.test(piece)) parts.push({ text: piece });
    else if (allowed.has(code)) parts.push({ control: code });
    else return 'controlCharacters';
  }
  return parts;
}
