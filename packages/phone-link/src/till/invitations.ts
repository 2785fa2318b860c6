import { elapsed, instant, type Clock, type Instant } from '@tillbridge/core';
import { sameBytes, toBase64url } from '../wire/bytes.js';
import { encodeInvitation, INVITATION_ID_BYTES, INVITATION_SECRET_BYTES, invitationCode } from '../wire/invitation.js';
import { INVITATION_MS } from '../wire/limits.js';
import { INVITATION_TRANSITIONS, type InvitationEffect, type InvitationEvent, type InvitationState } from './invitation-states.js';
import type { Invitation, InvitationWish, LinkAnswer } from './ports.js';

/** QR codes at a time; a further one ends the oldest. */
export const MAX_INVITATIONS = 8;

/** A QR code, as the till knows it. */
export class OpenInvitation {
  readonly id: string;
  readonly secret: Uint8Array;
  readonly wish: InvitationWish;
  readonly made: Instant;
  #state: InvitationState = 'open';
  #used: { readonly request: Uint8Array; readonly answer: Promise<LinkAnswer> } | undefined;

  constructor(id: string, secret: Uint8Array, wish: InvitationWish, made: Instant) {
    this.id = id;
    this.secret = secret;
    this.wish = wish;
    this.made = made;
  }

  get state(): InvitationState {
    return this.#state;
  }

  handle(event: InvitationEvent): InvitationEffect {
    const { to, effect } = INVITATION_TRANSITIONS[this.#state][event];
    this.#state = to;
    return effect;
  }

  /** What the very same request was answered with: the answer was lost on its way. */
  answered(request: Uint8Array): Promise<LinkAnswer> | undefined {
    const used = this.#used;
    return used !== undefined && sameBytes(used.request, request) && this.handle('repeated') === 'repeat' ? used.answer : undefined;
  }

  use(request: Uint8Array, answer: Promise<LinkAnswer>): void {
    this.#used = { request, answer };
  }
}

/** The QR codes of a till: few, short-lived, each good for one phone. */
export class Invitations {
  readonly #clock: Clock;
  readonly #random: (length: number) => Uint8Array;
  readonly #tillKey: Uint8Array;
  readonly #open = new Map<string, OpenInvitation>();

  constructor(clock: Clock, random: (length: number) => Uint8Array, tillKey: Uint8Array) {
    this.#clock = clock;
    this.#random = random;
    this.#tillKey = tillKey;
  }

  make(wish: InvitationWish): Invitation {
    const id = toBase64url(this.#random(INVITATION_ID_BYTES));
    const secret = this.#random(INVITATION_SECRET_BYTES);
    this.#open.set(id, new OpenInvitation(id, secret, wish, instant(this.#clock)));
    const [oldest] = this.#open.keys();
    if (this.#open.size > MAX_INVITATIONS && oldest !== undefined) this.#open.delete(oldest);
    const parts = { id, tillKey: this.#tillKey, secret };
    return { id, fragment: encodeInvitation(parts), code: invitationCode(parts), expiresInMs: INVITATION_MS };
  }

  find(id: string): OpenInvitation | undefined {
    const invitation = this.#open.get(id);
    if (invitation === undefined) return undefined;
    if (elapsed(this.#clock, invitation.made) < INVITATION_MS) return invitation;
    invitation.handle('expired');
    this.#open.delete(id);
    return undefined;
  }

  withdraw(id: string): void {
    this.#open.get(id)?.handle('withdrawn');
  }

  close(): void {
    this.#open.clear();
  }
}
