import { elapsed, instant, TokenBucket, type Instant } from '@tillbridge/core';
import { Handshake } from '../noise/handshake.js';
import { keyPairOf } from '../noise/keys.js';
import { IK_PSK1 } from '../noise/patterns.js';
import { decodePair, decodeText, encodeText, type NamedMessage } from '../wire/envelope.js';
import { pairingDigits, pairPrologue, phoneIdOf } from '../wire/identity.js';
import { CONFIRM_MS, WIRE_VERSION } from '../wire/limits.js';
import { readPairRequest } from '../wire/read-texts.js';
import type { PairAnswer } from '../wire/texts.js';
import { refuse, sealed } from './answers.js';
import { Invitations, type OpenInvitation } from './invitations.js';
import type { LinkAnswer, PhoneRecord, TillLinkPorts } from './ports.js';

/** Messages per second and at once that name no open invitation. One that does is its only one, so nobody can keep a phone out. */
const RATE = { perSecond: 0.5, burst: 8 };
/** Phones that wait for a yes at a time. */
const MAX_WAITING = 8;

interface Waiting {
  readonly phone: PhoneRecord;
  readonly since: Instant;
}

/** Takes phones in: one QR code, one phone. */
export class Pairing {
  readonly invitations: Invitations;
  readonly #ports: TillLinkPorts;
  readonly #tillId: string;
  readonly #rate: TokenBucket;
  readonly #waiting = new Map<string, Waiting>();

  constructor(ports: TillLinkPorts, tillId: string) {
    this.#ports = ports;
    this.#tillId = tillId;
    this.#rate = new TokenBucket(RATE, ports.clock.mono());
    this.invitations = new Invitations(ports.clock, ports.random, ports.identity.public);
  }

  /** A phone that waits for somebody at the till to say yes. */
  waiting(id: string): PhoneRecord | undefined {
    const waiting = this.#waiting.get(id);
    if (waiting !== undefined && elapsed(this.#ports.clock, waiting.since) < CONFIRM_MS) return waiting.phone;
    this.#waiting.delete(id);
    return undefined;
  }

  forget(id: string): boolean {
    return this.#waiting.delete(id);
  }

  /** Keeps a phone that waits. Resolves with it when that is durable; undefined where nobody waits under this id. */
  async confirm(id: string): Promise<PhoneRecord | undefined> {
    const phone = this.waiting(id);
    if (phone === undefined) return undefined;
    const paired: PhoneRecord = { ...phone, state: 'paired' };
    await this.#ports.phones.add(paired);
    // revoked while it was being written down: then it is not paired
    if (!this.#waiting.delete(id)) {
      await this.#ports.phones.remove(id);
      return undefined;
    }
    return paired;
  }

  async answer(body: Uint8Array): Promise<LinkAnswer> {
    const request = decodePair(body);
    if (request === undefined) return refuse('malformed');
    const invitation = this.invitations.find(request.id);
    const before = invitation?.answered(body);
    if (before !== undefined) return before;
    if (invitation?.state !== 'open' && this.#rate.take(this.#ports.clock.mono()) > 0) return refuse('busy');
    const handshake = this.#handshake(request.id, invitation);
    const payload = handshake.read(request.noise);
    const key = handshake.theirs;
    const fields = payload === undefined ? undefined : decodeText(payload);
    const genuine = fields !== undefined && key !== undefined;
    if (invitation?.handle(genuine ? 'genuine' : 'forged') !== 'pair' || !genuine) return refuse('invitation');
    const answer = this.#welcome(handshake, invitation, recordOf(key, readPairRequest(fields), invitation, this.#ports.clock.wall()));
    invitation.use(body, answer);
    return answer;
  }

  /** An unknown or burnt invitation costs the same work, with a secret that nobody has. */
  #handshake(id: NamedMessage['id'], invitation: OpenInvitation | undefined): Handshake {
    const { identity, random, curve } = this.#ports;
    return new Handshake({
      ...{ pattern: IK_PSK1, role: 'responder', prologue: pairPrologue(this.#tillId, id), own: identity },
      ...{ psk: invitation?.secret ?? random(32), ephemeral: random(32) },
      ...(curve === undefined ? {} : { curve }),
    });
  }

  async #welcome(handshake: Handshake, { id, wish }: OpenInvitation, phone: PhoneRecord): Promise<LinkAnswer> {
    const { phones, card, note } = this.#ports;
    const state = wish.confirm === true ? 'waiting' : 'paired';
    const text: PairAnswer = { v: WIRE_VERSION, dev: phone.id, state, card: card(phone) };
    const message = handshake.write(encodeText(text));
    if (message === undefined) return refuse('invitation');
    const digits = pairingDigits(handshake.split().hash);
    const kept: PhoneRecord = { ...phone, state };
    if (state === 'waiting') this.#wait(kept);
    else {
      try {
        await phones.add(kept);
      } catch (error) {
        // the phone is not paired: better a new QR code than a phone that a restart forgets
        note?.({ is: 'failed', what: 'pairing', error });
        return refuse('unavailable');
      }
    }
    note?.({ is: 'arrived', invitation: id, phone: kept, digits });
    if (state === 'paired') note?.({ is: 'paired', phone: kept });
    return sealed(message);
  }

  #wait(phone: PhoneRecord): void {
    this.#waiting.set(phone.id, { phone, since: instant(this.#ports.clock) });
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size > MAX_WAITING && oldest !== undefined) this.#waiting.delete(oldest);
  }
}

function recordOf(key: Uint8Array, { name, model }: { readonly name: string; readonly model: string }, { wish }: OpenInvitation, now: number): PhoneRecord {
  return {
    ...{ id: phoneIdOf(key), key, model, state: 'waiting', created: now },
    // the one who made the QR code knows whom it is for
    name: wish.name ?? name,
    ...(wish.till === undefined ? {} : { till: wish.till }),
  };
}

/** A key pair that nobody knows the secret of. */
export function decoyKey({ random, curve }: Pick<TillLinkPorts, 'random' | 'curve'>): Uint8Array {
  return keyPairOf(random(32), curve).public;
}
