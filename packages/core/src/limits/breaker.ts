import type { Clock } from '../ports/clock.js';

export type BreakerState =
  /** requests pass */
  | 'closed'
  /** no request passes until the pause is over */
  | 'open'
  /** one request is out to see whether it works again */
  | 'trying';

export type BreakerEvent =
  /** the service answered, whatever it said */
  | 'answered'
  /** no answer, or one that says that the service is ill */
  | 'failed'
  /** 429, or too many failures in a row */
  | 'tooMany'
  /** the pause is over, and somebody asks */
  | 'paused'
  /** we gave up before there was an answer */
  | 'gaveUp';

/** What follows what. An answer to a request from before the pause does not end it. */
export const BREAKER: Readonly<Record<BreakerState, Readonly<Record<BreakerEvent, BreakerState>>>> = {
  closed: { answered: 'closed', failed: 'closed', tooMany: 'open', paused: 'closed', gaveUp: 'closed' },
  open: { answered: 'open', failed: 'open', tooMany: 'open', paused: 'trying', gaveUp: 'open' },
  trying: { answered: 'closed', failed: 'open', tooMany: 'open', paused: 'trying', gaveUp: 'open' },
};

export interface BreakerOptions {
  /** So many failures in a row open the breaker. */
  readonly failures: number;
  /** The first pause; each further one without an answer in between is twice as long. Milliseconds, spread by a fifth either way. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

/** Leaves a service alone that is ill or has had enough of us. */
export class CircuitBreaker {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #options: BreakerOptions;
  #state: BreakerState = 'closed';
  #failures = 0;
  #pauses = 0;
  #until = 0;

  constructor(clock: Clock, random: () => number, options: BreakerOptions) {
    this.#clock = clock;
    this.#random = random;
    this.#options = options;
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** Milliseconds until a request may try again; 0 where one may now. */
  get pauseLeft(): number {
    return this.#state === 'open' ? Math.max(0, this.#until - this.#clock.mono()) : 0;
  }

  /** Whether a request may leave now. Each one that does ends in a call of `note`. */
  allows(): boolean {
    if (this.#state === 'open' && this.#clock.mono() >= this.#until) {
      this.#state = BREAKER.open.paused;
      return true;
    }
    return this.#state === 'closed';
  }

  /** `leaveMs`: for how long the service wants to be left alone, where it says so. */
  note(event: 'answered' | 'failed' | 'tooMany' | 'gaveUp', leaveMs = 0): void {
    if (event === 'answered') this.#failures = 0;
    if (event === 'failed') this.#failures += 1;
    const seen: BreakerEvent = event === 'failed' && this.#failures >= this.#options.failures ? 'tooMany' : event;
    const before = this.#state;
    this.#state = BREAKER[before][seen];
    if (this.#state === 'closed' && before === 'trying') this.#pauses = 0;
    if (this.#state !== 'open') return;
    // whoever gave up has learnt nothing: the next one may try at once
    if (before !== 'open' && seen !== 'gaveUp') this.#pause(leaveMs);
    else if (seen === 'tooMany') this.#until = Math.max(this.#until, this.#clock.mono() + leaveMs);
  }

  #pause(leaveMs: number): void {
    const { firstPauseMs, longestPauseMs } = this.#options;
    const step = Math.min(longestPauseMs, firstPauseMs * 2 ** this.#pauses);
    this.#pauses += 1;
    this.#failures = 0;
    this.#until = this.#clock.mono() + Math.max(leaveMs, step * (0.8 + 0.4 * this.#random()));
  }
}
