import {
  isTillbridgeError,
  type Clock, type Code, type Masked, type NumberKind, type Translation, type TranslationContext, type Translator, type TranslatorCapabilities,
} from '@tillbridge/core';
import { numberOf, serves, step } from './support.js';

/** What the table says about a code; `@tillbridge/store` has one that fits. */
export interface CardLookupRow {
  readonly card: Masked;
  readonly kind: NumberKind;
  readonly state: 'active' | 'inactive' | 'blocked';
  /** Unix time in milliseconds from which the code counts as expired; undefined: never. */
  readonly expires?: number;
}

/** A card table to ask. Synchronous and fast: the main thread waits for it. */
export interface CardLookup {
  lookup(code: string): CardLookupRow | undefined;
}

export interface TableTranslatorOptions {
  readonly id: string;
  /** Names of the codes that this table is for; default: every code. A code that was typed in has no name and is only for a table without them. */
  readonly codes?: readonly string[];
  /** The caller owns it and closes it. */
  readonly cards: CardLookup;
  readonly clock: Clock;
}

/**
 * The store's number from the local card table: the whole text of the code first, and where that misses its value. Local, synchronous,
 * never throws: a table that cannot be read is `unavailable` (`tableUnreadable`), so that nobody is told that his card is unknown.
 */
export function createTableTranslator(options: TableTranslatorOptions): Translator {
  return new TableTranslator(options);
}

class TableTranslator implements Translator {
  readonly id: string;
  readonly type = 'table';
  readonly capabilities: TranslatorCapabilities = { remote: false, hosts: [], ahead: true };
  readonly #options: TableTranslatorOptions;

  constructor(options: TableTranslatorOptions) {
    this.id = options.id;
    this.#options = options;
  }

  translate(code: Code, context: TranslationContext): Translation {
    const { codes } = this.#options;
    if (!serves(codes, code)) {
      step(context, this.id, `not a code of this table (${codes?.join(', ') ?? ''})`);
      return { result: 'notFound' };
    }
    try {
      const row = this.#find(code, context);
      return row === undefined ? { result: 'notFound' } : judgeRow(row, this.#options, context);
    } catch (error) {
      step(context, this.id, `the table cannot be read (${isTillbridgeError(error) ? error.code : 'unexpected error'})`);
      return { result: 'unavailable', reason: 'tableUnreadable' };
    }
  }

  /** Looks the code up and forgets it: what the table says when it counts is what holds. */
  expect(code: Code): void {
    if (!serves(this.#options.codes, code)) return;
    try {
      this.#find(code, {});
    } catch {
      // `translate` will meet it, and tell
    }
  }

  async close(): Promise<void> {
    // the table belongs to whoever opened it
  }

  #find(code: Code, context: Pick<TranslationContext, 'trace'>): CardLookupRow | undefined {
    const { cards } = this.#options;
    const text = code.text.reveal();
    const value = code.value.reveal();
    const whole = cards.lookup(text);
    step(context, this.id, `the whole text ${code.text.masked} is ${whole === undefined ? 'not ' : ''}in the table`);
    if (whole !== undefined || value === text) return whole;
    const part = cards.lookup(value);
    step(context, this.id, `its value ${code.value.masked} is ${part === undefined ? 'not ' : ''}in the table`);
    return part;
  }
}

/** What a row of the table says as a translation. */
export function judgeRow(row: CardLookupRow, { id, clock }: Pick<TableTranslatorOptions, 'id' | 'clock'>, context: TranslationContext): Translation {
  if (row.state !== 'active') {
    step(context, id, `the card is ${row.state}`);
    return row.state === 'inactive' ? { result: 'blocked', reason: 'inactive' } : { result: 'blocked' };
  }
  if (row.expires !== undefined && row.expires <= clock.wall()) {
    step(context, id, 'the code has expired');
    return { result: 'codeExpired' };
  }
  const number = numberOf(row.kind, row.card.reveal());
  if (number === undefined) {
    step(context, id, 'the table holds a number that no till can take');
    return { result: 'badResponse', reason: 'badNumber' };
  }
  step(context, id, `${row.kind} ${number.masked} from the table`);
  return row.kind === 'coupon' ? { result: 'coupon', number } : { result: 'found', number };
}
