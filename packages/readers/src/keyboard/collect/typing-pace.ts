/** What is known of a row of keys that was typed without a pause. */
export interface Burst {
  /** Keys that went down, modifiers not counted. */
  readonly presses: number;
  /** From the first of them to the last, and the longest pause between two: milliseconds by the device's own events. */
  readonly spanMs: number;
  readonly longestMs: number;
  /** When the first and the last of them came, on the same clock. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly terminated: boolean;
}

// Measured between keys (comments of NielsLeenheer/KeyboardBarcodeScanner): Datalogic BC2090 1 ms, Netum NSL-5 6 ms, Honeywell HF680 and
// Voyager 1400g 10 ms, Netum NSC750 19 ms. Hands: 80 to 300 ms, seldom below 50 ms for two keys in a row.
const UNKNOWN_GAP_MS = 120;
const LEAST_GAP_MS = 60;
const MOST_GAP_MS = 250;
/** The pause that a device needs at least, as a multiple of its longest within a read. */
const GAP_FACTOR = 4;
const GAP_EXTRA_MS = 20;
const UNKNOWN_PACE_MS = 50;
/** An Alt code of one digit is four events: at 8 ms each, the slowest that firmware polls, 32 ms lie between two of them. */
const LEAST_PACE_MS = 40;
const MOST_PACE_MS = 60;
const PACE_FACTOR = 3;
/** Fewer keys than this in a row do not show a pace, unless a terminator follows them. */
const LEAST_PRESSES = 4;
/** How much one read moves what was learned downwards; upwards it counts at once. */
const WEIGHT = 0.2;
/** Two rows this close, the second with a terminator, were one read that was cut in two. */
const CUT_MS = 500;
const CUT_FACTOR = 1.5;

/**
 * Tells reads of a scanner from typing by hand, and how long a pause ends a read that has no terminator. Learns both from the reads of the
 * device; a fixed gap says that whatever comes without such a pause is a read.
 */
export class TypingPace {
  readonly #fixed: number | undefined;
  #meanMs: number | undefined;
  #longestMs: number | undefined;
  /** At least this long since a read was cut in two. */
  #cutMs = 0;
  #unterminatedEnd: number | undefined;

  /** @throws RangeError for a fixed gap below 1 ms. */
  constructor(gapMs: 'auto' | number) {
    if (gapMs !== 'auto' && !(gapMs >= 1)) throw new RangeError('gapMs must be at least 1');
    this.#fixed = gapMs === 'auto' ? undefined : gapMs;
  }

  /** The pause that ends a read: milliseconds, 60 to 250 where it is learned. */
  get gapMs(): number {
    if (this.#fixed !== undefined) return this.#fixed;
    const learned = this.#longestMs === undefined ? UNKNOWN_GAP_MS : this.#longestMs * GAP_FACTOR + GAP_EXTRA_MS;
    return clamp(Math.max(learned, this.#cutMs), LEAST_GAP_MS, MOST_GAP_MS);
  }

  /** Whether a scanner typed this. A key alone never shows it. */
  isScan({ presses, spanMs, terminated }: Burst): boolean {
    if (presses < 2 || (!terminated && presses < LEAST_PRESSES)) return false;
    return spanMs / (presses - 1) <= this.#slowest();
  }

  /** Takes a row that was a read into account. */
  learn(burst: Burst): void {
    const { presses, spanMs, longestMs, terminated, firstAt, lastAt } = burst;
    const pause = this.#unterminatedEnd === undefined ? Number.POSITIVE_INFINITY : firstAt - this.#unterminatedEnd;
    if (terminated && pause < CUT_MS) this.#cutMs = Math.max(this.#cutMs, pause * CUT_FACTOR);
    this.#unterminatedEnd = terminated ? undefined : lastAt;
    if (presses < LEAST_PRESSES) return;
    this.#meanMs = average(this.#meanMs, spanMs / (presses - 1));
    this.#longestMs = this.#longestMs === undefined ? longestMs : Math.max(longestMs, average(this.#longestMs, longestMs));
  }

  #slowest(): number {
    if (this.#fixed !== undefined) return this.#fixed;
    return this.#meanMs === undefined ? UNKNOWN_PACE_MS : clamp(this.#meanMs * PACE_FACTOR, LEAST_PACE_MS, MOST_PACE_MS);
  }
}

function average(before: number | undefined, now: number): number {
  return before === undefined ? now : before + (now - before) * WEIGHT;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
