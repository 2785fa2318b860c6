import type { Code } from '../code.js';
import type { TillbridgeError } from '../errors/index.js';
import type { Outcome } from '../outcome.js';
import type { Scan } from '../scan.js';

/** What the giver of a scan gets back. */
export interface Ticket {
  readonly scanId: string;
  readonly kind: Code['kind'];
  /** Resolves when the scan would survive a power cut; rejects when the journal cannot be written. */
  readonly captured: Promise<void>;
  /** Resolves once the outcome is durable; never rejects. */
  readonly outcome: Promise<Outcome>;
}

/** The ticket of a scan that was not accepted: nothing is recorded, so nothing may be acknowledged. */
export function refusedTicket(scan: Scan, code: Code, why: TillbridgeError, result: Outcome): Ticket {
  const captured = Promise.reject(why);
  captured.catch(() => undefined);
  return { scanId: scan.id, kind: code.kind, captured, outcome: Promise.resolve(result) };
}
