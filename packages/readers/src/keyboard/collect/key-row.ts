import type { KeyEvent } from '@tillbridge/core';
import { modifierBit } from '../decode/usages.js';
import type { KeyChange } from '../decode/key-change.js';
import type { Burst } from './typing-pace.js';

/** More than the longest read needs (8192 bytes as Alt codes would be 81,920): the piece that is full leaves, the next begins. */
export const MOST_EVENTS = 65_536;
/** Room for the keys that are let go of at the end; there are no more places on a keyboard page. */
const ROOM_TO_CLOSE = 256;

/** The keys of one read, complete in themselves: what goes down comes up. */
export class KeyRow {
  #events: KeyEvent[] = [];
  readonly #down = new Set<number>();
  #startedAt = 0;
  #presses = 0;
  #firstAt = 0;
  #lastAt = 0;
  #longestMs = 0;

  get empty(): boolean {
    return this.#events.length === 0;
  }

  get full(): boolean {
    return this.#events.length >= MOST_EVENTS - ROOM_TO_CLOSE;
  }

  /** True while the only keys that were typed are modifiers and one of them is still held: something is to come. */
  get onlyModifiersHeld(): boolean {
    return this.#presses === 0 && this.#down.size > 0;
  }

  /** `held`: modifiers that went down before this row and are still down; they go down in it too. */
  press({ usage, at }: KeyChange, held: Iterable<number>): void {
    if (this.empty) {
      this.#startedAt = at;
      for (const modifier of held) if (modifier !== usage) this.#add(modifier, true, at);
    }
    this.#add(usage, true, at);
    if (modifierBit(usage) !== 0) return;
    if (this.#presses === 0) this.#firstAt = at;
    else this.#longestMs = Math.max(this.#longestMs, at - this.#lastAt);
    this.#lastAt = at;
    this.#presses += 1;
  }

  /** A key that went down before this row is none of its business. */
  release({ usage, at }: KeyChange): void {
    if (this.#down.has(usage)) this.#add(usage, false, at);
  }

  /** What the row is worth for telling a scanner from a hand. */
  burst(terminated: boolean): Burst {
    return {
      presses: this.#presses,
      spanMs: Math.max(0, this.#lastAt - this.#firstAt),
      longestMs: this.#longestMs,
      firstAt: this.#firstAt,
      lastAt: this.#lastAt,
      terminated,
    };
  }

  /** Ends the row: what is still down comes up, last first. Afterwards it is empty. */
  take(): readonly KeyEvent[] {
    const last = this.#events.at(-1)?.atMs ?? 0;
    for (const usage of [...this.#down].reverse()) this.#events.push({ usage, down: false, atMs: last });
    const events = this.#events;
    this.#events = [];
    this.#down.clear();
    this.#presses = 0;
    this.#longestMs = 0;
    return events;
  }

  #add(usage: number, down: boolean, at: number): void {
    // a clock that was set back must not make a key come up before it went down
    const before = this.#events.at(-1)?.atMs ?? 0;
    this.#events.push({ usage, down, atMs: Math.max(before, at - this.#startedAt) });
    if (down) this.#down.add(usage);
    else this.#down.delete(usage);
  }
}
