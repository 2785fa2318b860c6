import { outcome, sleep, type Clock, type Outcome } from '@tillbridge/core';
import type { Confirm, ConfirmState, Status } from '../protocol/messages.js';
import type { DriverLink } from './outbound.js';
import { notRaised, outcomeOfConfirm } from './outcomes.js';

/** How long a confirmation may come behind the status of the same answer, in ms. */
const CONFIRM_BEHIND_MS = 300;
/** Deliveries whose driver is remembered. */
const MAX_GIVEN = 64;

interface Question {
  readonly answer: (status: Status) => void;
}

/** What is asked about deliveries that are over for us, and the confirmations of our extension. */
export class Questions {
  readonly #clock: Clock;
  readonly #open = new Map<string, Question>();
  readonly #confirms = new Map<string, (state: ConfirmState) => void>();
  /** Which instance of the driver was given a delivery: only that one can say that it never saw it. */
  readonly #given = new Map<string, string>();
  #link: DriverLink | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  connected(link: DriverLink): void {
    this.#link = link;
    for (const id of this.#open.keys()) link.send({ type: 'withdraw', id });
  }

  disconnected(): void {
    this.#link = undefined;
  }

  /** Notes which instance a delivery goes to. */
  gave(id: string): void {
    if (this.#link === undefined) return;
    this.#given.set(id, this.#link.instance);
    const [oldest] = this.#given.keys();
    if (this.#given.size > MAX_GIVEN && oldest !== undefined) this.#given.delete(oldest);
  }

  status(status: Status): void {
    this.#open.get(status.id)?.answer(status);
  }

  confirm({ id, state }: Confirm): void {
    this.#confirms.get(id)?.(state);
  }

  expectConfirm(id: string): Promise<ConfirmState> {
    return new Promise((resolve) => this.#confirms.set(id, resolve));
  }

  forgetConfirm(id: string): void {
    this.#confirms.delete(id);
  }

  /** The confirmation, or `undefined` when none came in time; a number that is with 1C cannot be taken back any more, so `stop` only ends the wait. */
  async waitForConfirm(id: string, confirmed: Promise<ConfirmState>, ms: number, stop: AbortSignal): Promise<ConfirmState | undefined> {
    const over = new AbortController();
    try {
      const late = sleep(this.#clock, ms, AbortSignal.any([stop, over.signal])).then(() => undefined);
      return await Promise.race([confirmed, late]);
    } finally {
      over.abort();
      this.forgetConfirm(id);
    }
  }

  /** Asks the driver what became of a delivery and takes it back where that is still possible; waits for a driver until `signal` aborts. */
  async ask(id: string, signal: AbortSignal, confirms: boolean): Promise<Outcome> {
    const unknown = outcome('unknown', 'notVerified');
    if (signal.aborted) return unknown;
    const confirmed = confirms ? this.expectConfirm(id) : undefined;
    try {
      const status = await this.#final(id, signal);
      if (status === undefined) return unknown;
      if (status.state === 'none') return this.#given.get(id) === this.#link?.instance && this.#link !== undefined ? outcome('failed', 'notReceived') : outcome('unknown', 'notRemembered');
      if (status.state !== 'queued') return notRaised(status.state, status.reason, signal);
      const state = confirmed === undefined ? undefined : await this.waitForConfirm(id, confirmed, CONFIRM_BEHIND_MS, signal);
      return state === undefined ? outcome('sent', undefined, 'queued') : outcomeOfConfirm(state);
    } finally {
      this.forgetConfirm(id);
    }
  }

  close(): void {
    this.#link = undefined;
    this.#given.clear();
    this.#confirms.clear();
  }

  #final(id: string, signal: AbortSignal): Promise<Status | undefined> {
    return new Promise((resolve) => {
      const done = (status: Status | undefined): void => {
        this.#open.delete(id);
        signal.removeEventListener('abort', gaveUp);
        resolve(status);
      };
      const gaveUp = (): void => done(undefined);
      signal.addEventListener('abort', gaveUp, { once: true });
      this.#open.set(id, {
        answer: (status) => {
          // the final state follows
          if (status.state !== 'raising' && status.state !== 'waiting') done(status);
        },
      });
      this.#link?.send({ type: 'withdraw', id });
    });
  }
}
