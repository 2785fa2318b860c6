import type { Code } from '../code.js';
import type { Cancel } from '../ports/clock.js';
import type { CapturedEntry, PreparedEntries } from '../ports/journal.js';
import type { Scan } from '../scan.js';
import type { Translated } from '../translate.js';
import type { Asked, LanePorts } from './lane-ports.js';
import type { Found } from './refusal.js';

/** What was made ready is of no use any more after this long, in ms: the scan that it was for has been something else. */
const KEPT_MS = 10;

/** A translation that was asked for before the scan was certain. */
export interface AskedAhead {
  readonly translated: Translated;
  /** Whether the rules by which it was made are still those that count. */
  readonly holds: () => boolean;
}

/** Everything of a delivery but its scan being certain: what it will be called, what its number is, its entries as good as written. */
export interface Readied extends AskedAhead {
  readonly deliveryId: string;
  readonly entries: PreparedEntries;
}

/**
 * The one scan whose silence is about to be complete, with what was made ready for it. Whoever makes something ready has it taken or dropped:
 * a journal may hold a lock until then.
 */
export class Ahead {
  readonly #ports: Pick<LanePorts, 'clock' | 'journal' | 'newId' | 'askAhead'>;
  #kept: { readonly scanId: string; readonly code: Code; readonly readied: Readied; readonly forget: Cancel } | undefined;

  constructor(ports: Pick<LanePorts, 'clock' | 'journal' | 'newId' | 'askAhead'>) {
    this.#ports = ports;
  }

  /** Makes ready what can be; false where that is nothing. `fits`: whether the till may be given such a number. */
  ready(asked: Asked, entry: Omit<CapturedEntry, 'type'>, fits: (translation: Found) => boolean): boolean {
    const { clock, journal, newId, askAhead } = this.#ports;
    this.drop();
    const ahead = journal.prepare === undefined ? undefined : askAhead(asked);
    const translation = ahead?.translated.translation;
    if (ahead === undefined || (translation?.result !== 'found' && translation?.result !== 'coupon') || !fits(translation)) return false;
    const deliveryId = newId();
    const intent = { type: 'delivering', ...entry, deliveryId, number: translation.number } as const;
    const entries = journal.prepare?.([{ type: 'captured', ...entry }, intent]);
    if (entries === undefined) return false;
    const { code, scan } = asked;
    this.#kept = { scanId: scan.id, code, readied: { ...ahead, deliveryId, entries }, forget: clock.timer(KEPT_MS, () => this.drop(), { ref: false }) };
    return true;
  }

  /** What was made ready for this scan, if it is still of use; else nothing is left of it. */
  take(scan: Scan, code: Code, useful: () => boolean): Readied | undefined {
    const kept = this.#kept;
    if (kept?.scanId !== scan.id) return undefined;
    if (kept.code !== code || !kept.readied.holds() || !useful()) {
      this.drop();
      return undefined;
    }
    kept.forget();
    this.#kept = undefined;
    return kept.readied;
  }

  /** Nothing comes of it: of this scan, or of whichever it was made ready for. */
  drop(scanId = this.#kept?.scanId): void {
    const kept = this.#kept;
    if (kept === undefined || kept.scanId !== scanId) return;
    this.#kept = undefined;
    kept.forget();
    kept.readied.entries.discard();
  }
}
