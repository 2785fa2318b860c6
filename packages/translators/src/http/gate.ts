import { raceAbort, sleep, TokenBucket, type Clock } from '@tillbridge/core';

export interface GateLimits {
  readonly concurrent: number;
  readonly perSecond: number | undefined;
  readonly burst: number | undefined;
  readonly waiting: number;
}

/** `go`: one is in and has to leave. `full`: the line is too long. `late`: the turn would come after the time that there is. */
export type Entry = { readonly entry: 'go' } | { readonly entry: 'full' | 'aborted' } | { readonly entry: 'late'; readonly waitMs: number };

/** How many requests are out, and how often one leaves. A line in order of arrival, with a bound. */
export class Gate {
  readonly #clock: Clock;
  readonly #limits: GateLimits;
  readonly #bucket: TokenBucket | undefined;
  readonly #line: (() => void)[] = [];
  #inside = 0;

  constructor(clock: Clock, limits: GateLimits) {
    this.#clock = clock;
    this.#limits = limits;
    const { perSecond, burst } = limits;
    if (perSecond !== undefined) this.#bucket = new TokenBucket({ perSecond, burst: burst ?? Math.max(1, Math.floor(perSecond)) }, clock.mono());
  }

  /** `until`: the monotonic time after which a turn is of no use. */
  async enter(until: number, signal: AbortSignal): Promise<Entry> {
    if (signal.aborted) return { entry: 'aborted' };
    if (this.#inside >= this.#limits.concurrent) {
      if (this.#line.length >= this.#limits.waiting) return { entry: 'full' };
      if (!(await this.#turn(signal))) return { entry: 'aborted' };
    } else this.#inside += 1;
    const passed = await this.#pace(until, signal);
    if (passed.entry !== 'go') this.leave();
    return passed;
  }

  leave(): void {
    const next = this.#line.shift();
    // the place goes on to the next one without becoming free in between
    if (next === undefined) this.#inside -= 1;
    else next();
  }

  async #turn(signal: AbortSignal): Promise<boolean> {
    let mine: () => void = () => undefined;
    const turn = new Promise<boolean>((resolve) => {
      mine = () => resolve(true);
      this.#line.push(mine);
    });
    return raceAbort(turn, signal, () => {
      const at = this.#line.indexOf(mine);
      // it was given its turn in the same moment: the place is passed on
      if (at < 0) this.leave();
      else this.#line.splice(at, 1);
      return false;
    });
  }

  async #pace(until: number, signal: AbortSignal): Promise<Entry> {
    for (;;) {
      const waitMs = this.#bucket?.take(this.#clock.mono()) ?? 0;
      if (waitMs === 0) return { entry: 'go' };
      if (this.#clock.mono() + waitMs >= until) return { entry: 'late', waitMs };
      await sleep(this.#clock, waitMs, signal);
      if (signal.aborted) return { entry: 'aborted' };
    }
  }
}
