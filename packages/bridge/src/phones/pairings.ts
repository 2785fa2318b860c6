import { elapsed, instant, type Clock, type Instant } from '@tillbridge/core';
import type { Invitation, LinkEvent } from '@tillbridge/phone-link';

/** `open`: nobody came yet. `arrived`: a phone used it and waits for a yes. `paired`: done. `over`: too old, withdrawn or refused. */
export type PairingState = 'open' | 'arrived' | 'paired' | 'over';

/** How a pairing that was begun is doing. */
export interface PairingView {
  readonly id: string;
  readonly state: PairingState;
  /** The phone that came, and the digits that both screens show. */
  readonly phone?: { readonly id: string; readonly name: string; readonly model: string; readonly digits: string };
}

interface Pairing {
  readonly invitation: Invitation;
  readonly since: Instant;
  state: PairingState;
  phone: PairingView['phone'];
}

/** What is remembered of pairings; the oldest makes room. */
const MAX_PAIRINGS = 32;

/** Follows pairings from the QR code to the paired phone, for the screen that shows the QR code. */
export class Pairings {
  readonly #clock: Clock;
  readonly #all = new Map<string, Pairing>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(invitation: Invitation): void {
    this.#all.set(invitation.id, { invitation, since: instant(this.#clock), state: 'open', phone: undefined });
    const [oldest] = this.#all.keys();
    if (this.#all.size > MAX_PAIRINGS && oldest !== undefined) this.#all.delete(oldest);
  }

  /** Takes what the link tells. */
  note(event: LinkEvent): void {
    if (event.is === 'arrived') {
      const pairing = this.#all.get(event.invitation);
      if (pairing === undefined) return;
      const { id, name, model } = event.phone;
      pairing.phone = { id, name, model, digits: event.digits };
      pairing.state = 'arrived';
    } else if (event.is === 'paired') this.#move(event.phone.id, 'paired');
  }

  /** Somebody said no. */
  refuse(phone: string): void {
    for (const pairing of this.#all.values()) if (pairing.phone?.id === phone && pairing.state === 'arrived') pairing.state = 'over';
  }

  withdraw(id: string): void {
    const pairing = this.#all.get(id);
    if (pairing?.state === 'open') pairing.state = 'over';
  }

  view(id: string): PairingView | undefined {
    const pairing = this.#all.get(id);
    if (pairing === undefined) return undefined;
    const { invitation, since, phone } = pairing;
    const state = pairing.state === 'open' && elapsed(this.#clock, since) > invitation.expiresInMs ? 'over' : pairing.state;
    return { id, state, ...(phone === undefined ? {} : { phone }) };
  }

  #move(phone: string, state: PairingState): void {
    for (const pairing of this.#all.values()) if (pairing.phone?.id === phone) pairing.state = state;
  }
}
