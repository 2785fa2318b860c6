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
  /** True: the daemon has it. */
  readonly send: (state: WireScreenState) => Promise<boolean>;
}

/** Tells the daemon what the cashier sees: one call at a time, and then the newest. */
export class ScreenReport {
  readonly #options: ScreenReportOptions;
  #next: WireScreenState | undefined;
  #sending = false;

  constructor(options: ScreenReportOptions) {
    this.#options = options;
  }

  tell(state: WireScreenState): void {
    this.#next = state;
    if (!this.#sending) void this.#run();
  }

  async #run(): Promise<void> {
    this.#sending = true;
    while (this.#next !== undefined) {
      const state = this.#next;
      this.#next = undefined;
      if (await this.#options.send(state)) continue;
      const { clock, signal } = this.#options;
      await sleep(clock, AGAIN_MS, signal);
      if (signal.aborted) break;
      // a newer one is worth more than this one again
      this.#next ??= state;
    }
    this.#sending = false;
  }
}
