import type { Clock } from '@tillbridge/core';
import type { RecentOrder } from './recent-orders.js';

/** r_keeper waits for its card system for up to 120 s ("Call Timeout" of the PDS interface), whether we still listen or not. */
const CARD_SYSTEM_MS = 120_000;
const MOST = 32;

/**
 * Cards whose command ended in silence: the server may put them on their order yet. The same card scanned again must not be sent a second
 * time before that is over. Memory only, and bounded.
 */
export class OpenSilences {
  readonly #clock: Clock;
  #entries: (RecentOrder & { readonly until: number })[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(silence: RecentOrder): void {
    this.#entries = [...this.#entries.slice(1 - MOST), { ...silence, until: this.#clock.mono() + CARD_SYSTEM_MS }];
  }

  /** Whether this card may still come onto this order by an earlier command. */
  mayStillCome(order: string, card: string): boolean {
    const now = this.#clock.mono();
    this.#entries = this.#entries.filter(({ until }) => until > now);
    return this.#entries.some((silence) => silence.order === order && silence.shows(card));
  }

  clear(): void {
    this.#entries = [];
  }
}
