/** Orders that are remembered; a till closes a few hundred in the 12 hours for which a scan is. */
const MOST = 2000;

/** Which orders were closed, so that an id that a till uses again is known to be another order. */
export class OrderTurns {
  /** Monotonic time of opening, in ms; undefined while it is closed. */
  readonly #orders = new Map<string, number | undefined>();

  /** Takes note; true where this opens another order under the id of one that was closed. */
  next(till: string, state: 'opened' | 'closed', orderId: string, now: number): boolean {
    const key = keyOf(till, orderId);
    const isClosed = this.#orders.has(key) && this.#orders.get(key) === undefined;
    // what was opened once and is opened again is the same order, back on the screen
    if (state === 'opened' && !isClosed) return false;
    this.#orders.delete(key);
    this.#orders.set(key, state === 'opened' ? now : undefined);
    const [oldest] = this.#orders.keys();
    if (this.#orders.size > MOST && oldest !== undefined) this.#orders.delete(oldest);
    return state === 'opened';
  }

  /** When the order that has this id now was opened, where another had it before; else long ago. */
  since(till: string, orderId: string): number {
    return this.#orders.get(keyOf(till, orderId)) ?? Number.NEGATIVE_INFINITY;
  }
}

const keyOf = (till: string, orderId: string): string => JSON.stringify([till, orderId]);
