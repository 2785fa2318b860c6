import { TokenBucket } from '@tillbridge/core';
import { Handshake } from '../noise/handshake.js';
import { KK } from '../noise/patterns.js';
import { decodeSession, encodeText } from '../wire/envelope.js';
import { sessionPrologue } from '../wire/identity.js';
import { FRESH_MS, WIRE_VERSION } from '../wire/limits.js';
import type { SessionAnswer } from '../wire/texts.js';
import { refuse, sealed } from './answers.js';
import { decoyKey } from './pairing.js';
import type { LinkAnswer, PhoneRecord, TillLinkPorts } from './ports.js';
import type { Sessions } from './sessions.js';

/**
 * Handshakes per second and at once, of strangers and of phones that are known: each costs scalar multiplications while goods wait for the
 * same thread, and a flood of strangers must not keep a waiter out.
 */
const STRANGERS = { perSecond: 10, burst: 30 };
const KNOWN = { perSecond: 20, burst: 60 };

export interface SessionDeskParts {
  readonly ports: TillLinkPorts;
  readonly tillId: string;
  /** Names this run of the daemon. */
  readonly run: string;
  readonly sessions: Sessions;
  readonly phone: (id: string) => PhoneRecord | undefined;
}

/** Begins sessions with phones that are known. */
export class SessionDesk {
  readonly #parts: SessionDeskParts;
  readonly #strangers: TokenBucket;
  readonly #known: TokenBucket;
  /** What an unknown phone is checked against: the same work for everybody. */
  readonly #decoy: Uint8Array;

  constructor(parts: SessionDeskParts) {
    this.#parts = parts;
    this.#strangers = new TokenBucket(STRANGERS, parts.ports.clock.mono());
    this.#known = new TokenBucket(KNOWN, parts.ports.clock.mono());
    this.#decoy = decoyKey(parts.ports);
  }

  answer(body: Uint8Array): LinkAnswer {
    const { ports, tillId, phone, sessions } = this.#parts;
    const request = decodeSession(body);
    if (request === undefined) return refuse('malformed');
    const known = phone(request.id);
    if ((known === undefined ? this.#strangers : this.#known).take(ports.clock.mono()) > 0) return refuse('busy');
    const handshake = new Handshake({
      ...{ pattern: KK, role: 'responder', prologue: sessionPrologue(tillId, request.id), own: ports.identity },
      ...{ theirs: known?.key ?? this.#decoy, ephemeral: ports.random(32) },
      ...(ports.curve === undefined ? {} : { curve: ports.curve }),
    });
    const payload = handshake.read(request.noise);
    if (known === undefined || payload?.length !== 0) return refuse('notPaired');
    if (!sessions.first(request.noise.subarray(0, 32))) return refuse('replay');
    return this.#begin(handshake, known);
  }

  #begin(handshake: Handshake, phone: PhoneRecord): LinkAnswer {
    const { ports, run, sessions } = this.#parts;
    const sid = sessions.newName();
    const text: SessionAnswer = { v: WIRE_VERSION, sid, tick: 0, freshMs: FRESH_MS, run, state: phone.state, card: ports.card(phone) };
    const message = handshake.write(encodeText(text));
    if (message === undefined) return refuse('notPaired');
    sessions.add(sid, phone.id, handshake.split());
    ports.note?.({ is: 'session', phone: phone.id });
    return sealed(message);
  }
}
