import type { Cancel, Clock } from '@tillbridge/core';
import type { ApiReport } from './protocol.js';

/** What waits to be told goes out this often, in ms, and before every call. */
const NOTES_MS = 50;

/** What the daemon is to know, but not one message for each: refusals of a flood, who was seen. */
export class Notes {
  readonly #clock: Clock;
  readonly #send: (report: ApiReport) => void;
  readonly #refused = new Map<string, number>();
  readonly #seen = new Set<string>();
  #timer: Cancel | undefined;

  constructor(clock: Clock, send: (report: ApiReport) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  refused(reason: string): void {
    this.#refused.set(reason, (this.#refused.get(reason) ?? 0) + 1);
    this.#later();
  }

  seen(client: string): void {
    this.#seen.add(client);
    this.#later();
  }

  flush(): void {
    this.#timer?.();
    this.#timer = undefined;
    if (this.#refused.size > 0) this.#send({ say: 'refused', counts: Object.fromEntries(this.#refused) });
    if (this.#seen.size > 0) this.#send({ say: 'seen', clients: [...this.#seen] });
    for (const list of [this.#refused, this.#seen]) list.clear();
  }

  #later(): void {
    this.#timer ??= this.#clock.timer(NOTES_MS, () => this.flush());
  }
}
