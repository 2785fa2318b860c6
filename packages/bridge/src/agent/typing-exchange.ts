import type { TypeResult } from '@tillbridge/adapter-device/keyboard';
import { elapsed, instant, type Cancel, type Clock, type Instant } from '@tillbridge/core';
import type { DaemonMessage, Typing } from './messages.js';
import { TYPING, type TypingEvent, type TypingState } from './typing-states.js';

/** An agent that lives says `ready` at once; what is offered to one that hangs must not wait for the link's own patience. In ms. */
export const READY_MS = 2000;
/** Beyond the time that a text needs by itself, in ms. */
export const TYPED_MS = 5000;
/** An agent that was told to stop has so long to say how far it came, in ms. */
export const STOP_MS = 2000;

const NOT_CONNECTED: TypeResult = { result: 'refused', reason: 'notConnected' };
const WITHDRAWN: TypeResult = { result: 'refused', reason: 'withdrawn' };
const LATE: TypeResult = { result: 'refused', reason: 'late' };
const LOST: TypeResult = { result: 'uncertain', reason: 'connectionLost' };

export interface ExchangeOptions {
  readonly n: number;
  readonly keyboard: number;
  readonly typing: Typing;
  /** How long from now it may be typed, in ms. */
  readonly withinMs: number;
  /** How long the typing itself takes, in ms. */
  readonly typingMs: number;
  readonly clock: Clock;
  /** False when it did not leave. */
  readonly send: (message: DaemonMessage) => boolean;
  readonly signal: AbortSignal;
}

/** One text on its way through the agent, on the daemon's side; see {@link TYPING}. */
export class TypingExchange {
  readonly result: Promise<TypeResult>;
  readonly #options: ExchangeOptions;
  readonly #since: Instant;
  #state: TypingState = 'offered';
  #settle: (result: TypeResult) => void = () => undefined;
  #timer: Cancel = () => undefined;
  readonly #withdraw = (): void => this.#step('withdrawn');

  constructor(options: ExchangeOptions) {
    this.#options = options;
    this.#since = instant(options.clock);
    this.result = new Promise((resolve) => (this.#settle = resolve));
  }

  start(): void {
    const { n, keyboard, typing, signal, send } = this.#options;
    if (signal.aborted) {
      this.#end(WITHDRAWN);
      return;
    }
    signal.addEventListener('abort', this.#withdraw, { once: true });
    if (send({ t: 'offer', n, keyboard, typing })) this.#expect(READY_MS);
    else this.#step('lost');
  }

  ready(): void {
    this.#step('ready');
  }

  typed(result: TypeResult): void {
    this.#step('typed', result);
  }

  lost(): void {
    this.#step('lost');
  }

  #step(event: TypingEvent, result: TypeResult = LOST): void {
    const { next, effect } = TYPING[this.#state][event];
    const { n, send } = this.#options;
    this.#state = next;
    switch (effect) {
      case 'go':
        this.#go();
        return;
      case 'result':
        this.#end(result);
        return;
      case 'refuseLost':
        send({ t: 'withdraw', n });
        this.#end(NOT_CONNECTED);
        return;
      case 'refuseWithdrawn':
        send({ t: 'withdraw', n });
        this.#end(WITHDRAWN);
        return;
      case 'uncertain':
        this.#end(LOST);
        return;
      case 'askToStop':
        send({ t: 'withdraw', n });
        this.#expect(STOP_MS);
        return;
      case 'nothing':
        return;
    }
  }

  #go(): void {
    const { n, clock, withinMs, typingMs, send } = this.#options;
    const leftMs = withinMs - elapsed(clock, this.#since);
    if (leftMs <= 0) {
      this.#state = 'over';
      send({ t: 'withdraw', n });
      this.#end(LATE);
      return;
    }
    this.#expect(leftMs + typingMs + TYPED_MS);
    if (send({ t: 'go', n, leftMs })) return;
    // nothing of it left: the agent cannot have begun
    this.#state = 'over';
    this.#end(NOT_CONNECTED);
  }

  #expect(ms: number): void {
    this.#timer();
    this.#timer = this.#options.clock.timer(ms, () => this.#step('late'));
  }

  #end(result: TypeResult): void {
    this.#state = 'over';
    this.#timer();
    this.#options.signal.removeEventListener('abort', this.#withdraw);
    this.#settle(result);
  }
}
