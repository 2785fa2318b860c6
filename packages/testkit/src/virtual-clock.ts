import type { Cancel, Clock } from '@tillbridge/core';

interface Timer {
  readonly due: number;
  readonly order: number;
  readonly fn: () => void;
}

/**
 * Time that stands still until a test moves it. Timers fire in the order of their due times; `advance` lets every promise that a timer
 * settles run before the next timer fires.
 */
export class VirtualClock implements Clock {
  #mono = 0;
  #wallOffset: number;
  #order = 0;
  readonly #timers = new Set<Timer>();

  constructor(wall = 1_768_035_600_000) {
    this.#wallOffset = wall;
  }

  mono(): number {
    return this.#mono;
  }

  wall(): number {
    return this.#wallOffset + this.#mono;
  }

  timer(ms: number, fn: () => void): Cancel {
    const timer: Timer = { due: this.#mono + Math.max(0, ms), order: this.#order++, fn };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  afterInput(fn: () => void): Cancel {
    return this.timer(0, fn);
  }

  /** Timers that have not fired. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Moves both clocks on by `ms` and fires what falls due. */
  async advance(ms: number): Promise<void> {
    const end = this.#mono + ms;
    await this.settle();
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#mono = Math.max(this.#mono, next.due);
      this.#timers.delete(next);
      next.fn();
      await this.settle();
    }
    this.#mono = end;
    await this.settle();
  }

  /** The machine sleeps: the wall clock moves, the monotonic clock and its timers do not. Negative: the clock was set back. */
  sleepMachine(ms: number): void {
    this.#wallOffset += ms;
  }

  /** Lets promises that are already settled run their continuations. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  }

  #next(end: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.due > end) continue;
      if (first === undefined || timer.due < first.due || (timer.due === first.due && timer.order < first.order)) first = timer;
    }
    return first;
  }
}
