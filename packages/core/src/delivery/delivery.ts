import type { Code } from '../code.js';
import type { NativeNumber } from '../native-number.js';
import { outcome, type Outcome } from '../outcome.js';
import type { WithdrawCause } from '../ports/adapter.js';
import type { Scan } from '../scan.js';
import type { ScanWay } from './way.js';
import { TRANSITIONS, type DeliveryEffect, type DeliveryEvent, type DeliveryState } from './states.js';

/** What a lane does when a delivery's state asks for it. */
export interface DeliveryHost {
  record(delivery: Delivery): void;
  deliver(delivery: Delivery): void;
  withdraw(delivery: Delivery, cause: WithdrawCause): void;
  finished(delivery: Delivery, outcome: Outcome): void;
}

const CAUSES: Readonly<Partial<Record<DeliveryEvent, WithdrawCause>>> = {
  expired: 'expired',
  superseded: 'superseded',
  orderChanged: 'orderChanged',
  shutdown: 'shutdown',
};

const CAUSE_OUTCOMES: Readonly<Record<WithdrawCause, Outcome>> = {
  expired: outcome('expired'),
  superseded: outcome('superseded'),
  orderChanged: outcome('expired', 'orderChanged'),
  shutdown: outcome('expired', 'shutdown'),
};

/** One loyalty scan on its way to one till. Drives {@link TRANSITIONS}; what the effects do is the host's. */
export class Delivery {
  readonly id: string;
  readonly scan: Scan;
  readonly code: Code;
  /** The order that was open at the scan, where the till tells us. */
  readonly orderId: string | undefined;
  /** The scan named its order itself: what the till's screen shows is nothing to it. */
  readonly ownOrder: boolean;
  number: NativeNumber | undefined;
  /** What the till is told beside the number. */
  accrueOnly = false;
  /** The number is remembered from before, because the platform could not be asked. */
  stale = false;
  /** How far it has come, and when. */
  way: ScanWay;
  #state: DeliveryState = 'translating';
  #cause: WithdrawCause | undefined;
  readonly #host: DeliveryHost;

  constructor(id: string, scan: Scan, code: Code, order: { readonly id: string | undefined; readonly own: boolean }, classifiedMs: number, host: DeliveryHost) {
    this.id = id;
    this.scan = scan;
    this.code = code;
    this.orderId = order.id;
    this.ownOrder = order.own;
    this.way = { classifiedMs };
    this.#host = host;
  }

  get state(): DeliveryState {
    return this.#state;
  }

  /** Coupons queue, and so does what is for an order of its own; a card or a phone has one place, which the newest takes. */
  get queues(): boolean {
    return this.ownOrder || this.code.kind === 'coupon';
  }

  /** `result` is the outcome that `refused` and `answered` carry. */
  handle(event: DeliveryEvent, result?: Outcome): void {
    const { to, effect } = TRANSITIONS[this.#state][event];
    if (effect === 'ignore') return;
    this.#state = to;
    this.#cause ??= CAUSES[event];
    this.#apply(effect, event, result);
  }

  #apply(effect: DeliveryEffect, event: DeliveryEvent, result: Outcome | undefined): void {
    if (effect === 'record') this.#host.record(this);
    else if (effect === 'deliver') this.#host.deliver(this);
    else if (effect === 'withdraw') this.#host.withdraw(this, this.#cause ?? 'expired');
    else if (effect === 'finish') this.#host.finished(this, this.#outcome(event, result));
  }

  #outcome(event: DeliveryEvent, result: Outcome | undefined): Outcome {
    if (event === 'answered' || event === 'refused') return result ?? outcome('unknown', 'noAnswer');
    if (this.#cause !== undefined) return CAUSE_OUTCOMES[this.#cause];
    return outcome('failed', 'journalUnavailable');
  }
}
