/** What is remembered of the last code of one reader. */
interface Last {
  readonly code: string;
  /** When its card left; undefined while it is still there. Monotonic ms. */
  left: number | undefined;
}

/**
 * One tap is one read: a card that trembles at the edge of the field comes and goes several times, and a card that lies there is seen
 * again when the NFC process is started anew.
 */
export class Debounce {
  readonly #windowMs: number;
  readonly #last = new Map<string, Last>();

  /** `windowMs` 0: only the card that never left is left out. */
  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Whether this read is a new tap. `initial`: the card lay there when the process began. */
  isNew(reader: string, code: string, initial: boolean, now: number): boolean {
    const last = this.#last.get(reader);
    const same = last?.code === code;
    const fresh = !same || (last.left === undefined ? !initial : now - last.left >= this.#windowMs);
    this.#last.set(reader, { code, left: undefined });
    return fresh;
  }

  cardLeft(reader: string, now: number): void {
    const last = this.#last.get(reader);
    if (last !== undefined) last.left ??= now;
  }

  /** The last codes were refused: the same card again is a new attempt. */
  forget(): void {
    this.#last.clear();
  }
}
