import { outcome, PartStatusKeeper, sleep, withdrawn, type Clock, type DeliveryRequest, type Inbound, type Log, type Outcome, type PartState, type TillbridgeError } from '@tillbridge/core';

export interface UpkeepOptions {
  /** The till's id. */
  readonly id: string;
  readonly clock: Clock;
  readonly log: Log;
  /** 0 <= x < 1. */
  readonly random: () => number;
  /** Makes the server ready for numbers; gives why it is not. Never rejects. */
  readonly prepare: (signal: AbortSignal) => Promise<TillbridgeError | undefined>;
}

/** Waits between two attempts to get a server ready, in milliseconds; each shortened by up to a quarter. */
const RETRY_MS = [1000, 2000, 5000, 15_000, 60_000] as const;
/** The same for what somebody has to change first: knocking with a wrong password gets logins blocked. */
const PATIENT_MS = 300_000;

/** State of a till behind a server: opens, keeps trying until the server is ready, says how it is. */
export class Upkeep {
  readonly closing = new AbortController();
  readonly #options: UpkeepOptions;
  readonly #status: PartStatusKeeper;
  #trying = false;

  constructor(options: UpkeepOptions) {
    this.#options = options;
    this.#status = new PartStatusKeeper(options.clock);
  }

  get state(): PartState {
    return this.#status.state;
  }

  get closed(): boolean {
    return this.closing.signal.aborted;
  }

  async open(inbound: Inbound, signal: AbortSignal, close: () => void): Promise<void> {
    if (this.closed || signal.aborted) return;
    this.#status.attach(inbound);
    signal.addEventListener('abort', close, { once: true });
    this.#status.set('opening');
    await this.#prepare();
  }

  /** The answer of a number that nothing is to be sent of; undefined where it may go. */
  early(delivery: DeliveryRequest, signal: AbortSignal): Outcome | undefined {
    if (this.closed) return outcome('failed', 'notOpen');
    if (signal.aborted) return withdrawn(signal, 'notSent');
    return delivery.expired() ? outcome('expired', 'notSent') : undefined;
  }

  good(): void {
    if (!this.closed) this.#status.set('ready');
  }

  /** Tries again by itself until it is ready. */
  bad(reason: TillbridgeError): void {
    if (this.closed) return;
    void this.#keepTrying();
    const { id, log } = this.#options;
    if (this.state.reason?.code !== reason.code) log.warn('the server cannot be used', { till: id, error: reason });
    this.#status.set('retrying', reason);
  }

  /** True the first time. */
  close(): boolean {
    if (this.closed) return false;
    this.closing.abort();
    this.#status.set('closed');
    return true;
  }

  async #prepare(): Promise<TillbridgeError | undefined> {
    const problem = await this.#options.prepare(this.closing.signal);
    if (problem === undefined) this.good();
    else this.bad(problem);
    return problem;
  }

  async #keepTrying(): Promise<void> {
    if (this.#trying) return;
    this.#trying = true;
    const { clock, random } = this.#options;
    // whoever says that it is bad sets the state in the same breath
    await Promise.resolve();
    for (let attempt = 0; !this.#over(); attempt += 1) {
      const wait = this.state.reason?.retryable === false ? PATIENT_MS : (RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] ?? 60_000);
      await sleep(clock, wait * (1 - random() / 4), this.closing.signal);
      // an answer to a number may have shown in between that it works again
      if (!this.#over()) await this.#prepare();
    }
    this.#trying = false;
  }

  #over(): boolean {
    return this.closed || this.state.status === 'ready';
  }
}
