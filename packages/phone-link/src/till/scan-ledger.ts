import type { CodeKind } from '@tillbridge/core';
import type { ScanEnd, RefusedWhy } from '../wire/texts.js';

/** Reads of one phone that are remembered: more than a waiter makes in a day. */
export const REMEMBERED = 1024;

/** What is known of a read by its id. */
export type LedgerEntry =
  | { readonly is: 'loyalty'; readonly kind: CodeKind; readonly ended: Promise<ScanEnd> }
  | { readonly is: 'goods'; readonly handled: boolean }
  | { readonly is: 'refused'; readonly why: RefusedWhy }
  /** Somebody asked for it before it came: a copy that comes late is not taken any more. */
  | { readonly is: 'never' }
  /** Taking it failed half-way: nobody knows. */
  | { readonly is: 'lost' };

/** The reads of one phone by the ids that it gave them: each is taken once, whatever is repeated or comes late. */
export class ScanLedger {
  readonly #entries = new Map<string, LedgerEntry>();
  #forgot: boolean;

  /** `forgot`: there was a ledger of this phone before, and nobody knows what stood in it. */
  constructor(forgot = false) {
    this.#forgot = forgot;
  }

  find(id: string): LedgerEntry | undefined {
    return this.#entries.get(id);
  }

  /** What became of a read; `take` is called for an id that was never seen. */
  once(id: string, take: () => LedgerEntry): LedgerEntry {
    const known = this.#entries.get(id);
    if (known !== undefined) return known;
    // before it is taken: whatever happens in there, it happens once
    this.#keep(id, { is: 'lost' });
    const taken = take();
    this.#entries.set(id, taken);
    return taken;
  }

  /** What became of a read that the phone asks about; one that never came is not taken any more from here on. */
  ask(id: string): LedgerEntry {
    const known = this.#entries.get(id);
    if (known !== undefined) return known;
    const entry: LedgerEntry = { is: this.#forgot ? 'lost' : 'never' };
    this.#keep(id, entry);
    return entry;
  }

  #keep(id: string, entry: LedgerEntry): void {
    this.#entries.set(id, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size <= REMEMBERED || oldest === undefined) return;
    this.#entries.delete(oldest);
    this.#forgot = true;
  }
}
