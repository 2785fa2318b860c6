/** Stops a timer; calling it twice, or after the timer fired, does nothing. */
export type Cancel = () => void;

/**
 * Time, injected. Nothing in the product reads a clock or sets a timer any other way, so tests run on a virtual one.
 * The monotonic clock measures; the wall clock dates, and shows when the machine slept.
 */
export interface Clock {
  /** Monotonic milliseconds since an arbitrary start, with a fraction. */
  mono(): number;
  /** Unix time in milliseconds. */
  wall(): number;
  /** Calls `fn` once after `ms` milliseconds of monotonic time. `ref: false` does not keep the process alive. */
  timer(ms: number, fn: () => void, options?: { readonly ref?: boolean }): Cancel;
  /** Calls `fn` once, after the input that has already arrived at this process was handed out. */
  afterInput(fn: () => void): Cancel;
}

/** One moment on both clocks. */
export interface Instant {
  readonly mono: number;
  readonly wall: number;
}

export function instant(clock: Clock): Instant {
  return { mono: clock.mono(), wall: clock.wall() };
}

/**
 * The moment at which something came, for what must not wait for two clocks: each is read when it is first asked for. Whoever makes one
 * settles it before the turn of the event loop ends. A clock that is asked late is late by what was done first: who measures from here asks
 * before anything else (a read that may be a loyalty code is asked for the silence before it), and for goods it only makes the silence behind them longer.
 */
export class Arrival implements Instant {
  readonly #clock: Clock;
  #mono: number | undefined;
  #wall: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get mono(): number {
    return (this.#mono ??= this.#clock.mono());
  }

  get wall(): number {
    return (this.#wall ??= this.#clock.wall());
  }

  /** From here on both clocks are known. */
  settle(): void {
    this.#mono ??= this.#clock.mono();
    this.#wall ??= this.#clock.wall();
  }
}

/** Milliseconds since `then`: the larger of what the two clocks say, so that a machine that slept counts its sleep. Never negative. */
export function elapsed(clock: Clock, then: Instant): number {
  return Math.max(0, clock.mono() - then.mono, clock.wall() - then.wall);
}

/** Resolves after `ms`, or at once when `signal` aborts: look at the signal afterwards. Never rejects. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    const done = (): void => {
      cancel();
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.timer(ms, done);
    signal?.addEventListener('abort', done, { once: true });
  });
}

/** An AbortSignal that aborts when `parent` does or after `ms`, whichever comes first. Call `dispose` when the work is over. */
export function deadline(clock: Clock, ms: number, parent?: AbortSignal): { readonly signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  const cancel = clock.timer(ms, () => controller.abort(new Error(`no answer within ${String(ms)} ms`)));
  const follow = (): void => controller.abort(parent?.reason);
  if (parent?.aborted === true) follow();
  parent?.addEventListener('abort', follow, { once: true });
  return {
    signal: controller.signal,
    dispose: () => {
      cancel();
      parent?.removeEventListener('abort', follow);
    },
  };
}

/** Settles with `work`, or with what `onAbort` returns or throws as soon as `signal` aborts: for work that may ignore its signal. */
export function raceAbort<T>(work: Promise<T>, signal: AbortSignal, onAbort: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const aborted = (): void => {
      try {
        resolve(onAbort());
      } catch (error) {
        // thrown out of a listener it would end the process
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    if (signal.aborted) {
      aborted();
      work.catch(() => undefined);
      return;
    }
    signal.addEventListener('abort', aborted, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', aborted));
  });
}
