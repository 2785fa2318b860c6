/** Which order each of the last deliveries was for: what it takes to ask the server what became of one. Memory only, and bounded. */
export class RecentOrders {
  readonly #entries = new Map<string, RecentOrder>();

  put(deliveryId: string, entry: RecentOrder): void {
    this.#entries.set(deliveryId, entry);
    const oldest = this.#entries.keys().next();
    if (this.#entries.size > MOST && oldest.done !== true) this.#entries.delete(oldest.value);
  }

  get(deliveryId: string): RecentOrder | undefined {
    return this.#entries.get(deliveryId);
  }

  clear(): void {
    this.#entries.clear();
  }
}

export interface RecentOrder {
  readonly order: string;
  /** In clear: it is compared with what the order shows. Not enumerable, so that nothing prints it by accident. */
  readonly shows: (card: string) => boolean;
}

const MOST = 32;
