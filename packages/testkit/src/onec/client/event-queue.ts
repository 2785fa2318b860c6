/** One external event. */
export interface ExternalEvent {
  readonly source: string;
  readonly event: string;
  readonly data: string;
}

/** The queue of one add-in object: bounded, in order; what does not fit is refused. The depth of the platform itself is 1. */
export class EventQueue {
  depth = 1;
  refused = 0;
  readonly #events: ExternalEvent[] = [];

  get length(): number {
    return this.#events.length;
  }

  put(event: ExternalEvent): boolean {
    if (this.#events.length >= this.depth) {
      this.refused += 1;
      return false;
    }
    this.#events.push(event);
    return true;
  }

  take(): ExternalEvent | undefined {
    return this.#events.shift();
  }

  clear(): void {
    this.#events.length = 0;
  }
}
