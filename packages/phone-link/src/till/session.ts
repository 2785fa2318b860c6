import { elapsed, instant, TokenBucket, type Clock, type Instant } from '@tillbridge/core';
import { openAt, sealAt } from '../noise/cipher.js';
import type { SessionKeys } from '../noise/handshake.js';
import { sameBytes } from '../wire/bytes.js';
import type { MessageEnvelope } from '../wire/envelope.js';
import { SESSION_IDLE_MS, SESSION_MS } from '../wire/limits.js';
import { ReplayWindow } from './replay-window.js';
import { SESSION_TRANSITIONS, type SessionEffect, type SessionEvent, type SessionState } from './session-states.js';

/**
 * Messages that do not open before the session ends. Anybody who sees a session's name can send some, so few must not end it; each is a
 * guess at 128 bits.
 */
export const MAX_FORGED = 1024;
/** Answers that are kept for a repetition of their request. */
const KEPT_ANSWERS = 16;
/** Messages that may wait for their answer at a time. */
export const MAX_WAITING = 4;
/** A session that was not used after its handshake is over after this, in ms. */
const UNPROVEN_MS = 30_000;
/** Messages per second and at once. */
const RATE = { perSecond: 20, burst: 40 };

interface Kept {
  readonly request: Uint8Array;
  readonly answer: Promise<Uint8Array>;
}

export type Opened =
  | { readonly is: 'text'; readonly text: Uint8Array }
  /** These very bytes were had before: the same answer again. */
  | { readonly is: 'repeated'; readonly answer: Promise<Uint8Array> }
  | { readonly is: 'refused'; readonly refusal: 'replay' | 'forged' | 'noSession' | 'busy' };

/** One session of one phone: its keys, which counters were had, and what was answered to the last ones. */
export class Session {
  readonly sid: string;
  readonly phone: string;
  /** Aborts when the session ends at once: whoever waits is answered. */
  readonly ended: AbortSignal;
  readonly #keys: SessionKeys;
  readonly #clock: Clock;
  readonly #began: Instant;
  readonly #window = new ReplayWindow();
  readonly #answers = new Map<number, Kept>();
  readonly #end = new AbortController();
  readonly #rate: TokenBucket;
  #used: Instant;
  #forged = 0;
  #waiting = 0;
  #state: SessionState = 'unproven';

  constructor(sid: string, phone: string, keys: SessionKeys, clock: Clock) {
    this.sid = sid;
    this.phone = phone;
    this.#keys = keys;
    this.#clock = clock;
    this.#began = instant(clock);
    this.#used = this.#began;
    this.#rate = new TokenBucket(RATE, clock.mono());
    this.ended = this.#end.signal;
  }

  get state(): SessionState {
    return this.#state;
  }

  /** The till's time since the session began, in whole ms; a machine that slept counts its sleep. */
  get tick(): number {
    return Math.floor(elapsed(this.#clock, this.#began));
  }

  /** When a genuine message came last, on the monotonic clock. */
  get usedAt(): number {
    return this.#used.mono;
  }

  /** Ends it where its time is over. */
  expire(): void {
    const idle = elapsed(this.#clock, this.#used);
    const limit = this.#state === 'unproven' ? UNPROVEN_MS : SESSION_IDLE_MS;
    if (idle >= limit || this.tick >= SESSION_MS) this.handle('expired');
  }

  handle(event: SessionEvent): SessionEffect {
    const { to, effect } = SESSION_TRANSITIONS[this.#state][event];
    this.#state = to;
    if (effect === 'endNow') this.#end.abort();
    return effect;
  }

  /** What is in a message, or why not. Nothing but the counters changes before it proved genuine. */
  open(envelope: MessageEnvelope, body: Uint8Array): Opened {
    if (this.#state === 'over') return { is: 'refused', refusal: 'noSession' };
    if (this.#rate.take(this.#clock.mono()) > 0) return { is: 'refused', refusal: 'busy' };
    if (this.#window.check(envelope.counter) !== 'new') {
      const kept = this.#answers.get(envelope.counter);
      return kept !== undefined && sameBytes(kept.request, body) ? { is: 'repeated', answer: kept.answer } : { is: 'refused', refusal: 'replay' };
    }
    const text = openAt(this.#keys.receive, envelope.counter, envelope.header, envelope.sealed);
    if (text === undefined) {
      this.#forged += 1;
      if (this.#forged >= MAX_FORGED) this.handle('tooManyForged');
      return { is: 'refused', refusal: 'forged' };
    }
    if (this.#waiting >= MAX_WAITING) return { is: 'refused', refusal: 'busy' };
    this.#window.mark(envelope.counter);
    this.#used = instant(this.#clock);
    this.handle('genuine');
    return { is: 'text', text };
  }

  /** Seals the one answer of a message, and keeps it for a repetition. */
  async answer(envelope: MessageEnvelope, body: Uint8Array, text: Promise<Uint8Array>): Promise<Uint8Array> {
    this.#waiting += 1;
    const answer = text
      .then((clear) => sealAt(this.#keys.send, envelope.counter, envelope.header, clear))
      .finally(() => {
        this.#waiting -= 1;
      });
    // whoever asked is told; nobody else waits for it
    answer.catch(() => undefined);
    this.#answers.set(envelope.counter, { request: body, answer });
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > KEPT_ANSWERS && oldest !== undefined) this.#answers.delete(oldest);
    return answer;
  }
}
