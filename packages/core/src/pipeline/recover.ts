import { outcome, soundOutcome, type Outcome } from '../outcome.js';
import type { Adapter } from '../ports/adapter.js';
import { deadline, raceAbort, type Clock } from '../ports/clock.js';
import type { Journal, OpenScan } from '../ports/journal.js';
import type { Log } from '../ports/log.js';

/** How long one till may take to say what became of a delivery of the last process, in ms. */
const VERIFY_BUDGET_MS = 3000;

/**
 * Ends what the last process left open. A scan without an intent expired with its process. One with an intent is unknown: the till is
 * asked where it can answer, and nothing is ever repeated.
 */
export async function recoverOpenScans(
  { clock, journal, log }: { readonly clock: Clock; readonly journal: Journal; readonly log: Log },
  adapterOf: (till: string) => Adapter | undefined,
): Promise<number> {
  const open = await journal.open();
  for (const scan of open) {
    const result = scan.last === 'captured' ? outcome('expired', 'restart') : await ask(scan, adapterOf(scan.till), clock);
    await journal.settle(scan, result);
    log.warn('a scan of the last run was ended', { scanId: scan.scanId, till: scan.till, outcome: result.outcome, reason: result.reason });
  }
  return open.length;
}

async function ask(scan: OpenScan, adapter: Adapter | undefined, clock: Clock): Promise<Outcome> {
  const unknown = outcome('unknown', 'restart');
  if (adapter?.verify === undefined || !adapter.capabilities.verify || scan.deliveryId === undefined) return unknown;
  const budget = deadline(clock, VERIFY_BUDGET_MS);
  const trace = { id: scan.deliveryId, scanId: scan.scanId, till: scan.till, time: scan.time };
  try {
    return soundOutcome(await raceAbort(adapter.verify(trace, budget.signal), budget.signal, () => unknown));
  } catch {
    return unknown;
  } finally {
    budget.dispose();
  }
}
