import type { PreparedEntries } from '@tillbridge/core';
import type { AppendQueue } from './append-queue.js';
import type { Request } from './protocol.js';
import type { NewRow } from './row.js';

export interface AheadEntriesOptions {
  readonly nextId: () => number;
  readonly post: (request: Request) => boolean;
  readonly queue: Pick<AppendQueue, 'append' | 'commit'>;
  readonly wall: () => number;
}

/** What the journal's process was given to prepare: one at a time, and nothing any more once that process has died. */
export class AheadEntries {
  readonly #options: AheadEntriesOptions;
  #current: number | undefined;

  constructor(options: AheadEntriesOptions) {
    this.#options = options;
  }

  /** `undefined` while others are prepared, or when there is no process to do it. */
  prepare(rows: readonly NewRow[]): PreparedEntries | undefined {
    const { nextId, post, queue, wall } = this.#options;
    if (this.#current !== undefined) return undefined;
    const ahead = nextId();
    if (!post({ type: 'prepare', ahead, rows, wall: wall() })) return undefined;
    this.#current = ahead;
    let over = false;
    /** Whether this is the first call; `prepared`: the process still has them. */
    const end = (): { readonly first: boolean; readonly prepared: boolean } => {
      const first = !over;
      const prepared = first && this.#current === ahead;
      over = true;
      if (prepared) this.#current = undefined;
      return { first, prepared };
    };
    return {
      commit: () => {
        const { first, prepared } = end();
        if (prepared) return queue.commit(ahead, rows.length);
        if (!first) return Promise.reject(new Error('these entries were committed or discarded before'));
        return Promise.all(rows.map((row) => queue.append(row))).then(() => undefined);
      },
      discard: () => {
        if (end().prepared) post({ type: 'discard', ahead });
      },
    };
  }

  /** The process has died, and with it what it had prepared. */
  gone(): void {
    this.#current = undefined;
  }
}
