/** Two signals as one, which are joined when there is something to wait for: a number on its way need not wait for that. */
export class EitherSignal {
  readonly #one: AbortSignal;
  readonly #other: AbortSignal;
  #joined: AbortSignal | undefined;

  constructor(one: AbortSignal, other: AbortSignal) {
    this.#one = one;
    this.#other = other;
  }

  get aborted(): boolean {
    return this.#one.aborted || this.#other.aborted;
  }

  /** Aborts with either of them. */
  get signal(): AbortSignal {
    return (this.#joined ??= AbortSignal.any([this.#one, this.#other]));
  }
}
