import type { Cancel, Clock, Pipeline } from '@tillbridge/core';

/** How long a number may take from the scan to a local till before everything else goes on, in ms: twice what it needs on a slow disk. */
const NUMBER_MS = 6;
/** From shortly before a scan's silence is complete, in ms. */
const EXPECTED_MS = 4;

/**
 * Lets the way of a guest's number go before what can wait. Between a loyalty scan and its number at the till lie a commit and a write, a
 * millisecond each at best; a request, or telling fifty clients of the scan, in each of the pauses between them would double that.
 */
export class RightOfWay {
  readonly #clock: Pick<Clock, 'afterInput' | 'timer'>;
  readonly #held = new Map<string, Cancel>();
  readonly #waiting = new Set<{ readonly go: () => void; cancel: Cancel }>();

  constructor(clock: Pick<Clock, 'afterInput' | 'timer'>) {
    this.#clock = clock;
  }

  /** What can wait waits until {@link release} of the same key, and `ms` at the most. */
  hold(key: string, ms: number): void {
    this.#held.get(key)?.();
    this.#held.set(key, this.#clock.timer(ms, () => this.release(key), { ref: false }));
  }

  release(key: string): void {
    this.#held.get(key)?.();
    if (!this.#held.delete(key) || this.#held.size > 0) return;
    for (const waiting of this.#waiting) waiting.cancel = this.#clock.afterInput(waiting.go);
    this.#waiting.clear();
  }

  /** Calls `go` after the input that has already arrived was handled, and not while anything is held. */
  after(go: () => void): Cancel {
    if (this.#held.size === 0) return this.#clock.afterInput(go);
    const waiting = { go, cancel: (): void => void this.#waiting.delete(waiting) };
    this.#waiting.add(waiting);
    return () => waiting.cancel();
  }
}

/** `asks`: the till's program asks for its numbers, by requests that must not wait for the number that they are about. */
export function giveWay(pipeline: Pipeline, way: RightOfWay, asks: (till: string) => boolean): void {
  pipeline.on('expected', ({ reader }) => way.hold(reader, EXPECTED_MS));
  pipeline.on('scan', ({ scan, kind, till }) => {
    if (kind !== 'goods' && till !== undefined && !asks(till)) way.hold(scan.id, NUMBER_MS);
  });
  pipeline.on('outcome', ({ scanId }) => way.release(scanId));
}
