import type { Clock } from '@tillbridge/core';
import type { PhoneClient, TillConnection } from '@tillbridge/phone-link';
import { clean } from './clean.js';
import { keepLinked } from './link-loop.js';
import type { Problem } from './model.js';
import { pairingProblem } from './pairing-problem.js';

/** Longest that a pairing may take short of somebody's yes, in ms. */
const PAIR_MS = 20_000;

export interface PairingPorts {
  readonly clock: Clock;
  readonly random: () => number;
  readonly client: Pick<PhoneClient, 'pair'>;
}

export interface PairingEvents {
  /** Somebody at the till has to compare them and say yes. */
  digits(digits: string): void;
  paired(connection: TillConnection): void;
  failed(problem: Problem): void;
}

/** One pairing: the handshake, and the wait for somebody's yes. Tells its events unless it was cancelled; never rejects. */
export class Pairing {
  readonly #ports: PairingPorts;
  readonly #events: PairingEvents;
  readonly #controller = new AbortController();

  constructor(ports: PairingPorts, events: PairingEvents) {
    this.#ports = ports;
    this.#events = events;
  }

  cancel(): void {
    this.#controller.abort();
  }

  async run(invitation: string, person: { readonly name: string; readonly model: string }): Promise<void> {
    const limit = { passed: false };
    const cancel = this.#ports.clock.timer(PAIR_MS, () => {
      limit.passed = true;
      this.#controller.abort();
    });
    try {
      const { signal } = this.#controller;
      const { connection, digits, state } = await this.#ports.client.pair(invitation, { name: clean(person.name, 40), model: clean(person.model, 40) }, signal);
      cancel();
      if (this.#isOver()) return;
      if (state === 'paired') this.#events.paired(connection);
      else {
        this.#events.digits(digits);
        await this.#untilAllowed(connection);
      }
    } catch (error) {
      cancel();
      if (limit.passed) this.#events.failed('unreachable');
      else if (!this.#isOver()) this.#events.failed(pairingProblem(error));
    }
  }

  /** Asked anew each time: it changes while something is awaited. */
  #isOver(): boolean {
    return this.#controller.signal.aborted;
  }

  async #untilAllowed(connection: TillConnection): Promise<void> {
    const { signal } = this.#controller;
    const done = new AbortController();
    const stop = (): void => done.abort();
    signal.addEventListener('abort', stop, { once: true });
    const till = { allows: false };
    const { clock, random } = this.#ports;
    const heard = {
      state: (state: string) => {
        till.allows = state === 'ready';
        if (till.allows) stop();
      },
      settled: () => undefined,
    };
    await keepLinked(connection, clock, random, heard, done.signal);
    if (this.#isOver()) return;
    if (till.allows) this.#events.paired(connection);
    else this.#events.failed('refused');
  }
}
