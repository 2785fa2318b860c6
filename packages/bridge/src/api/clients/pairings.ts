import { randomInt } from 'node:crypto';
import { elapsed, instant, TillbridgeError, type Clock, type Instant } from '@tillbridge/core';
import type { Scope } from '../../control/scope.js';

/** A pairing code is valid for this long, in ms. */
export const PAIRING_MS = 120_000;
/** Codes that may be open at once. */
const MAX_OPEN = 16;
const DIGITS = 8;

/** What a code stands for until it is used. */
export interface Pairing {
  readonly name: string;
  readonly scopes: readonly Scope[];
}

interface OpenPairing extends Pairing {
  readonly at: Instant;
}

/** Pairing codes, in memory alone: eight digits, two minutes, one use. */
export class Pairings {
  readonly #clock: Clock;
  readonly #open = new Map<string, OpenPairing>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @throws {TillbridgeError} `TB_API_CLIENTS_FULL` */
  offer(pairing: Pairing): { readonly code: string; /** Unix time in milliseconds. */ readonly expiresAt: number } {
    this.#forgetOld();
    if (this.#open.size >= MAX_OPEN) throw new TillbridgeError('TB_API_CLIENTS_FULL', { max: MAX_OPEN });
    const code = this.#freshCode();
    this.#open.set(code, { ...pairing, at: instant(this.#clock) });
    return { code, expiresAt: this.#clock.wall() + PAIRING_MS };
  }

  /** What the code stands for; it is used up with that. */
  redeem(code: string): Pairing | undefined {
    this.#forgetOld();
    const pairing = this.#open.get(code);
    this.#open.delete(code);
    return pairing;
  }

  #freshCode(): string {
    for (;;) {
      const code = randomInt(10 ** DIGITS).toString().padStart(DIGITS, '0');
      if (!this.#open.has(code)) return code;
    }
  }

  #forgetOld(): void {
    for (const [code, { at }] of this.#open) if (elapsed(this.#clock, at) >= PAIRING_MS) this.#open.delete(code);
  }
}
