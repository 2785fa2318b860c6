import { elapsed, instant, type Clock, type Instant } from '@tillbridge/core';
import { openAt, sealAt } from '../noise/cipher.js';
import { Handshake, type SessionKeys } from '../noise/handshake.js';
import { keyPairOf } from '../noise/keys.js';
import { KK } from '../noise/patterns.js';
import { concat } from '../wire/bytes.js';
import { decodeText, encodeHeader, encodeNamed, encodeText } from '../wire/envelope.js';
import { phoneIdOf, sessionPrologue } from '../wire/identity.js';
import { readSessionAnswer, readTillAnswer } from '../wire/read-answers.js';
import { PhoneLinkError } from '../wire/refusals.js';
import type { PhoneRequest, SessionAnswer, TillAnswer } from '../wire/texts.js';
import type { StoredTill } from './ports.js';

/** A message that was sealed once: repeated as it is, or not at all. */
export interface SealedMessage {
  readonly body: Uint8Array;
  readonly header: Uint8Array;
  readonly counter: number;
}

/** The phone's first message of a session, and what makes the till's answer a session. */
export function beginSession(till: StoredTill, random: (length: number) => Uint8Array): { readonly body: Uint8Array; readonly finish: (answer: Uint8Array, clock: Clock) => PhoneSession } {
  const own = keyPairOf(till.secret);
  const id = phoneIdOf(own.public);
  const handshake = new Handshake({ pattern: KK, role: 'initiator', prologue: sessionPrologue(till.tillId, id), own, theirs: till.tillKey, ephemeral: random(32) });
  const noise = handshake.write(new Uint8Array());
  if (noise === undefined) throw new PhoneLinkError('unknownTill');
  return {
    body: encodeNamed({ id, noise }),
    finish: (answer, clock) => {
      const fields = decodeText(handshake.read(answer) ?? new Uint8Array());
      const welcome = fields === undefined ? undefined : readSessionAnswer(fields);
      if (welcome === undefined) throw new PhoneLinkError('notGenuine');
      return new PhoneSession(welcome, handshake.split(), clock);
    },
  };
}

/** A till that was heard of within this time, in ms, still has its session: a scan is sent without asking first. */
const TRUSTED_MS = 1500;

/** A session on the phone: its keys, its next counter, the till's time. */
export class PhoneSession {
  readonly welcome: SessionAnswer;
  readonly #keys: SessionKeys;
  readonly #clock: Clock;
  #counter = 0;
  #tick: number;
  #heard: Instant;
  /** Questions that the till holds back until something changes. */
  #held = 0;

  constructor(welcome: SessionAnswer, keys: SessionKeys, clock: Clock) {
    this.welcome = welcome;
    this.#keys = keys;
    this.#clock = clock;
    this.#tick = welcome.tick;
    this.#heard = instant(clock);
  }

  /** The till's time as it was told last. */
  get tick(): number {
    return this.#tick;
  }

  /** Milliseconds since a genuine answer. */
  get silentMs(): number {
    return elapsed(this.#clock, this.#heard);
  }

  /**
   * Whether the till surely has this session: it was heard of just now, or it holds a question that was asked just then and nobody has hung up since.
   * A till that ends answers what it holds, and the connections of one that is killed are closed by its system.
   */
  get trusted(): boolean {
    return this.silentMs < TRUSTED_MS || this.#held > 0;
  }

  /** A question goes to the till, which may hold it. Call what it gives when it is answered, or nobody answered. */
  hold(): () => void {
    // one that is asked into a long silence proves nothing until it is answered
    if (this.silentMs >= TRUSTED_MS) return () => undefined;
    this.#held += 1;
    let over = false;
    return () => {
      if (!over) this.#held -= 1;
      over = true;
    };
  }

  seal(request: PhoneRequest): SealedMessage {
    const counter = this.#counter;
    this.#counter += 1;
    const header = encodeHeader(this.welcome.sid, counter);
    return { counter, header, body: concat(header, sealAt(this.#keys.send, counter, header, encodeText(request))) };
  }

  /** The till's answer to a message. @throws {PhoneLinkError} `notGenuine` */
  open({ counter, header }: SealedMessage, answer: Uint8Array): TillAnswer {
    const fields = decodeText(openAt(this.#keys.receive, counter, header, answer) ?? new Uint8Array());
    const read = fields === undefined ? undefined : readTillAnswer(fields);
    if (read === undefined) throw new PhoneLinkError('notGenuine');
    // answers may overtake each other
    if (read.tick >= this.#tick) {
      this.#tick = read.tick;
      this.#heard = instant(this.#clock);
    }
    return read;
  }
}
