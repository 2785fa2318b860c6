import { maskText, printable, type JournalEntry, type Masked } from '@tillbridge/core';
import type { Correlator } from './keys.js';
import type { NewRow } from './row.js';

/** Upper bound of every text of an entry, in characters. */
const MAX_TEXT = 200;
const PLAIN = /^[ -~]*$/;

// No control characters (a journal is printed to terminals) and no lone surrogates (they would not read back as they were hashed).
function text(value: string | undefined): string | null {
  if (value === undefined) return null;
  // nearly all are plain
  return value.length <= MAX_TEXT && PLAIN.test(value) ? value : printable(value.replace(/[\ud800-\udfff]/gu, '\ufffd'), MAX_TEXT);
}

function masked(value: Masked | undefined, correlate: Correlator): { readonly mask: string | null; readonly hash: string | null } {
  if (value === undefined) return { mask: null, hash: null };
  return { mask: text(maskText(value.reveal())), hash: correlate(value) };
}

/** What is kept of an entry. `wall` stands in for a time that is none. */
export function rowOf(entry: JournalEntry, correlate: Correlator, wall: number): NewRow {
  const code = masked(entry.code, correlate);
  const number = masked('number' in entry ? entry.number : undefined, correlate);
  const outcome = entry.type === 'outcome' ? entry.outcome : undefined;
  return {
    time: Number.isSafeInteger(Math.trunc(entry.time)) ? Math.trunc(entry.time) : Math.trunc(wall),
    type: entry.type,
    scanId: text(entry.scanId),
    deliveryId: text('deliveryId' in entry ? entry.deliveryId : undefined),
    reader: text(entry.reader),
    till: text(entry.till),
    kind: entry.kind,
    code: code.mask,
    codeHash: code.hash,
    number: number.mask,
    numberHash: number.hash,
    outcome: outcome?.outcome ?? null,
    reason: text(outcome?.reason),
    evidence: text(outcome?.evidence),
  };
}
