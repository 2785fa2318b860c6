import { raceAbort, sleep, TokenBucket } from '@tillbridge/core';
import { openAt } from '../noise/cipher.js';
import { decodeMessage, decodeText, encodeText } from '../wire/envelope.js';
import { FRESH_MS, WIRE_VERSION } from '../wire/limits.js';
import { readPhoneRequest, scanBytes } from '../wire/read-texts.js';
import type { PhoneRequest, ScanEnd, ScanRequest, TillAnswer, TillAnswerBody } from '../wire/texts.js';
import { refuse, sealed } from './answers.js';
import type { LinkAnswer, PhoneRecord, PhoneTaken, TillLinkPorts } from './ports.js';
import { ScanLedger, type LedgerEntry } from './scan-ledger.js';
import type { Session } from './session.js';
import type { Sessions } from './sessions.js';

/** Reads of one phone per second and at once. */
const SCAN_RATE = { perSecond: 5, burst: 10 };

/** Phones that were revoked or left since the start, and are known again by their key. */
const MAX_LEFT = 1024;

export interface MessageDeskParts {
  readonly ports: TillLinkPorts;
  readonly run: string;
  readonly sessions: Sessions;
  readonly phone: (id: string) => PhoneRecord | undefined;
  readonly leave: (id: string) => Promise<void>;
  /** Resolves when what phones are told has changed. */
  readonly change: () => Promise<void>;
}

interface PhoneState {
  readonly ledger: ScanLedger;
  readonly rate: TokenBucket;
}

/** Opens messages, answers each once, and takes each read once. */
export class MessageDesk {
  readonly #parts: MessageDeskParts;
  readonly #phones = new Map<string, PhoneState>();
  readonly #left = new Set<string>();
  readonly #decoy: Uint8Array;

  constructor(parts: MessageDeskParts) {
    this.#parts = parts;
    this.#decoy = parts.ports.random(32);
  }

  /** The phone is no more: nothing of it is remembered but that there was something, should it be paired again. */
  forget(phone: string): void {
    this.#phones.delete(phone);
    this.#left.add(phone);
    const [oldest] = this.#left;
    if (this.#left.size > MAX_LEFT && oldest !== undefined) this.#left.delete(oldest);
  }

  async answer(body: Uint8Array, signal: AbortSignal): Promise<LinkAnswer> {
    const envelope = decodeMessage(body);
    if (envelope === undefined) return refuse('malformed');
    const session = this.#parts.sessions.find(envelope.sid);
    if (session === undefined) {
      // the same work as for a session that there is
      openAt(this.#decoy, envelope.counter, envelope.header, envelope.sealed);
      return refuse('noSession');
    }
    const opened = session.open(envelope, body);
    if (opened.is === 'refused') return refuse(opened.refusal);
    const answer = opened.is === 'repeated' ? opened.answer : session.answer(envelope, body, this.#text(session, opened.text));
    // who hung up gets nothing; the answer is kept for the repetition
    return raceAbort(answer.then(sealed), signal, () => refuse('unavailable'));
  }

  async #text(session: Session, text: Uint8Array): Promise<Uint8Array> {
    const { sessions, phone, ports } = this.#parts;
    sessions.proved(session);
    ports.phones.seen(session.phone);
    const fields = decodeText(text);
    const request = fields === undefined ? undefined : readPhoneRequest(fields);
    const known = phone(session.phone);
    const body = await this.#answer(session, known, request);
    const answer: TillAnswer = { v: WIRE_VERSION, tick: session.tick, ...body };
    return encodeText(answer);
  }

  async #answer(session: Session, phone: PhoneRecord | undefined, request: PhoneRequest | undefined): Promise<TillAnswerBody> {
    if (phone === undefined) return { st: 'gone' };
    switch (request?.t) {
      case undefined:
        return this.#turnDown(phone, 'request');
      case 'tick':
        return this.#tick(session, request.wait ?? 0);
      case 'scan':
        return this.#scan(session, phone, request);
      case 'ask':
        return this.#tell(session, request.id, request.run === this.#parts.run ? this.#of(phone.id).ledger.ask(request.id) : { is: 'lost' }, request.wait ?? 0);
      case 'leave':
        await this.#parts.leave(phone.id);
        return { st: 'gone' };
    }
  }

  async #tick(session: Session, waitMs: number): Promise<TillAnswerBody> {
    if (waitMs > 0) await this.#until(session, this.#parts.change(), waitMs);
    const { phone, ports } = this.#parts;
    const now = phone(session.phone);
    return now === undefined ? { st: 'gone' } : { st: 'ok', state: now.state, card: ports.card(now) };
  }

