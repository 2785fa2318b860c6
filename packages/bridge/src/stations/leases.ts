import { outcome, TillbridgeError, type Clock, type NativeNumber, type NumberKind, type Outcome, type OutcomeName } from '@tillbridge/core';

/** A delivery that a station holds. */
export interface HeldDelivery {
  readonly id: string;
  readonly scanId: string;
  readonly till: string;
  readonly kind: NumberKind;
  readonly number: NativeNumber;
  readonly orderId?: string;
  /** Unix time in milliseconds. */
  readonly expiresAt: number;
}

/** What stations need of the deliveries of `client` tills. */
export interface StationDeliveries {
  /** The delivery of a till that `owner` holds, or else the oldest one that nobody holds, which `owner` holds from now on. */
  hold(till: string, owner: string): HeldDelivery | undefined;
  /** Calls `listener` when a delivery of the till has come. */
  onOffer(till: string, listener: () => void): () => void;
  /** Ends a delivery that `owner` holds. @throws {TillbridgeError} `TB_API_CONFLICT` another holds it, `TB_API_GONE` it is over or unknown */
  report(id: string, owner: string, ended: Outcome): void;
}

export interface NextOptions {
  /** How long to wait for a delivery, in ms; 0 looks only. */
  readonly waitMs: number;
  /** The lease whose delivery the peer has handed over: ends that one as `sent`. */
  readonly after?: string;
  /** Aborts when the peer hangs up. */
  readonly signal: AbortSignal;
}

/** Leases of one station that may be waited for at a time. */
const MAX_WAITING = 8;
/** Ended leases that are remembered, so that a result that is sent twice is answered twice. */
const MAX_ENDED = 16;

/**
 * The reads of one station. A read takes a delivery and is then repeatable: whoever lost the answer asks again and gets the same delivery
 * under the same lease, until it is answered or over. No other station gets it: it may have been used already. The lease is the delivery's
 * id, which also names it to the till program.
 */
export class StationLeases {
  readonly #till: string;
  readonly #owner: string;
  readonly #deliveries: StationDeliveries;
  readonly #clock: Clock;
  readonly #ended = new Map<string, OutcomeName>();
  #waiting = 0;

  constructor(station: { readonly id: string; readonly till: string }, deliveries: StationDeliveries, clock: Clock) {
    this.#till = station.till;
    // a colon is in no client's id: a station is never taken for a client
    this.#owner = `station:${station.id}`;
    this.#deliveries = deliveries;
    this.#clock = clock;
  }

  /** The next delivery, or `undefined` when none came in time. @throws {TillbridgeError} `TB_API_RATE` */
  async next({ waitMs, after, signal }: NextOptions): Promise<HeldDelivery | undefined> {
    if (after !== undefined) this.#handedOver(after);
    const held = this.#hold();
    if (held !== undefined || waitMs === 0 || signal.aborted) return held;
    if (this.#waiting >= MAX_WAITING) throw new TillbridgeError('TB_API_RATE', { seconds: 1 });
    this.#waiting += 1;
    try {
      return await this.#wait(waitMs, signal);
    } finally {
      this.#waiting -= 1;
    }
  }

  /** Ends a lease. The same result again is answered the same. @throws {TillbridgeError} `TB_API_CONFLICT`, `TB_API_GONE` */
  result(lease: string, name: OutcomeName, reason?: string): void {
    const before = this.#ended.get(lease);
    if (before === name) return;
    if (before !== undefined) throw new TillbridgeError('TB_API_CONFLICT', { what: 'this lease has another result already' });
    this.#deliveries.report(lease, this.#owner, outcome(name, reason));
    this.#ended.set(lease, name);
    const [oldest] = this.#ended.keys();
    if (this.#ended.size > MAX_ENDED && oldest !== undefined) this.#ended.delete(oldest);
  }

  #hold(): HeldDelivery | undefined {
    return this.#deliveries.hold(this.#till, this.#owner);
  }

  /** A peer that can only read says so what it has handed over. One that is over by now has its outcome. */
  #handedOver(lease: string): void {
    if (this.#ended.has(lease)) return;
    try {
      this.result(lease, 'sent');
    } catch (error) {
      if (!(error instanceof TillbridgeError && error.code === 'TB_API_GONE')) throw error;
    }
  }

  #wait(waitMs: number, signal: AbortSignal): Promise<HeldDelivery | undefined> {
    return new Promise((resolve) => {
      const end = (delivery: HeldDelivery | undefined): void => {
        cancel();
        unsubscribe();
        signal.removeEventListener('abort', hungUp);
        resolve(delivery);
      };
      // nothing is taken for a peer that is gone
      const hungUp = (): void => end(undefined);
      const cancel = this.#clock.timer(waitMs, () => end(undefined));
      const unsubscribe = this.#deliveries.onOffer(this.#till, () => {
        const delivery = this.#hold();
        if (delivery !== undefined) end(delivery);
      });
      signal.addEventListener('abort', hungUp, { once: true });
    });
  }
}
