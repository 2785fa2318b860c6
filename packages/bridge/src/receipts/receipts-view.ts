import { isoTime, type Language } from '@tillbridge/core';
import type { ReceiptStanding } from '@tillbridge/store';
import { z } from 'zod';
import { stateView } from '../control/part-view.js';
import type { ReceiptService } from './receipt-service.js';

/** What `status` shows of receipts. */
export function receiptsView(receipts: ReceiptService, language: Language): Record<string, unknown> {
  const { mode, platforms, states, oldestWaiting, saleNotHere, counters } = receipts.view();
  const { state } = receipts;
  return {
    mode,
    platforms,
    ...(state === undefined ? {} : stateView(state, language)),
    states,
    oldestWaiting: oldestWaiting === undefined ? null : isoTime(oldestWaiting),
    saleNotHere,
    counters,
  };
}

export const standingSchema = z.object({
  receiptId: z.string(),
  till: z.string(),
  state: z.enum(['kept', 'waiting', 'done', 'skipped', 'dead']).describe('kept: not to be reported. waiting: to be reported. done: the platform has it. skipped: nothing to report. dead: refused, or given up after a week.'),
  platform: z.string().nullable(),
  original: z.string().nullable().describe('The receipt that this one returns or cancels.'),
  closedAt: z.iso.datetime(),
  attempts: z.int(),
  nextAt: z.iso.datetime().nullable().describe('Of a waiting one: when it is tried next.'),
  endedAt: z.iso.datetime().nullable(),
  reason: z.string().nullable().describe('Why it waits, was skipped or is dead: a word.'),
  newGuest: z.boolean().describe('The guest\'s first receipt in this store, as far as this machine knows.'),
});

export type StandingView = z.output<typeof standingSchema>;

/** A receipt as lists show it: ids, times and words, nobody's data. */
export function standingView({ receiptId, till, state, target, original, closedAt, attempts, nextAt, endedAt, reason, newGuest }: ReceiptStanding): StandingView {
  return {
    receiptId,
    till,
    state,
    platform: target ?? null,
    original: original ?? null,
    closedAt: isoTime(closedAt),
    attempts,
    nextAt: state === 'waiting' && nextAt > 0 ? isoTime(nextAt) : null,
    endedAt: endedAt === undefined ? null : isoTime(endedAt),
    reason: reason ?? null,
    newGuest,
  };
}
