import { parseIsoTime, sleep, type Cancel, type Clock } from '@tillbridge/core';
import type { Delivery, ReportedOutcome, Waiting } from '../bridge.js';
import type { DeliveryEvent } from '../events.js';
import { BridgeError, field } from './bridge-error.js';
import { ClaimedNumber } from './claimed-number.js';
import type { Requests } from './requests.js';

/** A report that got lost is repeated: this many tries, the waits up to 0.2 s, 0.4 s, 0.8 s with full jitter. */
const REPORT_TRIES = 4;
const REPORT_WAIT_MS = 200;
/** The daemon ends a delivery when it expires and tells so; where that message is lost, we end it ourselves this much later, in ms. */
const EXPIRY_GRACE_MS = 2000;

export interface DeliveryPorts {
  readonly requests: Requests;
  readonly clock: Clock;
  /** 0 <= x < 1 */
  readonly random: () => number;
}

/** A delivery as the daemon's event tells of it. */
export class PendingDelivery implements Delivery {
  readonly id: string;
  readonly scanId: string;
  readonly till: string;
  readonly kind: DeliveryEvent['kind'];
  readonly expiresAt: string;
  readonly orderId?: string;
  readonly accrueOnly?: true;
  readonly #ports: DeliveryPorts;
  readonly #expires: number;
  readonly #over = new AbortController();
  readonly #cancelExpiry: Cancel;

  constructor(event: DeliveryEvent, ports: DeliveryPorts) {
    this.id = event.deliveryId;
    this.scanId = event.scanId;
    this.till = event.till;
    this.kind = event.kind;
    this.expiresAt = event.expiresAt;
    if (event.orderId !== undefined) this.orderId = event.orderId;
    if (event.accrueOnly === true) this.accrueOnly = true;
    this.#ports = ports;
    const now = ports.clock.wall();
    this.#expires = parseIsoTime(event.expiresAt) ?? now;
    this.#cancelExpiry = ports.clock.timer(Math.max(0, this.#expires - now) + EXPIRY_GRACE_MS, () => this.end(), { ref: false });
  }

  get ended(): AbortSignal {
    return this.#over.signal;
  }

  /** Whether there is time left to claim it. */
  get alive(): boolean {
    return !this.#over.signal.aborted && this.#ports.clock.wall() < this.#expires;
  }

  /** The delivery is over; whoever waits for its place goes on. */
  end(): void {
    this.#cancelExpiry();
    this.#over.abort();
  }

  async claim(options: Waiting = {}): Promise<ClaimedNumber> {
    const path = this.#path('claim');
    const body = await this.#watched(() => this.#ports.requests.post(path, undefined, options));
    const number = field(body, 'number');
    if (typeof number !== 'string' || number === '') throw BridgeError.own('TB_API_BAD_ANSWER', { url: path, problem: 'a claim without a number' });
    return new ClaimedNumber(this.kind, number);
  }

  async done(outcome: ReportedOutcome, reason?: string, options: Waiting = {}): Promise<void> {
    const report = { outcome, ...(reason === undefined ? {} : { reason }) };
    await this.#watched(() => this.#persist(() => this.#ports.requests.post(this.#path('outcome'), report, options), options.signal));
    this.end();
  }

  #path(what: 'claim' | 'outcome'): string {
    return `/v1/deliveries/${encodeURIComponent(this.id)}/${what}`;
  }

  /** Ends the delivery when the answer says that it is another's, or over. */
  async #watched<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof BridgeError && (error.code === 'TB_API_CONFLICT' || error.code === 'TB_API_GONE')) this.end();
      throw error;
    }
  }

  /** What the till did has happened: a report that did not get through is worth repeating. */
  async #persist<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const { clock, random } = this.#ports;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        const again = error instanceof BridgeError && (error.code === 'TB_API_UNREACHABLE' || error.code === 'TB_API_RATE');
        if (!again || attempt === REPORT_TRIES) throw error;
      }
      await sleep(clock, random() * REPORT_WAIT_MS * 2 ** (attempt - 1), signal);
    }
  }
}
