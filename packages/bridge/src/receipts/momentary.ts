import type { Clock } from '@tillbridge/core';
import type { MomentaryGuest } from './receipt-plan.js';

/** A code that a guest showed lives for a day at most (UDS, exchanged); then it is of no use to anybody. In ms. */
const KEEP_MS = 24 * 3_600_000;
const MOST = 5000;

/** One-time codes of receipts that are not reported yet. In memory until then, and nowhere else. */
export class MomentaryGuests {
  readonly #clock: Clock;
  readonly #guests = new Map<string, { readonly at: number; readonly guest: MomentaryGuest }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  put(receiptId: string, guest: MomentaryGuest): void {
    if (guest.code === undefined && guest.session === undefined) return;
    const before = this.#clock.mono() - KEEP_MS;
    for (const [id, { at }] of this.#guests) {
      if (at >= before && this.#guests.size < MOST) break;
      this.#guests.delete(id);
    }
    this.#guests.set(receiptId, { at: this.#clock.mono(), guest });
  }

  get(receiptId: string): MomentaryGuest {
    const found = this.#guests.get(receiptId);
    return found === undefined || this.#clock.mono() - found.at > KEEP_MS ? {} : found.guest;
  }

  forget(receiptId: string): void {
    this.#guests.delete(receiptId);
  }

  get size(): number {
    return this.#guests.size;
  }
}
