import { formatUid } from './uid-form.js';
import type { UidFormat, UidOptions } from './uid-options.js';

/** Shorter numbers fit too many rules by chance. */
export const MIN_LEARN_DIGITS = 4;
/** What must come from the UID itself; the rest may be a constant in front or behind. */
const MIN_FROM_UID = 6;
const MAX_AFFIX = 8;
const MAX_RULES = 12;

interface Candidate {
  readonly rule: UidOptions;
  /** Fewer is simpler; simple rules come first. */
  readonly cost: number;
}

/**
 * The rules that make `number` (as somebody typed it) out of `uid`, the simplest first, at most 12; empty when none is known. One card
 * can fit several rules by chance: {@link narrowUidRules} with a second card decides. Every rule returned gives exactly `number`.
 */
export function inferUidRule(uid: Uint8Array, number: string): UidOptions[] {
  const wanted = number.trim();
  if (wanted.length < MIN_LEARN_DIGITS || wanted.length > 64) return [];
  const found = new Map<string, Candidate>();
  for (const { rule, cost } of bases(uid, wanted)) {
    const text = formatUid(uid, rule);
    if (text === undefined) continue;
    for (const fitted of fits(text, wanted, rule)) {
      const key = JSON.stringify(fitted.rule);
      const whole = { rule: fitted.rule, cost: cost + fitted.cost };
      // the check is the definition: nothing is offered that does not give the number
      if (formatUid(uid, whole.rule) === wanted && (found.get(key)?.cost ?? Number.POSITIVE_INFINITY) > whole.cost) found.set(key, whole);
    }
  }
  const sorted = [...found.values()].sort((a, b) => a.cost - b.cost);
  return withoutTwins(uid, sorted).slice(0, MAX_RULES).map(({ rule }) => rule);
}

/** Those of `rules` that also give `number` for another card. */
export function narrowUidRules(rules: readonly UidOptions[], uid: Uint8Array, number: string): UidOptions[] {
  return rules.filter((rule) => formatUid(uid, rule) === number.trim());
}

function* bases(uid: Uint8Array, wanted: string): Generator<Candidate> {
  const takes = [undefined, ...[4, 3, 5, 6, 7].filter((count) => count < uid.length).flatMap((count) => [count, -count])];
  for (const byteOrder of ['direct', 'reversed'] as const) {
    for (const take of takes) {
      for (const { rule, cost } of formats(wanted)) {
        // `3+5` is about three bytes: others give nothing, and three from the end is what it takes by itself
        if (rule.format === '3+5' && take !== undefined && take !== 3) continue;
        const order = byteOrder === 'reversed' ? { byteOrder } : {};
        const bytes = take === undefined ? {} : { take };
        yield { rule: { ...rule, ...order, ...bytes }, cost: cost + (byteOrder === 'reversed' ? 1 : 0) + (take === undefined ? 0 : 2) };
      }
    }
  }
}

function* formats(wanted: string): Generator<Candidate> {
  const plain: UidFormat[] = wanted === wanted.toLowerCase() && wanted !== wanted.toUpperCase() ? ['hexLower', 'hex'] : ['hex', 'hexLower'];
  for (const format of plain) yield { rule: { format }, cost: 1 };
  yield { rule: { format: 'dec' }, cost: 1 };
  // readers that type decimals mostly type ten digits always
  yield { rule: { format: 'dec10' }, cost: wanted.length === 10 ? 0.5 : 1.5 };
  if (wanted.length !== 10) yield { rule: { format: 'dec', pad: wanted.length }, cost: 2.5 };
  const separator = /[^0-9a-z]/i.exec(wanted)?.[0];
  if (separator !== undefined) for (const format of plain) yield { rule: { format, separator }, cost: 2 };
  for (const between of new Set([',', '', separator ?? ' '])) {
    yield { rule: between === ',' ? { format: '3+5' } : { format: '3+5', separator: between }, cost: 2 };
  }
}

/** How a text becomes the wanted one: as it is, with something constant around it, or a part of it (LAST8 and LAST9 of r_keeper). */
function* fits(text: string, wanted: string, rule: UidOptions): Generator<Candidate> {
  if (text === wanted) yield { rule, cost: 0 };
  const at = wanted.indexOf(text);
  if (at >= 0 && text.length >= MIN_FROM_UID && wanted.length > text.length && wanted.length - text.length <= MAX_AFFIX) {
    const prefix = wanted.slice(0, at);
    const suffix = wanted.slice(at + text.length);
    yield { rule: { ...rule, ...(prefix === '' ? {} : { prefix }), ...(suffix === '' ? {} : { suffix }) }, cost: 3 };
  }
  if (wanted.length < MIN_FROM_UID || wanted.length >= text.length) return;
  if (text.endsWith(wanted)) yield { rule: { ...rule, extract: `.{${wanted.length}}$` }, cost: 4 };
  if (text.startsWith(wanted)) yield { rule: { ...rule, extract: `^.{${wanted.length}}` }, cost: 5 };
}

/** Drops rules that do the same as a simpler one for every UID of this length, as `dec` beside `dec10` cannot be told apart by ten digits. */
function withoutTwins(uid: Uint8Array, sorted: readonly Candidate[]): Candidate[] {
  const probes = [uid, ...[0x00, 0x01, 0x5a, 0xa5, 0xff].map((seed) => Uint8Array.from(uid, (_, at) => (seed * (at + 3) + at * 29) & 0xff))];
  const seen = new Set<string>();
  return sorted.filter(({ rule }) => {
    const print = JSON.stringify(probes.map((probe) => formatUid(probe, rule) ?? null));
    if (seen.has(print)) return false;
    seen.add(print);
    return true;
  });
}
