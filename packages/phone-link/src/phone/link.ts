import { raceAbort, type Clock } from '@tillbridge/core';
import { pathTo } from '../wire/paths.js';
import { PhoneLinkError } from '../wire/refusals.js';
import type { PhoneRequest, TillAnswer, TillCard } from '../wire/texts.js';
import { LINK_TRANSITIONS, type LinkStateEvent } from './link-states.js';
import type { LinkState, PhonePorts, StoredTill } from './ports.js';
import { sendAgain, sendOnce } from './send.js';
import { beginSession, type PhoneSession } from './session.js';

/** Sessions and messages of one till, without a meaning: what a scan is stands in `TillConnection`. */
export class Link {
  readonly #ports: PhonePorts;
  readonly #till: () => StoredTill;
  readonly #changed: () => void;
  #session: PhoneSession | undefined;
  #connecting: Promise<PhoneSession> | undefined;
  #state: LinkState = 'idle';
  #card: TillCard;

  constructor(ports: PhonePorts, till: () => StoredTill, changed: () => void) {
    this.#ports = ports;
    this.#till = till;
    this.#changed = changed;
    this.#card = till().card;
  }

  get state(): LinkState {
    return this.#state;
  }

  get card(): TillCard {
    return this.#card;
  }

  get clock(): Clock {
    return this.#ports.clock;
  }

  /** The session that there is, or a new one. @throws {PhoneLinkError} */
  async session(signal: AbortSignal): Promise<PhoneSession> {
    if (this.#session !== undefined) return this.#session;
    // one for all who wait: whoever gives up does not end it for the others
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = undefined;
    });
    return raceAbort(this.#connecting, signal, () => {
      throw new PhoneLinkError('aborted');
    });
  }

  /** A session that the till has just shown to have: so a scan is never sent into one that a restart has ended. @throws {PhoneLinkError} */
  async freshSession(signal: AbortSignal): Promise<PhoneSession> {
    const session = await this.session(signal);
    if (session.trusted) return session;
    await this.ask({ v: 1, t: 'tick' }, signal);
    return this.session(signal);
  }

  /** Asks what may be asked twice: also in a new session, where the till has lost the old one. @throws {PhoneLinkError} */
  async ask(request: PhoneRequest, signal: AbortSignal, waitMs = 0): Promise<TillAnswer> {
    try {
      return await this.exchange(await this.session(signal), request, signal, waitMs);
    } catch (error) {
      if (!isLostSession(error)) throw error;
      return await this.exchange(await this.session(signal), request, signal, waitMs);
    }
  }

  /** Sends one message in one session and opens its answer. @throws {PhoneLinkError} */
  async exchange(session: PhoneSession, request: PhoneRequest, signal: AbortSignal, waitMs = 0): Promise<TillAnswer> {
    const message = session.seal(request);
    const path = pathTo(this.#till().tillId, 'msg');
    const letGo = waitMs > 0 ? session.hold() : undefined;
    try {
      const answer = session.open(message, await sendAgain(this.#ports, path, message.body, signal, { waitMs, missed: letGo }));
      this.#heard(answer);
      return answer;
    } catch (error) {
      this.#failed(error, session);
      throw error;
    } finally {
      letGo?.();
    }
  }

  async #connect(): Promise<PhoneSession> {
    this.#note('connecting');
    const { clock, random } = this.#ports;
    const till = this.#till();
    const { signal } = new AbortController();
    try {
      const begun = beginSession(till, random);
      const session = begun.finish(await sendOnce(this.#ports, pathTo(till.tillId, 'session'), begun.body, signal), clock);
      this.#session = session;
      this.#show(session.welcome);
      return session;
    } catch (error) {
      this.#failed(error);
      throw error;
    }
  }

  #heard(answer: TillAnswer): void {
    if (answer.st === 'gone') {
      this.#session = undefined;
      this.#note('notPaired');
    } else if (answer.st === 'ok') this.#show(answer);
    else if (answer.st !== 'refused' || answer.why !== 'waiting') this.#note('answered');
  }

  #show({ card, state }: { readonly card: TillCard; readonly state: 'paired' | 'waiting' }): void {
    const before = JSON.stringify(this.#card);
    this.#card = card;
    this.#note(state === 'paired' ? 'answered' : 'answeredWaiting', before !== JSON.stringify(card));
  }

  #failed(error: unknown, session?: PhoneSession): void {
    const reason = error instanceof PhoneLinkError ? error.reason : 'unreachable';
    if (reason === 'aborted') return;
    if (session !== undefined && session === this.#session && isLostSession(error)) this.#session = undefined;
    if (reason === 'notPaired') this.#note('notPaired');
    else if (reason !== 'noSession' && reason !== 'busy') this.#note('unreachable');
  }

  #note(event: LinkStateEvent, more = false): void {
    const before = this.#state;
    this.#state = LINK_TRANSITIONS[before][event];
    if (more || before !== this.#state) this.#changed();
  }
}

/** The session is of no more use; what was sent in it may have arrived, unless the till says otherwise in a sealed answer. */
export function isLostSession(error: unknown): boolean {
  return error instanceof PhoneLinkError && (error.reason === 'noSession' || error.reason === 'replay' || error.reason === 'forged' || error.reason === 'notGenuine');
}
