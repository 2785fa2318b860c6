const MOST = 64;

/** The last deliveries of this process, for `verify`. Memory only, and bounded. */
export class Recent<T> {
  readonly #entries = new Map<string, T>();

  put(deliveryId: string, entry: T): void {
    this.#entries.delete(deliveryId);
    this.#entries.set(deliveryId, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > MOST && oldest !== undefined) this.#entries.delete(oldest);
  }

  get(deliveryId: string): T | undefined {
    return this.#entries.get(deliveryId);
  }

  clear(): void {
    this.#entries.clear();
  }
}
