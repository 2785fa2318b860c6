import type { Cancel } from '../ports/clock.js';
import type { CapturedEntry, JournalEntry } from '../ports/journal.js';
import type { Translated } from '../translate.js';
import type { Asked, LanePorts } from './lane-ports.js';
import type { Found } from './refusal.js';

/** What was made ready is of no use any more after this long, in ms: nobody has said what became of the scan that it was for. */
const KEPT_MS = 100;

/** A translation that was asked for before the scan was certain. */
export interface AskedAhead {
  readonly translated: Translated;
  /** Whether the rules by which it was made are still those that count. */
  readonly holds: () => boolean;
}

/** Everything of a delivery but its scan being certain: what it will be called, what its number is, its entries on their way to the disk. */
export interface Readied extends AskedAhead {
  readonly deliveryId: string;
  /** `captured` and `delivering`, both: settles as an append. */
  readonly recorded: Promise<void>;
}

export interface AheadPorts extends Pick<LanePorts, 'clock' | 'log' | 'newId' | 'askAhead'> {
  /** Settles within a bounded time, whatever the journal does. */
  readonly append: (entry: JournalEntry) => Promise<void>;
}

type Base = Omit<CapturedEntry, 'type'>;

interface Kept {
  readonly entry: Base;
  readonly readied: Readied;
  readonly forget: Cancel;
}

/**
 * The one scan whose silence is about to be complete, with what was made ready for it. What was written of it is taken over by its delivery,
 * or the journal is told that nothing came of it.
 */
export class Ahead {
  readonly #ports: AheadPorts;
  #kept: Kept | undefined;

  constructor(ports: AheadPorts) {
    this.#ports = ports;
  }

  /** Makes ready what can be; false where that is nothing. `fits`: whether the till may be given such a number. */
  ready(asked: Asked, entry: Base, fits: (translation: Found) => boolean): boolean {
    const { clock, newId, askAhead, append } = this.#ports;
    this.drop();
    const ahead = askAhead(asked);
    const translation = ahead?.translated.translation;
    if (ahead === undefined || (translation?.result !== 'found' && translation?.result !== 'coupon') || !fits(translation)) return false;
    const deliveryId = newId();
    const captured = append({ type: 'captured', ...entry });
    const intent = append({ type: 'delivering', ...entry, deliveryId, number: translation.number });
    const recorded = Promise.all([captured, intent]).then(() => undefined);
    // a delivery that takes it over looks at it; nobody else has to
    recorded.catch(() => undefined);
    const forget = clock.timer(KEPT_MS, () => this.drop(), { ref: false });
    this.#kept = { entry, readied: { ...ahead, deliveryId, recorded }, forget };
    return true;
  }

  /** What was made ready for this scan, if it is still of use; else nothing comes of it. */
  take(scanId: string, useful: () => boolean): Readied | undefined {
    const kept = this.#kept;
    if (kept?.entry.scanId !== scanId) return undefined;
    if (!kept.readied.holds() || !useful()) {
      this.drop();
      return undefined;
    }
    kept.forget();
    this.#kept = undefined;
    return kept.readied;
  }

  /** Nothing comes of it: of this scan, or of whichever it was made ready for. */
  drop(scanId = this.#kept?.entry.scanId): void {
    const kept = this.#kept;
    if (kept === undefined || kept.entry.scanId !== scanId) return;
    this.#kept = undefined;
    kept.forget();
    const { append, log } = this.#ports;
    append({ type: 'discarded', ...kept.entry, deliveryId: kept.readied.deliveryId }).catch((error: unknown) => {
      log.error('what was written ahead of a scan could not be taken back: the next start will call it unknown', { scanId: kept.entry.scanId, ...(error instanceof Error ? { error } : {}) });
    });
  }
}
