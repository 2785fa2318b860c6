/**
 * Text from outside, fit to be shown in one line: no control characters, none that turn the writing direction or join what stands around
 * it (Unicode's bidirectional controls and other format characters), and not endless. It is always set as text, never as HTML.
 */
export function clean(text: string, atMost: number): string {
  const visible = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]+/gu, ' ').replace(/\s+/gu, ' ').trim();
  const letters = Array.from(visible);
  return letters.length <= atMost ? visible : `${letters.slice(0, atMost - 1).join('')}…`;
}
