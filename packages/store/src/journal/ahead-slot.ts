import { AHEAD, type AheadEffect, type AheadEvent, type AheadState } from './ahead-states.js';
import type { NewRow } from './row.js';
import type { JournalWriter } from './writer.js';

/** What is left to do with rows whose commit was asked for. */
export type Wanted =
  /** {@link JournalWriter.commit} */
  | { readonly how: 'commit' }
  /** {@link JournalWriter.append} of these, behind what else is to be appended */
  | { readonly how: 'append'; readonly rows: readonly NewRow[] }
  /** nothing was prepared under that name */
  | { readonly how: 'refuse' };

/**
 * The rows that are likely to be appended next. They stand in the writer's open transaction as long as nobody else wants to write; then
 * they step back, and their commit appends them: in the order in which entries were asked for, whatever comes between. Drives {@link AHEAD}.
 */
export class AheadSlot {
  readonly #writer: Pick<JournalWriter, 'stage' | 'unstage'>;
  #state: AheadState = 'none';
  #name = 0;
  #rows: readonly NewRow[] = [];

  constructor(writer: Pick<JournalWriter, 'stage' | 'unstage'>) {
    this.#writer = writer;
  }

  /** Whether a transaction is open: the writer's other methods may be called after {@link stepBack}. */
  get staged(): boolean {
    return this.#state === 'staged';
  }

  prepare(name: number, rows: readonly NewRow[], wall: number): void {
    const effect = this.#handle('prepare');
    if (effect === 'restage') this.#writer.unstage();
    this.#name = name;
    this.#rows = rows;
    try {
      this.#writer.stage(rows, wall);
    } catch {
      // the commit will meet it again, and tell
      this.#handle('failed');
    }
  }

  /** What is to be done for the commit of `name`: at once, before anything else is asked of this or of the writer. */
  commit(name: number): Wanted {
    if (name !== this.#name) return { how: 'refuse' };
    const effect = this.#handle('commit');
    const rows = this.#rows;
    this.#rows = [];
    if (effect === 'append') return { how: 'append', rows };
    return { how: effect === 'commit' ? 'commit' : 'refuse' };
  }

  discard(name: number): void {
    if (name === this.#name && this.#handle('discard') === 'unstage') this.#writer.unstage();
  }

  /** Something else is to be written. */
  stepBack(): void {
    if (this.#handle('other') === 'unstage') this.#writer.unstage();
  }

  #handle(event: AheadEvent): AheadEffect {
    const { to, effect } = AHEAD[this.#state][event];
    this.#state = to;
    return effect;
  }
}
