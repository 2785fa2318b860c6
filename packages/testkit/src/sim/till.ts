import {
  instant,
  outcome,
  sleep,
  withdrawn,
  type Adapter,
  type AdapterCapabilities,
  type Clock,
  type DeliveryRequest,
  type DeliveryTrace,
  type GoodsRead,
  type Inbound,
  type Instant,
  type Outcome,
  type PartState,
  type PartStatus,
  type ProbeRow,
} from '@tillbridge/core';

/** What the till does with one delivery. */
export interface TillBehaviour {
  /** Its answer; default `sent`. `throw`: the adapter fails. */
  readonly answer?: Outcome | 'throw';
  /** Time until it answers, in ms; default 0. `hang`: never, except to an abort that it honours. */
  readonly afterMs?: number | 'hang';
  /** Whether it gives the number back when asked before it answered; default true. */
  readonly honoursAbort?: boolean;
}

export interface SimulatedTillOptions {
  /** Default true. */
  readonly goods?: boolean;
  /** Whether it types keys again; default false. */
  readonly keys?: boolean;
  /** Default false; the answers come from {@link SimulatedTill.verdicts}. */
  readonly verify?: boolean;
  /** Whether it can be told that a number may only earn; default false. */
  readonly accrueOnly?: boolean;
  /** For deliveries beyond the script; default `sent` at once. */
  readonly behaviour?: TillBehaviour;
}

/** A number that a till was given. */
export interface SeenDelivery {
  readonly request: DeliveryRequest;
  readonly startedAt: Instant;
  /** Undefined until it ended. */
  endedAt?: Instant;
  /** Whether the till kept the number: false when it was given back, or the answer was a refusal. */
  kept: boolean;
  answer?: Outcome | 'threw';
}

/** A cashier program in memory: takes numbers and goods, answers by script, and remembers everything with its time. */
export class SimulatedTill implements Adapter {
  readonly id: string;
  readonly capabilities: AdapterCapabilities;
  readonly deliveries: SeenDelivery[] = [];
  readonly goodsReads: GoodsRead[] = [];
  readonly verified: DeliveryTrace[] = [];
  /** Behaviour of the next deliveries, in order; `behaviour` when it is empty. */
  readonly script: TillBehaviour[] = [];
  /** Answers of the next `verify` calls, in order; `unknown` when it is empty. `hang`: until its signal aborts. */
  readonly verdicts: (Outcome | 'throw' | 'hang')[] = [];
  behaviour: TillBehaviour;
  readonly #clock: Clock;
  #portOpen = true;
  #state: PartState;
  #inbound: Inbound | undefined;
  #running = 0;
  #mostAtOnce = 0;

  constructor(id: string, clock: Clock, options: SimulatedTillOptions = {}) {
    this.id = id;
    this.capabilities = { goods: options.goods ?? true, keys: options.keys ?? false, best: 'applied', verify: options.verify ?? false, accrueOnly: options.accrueOnly ?? false };
    this.behaviour = options.behaviour ?? {};
    this.#clock = clock;
    this.#state = { status: 'closed', since: clock.wall() };
  }

  get state(): PartState {
    return this.#state;
  }

  /** The most deliveries that were in progress at one moment; more than 1 breaks the port's promise. */
  get mostAtOnce(): number {
    return this.#mostAtOnce;
  }

  /** The numbers that the till kept, in clear, in the order in which it was given them. */
  get numbers(): readonly string[] {
    return this.deliveries.filter(({ kept }) => kept).map(({ request }) => request.number.reveal());
  }

  /** What the cashier program read as goods, terminators included. */
  get goodsText(): string {
    return this.goodsReads.map(({ bytes, terminator }) => Buffer.from(bytes).toString('latin1') + Buffer.from(terminator).toString('latin1')).join('');
  }

  /** The way back to the bridge. @throws Error before `open`. */
  get inbound(): Inbound {
    if (this.#inbound === undefined) throw new Error('the till is not open');
    return this.#inbound;
  }

  open(inbound: Inbound): Promise<void> {
    this.#inbound = inbound;
    this.#become('ready');
    return Promise.resolve();
  }

  probe(): Promise<readonly ProbeRow[]> {
    return Promise.resolve([{ level: 'ok', id: this.id, text: 'simulated' }]);
  }

  async deliver(request: DeliveryRequest, signal: AbortSignal): Promise<Outcome> {
    const seen: SeenDelivery = { request, startedAt: instant(this.#clock), kept: false };
    this.deliveries.push(seen);
    this.#running += 1;
    this.#mostAtOnce = Math.max(this.#mostAtOnce, this.#running);
    try {
      const answer = await this.#answer(seen, this.script.shift() ?? this.behaviour, signal);
      seen.answer = answer;
      return answer;
    } catch (error) {
      seen.answer = 'threw';
      throw error;
    } finally {
      this.#running -= 1;
      seen.endedAt = instant(this.#clock);
    }
  }

  async verify(delivery: DeliveryTrace, signal: AbortSignal): Promise<Outcome> {
    this.verified.push(delivery);
    const verdict = this.verdicts.shift() ?? outcome('unknown');
    if (verdict === 'throw') throw new Error('the simulated till cannot say');
    if (verdict !== 'hang') return verdict;
    await sleep(this.#clock, Number.MAX_SAFE_INTEGER, signal);
    return outcome('unknown');
  }

  goods(read: GoodsRead): void {
    this.goodsReads.push(read);
  }

  close(): Promise<void> {
    this.#become('closed');
    return Promise.resolve();
  }

  /** The cashier program closes its port: numbers are refused with `portNotOpen`, goods are still recorded. */
  closePort(): void {
    this.#portOpen = false;
    this.#become('retrying');
  }

  openPort(): void {
    this.#portOpen = true;
    this.#become('ready');
  }

  async #answer(seen: SeenDelivery, behaviour: TillBehaviour, signal: AbortSignal): Promise<Outcome> {
    if (!this.#portOpen) return outcome('rejected', 'portNotOpen');
    const { answer = outcome('sent'), afterMs = 0, honoursAbort = true } = behaviour;
    const wait = afterMs === 'hang' ? Number.MAX_SAFE_INTEGER : afterMs;
    if (wait > 0) await sleep(this.#clock, wait, honoursAbort ? signal : undefined);
    if (honoursAbort && signal.aborted) return withdrawn(signal);
    if (answer === 'throw') {
      seen.kept = true; // nobody knows: the worst case is that it arrived
      throw new Error('the simulated till failed');
    }
    seen.kept = ['applied', 'alreadyApplied', 'sent', 'unknown'].includes(answer.outcome);
    return answer;
  }

  #become(status: PartStatus): void {
    this.#state = { status, since: this.#clock.wall() };
    this.#inbound?.state(this.#state);
  }
}
