import type { Instant, ReaderSink } from '@tillbridge/core';

const NEVER: Instant = { mono: Number.NEGATIVE_INFINITY, wall: 0 };

/** Whether `quietMs` lie between two moments; 0 or less: there is always silence. */
export function isSilence(last: Instant, now: Instant, quietMs: number): boolean {
  return quietMs <= 0 || now.mono - last.mono >= quietMs;
}

/**
 * Knows when the last byte came and whether a read is waiting for its silence. A read that awaits silence gets exactly one of
 * `quiet()` and `resumed()`.
 */
export class QuietGuard {
  readonly #quietMs: number;
  #lastAt: Instant = NEVER;
  #awaiting = false;

  constructor(quietMs: number) {
    this.#quietMs = quietMs;
  }

  get lastAt(): Instant {
    return this.#lastAt;
  }

  get lastMono(): number {
    return this.#lastAt.mono;
  }

  /** A read starts; says whether silence was before it. Call it before {@link byte}. */
  firstByte(now: Instant, emit: Pick<ReaderSink, 'resumed'>): boolean {
    const last = this.lastByte(emit);
    return last !== undefined && isSilence(last, now, this.#quietMs);
  }

  /** The same for who looks at the clock later: when the last byte before this read came, to be asked of {@link isSilence}; `undefined`: there was no silence. */
  lastByte(emit: Pick<ReaderSink, 'resumed'>): Instant | undefined {
    if (!this.#awaiting) return this.#lastAt;
    this.#awaiting = false;
    emit.resumed();
    return undefined;
  }

  byte(now: Instant): void {
    this.#lastAt = now;
  }

  /** A byte of the terminator of the read before: the silence starts anew, and the read goes on waiting for it if it still does. */
  tail(now: Instant): void {
    this.#lastAt = now;
  }

  await(): void {
    this.#awaiting = true;
  }

  deadline(): number | undefined {
    return this.#awaiting ? this.#lastAt.mono + this.#quietMs : undefined;
  }

  tick(now: Instant, emit: Pick<ReaderSink, 'quiet'>): void {
    if (!this.#awaiting || now.mono < this.#lastAt.mono + this.#quietMs) return;
    this.#awaiting = false;
    emit.quiet();
  }

  end(emit: Pick<ReaderSink, 'quiet'>): void {
    if (this.#awaiting) emit.quiet();
    this.#awaiting = false;
    this.#lastAt = NEVER;
  }
}
