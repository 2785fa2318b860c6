import type { Clock } from '@tillbridge/core';
import type { SessionKeys } from '../noise/handshake.js';
import { toBase64url, toHex } from '../wire/bytes.js';
import { Session } from './session.js';

/** Of all phones; beyond it the one that was idle longest ends. */
export const MAX_SESSIONS = 256;
/** Of one phone: two pages of one browser, and handshakes whose answer was lost or that somebody replayed. */
const MAX_LIVE = 2;
const MAX_UNPROVEN = 3;
/** First messages of handshakes that are known again. */
const KNOWN_FIRSTS = 512;

/** The sessions of a till: bounded, and none is lost to a handshake that nobody can use. */
export class Sessions {
  readonly #clock: Clock;
  readonly #random: (length: number) => Uint8Array;
  readonly #sessions = new Map<string, Session>();
  readonly #firsts = new Set<string>();

  constructor(clock: Clock, random: (length: number) => Uint8Array) {
    this.#clock = clock;
    this.#random = random;
  }

  /** False where a handshake with this ephemeral key was had before: a recorded one, played again. */
  first(ephemeral: Uint8Array): boolean {
    const key = toHex(ephemeral);
    if (this.#firsts.has(key)) return false;
    this.#firsts.add(key);
    const [oldest] = this.#firsts;
    if (this.#firsts.size > KNOWN_FIRSTS && oldest !== undefined) this.#firsts.delete(oldest);
    return true;
  }

  /** 8 characters that no session has. */
  newName(): string {
    let sid = toBase64url(this.#random(6));
    while (this.#sessions.has(sid)) sid = toBase64url(this.#random(6));
    return sid;
  }

  add(sid: string, phone: string, keys: SessionKeys): Session {
    this.#sweep();
    const session = new Session(sid, phone, keys, this.#clock);
    this.#sessions.set(sid, session);
    this.#make(phone, 'unproven', MAX_UNPROVEN);
    if (this.#sessions.size > MAX_SESSIONS) this.#replace([...this.#sessions.values()].filter((each) => each !== session), 1);
    return session;
  }

  find(sid: string): Session | undefined {
    const session = this.#sessions.get(sid);
    session?.expire();
    if (session?.state !== 'over') return session;
    this.#sessions.delete(sid);
    return undefined;
  }

  /** A session proved genuine: older ones of the phone make room. */
  proved(session: Session): void {
    this.#make(session.phone, 'live', MAX_LIVE);
  }

  /** Ends the sessions of a phone at once. */
  end(phone: string): void {
    for (const session of this.#of(phone)) {
      session.handle('revoked');
      this.#sessions.delete(session.sid);
    }
  }

  close(): void {
    for (const session of this.#sessions.values()) session.handle('closed');
    this.#sessions.clear();
  }

  /** Phones with a session in use. */
  phones(): readonly string[] {
    this.#sweep();
    return [...new Set([...this.#sessions.values()].filter(({ state }) => state === 'live').map(({ phone }) => phone))];
  }

  get size(): number {
    return this.#sessions.size;
  }

  #of(phone: string): readonly Session[] {
    return [...this.#sessions.values()].filter((session) => session.phone === phone);
  }

  #make(phone: string, state: 'unproven' | 'live', most: number): void {
    const some = this.#of(phone).filter((session) => session.state === state);
    this.#replace(some, some.length - most);
  }

  #replace(sessions: readonly Session[], count: number): void {
    if (count <= 0) return;
    for (const session of [...sessions].sort((a, b) => a.usedAt - b.usedAt).slice(0, count)) {
      session.handle('replaced');
      this.#sessions.delete(session.sid);
    }
  }

  #sweep(): void {
    for (const sid of [...this.#sessions.keys()]) this.find(sid);
  }
}
