import type { Done } from './wire.js';

/** The plugin remembers so many actions. */
const REMEMBERED = 64;

/** Which actions this process has begun, and what became of them: none is done a second time. */
export class ActionMemory {
  readonly #actions = new Map<string, Done | 'underWay'>();

  /** `new`: it may be done now, and counts as begun from here on. */
  begin(id: string): Done | 'underWay' | 'new' {
    const known = this.#actions.get(id);
    if (known !== undefined) return known;
    this.#actions.set(id, 'underWay');
    for (const [oldest, state] of this.#actions) {
      if (this.#actions.size <= REMEMBERED) break;
      if (state !== 'underWay') this.#actions.delete(oldest);
    }
    return 'new';
  }

  end(id: string, done: Done): void {
    this.#actions.set(id, done);
  }
}
