import { TillbridgeError, type DeliveryRequest, type Outcome, type Unsubscribe } from '@tillbridge/core';
import { OFFER_TRANSITIONS, type OfferEffect, type OfferEvent, type OfferState } from './offer-states.js';

/** Deliveries that have ended are remembered this many, so that whoever comes too late learns why. */
const REMEMBERED = 512;

/** A number that waits for cashier software. */
export interface Offer {
  readonly request: DeliveryRequest;
  /** Unix time in milliseconds. */
  readonly expiresAt: number;
  readonly state: OfferState;
}

/** How an offer ended. */
export type OfferEnd = { readonly how: 'unclaimed' } | { readonly how: 'notReported' } | { readonly how: 'reported'; readonly outcome: Outcome };

interface Item {
  readonly request: DeliveryRequest;
  readonly expiresAt: number;
  readonly ended: (end: OfferEnd) => void;
  state: OfferState;
  owner?: string;
  outcome?: Outcome;
}

/** What is left of an ended offer: no number. */
interface Past {
  readonly till: string;
  readonly state: OfferState;
  readonly owner?: string;
  readonly outcome?: Outcome;
}

/**
 * The numbers that wait for cashier software, those of all tills. Compare-and-set: whoever claims first has it, whatever the way he comes
 * by (API, control socket, a station, the program that we are embedded in).
 */
export class DeliveryBoard {
  readonly #items = new Map<string, Item>();
  readonly #past = new Map<string, Past>();
  readonly #watchers = new Set<() => void>();

  /** Calls `watcher` after something that was up was claimed, taken back or ended. */
  onChange(watcher: () => void): Unsubscribe {
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
    };
  }

  /** Puts a number up. `ended` is called once: with what was reported, or after {@link withdraw} and {@link giveUp}. */
  offer(request: DeliveryRequest, expiresAt: number, ended: (end: OfferEnd) => void): void {
    this.#items.set(request.id, { request, expiresAt, ended, state: 'offered' });
  }

  /** Whether somebody can still claim it. */
  claimable(id: string): boolean {
    const item = this.#items.get(id);
    return item?.state === 'offered' && !item.request.expired();
  }

  /** The till that a delivery is or was for; undefined when it is not known, or not any more. */
  tillOf(id: string): string | undefined {
    return this.#items.get(id)?.request.till ?? this.#past.get(id)?.till;
  }

  /** The scan of a delivery that has not ended. */
  scanOf(id: string): string | undefined {
    return this.#items.get(id)?.request.scanId;
  }

  /** What waits for a till, oldest first. */
  waiting(till: string): readonly Offer[] {
    return [...this.#items.values()].filter((item) => item.request.till === till && this.claimable(item.request.id));
  }

  /**
   * Gives the number to `owner` and to nobody else.
   * @throws {TillbridgeError} `TB_API_CONFLICT` when somebody has it, `TB_API_GONE` when it is over or was never there.
   */
  claim(id: string, owner: string): Offer {
    const item = this.#items.get(id);
    // a machine that slept: the wall clock says that it is over before any timer does
    if (item?.state === 'offered' && item.request.expired()) this.#handle(item, 'withdraw');
    this.#refuse(item === undefined ? this.#pastEffect(id, 'claim') : this.#handle(item, 'claim'), id);
    if (item === undefined) throw gone(id);
    item.owner = owner;
    return item;
  }

  /**
   * Ends a delivery with the outcome that its claimer reports. The same report again changes nothing and is welcome: its answer was lost.
   * @throws {TillbridgeError} `TB_API_CONFLICT` when it is somebody else's or has another outcome, `TB_API_GONE` when it is too late.
   */
  report(id: string, owner: string, outcome: Outcome): void {
    const item = this.#items.get(id);
    const past = this.#past.get(id);
    if (past?.state === 'reported' && past.owner === owner && same(past.outcome, outcome)) return;
    if (item?.owner !== undefined && item.owner !== owner) throw conflict(id);
    if (item === undefined) {
      this.#refuse(this.#pastEffect(id, 'report'), id);
      return;
    }
    if (item.owner === owner) item.outcome = outcome;
    this.#refuse(this.#handle(item, 'report'), id);
  }

  /** Takes an offer back: one that nobody claimed ends at once. True: it is claimed, and its outcome may still come. */
  withdraw(id: string): boolean {
    const item = this.#items.get(id);
    return item !== undefined && this.#handle(item, 'withdraw') === 'wait';
  }

  /** Ends an offer whatever its state. */
  giveUp(id: string): void {
    const item = this.#items.get(id);
    if (item !== undefined) this.#handle(item, 'giveUp');
  }

  #handle(item: Item, event: OfferEvent): OfferEffect {
    const { to, effect } = OFFER_TRANSITIONS[item.state][event];
    item.state = to;
    for (const watcher of [...this.#watchers]) watcher();
    if (effect === 'take' && item.outcome !== undefined) this.#end(item, { how: 'reported', outcome: item.outcome });
    else if (effect === 'end') this.#end(item, { how: 'unclaimed' });
    else if (effect === 'abandon') this.#end(item, { how: 'notReported' });
    return effect;
  }

  #pastEffect(id: string, event: OfferEvent): OfferEffect {
    const past = this.#past.get(id);
    return past === undefined ? 'over' : OFFER_TRANSITIONS[past.state][event].effect;
  }

  #refuse(effect: OfferEffect, id: string): void {
    if (effect === 'conflict') throw conflict(id);
    if (effect === 'over') throw gone(id);
  }

  #end(item: Item, end: OfferEnd): void {
    const { request, state, owner, outcome, ended } = item;
    this.#items.delete(request.id);
    this.#past.set(request.id, { till: request.till, state, ...(owner === undefined ? {} : { owner }), ...(outcome === undefined ? {} : { outcome }) });
    const oldest = this.#past.keys().next();
    if (this.#past.size > REMEMBERED && oldest.done !== true) this.#past.delete(oldest.value);
    ended(end);
  }
}

function same(a: Outcome | undefined, b: Outcome): boolean {
  return a?.outcome === b.outcome && a.reason === b.reason;
}

const conflict = (id: string): TillbridgeError => new TillbridgeError('TB_API_CONFLICT', { what: `delivery ${id}` });
const gone = (id: string): TillbridgeError => new TillbridgeError('TB_API_GONE', { what: `delivery ${id}` });
