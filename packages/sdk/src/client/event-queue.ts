/**
 * What is between a source that pushes and a loop that pulls: bounded, ended or failed once. `for await` over it ends when it is ended and
 * throws what it failed with, each after what was queued before.
 */
export class EventQueue<T> implements AsyncIterableIterator<T, undefined> {
  readonly #limit: number;
  readonly #onLost: (lost: T) => void;
  readonly #onEnd: () => void;
  readonly #items: T[] = [];
  readonly #waiting: { resolve: (result: IteratorResult<T, undefined>) => void; reject: (error: Error) => void }[] = [];
  #ended: { readonly error?: Error } | undefined;

  /** @param onLost called with the oldest item when there are more than `limit`. @param onEnd called once, however it ends. */
  constructor(limit: number, onLost: (lost: T) => void, onEnd: () => void) {
    this.#limit = limit;
    this.#onLost = onLost;
    this.#onEnd = onEnd;
  }

  push(item: T): void {
    if (this.#ended !== undefined) return;
    const waiter = this.#waiting.shift();
    if (waiter !== undefined) {
      waiter.resolve({ value: item, done: false });
      return;
    }
    this.#items.push(item);
    if (this.#items.length <= this.#limit) return;
    const lost = this.#items.shift();
    if (lost !== undefined) this.#onLost(lost);
  }

  end(): void {
    this.#finish({});
  }

  fail(error: Error): void {
    this.#finish({ error });
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const item = this.#items.shift();
    if (item !== undefined) return Promise.resolve({ value: item, done: false });
    if (this.#ended !== undefined) return this.#last(this.#ended);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** The loop was left. */
  return(): Promise<IteratorResult<T, undefined>> {
    this.#items.length = 0;
    this.#finish({});
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #finish(how: { readonly error?: Error }): void {
    if (this.#ended !== undefined) return;
    this.#ended = how;
    this.#onEnd();
    for (const { resolve, reject } of this.#waiting.splice(0)) {
      if (how.error !== undefined) reject(how.error);
      else resolve({ value: undefined, done: true });
    }
  }

  /** The error is thrown once; whoever asks again is told that it is over. */
  #last(how: { readonly error?: Error }): Promise<IteratorResult<T, undefined>> {
    this.#ended = {};
    return how.error !== undefined ? Promise.reject(how.error) : Promise.resolve({ value: undefined, done: true });
  }
}
