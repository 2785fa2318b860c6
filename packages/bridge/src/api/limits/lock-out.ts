import type { Clock } from '@tillbridge/core';

/** So many failures lock. */
const FAILURES = 5;
const FIRST_LOCK_MS = 30_000;
const LONGEST_LOCK_MS = 3_600_000;
/** Without a failure for this long, all is forgotten, in ms. */
const FORGET_MS = 2 * LONGEST_LOCK_MS;
/** Keys that are remembered; beyond it the one that was quiet longest is forgotten. */
const MAX_KEYS = 1024;

interface Entry {
  failures: number;
  /** How often it was locked. */
  locks: number;
  /** Monotonic. */
  lockedUntil: number;
  lastFailure: number;
}

/** What is held against a key, for another process: times count from now. */
export interface LockView {
  readonly key: string;
  readonly failures: number;
  readonly locks: number;
  /** Still locked for this long, in ms. */
  readonly lockedMs: number;
  /** Since the last failure, in ms. */
  readonly quietMs: number;
}

/** Makes guessing slow: five failures lock a key for 30 s, each further five for twice as long, up to an hour. Pure over the clock. */
export class LockOut {
  readonly #clock: Pick<Clock, 'mono'>;
  readonly #attempted: (key: string, right: boolean) => void;
  readonly #entries = new Map<string, Entry>();

  /** `attempted` hears of whatever counts here, for a second one that is to lock as well; what {@link apply} says it is not told. */
  constructor(clock: Pick<Clock, 'mono'>, attempted: (key: string, right: boolean) => void = () => undefined) {
    this.#clock = clock;
    this.#attempted = attempted;
  }

  /** Whole seconds for which the key is still locked; 0 where it is not. */
  locked(key: string): number {
    const entry = this.#entries.get(key);
    return entry === undefined ? 0 : Math.max(0, Math.ceil((entry.lockedUntil - this.#clock.mono()) / 1000));
  }

  failed(key: string): void {
    this.apply(key, false);
    this.#attempted(key, false);
  }

  /** The right token or code: whoever has it was not guessing. */
  succeeded(key: string): void {
    // hardly ever is there anything to forget
    if (!this.#entries.has(key)) return;
    this.apply(key, true);
    this.#attempted(key, true);
  }

  /** What happened at another door to the same house. */
  apply(key: string, right: boolean): void {
    if (right) {
      this.#entries.delete(key);
      return;
    }
    const now = this.#clock.mono();
    const entry = this.#current(key, now);
    if (entry.lockedUntil > now) return;
    entry.failures += 1;
    entry.lastFailure = now;
    if (entry.failures < FAILURES) return;
    entry.failures = 0;
    entry.lockedUntil = now + Math.min(FIRST_LOCK_MS * 2 ** entry.locks, LONGEST_LOCK_MS);
    entry.locks += 1;
  }

  view(): readonly LockView[] {
    const now = this.#clock.mono();
    return [...this.#entries].map(([key, { failures, locks, lockedUntil, lastFailure }]) => ({
      key, failures, locks, lockedMs: Math.max(0, lockedUntil - now), quietMs: Math.max(0, now - lastFailure),
    }));
  }

  /** Takes over what another one holds. */
  restore(views: readonly LockView[]): void {
    const now = this.#clock.mono();
    for (const { key, failures, locks, lockedMs, quietMs } of views) {
      this.#entries.set(key, { failures, locks, lockedUntil: now + lockedMs, lastFailure: now - quietMs });
    }
  }

  #current(key: string, now: number): Entry {
    const known = this.#entries.get(key);
    const fresh = known === undefined || now - Math.max(known.lastFailure, known.lockedUntil) > FORGET_MS;
    const entry = fresh ? { failures: 0, locks: 0, lockedUntil: 0, lastFailure: now } : known;
    // put at the end: the first of the map is the one that was quiet longest
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (this.#entries.size > MAX_KEYS) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    return entry;
  }
}
