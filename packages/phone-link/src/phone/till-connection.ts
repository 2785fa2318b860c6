import { deadline, elapsed, instant, type Instant } from '@tillbridge/core';
import { toBase64url, toHex } from '../wire/bytes.js';
import { PhoneLinkError } from '../wire/refusals.js';
import type { ScanRequest, TillAnswer, TillCard } from '../wire/texts.js';
import { isLostSession, Link } from './link.js';
import type { LinkState, PhonePorts, PhoneScan, ScanResult, StoredTill } from './ports.js';
import type { PhoneSession } from './session.js';

/** A scan has its result after this, in ms, or it is `unknown`. */
const SCAN_MS = 12_000;
/** How long the till may hold an answer back for the outcome, in ms. */
const WAIT_MS = 4000;
/** A scan that is older than this is not sent (again), in ms: the guest may have gone. */
const RESEND_MS = 7000;
/** The till is told that it was left within this time, in ms; if not, somebody has to revoke the phone there. */
const LEAVE_MS = 4000;

/** The way to one till. */
export class TillConnection {
  readonly #ports: PhonePorts;
  readonly #link: Link;
  readonly #listeners = new Set<() => void>();
  #stored: StoredTill;
  #busy = false;

  constructor(ports: PhonePorts, stored: StoredTill) {
    this.#ports = ports;
    this.#stored = stored;
    this.#link = new Link(ports, () => this.#stored, () => this.#changed());
  }

  get tillId(): string {
    return this.#stored.tillId;
  }

  get state(): LinkState {
    return this.#link.state;
  }

  get stored(): StoredTill {
    return this.#stored;
  }

  get card(): TillCard {
    return this.#link.card;
  }

  /** Calls `listener` at each change of state or card; returns what ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Makes or checks the connection. Never rejects: the state tells. `waitMs`: hold on until something changes, at most so long. */
  async refresh(signal: AbortSignal, waitMs = 0): Promise<LinkState> {
    try {
      await this.#link.ask({ v: 1, t: 'tick', ...(waitMs > 0 ? { wait: waitMs } : {}) }, signal, waitMs);
    } catch (error) {
      if (!(error instanceof PhoneLinkError)) throw error;
    }
    return this.state;
  }

  /** Sends one read and waits for its outcome. Never rejects; one at a time. An earlier one that is still open is asked for first. */
  async scan(scan: PhoneScan, signal: AbortSignal): Promise<ScanResult> {
    const at = instant(this.#ports.clock);
    return this.#alone(signal, async (limited) => {
      await this.#settled(limited);
      if (this.#stored.open !== undefined) return this.state === 'notPaired' ? { is: 'notPaired' } : { is: 'nothing', why: 'away' };
      return this.#send(scan, at, limited);
    });
  }

  /** What became of the scan that was not answered; undefined where there is none. Never rejects. */
  async settle(signal: AbortSignal): Promise<ScanResult | undefined> {
    return this.#alone(signal, (limited) => this.#settled(limited));
  }

