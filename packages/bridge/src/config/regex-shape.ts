/**
 * Finds a repetition whose inside can match one text in several ways, such as `(\d+)*` or `(\d?\d)*`: the shape whose matching time doubles
 * with every character of a crafted code. Any text can stand on a QR, so such an expression is not taken at all. The test is strict: what
 * has no repeated, optional or overlapping part inside a repetition cannot have the fault; a few harmless expressions are refused with it.
 */

interface Frame {
  readonly start: number;
  /** Something inside may match more or less of a text: it is optional, repeated, or its alternatives overlap (`a|ab`). */
  varies: boolean;
  readonly alternatives: string[];
  /** Where the alternative begins that is being read. */
  begins: number;
}

/** A count from here on multiplies like an unbounded one. */
const MANY = 10;

/** The offending part of an expression that compiles, or `undefined`. */
export function nestedRepetition(source: string): string | undefined {
  const frames: Frame[] = [frame(0)];
  let i = 0;
  while (i < source.length) {
    const c = source[i];
    const top = frames.at(-1);
    if (top === undefined) return undefined;
    if (c === '(') {
      frames.push(frame(i));
      i += 1;
    } else if (c === ')') {
      const end = i + 1;
      const quantifier = quantifierAt(source, end);
      top.alternatives.push(source.slice(top.begins, i));
      frames.pop();
      const varies = top.varies || overlapping(top.alternatives);
      if (quantifier.many && varies) return source.slice(top.start, end + quantifier.length);
      const outer = frames.at(-1);
      if (outer !== undefined) outer.varies ||= varies || quantifier.varies;
      i = end + quantifier.length;
    } else if (c === '|') {
      top.alternatives.push(source.slice(top.begins, i));
      top.begins = i + 1;
      i += 1;
    } else {
      const end = atomEnd(source, i);
      const quantifier = quantifierAt(source, end);
      top.varies ||= quantifier.varies;
      i = end + quantifier.length;
    }
  }
  return undefined;
}

function frame(start: number): Frame {
  return { start, varies: false, alternatives: [], begins: start + 1 };
}

/** Behind a single character, an escape or a class. */
function atomEnd(source: string, start: number): number {
  if (source[start] === '\\') return start + (/^\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|k<[^>]*>|.)/su.exec(source.slice(start))?.[0].length ?? 1);
  if (source[start] !== '[') return start + 1;
  let i = start + 1;
  while (i < source.length && source[i] !== ']') i += source[i] === '\\' ? 2 : 1;
  return i + 1;
}

interface Quantifier {
  readonly length: number;
  /** Up to so many times that ways of matching multiply. */
  readonly many: boolean;
  /** More than one count is possible. */
  readonly varies: boolean;
}

function quantifierAt(source: string, start: number): Quantifier {
  const match = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(source.slice(start, start + 40));
  if (match === null) return { length: 0, many: false, varies: false };
  const [whole, sign, low, comma, high] = match;
  if (sign !== undefined) return { length: whole.length, many: sign !== '?', varies: true };
  // an exact count leaves no choice
  if (comma === '' || low === high) return { length: whole.length, many: false, varies: false };
  return { length: whole.length, many: high === '' || Number(high) >= MANY, varies: true };
}

const SAMPLES = [...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)), '\n', '\u001d', 'é', 'Ж', 'я'];

/** Whether two alternatives can begin with the same character, as far as their first atoms show. */
function overlapping(alternatives: readonly string[]): boolean {
  if (alternatives.length < 2) return false;
  const begins = alternatives.map((text) => firstCharacters(text.replace(/^\?(?::|<\w+>)/, '')));
  return begins.some((set, i) => begins.slice(i + 1).some((other) => SAMPLES.some((c) => set(c) && other(c))));
}

function firstCharacters(alternative: string): (c: string) => boolean {
  const atom = alternative.slice(0, atomEnd(alternative, 0));
  // an assertion, an anchor, a group or nothing in front: anything may follow
  if (['', '?', '(', '^', '$', '\\b', '\\B'].includes(atom) || /^\\[k\d]/.test(atom)) return () => true;
  const expression = new RegExp(`^(?:${atom})`, 'u');
  return (c) => expression.test(c);
}
