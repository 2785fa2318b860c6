import { elapsed, instant, raceAbort, sleep, type Clock, type Instant, type Outcome } from '@tillbridge/core';
import type { Asked } from '../connection/rk7-client.js';
import { commands, readListVersion, type Rk7Query } from '../rk7/commands.js';
import { readOrderList, type OrderSummary } from '../rk7/order.js';
import type { Look, Picked } from './order-at-scan.js';
import { ON_FAULT, ON_PROBLEM } from './outcomes.js';
import { POLL_MS } from './setup.js';

export type Ask = (query: Rk7Query, signal: AbortSignal) => Promise<Asked>;

export type Looked = { readonly orders: readonly OrderSummary[] } | { readonly refused: Outcome | 'wait' };

export interface WatchOptions {
  readonly ask: Ask;
  readonly clock: Clock;
  /** 0 <= x < 1: spreads the looks of several tills. */
  readonly random: () => number;
  /** What the till's rule picks from a list. */
  readonly pick: (orders: readonly OrderSummary[]) => Picked;
}

const WHOLE_EVERY = 5;
const SPREAD_MS = 50;
/** Looks that are remembered: as many seconds as a number lives. */
const MOST_LOOKS = 64;
/** Looks that nobody waits for are not begun beside so many that wait for the server. */
const MOST_UNDER_WAY = 2;
/** Waits between two looks while the server does not answer, in milliseconds. */
const FAILING = [1000, 2000] as const;

/** A list that the server gave us under a version. */
interface KnownList {
  readonly version: string | undefined;
  readonly orders: readonly OrderSummary[];
  /** Number of the look that brought it. */
  readonly look: number;
}

/**
 * Looks at the open orders, and remembers what it saw when. All who wait for a change share one look a second; an unchanged list costs the
 * server next to nothing.
 */
export class OrderWatch {
  readonly #options: WatchOptions;
  #known: KnownList = { version: undefined, orders: [], look: 0 };
  #looks: readonly Look[] = [];
  #count = 0;
  #latest: { readonly sent: Instant; readonly work: Promise<Looked> } | undefined;
  #nextAt = 0;
  #underWay = 0;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** What was seen lately, in the order of sending. */
  get looks(): readonly Look[] {
    return this.#looks;
  }

  /** Asks now, for the whole list. */
  look(signal: AbortSignal): Promise<Looked> {
    return this.#start(undefined, signal);
  }

  /** Looks now, unless looks are waiting for the server already. */
  glance(signal: AbortSignal): void {
    if (this.#underWay < MOST_UNDER_WAY) void this.look(signal);
  }

  /** A look that was sent after this moment, and not long ago: the one that is there, or one that is made now. */
  since(moment: Instant, signal: AbortSignal): Promise<Looked> {
    const { clock } = this.#options;
    const latest = this.#latest;
    if (latest === undefined || latest.sent.mono < moment.mono || elapsed(clock, latest.sent) >= POLL_MS) return this.look(signal);
    return shared(latest.work, signal);
  }

  /** The next look of anybody; a second after the one before. */
  async next(signal: AbortSignal): Promise<Looked> {
    const { clock } = this.#options;
    const seen = this.#count;
    for (;;) {
      if (signal.aborted) return { refused: ON_PROBLEM.aborted };
      if (this.#count > seen && this.#latest !== undefined) return shared(this.#latest.work, signal);
      const wait = this.#nextAt - clock.mono();
      // nobody promises that a lock that is over makes a new version: now and then the whole list is asked for
      if (wait <= 0) return this.#start(this.#count % WHOLE_EVERY === 0 ? undefined : this.#known, signal);
      await sleep(clock, wait, signal);
    }
  }

  /** Goes on looking, so that there is a look before every scan. Resolves when `signal` aborts. */
  async keep(signal: AbortSignal): Promise<void> {
    const { clock, random } = this.#options;
    let failed = 0;
    while (!signal.aborted) {
      const looked = await this.next(signal);
      if ('orders' in looked) failed = 0;
      else {
        const wait = FAILING[Math.min(failed, FAILING.length - 1)] ?? FAILING[0];
        failed += 1;
        await sleep(clock, wait * (0.75 + random() / 2), signal);
      }
    }
  }

  #start(since: KnownList | undefined, signal: AbortSignal): Promise<Looked> {
    this.#count += 1;
    this.#putOff();
    const work = this.#ask(since, this.#count, signal);
    this.#latest = { sent: instant(this.#options.clock), work };
    return work;
  }

  async #ask(since: KnownList | undefined, look: number, signal: AbortSignal): Promise<Looked> {
    const { ask, clock, pick } = this.#options;
    const sent = instant(clock);
    this.#underWay += 1;
    const asked = await ask(commands.orders(since?.version), signal);
    this.#underWay -= 1;
    this.#putOff();
    if (!asked.answered) return { refused: ON_PROBLEM[asked.problem] };
    const { answer } = asked;
    if (!answer.ok) return { refused: ON_FAULT[answer.fault.kind] };
    // only where we said what we have can `No changes` mean anything: it means what we had then
    const orders = answer.unchanged && since?.version !== undefined ? since.orders : readOrderList(answer.data);
    if (look > this.#known.look) this.#known = { version: readListVersion(answer.data) ?? since?.version, orders, look };
    const seen: Look = { sent, received: instant(clock), picked: pick(orders) };
    this.#looks = [...this.#looks, seen].sort((a, b) => a.sent.mono - b.sent.mono).slice(-MOST_LOOKS);
    return { orders };
  }

  /** A second counts from the answer: the server must not see two looks closer together because one was slow on its way. */
  #putOff(): void {
    const { clock, random } = this.#options;
    this.#nextAt = clock.mono() + POLL_MS + Math.floor(random() * SPREAD_MS);
  }
}

function shared(work: Promise<Looked>, signal: AbortSignal): Promise<Looked> {
  return raceAbort<Looked>(work, signal, () => ({ refused: ON_PROBLEM.aborted }));
}