  /** Forgets this till here, and this phone there where the till can be reached. */
  async leave(signal: AbortSignal): Promise<void> {
    const limit = deadline(this.#ports.clock, LEAVE_MS, signal);
    try {
      await this.#link.ask({ v: 1, t: 'leave' }, limit.signal);
    } catch (error) {
      if (!(error instanceof PhoneLinkError)) throw error;
    } finally {
      limit.dispose();
    }
    await this.#ports.store.remove(this.tillId);
  }

  async #alone<T>(signal: AbortSignal, work: (limited: AbortSignal) => Promise<T>): Promise<T | { readonly is: 'nothing'; readonly why: 'busy' }> {
    if (this.#busy) return { is: 'nothing', why: 'busy' };
    this.#busy = true;
    const limit = deadline(this.#ports.clock, SCAN_MS, signal);
    try {
      return await work(limit.signal);
    } finally {
      limit.dispose();
      this.#busy = false;
    }
  }

  async #send(scan: PhoneScan, at: Instant, signal: AbortSignal): Promise<ScanResult> {
    const { clock, random } = this.#ports;
    const id = toBase64url(random(16));
    try {
      const session = await this.#link.freshSession(signal);
      if (elapsed(clock, at) >= RESEND_MS) return { is: 'nothing', why: 'stale' };
      // before the first byte leaves: a page that is closed now asks for it when it is opened again
      await this.#keep({ id, run: session.welcome.run });
      return await this.#result(await this.#deliver(requestOf(scan, id, clock.wall()), session, at, signal), signal);
    } catch (error) {
      return this.#notAnswered(error);
    }
  }

  /** The till's answer to a scan. Sent again only where the till takes it once: in the same run, under the same id, while it is fresh. */
  async #deliver(request: Omit<ScanRequest, 'tick'>, session: PhoneSession, at: Instant, signal: AbortSignal): Promise<TillAnswer> {
    const first = await this.#attempt(request, session, at, signal);
    const isYoung = elapsed(this.#ports.clock, at) < RESEND_MS;
    if (first !== undefined && (first.st !== 'stale' || !isYoung)) return first;
    const again = await this.#link.session(signal);
    // another run knows nothing of the id: `ask` says so. An old scan is asked for only
    if (again.welcome.run !== session.welcome.run || !isYoung) return this.#link.ask({ v: 1, t: 'ask', id: request.id, run: session.welcome.run, wait: WAIT_MS }, signal, WAIT_MS);
    return (await this.#attempt(request, again, at, signal)) ?? this.#link.ask({ v: 1, t: 'ask', id: request.id, run: session.welcome.run, wait: WAIT_MS }, signal, WAIT_MS);
  }

  /** Undefined where the session is of no more use. */
  async #attempt(request: Omit<ScanRequest, 'tick'>, session: PhoneSession, at: Instant, signal: AbortSignal): Promise<TillAnswer | undefined> {
    const age = Math.ceil(elapsed(this.#ports.clock, at));
    try {
      return await this.#link.exchange(session, { ...request, tick: session.tick, age, since: Math.floor(session.silentMs) }, signal, WAIT_MS);
    } catch (error) {
      if (isLostSession(error)) return undefined;
      throw error;
    }
  }

  async #settled(signal: AbortSignal): Promise<ScanResult | undefined> {
    const { open } = this.#stored;
    if (open === undefined) return undefined;
    try {
      return await this.#result(await this.#ask(open, signal), signal);
    } catch (error) {
      return this.#notAnswered(error);
    }
  }

  #ask({ id, run }: NonNullable<StoredTill['open']>, signal: AbortSignal): Promise<TillAnswer> {
    return this.#link.ask({ v: 1, t: 'ask', id, run, wait: WAIT_MS }, signal, WAIT_MS);
  }

  /** What an answer means; asks on while the scan is under way. */
  async #result(first: TillAnswer, signal: AbortSignal): Promise<ScanResult> {
    let answer = first;
    while (answer.st === 'underway') {
      const { open } = this.#stored;
      if (open === undefined || signal.aborted) return { is: 'unknown', why: 'slow' };
      answer = await this.#ask(open, signal);
    }
    await this.#keep(undefined);
    return resultOf(answer);
  }

  /** No (genuine) answer: what was sent stays open. */
  #notAnswered(error: unknown): ScanResult {
    if (!(error instanceof PhoneLinkError)) throw error;
    const sent = this.#stored.open !== undefined;
    if (error.reason === 'notPaired') return { is: 'notPaired' };
    if (!sent) return { is: 'nothing', why: 'away' };
    return { is: 'unknown', why: error.reason === 'aborted' ? 'slow' : 'away' };
  }

  async #keep(open: StoredTill['open']): Promise<void> {
    const { open: before, ...till } = this.#stored;
    if (before === undefined && open === undefined) return;
    this.#stored = { ...till, card: this.card, ...(open === undefined ? {} : { open }) };
    // a browser that keeps nothing still has it while the page is open. Not for a phone that goes out: a scan would wait for its disk
    await this.#ports.store.put(this.#stored, 'quickly').catch(() => undefined);
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function requestOf({ text, bytes, symbology, kind, till }: PhoneScan, id: string, at: number): Omit<ScanRequest, 'tick'> {
  return {
    ...{ v: 1, t: 'scan', id, at, wait: WAIT_MS },
    ...(bytes === undefined ? { code: text ?? '' } : { hex: toHex(bytes) }),
    ...(symbology === undefined ? {} : { sym: symbology }),
    ...(kind === undefined ? {} : { kind }),
    ...(till === undefined ? {} : { till }),
  };
}

function resultOf(answer: TillAnswer): ScanResult {
  switch (answer.st) {
    case 'done': {
      const { outcome, reason, text, signal, mask, kind } = answer;
      return { is: 'done', kind, outcome, signal, ...(reason === undefined ? {} : { reason }), ...(text === undefined ? {} : { text }), ...(mask === undefined ? {} : { mask }) };
    }
    case 'goods':
      return { is: 'goods', handled: answer.handled };
    case 'stale':
    case 'never':
      return { is: 'nothing', why: answer.st };
    case 'refused':
      return { is: 'nothing', why: answer.why };
    case 'lost':
      return { is: 'unknown', why: 'lost' };
    case 'gone':
      return { is: 'notPaired' };
    case 'ok':
    case 'underway':
      return { is: 'unknown', why: 'slow' };
  }
}
