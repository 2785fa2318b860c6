import type { Findings } from './findings.js';

/** A text that came out of the daemon. */
export interface Printed {
  readonly where: string;
  readonly text: string;
}

const SHORTEST = 10;
/** Fewer digits in a row than this turn up by accident. */
const RUN = 8;
/** Nor do as many digits with so many different ones among them. */
const DISTINCT = 4;
const LONGEST = 16;
/** An id as `createIds` makes it: ten characters of time, four of a counter, nearly always zeros, eight of the process. With the zeros of a guest's number they make eight digits in a row now and then. */
const OWN_ID = /01[0-9A-HJKMNP-TV-Z]{20}/g;

/** A text, and what it holds in hex and in base64, wherever that begins. */
function* views(text: string): Generator<string> {
  yield text.replace(OWN_ID, '\n');
  for (const [hex] of text.matchAll(/(?:3\d){8,}/g)) yield Buffer.from(hex, 'hex').toString('latin1');
  for (const [run] of text.matchAll(/[\w+/-]{11,}/g)) for (const at of [0, 1, 2, 3]) yield Buffer.from(run.slice(at), 'base64').toString('latin1');
}

/** The runs of digits of a code that no mask may show and that do not turn up by accident, as a few digits among zeros do. */
function runsOf(bare: string): readonly string[] {
  return Array.from({ length: Math.max(0, bare.length - RUN + 1) }, (_, at) => bare.slice(at, at + RUN)).filter((run) => new Set(run).size >= DISTINCT);
}

/** Whether any text has a code, a number or a secret in it, whole or the greater part of it, plain, in hex or in base64. Digits are enough: a code that was cut short of its letters is still one. */
export function findLeaks(printed: readonly Printed[], codes: Iterable<string>, secrets: readonly string[], findings: Findings): number {
  const digits = new Set<string>();
  for (const code of codes) {
    const bare = code.replace(/\D/g, '');
    if (bare.length >= SHORTEST) digits.add(bare);
  }
  const runs = new Set([...digits].flatMap(runsOf));
  const lengths = [...new Set([...digits].map(({ length }) => length))].filter((length) => length <= LONGEST);
  let looked = 0;
  for (const { where, text } of printed) {
    looked += text.length;
    for (const secret of secrets) if (text.includes(secret)) findings.add('leaked', `a secret (${secret.slice(0, 3)}...) in ${where}`);
    for (const view of views(text)) {
      for (const [run] of view.matchAll(/\d{8,}/g)) {
        const whole = lengths.flatMap((length) => slices(run, length)).filter((slice) => digits.has(slice));
        for (const slice of whole) findings.add('leaked', `****${slice.slice(-4)} in ${where}`);
        if (whole.length === 0 && slices(run, RUN).some((slice) => runs.has(slice))) findings.add('leaked', `${String(RUN)} digits or more of a code in ${where}`);
      }
    }
  }
  return looked;
}

const slices = (text: string, length: number): string[] => Array.from({ length: Math.max(0, text.length - length + 1) }, (_, at) => text.slice(at, at + length));
