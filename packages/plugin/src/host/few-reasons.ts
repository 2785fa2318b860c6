import { reasonWord } from '../wire/read-report.js';

/** Each becomes a counter that is never forgotten. */
const MOST = 8;

/** The reasons of one plugin as names of counters: words, and few of them; what is more or none is `other`. */
export class FewReasons {
  readonly #known = new Set<string>();

  of(reason: string): string {
    if (!reasonWord.safeParse(reason).success || (this.#known.size >= MOST && !this.#known.has(reason))) return 'other';
    this.#known.add(reason);
    return reason;
  }
}
