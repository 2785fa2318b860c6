import { elapsed, isTillbridgeError, type Clock, type DeliveryRequest, type Outcome } from '@tillbridge/core';
import type { Action, AuthorizeAnswer, Message } from './contract.js';
import { screenRefusal } from './screen.js';
import type { Planned } from './plan.js';
import type { Session } from './session.js';

/** Messages for the cashier that wait; an older one makes room. */
const MAX_MESSAGES = 8;
/** A message is of interest for this long, in ms. */
const MESSAGE_MS = 15_000;
/** Errands that have ended are remembered this many: their results may come late or twice. */
const REMEMBERED = 256;

/** One number on its way to the plugin. */
export interface Errand {
  readonly request: DeliveryRequest;
  readonly planned: Planned;
  readonly orderId: string;
  /** The screen that the order was read off; absent where the number has an order of its own. */
  readonly screenSeq?: number;
  given: boolean;
  /** The plugin has asked for the POS server: it is asked once. */
  authorizing?: Promise<AuthorizeAnswer>;
  /** What the plugin said. */
  result?: Outcome;
}

export interface ErrandPorts {
  readonly clock: Clock;
  readonly newId: () => string;
  /** How long a number may be under way, in ms from its scan. */
  readonly expireMs: number;
  /** The plugin that is there. */
  readonly session: () => Session | undefined;
  /** Takes the number for the plugin; throws where it is over. */
  readonly claim: (id: string) => void;
}

interface Waiter {
  readonly end: (action: Action | undefined) => void;
}

interface QueuedMessage {
  readonly action: Action;
  readonly at: ReturnType<Clock['mono']>;
}

/** What waits for the plugin. Each errand is given once: to the handler that reads the very scan, else to the long poll. */
export class Errands {
  readonly #ports: ErrandPorts;
  readonly #errands = new Map<string, Errand>();
  readonly #open = new Set<string>();
  readonly #handlers = new Map<string, Waiter>();
  readonly #messages: QueuedMessage[] = [];
  #poll: Waiter | undefined;

  constructor(ports: ErrandPorts) {
    this.#ports = ports;
  }

  get(id: string): Errand | undefined {
    return this.#errands.get(id);
  }

  add(errand: Errand): void {
    this.#errands.set(errand.request.id, errand);
    this.#open.add(errand.request.id);
    for (const id of this.#errands.keys()) {
      if (this.#errands.size <= REMEMBERED) break;
      if (!this.#open.has(id)) this.#errands.delete(id);
    }
    this.serve();
  }

  /** Nobody gets it any more; it is remembered. */
  end(id: string): void {
    this.#open.delete(id);
  }

  tell(message: Message): void {
    this.#messages.push({ action: { id: this.#ports.newId(), kind: 'message', expiresInMs: MESSAGE_MS, ...message }, at: this.#ports.clock.mono() });
    if (this.#messages.length > MAX_MESSAGES) this.#messages.shift();
    this.serve();
  }

  /** The next action, or undefined when none came within `ms`, the peer hung up, or a newer call took the place. */
  next(ms: number, signal: AbortSignal): Promise<Action | undefined> {
    this.endPoll();
    return this.#wait(ms, signal, (waiter) => {
      this.#poll = waiter;
      return () => {
        if (this.#poll === waiter) this.#poll = undefined;
      };
    });
  }

  /** The action of one scan, for the handler that has read it. */
  forScan(scanId: string, ms: number, signal: AbortSignal): Promise<Action | undefined> {
    return this.#wait(ms, signal, (waiter) => {
      this.#handlers.set(scanId, waiter);
      return () => this.#handlers.delete(scanId);
    });
  }

  /** Ends the long poll with nothing. */
  endPoll(): void {
    this.#poll?.end(undefined);
  }

  /** Ends all that wait with nothing. */
  endAll(): void {
    this.endPoll();
    for (const handler of [...this.#handlers.values()]) handler.end(undefined);
  }

  endHandler(scanId: string): void {
    this.#handlers.get(scanId)?.end(undefined);
  }

  /** Gives what can be given now. Call it when an errand, a screen or a session changed. */
  serve(): void {
    for (const id of [...this.#open]) {
      const errand = this.#errands.get(id);
      if (errand === undefined || errand.given) continue;
      // a handler that waits for this very scan has the order in its hands
      const waiter = this.#handlers.get(errand.request.scanId) ?? this.#poll;
      const action = waiter === undefined ? undefined : this.#give(errand);
      if (action !== undefined) waiter?.end(action);
    }
    while (this.#poll !== undefined && this.#messages.length > 0) {
      const message = this.#messages.shift();
      if (message !== undefined && this.#ports.clock.mono() - message.at < MESSAGE_MS) this.#poll.end(message.action);
    }
  }

  #give(errand: Errand): Action | undefined {
    const { clock, expireMs, session, claim } = this.#ports;
    const { request, planned, orderId, screenSeq } = errand;
    const plugin = session();
    if (plugin === undefined || request.expired()) return undefined;
    if (request.ownOrder !== true && (screenRefusal(plugin, orderId) !== undefined || plugin.since !== screenSeq)) return undefined;
    try {
      claim(request.id);
    } catch (error) {
      // over, or taken back in this moment
      if (isTillbridgeError(error)) return undefined;
      throw error;
    }
    errand.given = true;
    const expiresInMs = Math.max(0, Math.floor(expireMs - elapsed(clock, request.at)));
    const where = screenSeq === undefined ? { place: 'order' as const } : { place: 'screen' as const, screenSeq };
    return { ...planned, id: request.id, orderId, ...where, expiresInMs };
  }

  #wait(ms: number, signal: AbortSignal, enter: (waiter: Waiter) => () => unknown): Promise<Action | undefined> {
    return new Promise((resolve) => {
      const end = (action: Action | undefined): void => {
        leave();
        cancel();
        signal.removeEventListener('abort', stop);
        resolve(action);
      };
      const stop = (): void => end(undefined);
      const cancel = this.#ports.clock.timer(ms, stop);
      const leave = enter({ end });
      // nothing is given to a peer that is gone
      if (signal.aborted) stop();
      else {
        signal.addEventListener('abort', stop, { once: true });
        this.serve();
      }
    });
  }
}