  async #scan(session: Session, phone: PhoneRecord, request: ScanRequest): Promise<TillAnswerBody> {
    const { id, tick, wait } = request;
    const { ledger, rate } = this.#of(phone.id);
    // what was taken before is told again, however old the repetition is
    const known = ledger.find(id);
    if (known !== undefined) return this.#tell(session, id, known, wait ?? 0);
    const { ports } = this.#parts;
    const age = session.tick - tick;
    if (phone.state === 'waiting') return this.#turnDown(phone, 'waiting', id);
    if (age < 0 || age > FRESH_MS) {
      ports.note?.({ is: 'turnedDown', phone: phone.id, why: 'stale' });
      return { st: 'stale', id };
    }
    if (rate.take(ports.clock.mono()) > 0) return this.#turnDown(phone, 'rate', id);
    const bytes = scanBytes(request);
    if (bytes === undefined) return this.#turnDown(phone, 'code', id);
    const till = request.till ?? phone.till;
    const entry = ledger.once(id, () => this.#take(phone, request, bytes, till, ageOf(request, age)));
    return this.#tell(session, id, entry, wait ?? 0);
  }

  #take(phone: PhoneRecord, { id, sym, kind, at }: ScanRequest, bytes: Uint8Array, till: string | undefined, ageMs: number): LedgerEntry {
    const { scan } = this.#parts.ports;
    const taken: PhoneTaken = scan({
      ...{ phone, id, bytes, till, ageMs },
      ...(sym === undefined ? {} : { symbology: sym }),
      ...(kind === undefined ? {} : { kind }),
      ...(at === undefined ? {} : { phoneTime: at }),
    });
    return taken;
  }

  /** What is known of a read, after waiting for its outcome for a while. */
  async #tell(session: Session, id: string, entry: LedgerEntry, waitMs: number): Promise<TillAnswerBody> {
    switch (entry.is) {
      case 'goods':
        return { st: 'goods', id, handled: entry.handled };
      case 'refused':
        return { st: 'refused', id, why: entry.why };
      case 'never':
      case 'lost':
        return { st: entry.is, id };
      case 'loyalty': {
        const ended: { end?: ScanEnd } = {};
        const told = entry.ended.then((end) => {
          ended.end = end;
        });
        await this.#until(session, told, waitMs);
        if (this.#parts.phone(session.phone) === undefined) return { st: 'gone' };
        return ended.end === undefined ? { st: 'underway', id, kind: entry.kind } : { st: 'done', id, kind: entry.kind, ...ended.end };
      }
    }
  }

  /** Until `what`, or for `ms`, or until the session ends at once. A settled `what` is seen also without waiting. */
  async #until(session: Session, what: Promise<void>, ms: number): Promise<void> {
    const timer = new AbortController();
    const either = AbortSignal.any([session.ended, timer.signal]);
    await Promise.race([what, sleep(this.#parts.ports.clock, ms, either)]);
    timer.abort();
  }

  #turnDown(phone: PhoneRecord, why: 'waiting' | 'rate' | 'code' | 'request', id?: string): TillAnswerBody {
    this.#parts.ports.note?.({ is: 'turnedDown', phone: phone.id, why });
    return { st: 'refused', why, ...(id === undefined ? {} : { id }) };
  }

  #of(phone: string): PhoneState {
    const known = this.#phones.get(phone);
    if (known !== undefined) return known;
    const fresh = { ledger: new ScanLedger(this.#left.has(phone)), rate: new TokenBucket(SCAN_RATE, this.#parts.ports.clock.mono()) };
    this.#phones.set(phone, fresh);
    return fresh;
  }
}

/** How old a read is now. `tickAge`: how long ago the till told the tick that it names; what of that the phone does not account for was the way. */
function ageOf({ age = 0, since = 0 }: ScanRequest, tickAge: number): number {
  return age + Math.max(0, tickAge - since);
}
