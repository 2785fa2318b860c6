import { isTillbridgeError, outcome, TillbridgeError, type Clock, type Outcome, type OutcomeName } from '@tillbridge/core';
import type { DeliveryBoard, Offer } from '../client-adapter/index.js';
import { grantsOf, type EventHub } from '../events/index.js';

export interface LeasePorts {
  readonly clock: Clock;
  readonly hub: EventHub;
  readonly board: DeliveryBoard;
  /** Ends a delivery; resolves when that is durable. @throws {TillbridgeError} `TB_API_CONFLICT`, `TB_API_GONE`, `TB_JOURNAL_UNAVAILABLE` */
  readonly report: (id: string, owner: string, ended: Outcome) => Promise<void>;
}

export interface NextOptions {
  /** How long to wait for a delivery, in ms; 0 looks only. */
  readonly waitMs: number;
  /** The lease whose number the peer has handed over: ends that one as `sent`. */
  readonly after?: string;
  /** Aborts when the peer hangs up. */
  readonly signal: AbortSignal;
}

/** Reads of one station that may wait at a time. */
const MAX_WAITING = 8;

/**
 * The reads of one station. A read claims a delivery and is then repeatable: whoever lost the answer asks again and gets the same delivery
 * under the same lease, until it is answered or over. No other station gets it: its number may have been used already. The lease bears the
 * delivery's id, which also is the idempotency key towards the till program.
 */
export class StationLeases {
  readonly #till: string;
  readonly #owner: string;
  readonly #ports: LeasePorts;
  #held: Offer | undefined;
  readonly #waiting = new Set<(offer: Offer) => void>();

  constructor(station: { readonly id: string; readonly till: string }, ports: LeasePorts) {
    this.#till = station.till;
    this.#owner = ownerOf(station.id);
    this.#ports = ports;
  }

  /**
   * The next delivery, or `undefined` when none came in time.
   * @throws {TillbridgeError} `TB_API_RATE` too many wait
   */
  async next({ waitMs, after, signal }: NextOptions): Promise<Offer | undefined> {
    if (after !== undefined) await this.#handedOver(after);
    const held = this.#hold();
    if (held !== undefined || waitMs === 0 || signal.aborted) return held;
    if (this.#waiting.size >= MAX_WAITING) throw new TillbridgeError('TB_API_RATE', { seconds: 1 });
    return this.#wait(waitMs, signal);
  }

  /**
   * Ends a lease; resolves when that is durable. The same result again is answered the same.
   * @throws {TillbridgeError} `TB_API_CONFLICT`, `TB_API_GONE`, `TB_JOURNAL_UNAVAILABLE`
   */
  result(lease: string, name: OutcomeName, reason?: string): Promise<void> {
    return this.#ports.report(lease, this.#owner, outcome(name, reason));
  }

  /** A peer that can only read says so what it has handed over. One that is over by now, or was answered otherwise, has its outcome. */
  async #handedOver(lease: string): Promise<void> {
    try {
      await this.result(lease, 'sent');
    } catch (error) {
      if (!isTillbridgeError(error)) throw error;
    }
  }

  #hold(): Offer | undefined {
    const { board } = this.#ports;
    if (this.#held !== undefined && isLive(this.#held)) return this.#held;
    this.#held = undefined;
    for (const { request } of board.waiting(this.#till)) {
      this.#held = attempt(() => board.claim(request.id, this.#owner));
      if (this.#held !== undefined) break;
    }
    return this.#held;
  }

  #wait(waitMs: number, signal: AbortSignal): Promise<Offer | undefined> {
    const { clock, hub } = this.#ports;
    return new Promise((resolve) => {
      let open = true;
      const end = (offer: Offer | undefined): void => {
        if (!open) return;
        open = false;
        cancel();
        this.#waiting.delete(end);
        signal.removeEventListener('abort', hungUp);
        resolve(offer);
        // not at once: the hub may be in the middle of giving this very event
        queueMicrotask(() => subscription.close());
      };
      // nothing is claimed for a peer that is gone
      const hungUp = (): void => end(undefined);
      const cancel = clock.timer(waitMs, () => end(undefined));
      this.#waiting.add(end);
      signal.addEventListener('abort', hungUp, { once: true });
      const subscription = hub.subscribe(
        { grants: grantsOf([`delivery:${this.#till}`]) },
        {
          send: ({ type }) => {
            const offer = open && type === 'delivery' ? this.#hold() : undefined;
            // whoever of this station asks gets it
            if (offer !== undefined) for (const each of [...this.#waiting]) each(offer);
          },
          ready: () => true,
          ended: hungUp,
        },
      );
    });
  }
}

/** A colon is in no client's id: a station is never taken for a client. */
export function ownerOf(station: string): string {
  return `station:${station}`;
}

function isLive({ state, request }: Offer): boolean {
  return state === 'claimed' && !request.expired();
}

/** Somebody else was faster: then there may be another one. */
function attempt(claim: () => Offer): Offer | undefined {
  try {
    return claim();
  } catch (error) {
    if (isTillbridgeError(error)) return undefined;
    throw error;
  }
}
