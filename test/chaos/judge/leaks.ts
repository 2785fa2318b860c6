import type { Findings } from './findings.js';

/** A text that came out of the daemon. */
export interface Printed {
  readonly where: string;
  readonly text: string;
}

const SHORTEST = 10;
const LONGEST = 16;

/** Whether any text has a whole code, number or secret in it. Digits are enough: a code that was cut short of its letters is still one. */
export function findLeaks(printed: readonly Printed[], codes: Iterable<string>, secrets: readonly string[], findings: Findings): number {
  const digits = new Set<string>();
  for (const code of codes) {
    const bare = code.replace(/\D/g, '');
    if (bare.length >= SHORTEST) digits.add(bare);
  }
  const lengths = [...new Set([...digits].map(({ length }) => length))].filter((length) => length <= LONGEST);
  let looked = 0;
  for (const { where, text } of printed) {
    looked += text.length;
    for (const secret of secrets) if (text.includes(secret)) findings.add('leaked', `a secret (${secret.slice(0, 3)}...) in ${where}`);
    for (const [run] of text.matchAll(/\d{10,}/g)) {
      for (const length of lengths) {
        for (let at = 0; at + length <= run.length; at += 1) if (digits.has(run.slice(at, at + length))) findings.add('leaked', `****${run.slice(at, at + length).slice(-4)} in ${where}`);
      }
    }
  }
  return looked;
}
