import { toBase64url } from '../wire/bytes.js';
import { tillIdOf } from '../wire/identity.js';
import { refuse } from './answers.js';
import { MessageDesk } from './message-desk.js';
import { Pairing } from './pairing.js';
import type { Invitation, InvitationWish, LinkAnswer, LinkPath, PhoneRecord, TillLinkPorts } from './ports.js';
import { SessionDesk } from './session-desk.js';
import { Sessions } from './sessions.js';

/** The till's side of the link: invitations, handshakes, sessions, messages. Bytes in, bytes out; what is kept is the ports'. */
export class TillLink {
  /** 16 characters: what a relay finds the till by. */
  readonly tillId: string;
  readonly #ports: TillLinkPorts;
  readonly #pairing: Pairing;
  readonly #sessions: Sessions;
  readonly #sessionDesk: SessionDesk;
  readonly #messages: MessageDesk;
  #change = new Signal();
  #closed = false;

  constructor(ports: TillLinkPorts) {
    this.#ports = ports;
    this.tillId = tillIdOf(ports.identity.public);
    const run = toBase64url(ports.random(6));
    const { tillId } = this;
    const sessions = new Sessions(ports.clock, ports.random);
    const pairing = new Pairing(ports, tillId);
    const phone = (id: string): PhoneRecord | undefined => ports.phones.get(id) ?? pairing.waiting(id);
    this.#sessions = sessions;
    this.#pairing = pairing;
    this.#sessionDesk = new SessionDesk({ ports, tillId, run, sessions, phone });
    this.#messages = new MessageDesk({
      ...{ ports, run, sessions, phone },
      leave: async (id) => {
        ports.note?.({ is: 'left', phone: id });
        await this.revoke(id);
      },
      change: () => this.#change.given,
    });
  }

  /** One QR code for one phone; at most 8 at a time, an older one ends. */
  invite(wish: InvitationWish = {}): Invitation {
    return this.#pairing.invitations.make(wish);
  }

  /** The screen with the QR code was closed. */
  withdraw(invitation: string): void {
    this.#pairing.invitations.withdraw(invitation);
  }

  /** Never rejects; resolves at the latest when `signal` aborts, or after the wait that the message asks for. */
  async answer(path: LinkPath, body: Uint8Array, signal: AbortSignal): Promise<LinkAnswer> {
    const answer = this.#closed ? refuse('unavailable') : await this.#answer(path, body, signal).catch((error: unknown) => this.#failed(error));
    if (answer.refusal !== undefined) this.#ports.note?.({ is: 'refused', refusal: answer.refusal });
    return answer;
  }

  /** The digits are the same on both screens. Resolves when the phone is kept durably; false: nobody waits under this id. */
  async confirm(phone: string): Promise<boolean> {
    const paired = await this.#pairing.confirm(phone);
    if (paired === undefined) return false;
    this.#ports.note?.({ is: 'paired', phone: paired });
    this.changed();
    return true;
  }

  /** Forgets a phone and ends what it has under way, at once; durable when it resolves. False: there is none. */
  async revoke(phone: string): Promise<boolean> {
    const waited = this.#pairing.forget(phone);
    const known = this.#ports.phones.get(phone) !== undefined;
    const removed = known ? this.#ports.phones.remove(phone) : Promise.resolve();
    this.#sessions.end(phone);
    this.#messages.forget(phone);
    await removed;
    return known || waited;
  }

  /** Tells waiting phones that what they are told of the till has changed. */
  changed(): void {
    const before = this.#change;
    this.#change = new Signal();
    before.give();
  }

  /** Phones that have a session in use. */
  connected(): readonly string[] {
    return this.#sessions.phones();
  }

  /** Ends everything; whoever waits is answered. */
  close(): void {
    this.#closed = true;
    this.#pairing.invitations.close();
    this.#sessions.close();
  }

  #failed(error: unknown): LinkAnswer {
    this.#ports.note?.({ is: 'failed', what: 'request', error });
    return refuse('unavailable');
  }

  async #answer(path: LinkPath, body: Uint8Array, signal: AbortSignal): Promise<LinkAnswer> {
    switch (path) {
      case 'pair':
        return this.#pairing.answer(body);
      case 'session':
        return this.#sessionDesk.answer(body);
      case 'msg':
        return this.#messages.answer(body, signal);
    }
  }
}

/** Something that happens once. */
class Signal {
  readonly given: Promise<void>;
  #resolve: (() => void) | undefined;

  constructor() {
    this.given = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  give(): void {
    this.#resolve?.();
  }
}
