import { printable } from '@tillbridge/core';
import { formatKeyPath, type Finding } from './problem.js';
import { MAX_FOREIGN, say, type Text } from './texts.js';

/** A text shorter than this may stand in any sentence by chance: it is only hidden where it is quoted whole. */
const TELLING = 4;

/**
 * Takes what came out of a reference out of the sentences of the checks: of the value itself nothing is said but that it does not fit, and
 * where another finding quotes it, it shows masked.
 *
 * @param referenced the texts that references gave, by the key path of the value that holds them.
 */
export function discreet(findings: readonly Finding[], referenced: ReadonlyMap<string, string>): readonly Finding[] {
  if (referenced.size === 0) return findings;
  return findings.map((finding) => {
    if (referenced.has(formatKeyPath(finding.path))) return { ...finding, text: say('referenceUnfit') };
    return { ...finding, text: { en: hide(finding.text.en, referenced), ru: hide(finding.text.ru, referenced) } satisfies Text };
  });
}

function hide(sentence: string, referenced: ReadonlyMap<string, string>): string {
  let hidden = sentence;
  for (const text of referenced.values()) {
    const shown = printable(text, MAX_FOREIGN);
    hidden = hidden.replaceAll(`\`${shown}\``, '`****`');
    if (shown.length >= TELLING) hidden = hidden.replaceAll(shown, '****');
  }
  return hidden;
}
