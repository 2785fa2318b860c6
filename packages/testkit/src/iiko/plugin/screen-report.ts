import { sleep, type Clock } from '@tillbridge/core';
import type { FrontScreen } from '../front/screens.js';
import { orderOn } from '../front/screens.js';
import type { WireScreen, WireScreenState } from './wire.js';

const WORDS: Readonly<Record<FrontScreen['kind'], WireScreen>> = { orderEdit: 'orderEdit', payment: 'payment', dialog: 'dialog', deliveryEdit: 'delivery', lock: 'lock', unknown: 'other' };

export function screenState(screen: FrontScreen, seq: number, numberOf: (order: string) => number | undefined): WireScreenState {
  const orderId = orderOn(screen);
  const orderNumber = orderId === undefined ? undefined : numberOf(orderId);
  return { seq, screen: WORDS[screen.kind], ...(orderId === undefined ? {} : { orderId }), ...(orderNumber === undefined ? {} : { orderNumber }) };
}

/** Until a state that did not arrive is sent again, in ms. */
const AGAIN_MS = 500;

export interface ScreenReportOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** False: there is no session to tell it in. `hello` has the screen with it. */
  readonly open: () => boolean;
  /** True: the daemon has it. */
  readonly send: (state: WireScreenState) => Promise<boolean>;
}

/** Tells the daemon what the cashier sees: one call at a time, and then the newest. */
export class ScreenReport {
  readonly #options: ScreenReportOptions;
  #next: WireScreenState | undefined;
  #sending = false;
  #pause = new AbortController();

  constructor(options: ScreenReportOptions) {
    this.#options = options;
  }

  tell(state: WireScreenState): void {
    this.#next = state;
    this.#pause.abort();
    if (!this.#sending) void this.#run();
  }

  async #run(): Promise<void> {
    const { clock, open, send, signal } = this.#options;
    this.#sending = true;
    while (this.#next !== undefined && open() && !signal.aborted) {
      const state = this.#next;
      this.#next = undefined;
      this.#pause = new AbortController();
      if (await send(state)) continue;
      await sleep(clock, AGAIN_MS, AbortSignal.any([signal, this.#pause.signal]));
      // a newer one is worth more than this one again
      this.#next ??= state;
    }
    this.#sending = false;
  }
}
