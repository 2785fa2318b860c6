import type { Clock } from '@tillbridge/core';
import { refuse, type LinkAnswer, type LinkPath } from '@tillbridge/phone-link';
import { TillLine, type RelayedTill } from './till-line.js';

export interface RelayOptions {
  /** Tills of other daemons; no other address is ever contacted. */
  readonly tills: readonly RelayedTill[];
  readonly clock: Clock;
  readonly random?: () => number;
}

/** The lines to the tills of other daemons. Which message goes where stands in clear in its path; what it says nobody here can read. */
export class Relay {
  readonly #lines: ReadonlyMap<string, TillLine>;

  constructor({ tills, clock, random = Math.random }: RelayOptions) {
    this.#lines = new Map(tills.map((till) => [till.id, new TillLine({ till, clock, random })]));
  }

  /** Never rejects; resolves at the latest when `signal` aborts. */
  async carry(tillId: string, path: LinkPath, body: Uint8Array, signal: AbortSignal): Promise<LinkAnswer> {
    return this.#lines.get(tillId)?.carry(path, body, signal) ?? refuse('noSuchTill');
  }

  close(): void {
    for (const line of this.#lines.values()) line.close();
  }
}
