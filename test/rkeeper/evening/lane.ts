import { elapsed, instant, NativeNumber, Withdrawal, type Adapter, type Clock, type Outcome } from '@tillbridge/core';

/** `expireMs` of the xml transport. */
const EXPIRE_MS = 60_000;

/** Hands numbers to one till as the bridge does: one at a time, a newer one withdraws the older, an unknown one is asked about. */
export class Lane {
  readonly #till: Adapter;
  readonly #clock: Clock;
  #current: AbortController | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #count = 0;

  constructor(till: Adapter, clock: Clock) {
    this.#till = till;
    this.#clock = clock;
  }

  deliver(card: string, orderId: string | undefined): Promise<Outcome> {
    this.#current?.abort(new Withdrawal('superseded'));
    const controller = new AbortController();
    this.#current = controller;
    const at = instant(this.#clock);
    this.#till.expect?.();
    const work = this.#last.then(() => this.#hand(card, orderId, at, controller));
    this.#last = work;
    return work;
  }

  async #hand(card: string, orderId: string | undefined, at: { readonly mono: number; readonly wall: number }, controller: AbortController): Promise<Outcome> {
    this.#count += 1;
    const id = `${this.#till.id}-${String(this.#count)}`;
    const request = { id, scanId: id, till: this.#till.id, number: new NativeNumber('card', card), at, expired: () => elapsed(this.#clock, at) >= EXPIRE_MS };
    const late = this.#clock.timer(EXPIRE_MS, () => controller.abort(new Withdrawal('expired')));
    try {
      const result = await this.#till.deliver({ ...request, ...(orderId === undefined ? {} : { orderId }) }, controller.signal);
      if (result.outcome !== 'unknown') return result;
      return (await this.#till.verify?.({ id, scanId: id, till: this.#till.id, time: at.wall }, new AbortController().signal)) ?? result;
    } finally {
      late();
    }
  }
}
