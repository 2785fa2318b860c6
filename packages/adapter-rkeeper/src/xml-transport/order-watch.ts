import type { Outcome } from '@tillbridge/core';
import type { Asked } from '../connection/rk7-client.js';
import { commands, readListVersion, type Rk7Query } from '../rk7/commands.js';
import { readOrderList, type OrderSummary } from '../rk7/order.js';
import { ON_FAULT, ON_PROBLEM } from './outcomes.js';

export type Ask = (query: Rk7Query, signal: AbortSignal) => Promise<Asked>;

export type Looked = { readonly orders: readonly OrderSummary[] } | { readonly refused: Outcome | 'wait' };

const WHOLE_EVERY = 5;

/** Looks at the open orders; an unchanged list costs the server next to nothing. */
export class OrderWatch {
  readonly #ask: Ask;
  #version: string | undefined;
  #orders: readonly OrderSummary[] = [];
  #looks = 0;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  async look(signal: AbortSignal): Promise<Looked> {
    // nobody promises that a lock that is over makes a new version: now and then the whole list is asked for
    const since = this.#looks % WHOLE_EVERY === 0 ? undefined : this.#version;
    this.#looks += 1;
    const asked = await this.#ask(commands.orders(since), signal);
    if (!asked.answered) return { refused: ON_PROBLEM[asked.problem] };
    const { answer } = asked;
    if (!answer.ok) return { refused: ON_FAULT[answer.fault.kind] };
    // only where we said what we have can `No changes` mean anything
    if (!answer.unchanged || since === undefined) this.#orders = readOrderList(answer.data);
    this.#version = readListVersion(answer.data) ?? this.#version;
    return { orders: this.#orders };
  }
}
