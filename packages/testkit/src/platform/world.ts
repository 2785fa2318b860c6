import type { Clock } from '@tillbridge/core';

export type GuestState = 'active' | 'inactive' | 'blocked';

/** A guest of a platform. All made up. */
export interface PlatformGuest {
  /** The platform's own number of the guest. */
  readonly id: string;
  readonly uid?: string;
  /** The card's number: what the store's system knows. */
  readonly card?: string;
  /** What the card shows; absent: the number itself. */
  readonly barcode?: string;
  readonly externalId?: string;
  /** International form, digits alone. */
  readonly phone?: string;
  readonly name?: string;
  state: GuestState;
  /** In hundredths. */
  points: number;
  /** Facts that one platform alone has. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

export const COUPON_STATES = ['usable', 'held', 'used', 'expired', 'notApplicable', 'needsCustomer'] as const;
export type CouponState = (typeof COUPON_STATES)[number];
type CouponEvent = 'hold' | 'release' | 'use' | 'undo';

/** What becomes of a coupon; undefined: refused, it stays what it is. */
const COUPONS: Readonly<Record<CouponState, Readonly<Record<CouponEvent, CouponState | undefined>>>> = {
  usable: { hold: 'held', release: 'usable', use: 'used', undo: 'usable' },
  held: { hold: undefined, release: 'usable', use: 'used', undo: 'held' },
  used: { hold: undefined, release: undefined, use: undefined, undo: 'usable' },
  expired: { hold: undefined, release: undefined, use: undefined, undo: undefined },
  notApplicable: { hold: undefined, release: undefined, use: undefined, undo: undefined },
  needsCustomer: { hold: undefined, release: undefined, use: undefined, undo: undefined },
};

/** A code that lives for a while: of the app, exchanged, or sent as a message. */
export interface PlatformCode {
  readonly code: string;
  /** Id of its guest. */
  readonly guest: string;
  readonly kind: 'app' | 'exchanged' | 'message';
  /** On the world's clock. */
  readonly expiresAt: number;
  spent: boolean;
}

export type CreditPhase = 'held' | 'done' | 'discarded';

/** What a receipt has done at the platform, by its idempotency key. */
export interface PlatformCredit {
  readonly key: string;
  readonly operation: 'sale' | 'return';
  phase: CreditPhase;
  /** Id of the guest; absent: nobody's. */
  readonly guest?: string;
  /** In hundredths. */
  readonly total: number;
  readonly earned: number;
  readonly coupons: readonly string[];
  /** The sale that a return is of. */
  readonly of?: string;
  /** The platform's own number for it. */
  readonly reference: string;
  /** How often it was asked for with this key. */
  times: number;
  /** What the platform was told of when it happened, and whether it came late; absent: nothing. */
  readonly at?: string;
  readonly late?: boolean;
}

export type NewCredit = Pick<PlatformCredit, 'key' | 'operation' | 'total'> & Partial<Pick<PlatformCredit, 'guest' | 'coupons' | 'of' | 'at' | 'late'>> & { readonly phase?: CreditPhase };

/** A code that a guest got as a message. */
export interface PlatformMessage {
  /** As the platform writes it. */
  readonly phone: string;
  readonly code: string;
}

/** A share of a sale becomes points. */
const EARNED = 0.05;
/** More are not remembered. */
const MOST = 100_000;
const MOST_MESSAGES = 1000;
const DIGITS = 4;

/** Everything that a platform knows: guests, coupons, codes, what receipts have done. Its time can be moved on. */
export class PlatformWorld {
  readonly guests: PlatformGuest[] = [];
  readonly coupons = new Map<string, CouponState>();
  readonly codes = new Map<string, PlatformCode>();
  readonly credits = new Map<string, PlatformCredit>();
  /** The last so many that went out. */
  readonly messages: PlatformMessage[] = [];
  readonly clock: Clock;
  #shift = 0;
  #count = 0;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Unix milliseconds of this world. */
  now(): number {
    return this.clock.wall() + this.#shift;
  }

  /** Its time goes on by `ms`; nothing else does. */
  advance(ms: number): void {
    this.#shift += ms;
  }

  /** A guest by what he shows or is known by; of several the first. */
  find(by: 'id' | 'uid' | 'card' | 'barcode' | 'externalId' | 'phone', value: string | undefined): PlatformGuest | undefined {
    return this.findAll(by, value)[0];
  }

  findAll(by: 'id' | 'uid' | 'card' | 'barcode' | 'externalId' | 'phone', value: string | undefined): readonly PlatformGuest[] {
    if (value === undefined || value === '') return [];
    return this.guests.filter((guest) => (by === 'barcode' ? (guest.barcode ?? guest.card) : guest[by]) === value);
  }

