import { NUMBER_KINDS } from '@tillbridge/core';
import { CARD_STATES, cardProblem, codeProblem } from '../card-row.js';
import type { BadLineReason } from './bad-line.js';
import { expiryTime } from './expiry-time.js';

/** Where parsed rows go. Values as the table keeps them. */
export interface RowSink {
  row(code: string, card: string, kind: number, state: number, expires: number | null): void;
  bad(line: number, reason: BadLineReason): void;
}

const words = (list: readonly string[]): ReadonlyMap<string, number> => new Map([['', 0], ...list.map((word, index) => [word, index] as const)]);

/** The texts of one row into the values that the table keeps: defaults, bounds, closed sets. Stateless but for a memory of the last date. */
export class RowReader {
  readonly #kinds = words(NUMBER_KINDS);
  readonly #states = words(CARD_STATES);
  readonly #sink: RowSink;
  // a file has few different dates and many rows
  #expiresText = '';
  #expires: number | null | undefined = null;

  constructor(sink: RowSink) {
    this.#sink = sink;
  }

  read(line: number, code: string, card: string, kindText: string, stateText: string, expiresText: string): void {
    const problem = codeProblem(code) ?? cardProblem(card);
    if (problem !== undefined) {
      this.#sink.bad(line, problem);
      return;
    }
    const kind = this.#kinds.get(kindText) ?? this.#kinds.get(kindText.trim().toLowerCase());
    const state = this.#states.get(stateText) ?? this.#states.get(stateText.trim().toLowerCase());
    const expires = this.#time(expiresText);
    if (kind === undefined) this.#sink.bad(line, 'kind');
    else if (state === undefined) this.#sink.bad(line, 'state');
    else if (expires === undefined) this.#sink.bad(line, 'expires');
    else this.#sink.row(code, card, kind, state, expires);
  }

  #time(text: string): number | null | undefined {
    if (text !== this.#expiresText) {
      const trimmed = text.trim();
      this.#expiresText = text;
      this.#expires = trimmed === '' ? null : expiryTime(trimmed);
    }
    return this.#expires;
  }
}
