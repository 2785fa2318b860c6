import type { JournalTable } from './table.js';

/** Entries deleted in one transaction: few, so that a sale never waits long behind it. */
export const PRUNE_PIECE = 2000;

export const DAY_MS = 86_400_000;

/**
 * The last entry that may be deleted: everything up to it is older than `before` (Unix milliseconds), and no scan without an outcome begins
 * there. Only a whole front part is ever deleted, so that what stays can be proved from one anchor; an entry dated in the future by a clock
 * that was wrong counts as old as its successors. 0 when nothing may go, also while the newest entry lies in the future: then it is today's
 * clock that cannot be trusted.
 */
export function pruneBoundary(table: JournalTable, before: number, now: number, firstOpen: number | undefined): number {
  const newest = table.lastEntry();
  if (newest === undefined || newest.time > now + DAY_MS) return 0;
  const kept = table.firstWithin(before, now + DAY_MS) ?? newest.seq + 1;
  return Math.min(kept, firstOpen ?? kept) - 1;
}
