import { deadline, raceAbort, sleep, TillbridgeError, type Clock } from '@tillbridge/core';
import type { PresentCard } from '../backend/backend.js';
import { CardGone, CardReset } from '../backend/card-errors.js';
import type { CardSession, ChainResult } from '../chain/types.js';
import { SLOT_STATES, type SlotEvent, type SlotState } from './slot-states.js';

/** How a card was read. */
export interface Reading {
  readonly card: PresentCard;
  readonly result: ChainResult;
  /** From the event of the card to the result, and how much of it was spent waiting for the card, ms. */
  readonly tookMs: number;
  readonly cardMs: number;
}

export interface SlotPorts {
  readonly reader: string;
  readonly clock: Clock;
  /** The reading chain. Never rejects. */
  readonly read: (session: CardSession, signal: AbortSignal) => Promise<ChainResult>;
  readonly done: (reading: Reading) => void;
  /** A command did not come back in time: this process has to be replaced. */
  readonly stuck: (timeoutMs: number) => void;
}

/** A contact that shook gets this long to rest before the one repetition, ms. */
const SETTLE_MS = 40;
/** A command that is still under way after this long never comes back, ms; longer where the chain allows it longer. */
const STUCK_MS = 2000;

/** One reader: reads each card that comes, once. */
export class Slot {
  readonly #ports: SlotPorts;
  #state: SlotState = 'empty';
  #stop = new AbortController();
  /** Cards that are not ours to read until they leave. */
  #skip: boolean;
  /** Settles when the last command has come back. */
  #pending: Promise<void> = Promise.resolve();

  constructor(ports: SlotPorts, skip = false) {
    this.#ports = ports;
    this.#skip = skip;
  }

  get state(): SlotState {
    return this.#state;
  }

  came(card: PresentCard): void {
    const skip = this.#skip && card.initial;
    this.#skip = false;
    const act = this.#step('came');
    if (act === 'restart') this.#stop.abort();
    if (skip) {
      this.#step('done');
      return;
    }
    this.#stop = new AbortController();
    void this.#read(card, this.#stop.signal);
  }

  left(): void {
    this.#skip = false;
    if (this.#step('left') === 'stop') this.#stop.abort();
  }

  #step(event: SlotEvent): (typeof SLOT_STATES)[SlotState][SlotEvent]['act'] {
    const { next, act } = SLOT_STATES[this.#state][event];
    this.#state = next;
    return act;
  }

  async #read(card: PresentCard, signal: AbortSignal): Promise<void> {
    const { clock, read, done } = this.#ports;
    const start = clock.mono();
    const watch = { cardMs: 0 };
    const session = this.#session(card, signal, watch);
    const result = await card.exclusively(async () => {
      const last = await this.#readTwice(() => read(session, signal), signal);
      // a library that is asked for anything else while a command is under way may block: nothing until it is back, or stuck
      await this.#pending;
      return last;
    });
    // another card may have taken its place: then that one's reading decides
    if (!signal.aborted) this.#step('done');
    done({ card, result: signal.aborted && result.status === 'unread' ? removed(result) : result, tookMs: clock.mono() - start, cardMs: watch.cardMs });
  }

  async #readTwice(read: () => Promise<ChainResult>, signal: AbortSignal): Promise<ChainResult> {
    const first = await read();
    // the field shook, or another program reset the card, and it is still there: once more
    if (first.status === 'read' || first.reason !== 'removed' || signal.aborted) return first;
    await sleep(this.#ports.clock, SETTLE_MS, signal);
    return calledOff(signal) ? first : read();
  }

  #session(card: PresentCard, signal: AbortSignal, watch: { cardMs: number }): CardSession {
    const { clock, reader } = this.#ports;
    return {
      atr: card.atr,
      reader,
      transmit: async (apdu, { timeoutMs }) => {
        if (signal.aborted) throw gone();
        const start = clock.mono();
        try {
          return await this.#limited(card.transmit(apdu), timeoutMs);
        } catch (error) {
          throw error instanceof CardGone || error instanceof CardReset ? gone(error) : error;
        } finally {
          watch.cardMs += clock.mono() - start;
        }
      },
    };
  }

  /** Gives up after `timeoutMs`; what has not come back by then can neither be called off nor closed, and its process has to go. */
  async #limited(answer: Promise<Uint8Array>, timeoutMs: number): Promise<Uint8Array> {
    const { clock, stuck } = this.#ports;
    const stuckMs = Math.max(STUCK_MS, timeoutMs);
    const cancelStuck = clock.timer(stuckMs, () => stuck(stuckMs));
    this.#pending = answer.then(cancelStuck, cancelStuck);
    const limit = deadline(clock, timeoutMs);
    try {
      return await raceAbort(answer, limit.signal, () => {
        throw new TillbridgeError('TB_READER_NFC_NO_ANSWER', { step: 'transmit', timeoutMs });
      });
    } finally {
      limit.dispose();
    }
  }
}

function gone(cause?: unknown): TillbridgeError {
  return new TillbridgeError('TB_READER_NFC_REMOVED', { step: 'transmit' }, { cause });
}

// a function of its own: what happens meanwhile the compiler does not see
const calledOff = (signal: AbortSignal): boolean => signal.aborted;

/** The chain was called off because the card left: for the guest that is a card pulled too early. */
function removed(result: Extract<ChainResult, { status: 'unread' }>): ChainResult {
  return { ...result, reason: 'removed', hint: 'holdLonger' };
}
