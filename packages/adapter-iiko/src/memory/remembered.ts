import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '@tillbridge/core';

const MOST = 128;

/** Remembers for a while that something was so of a number. Kept as keyed hashes, in memory only, and bounded. */
export class Remembered {
  readonly #clock: Clock;
  readonly #keepMs: number;
  readonly #key = randomBytes(16);
  readonly #until = new Map<string, number>();

  constructor(clock: Clock, keepMs: number) {
    this.#clock = clock;
    this.#keepMs = keepMs;
  }

  add(...what: readonly string[]): void {
    const now = this.#clock.mono();
    for (const [name, until] of this.#until) if (until <= now) this.#until.delete(name);
    const name = this.#name(what);
    this.#until.delete(name);
    this.#until.set(name, now + this.#keepMs);
    const [oldest] = this.#until.keys();
    if (this.#until.size > MOST && oldest !== undefined) this.#until.delete(oldest);
  }

  has(...what: readonly string[]): boolean {
    return (this.#until.get(this.#name(what)) ?? 0) > this.#clock.mono();
  }

  clear(): void {
    this.#until.clear();
  }

  #name(what: readonly string[]): string {
    return createHmac('sha256', this.#key).update(JSON.stringify(what)).digest('base64');
  }
}
