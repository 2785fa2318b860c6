/** What can be broken. */
export const PROMISES = ['lost', 'doubled', 'reordered', 'late', 'leaked', 'foreign', 'untold', 'untrue', 'chain', 'stuck'] as const;
export type Promised = (typeof PROMISES)[number];

export interface Finding {
  readonly promise: Promised;
  readonly what: string;
}

/** More are counted, not kept: the first ones say what is wrong. */
const MOST = 200;

/** Collects what is wrong. */
export class Findings {
  readonly list: Finding[] = [];
  #count = 0;

  add(promise: Promised, what: string): void {
    this.#count += 1;
    if (this.list.length < MOST) this.list.push({ promise, what });
  }

  get count(): number {
    return this.#count;
  }
}