  /** Adds a guest, in place of one with the same id. */
  put(guest: PlatformGuest): void {
    const index = this.guests.findIndex(({ id }) => id === guest.id);
    if (index >= 0) this.guests[index] = guest;
    else this.guests.push(guest);
  }

  /** @returns whether there was one */
  remove(id: string): boolean {
    const index = this.guests.findIndex((guest) => guest.id === id);
    if (index >= 0) this.guests.splice(index, 1);
    return index >= 0;
  }

  /** The guest of a code that is still good. */
  holderOf(text: string): { readonly guest: PlatformGuest; readonly code: PlatformCode } | undefined {
    const code = this.codes.get(text);
    const guest = code === undefined || code.spent || code.expiresAt <= this.now() ? undefined : this.find('id', code.guest);
    return guest === undefined || code === undefined ? undefined : { guest, code };
  }

  /** A code that nobody has yet. */
  issueCode(guest: string, kind: PlatformCode['kind'], text: string, lifeMs: number): PlatformCode {
    if (this.codes.size >= MOST) for (const [old, { spent, expiresAt }] of this.codes) if (spent || expiresAt <= this.now()) this.codes.delete(old);
    if (this.codes.size >= MOST) throw new Error('the simulated platform is full');
    const code = { code: text, guest, kind, expiresAt: this.now() + lifeMs, spent: false };
    this.codes.set(text, code);
    return code;
  }

  /** Sends a guest a code of four digits; of a guest the last one counts. */
  sendCode(guest: string, phone: string, lifeMs: number): PlatformCode {
    const text = String((this.next() * 7919) % 10 ** DIGITS).padStart(DIGITS, '0');
    const code = this.issueCode(`message:${guest}`, 'message', text, lifeMs);
    this.messages.push({ phone, code: text });
    if (this.messages.length > MOST_MESSAGES) this.messages.shift();
    return code;
  }

  /** @returns whether it is what the guest was sent, in time and for the first time */
  takeCode(guest: string, text: string): boolean {
    const code = this.codes.get(text);
    if (code?.guest !== `message:${guest}` || code.spent || code.expiresAt <= this.now()) return false;
    code.spent = true;
    return true;
  }

  /** @returns whether it could */
  coupon(code: string, event: CouponEvent): boolean {
    const state = this.coupons.get(code);
    const next = state === undefined ? undefined : COUPONS[state][event];
    if (next !== undefined) this.coupons.set(code, next);
    return next !== undefined;
  }

  /** Rising numbers, as platforms give them to what they book. */
  next(): number {
    this.#count += 1;
    return this.#count;
  }

  /** Books once for each key; `first` is false for a repeat, which books nothing. */
  book(entry: NewCredit): { readonly first: boolean; readonly credit: PlatformCredit } {
    const known = this.credits.get(entry.key);
    if (known !== undefined) {
      known.times += 1;
      return { first: false, credit: known };
    }
    if (this.credits.size >= MOST) throw new Error('the simulated platform is full');
    const earned = Math.round(entry.total * EARNED) * (entry.operation === 'sale' ? 1 : -1);
    const credit: PlatformCredit = { coupons: [], ...entry, phase: entry.phase ?? 'done', earned, reference: String(1_000_000 + this.next()), times: 1 };
    this.credits.set(entry.key, credit);
    if (credit.phase === 'done') this.#settle(credit);
    else for (const coupon of credit.coupons) this.coupon(coupon, 'hold');
    return { first: true, credit };
  }

  /** The second phase. @returns whether it could: done twice is done, discarded twice is discarded */
  finish(credit: PlatformCredit, phase: 'done' | 'discarded'): boolean {
    if (credit.phase === phase) return true;
    if (credit.phase !== 'held') return false;
    credit.phase = phase;
    if (phase === 'done') this.#settle(credit);
    else for (const coupon of credit.coupons) this.coupon(coupon, 'release');
    return true;
  }

  /** Takes back what is done, as platforms do whose sales can be cancelled. */
  undo(credit: PlatformCredit): boolean {
    if (credit.phase !== 'done') return credit.phase === 'discarded';
    credit.phase = 'discarded';
    const guest = this.find('id', credit.guest);
    if (guest !== undefined) guest.points -= credit.earned;
    for (const coupon of credit.coupons) this.coupon(coupon, 'undo');
    return true;
  }

  #settle(credit: PlatformCredit): void {
    const guest = this.find('id', credit.guest);
    if (guest !== undefined) guest.points += credit.earned;
    for (const coupon of credit.coupons) this.coupon(coupon, 'use');
  }
}
