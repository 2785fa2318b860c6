import type { JSX } from 'preact';

/** More than this of a foreign text is not shown. */
const MAX = 300;

/**
 * Characters that have no shape of their own, or that turn the text around them: controls, the format characters of Unicode (bidi overrides and
 * isolates, joiners, tags), line separators. A joiner in an emoji is lost with them; a code has none.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/** A text of somebody else's, one line, every character to be seen: `a\u202eb` shows as `a<202E>b`. */
export function visible(text: string, max = MAX): string {
  const cut = text.length > max ? `${text.slice(0, max)}…` : text;
  return cut.replace(UNSEEN, (char) => `<${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0')}>`);
}

/** A text from outside: a text node, isolated from the direction of what stands around it. */
export function Foreign({ text, max, code = false }: { readonly text: string; readonly max?: number; readonly code?: boolean }): JSX.Element {
  return <bdi class={code ? 'foreign code' : 'foreign'}>{visible(text, max)}</bdi>;
}
