import type { Clock } from '@tillbridge/core';
import { readKeySet, type KeySet, type KeySetProblem } from './key-set.js';

export interface KeyRingOptions {
  readonly clock: Clock;
  /** Only this issuer's document is taken. */
  readonly issuer: string;
  /** How old the last confirmed document may be, in ms. Beyond it nothing can be checked: a key may have been revoked meanwhile. */
  readonly maxAgeMs: number;
}

/** Why a document was not taken. */
export type RefusedKeySet = KeySetProblem | 'otherIssuer' | 'olderVersion' | 'otherContent';

/** The issuer's keys as last confirmed. Replaced whole; an older document never replaces a newer one. */
export class KeyRing {
  readonly #options: KeyRingOptions;
  #set: KeySet | undefined;
  #text = '';
  #confirmed = 0;
  #onWanted: (() => void) | undefined;

  constructor(options: KeyRingOptions) {
    this.#options = options;
  }

  get issuer(): string {
    return this.#options.issuer;
  }

  /** The keys, or why there are none that may be used. */
  current(): KeySet | 'noKeys' | 'keysTooOld' {
    if (this.#set === undefined) return 'noKeys';
    return this.#options.clock.wall() - this.#confirmed > this.#options.maxAgeMs ? 'keysTooOld' : this.#set;
  }

  /** Unix time in ms at which the document was last confirmed; undefined: never. */
  get confirmed(): number | undefined {
    return this.#set === undefined ? undefined : this.#confirmed;
  }

  get version(): number | undefined {
    return this.#set?.version;
  }

  /** Takes a document in. `at`: when it was confirmed, Unix time in ms. Gives why it was not taken. */
  take(text: string, at: number): RefusedKeySet | undefined {
    const set = readKeySet(text);
    if (typeof set === 'string') return set;
    if (set.issuer !== this.#options.issuer) return 'otherIssuer';
    if (this.#set !== undefined && set.version < this.#set.version) return 'olderVersion';
    // two documents of one number: one of them is not the issuer's
    if (this.#set !== undefined && set.version === this.#set.version && text !== this.#text) return 'otherContent';
    this.#set = set;
    this.#text = text;
    this.#confirmed = Math.max(this.#confirmed, at);
    return undefined;
  }

  /** The server said that the document is the same. */
  confirm(at: number): void {
    this.#confirmed = Math.max(this.#confirmed, at);
  }

  /** A code names a key that we do not have: the issuer may have a new one. */
  want(): void {
    this.#onWanted?.();
  }

  onWanted(listener: () => void): void {
    this.#onWanted = listener;
  }
}
