import { Handshake } from '../noise/handshake.js';
import { keyPairOf } from '../noise/keys.js';
import { IK_PSK1 } from '../noise/patterns.js';
import { decodeText, encodeNamed, encodeText } from '../wire/envelope.js';
import { pairingDigits, pairPrologue } from '../wire/identity.js';
import { decodeInvitation, invitationCode, invitedTill, type InvitationParts } from '../wire/invitation.js';
import { WIRE_VERSION } from '../wire/limits.js';
import { pathTo } from '../wire/paths.js';
import { readPairAnswer } from '../wire/read-answers.js';
import { cleanName } from '../wire/read-texts.js';
import { PhoneLinkError } from '../wire/refusals.js';
import type { PairAnswer, PairRequest } from '../wire/texts.js';
import type { PhonePorts, StoredTill } from './ports.js';
import { sendAgain } from './send.js';
import { TillConnection } from './till-connection.js';

/** What stands behind the `#` of a QR code's address. */
export interface ReadInvitation {
  readonly tillId: string;
  /** Four digits that the till's screen shows beside the QR code. */
  readonly code: string;
}

/** A pairing that went through. `digits`: what the till shows of this phone; `waiting`: somebody there has to say yes. */
export interface Paired {
  readonly connection: TillConnection;
  readonly digits: string;
  readonly state: 'paired' | 'waiting';
}

export interface Person {
  /** Whose phone it is. */
  readonly name: string;
  /** What kind of phone. */
  readonly model: string;
}

/** What a QR code's fragment says. @throws {PhoneLinkError} `badInvitation` */
export function readInvitation(fragment: string): ReadInvitation {
  const parts = partsOf(fragment);
  return { tillId: invitedTill(parts), code: invitationCode(parts) };
}

/** The phone's side of the link. */
export class PhoneClient {
  readonly #ports: PhonePorts;

  constructor(ports: PhonePorts) {
    this.#ports = ports;
  }

  /** The tills of the key store. */
  async load(): Promise<readonly TillConnection[]> {
    return (await this.#ports.store.all()).map((stored) => new TillConnection(this.#ports, stored));
  }

  /**
   * Uses an invitation. A till that is known already is paired anew with the same key; a scan that was not answered there stays open.
   * @throws {PhoneLinkError} `badInvitation`, `invitation` (used, too old), `notGenuine`, `unreachable`, ...
   */
  async pair(fragment: string, person: Person, signal: AbortSignal): Promise<Paired> {
    const parts = partsOf(fragment);
    const tillId = invitedTill(parts);
    const known = (await this.#ports.store.all().catch(() => [])).find((till) => till.tillId === tillId);
    const secret = known?.secret ?? this.#ports.random(32);
    const { handshake, message } = this.#offer(parts, secret, person);
    const reply = handshake.read(await sendAgain(this.#ports, pathTo(tillId, 'pair'), message, signal));
    const fields = reply === undefined ? undefined : decodeText(reply);
    const answer = fields === undefined ? undefined : readPairAnswer(fields);
    if (answer === undefined) throw new PhoneLinkError('notGenuine');
    const stored = await this.#keep(parts, secret, answer, known?.open);
    return { connection: new TillConnection(this.#ports, stored), digits: pairingDigits(handshake.split().hash), state: answer.state };
  }

  #offer({ id, tillKey, secret: psk }: InvitationParts, secret: Uint8Array, { name, model }: Person): { readonly handshake: Handshake; readonly message: Uint8Array } {
    const tillId = invitedTill({ id, tillKey, secret: psk });
    const own = keyPairOf(secret);
    const handshake = new Handshake({
      ...{ pattern: IK_PSK1, role: 'initiator', prologue: pairPrologue(tillId, id), own },
      ...{ theirs: tillKey, psk, ephemeral: this.#ports.random(32) },
    });
    const request: PairRequest = { v: WIRE_VERSION, name: cleanName(name), model: cleanName(model) };
    const noise = handshake.write(encodeText(request));
    if (noise === undefined) throw new PhoneLinkError('badInvitation');
    return { handshake, message: encodeNamed({ id, noise }) };
  }

  async #keep({ tillKey }: InvitationParts, secret: Uint8Array, { card }: PairAnswer, open: StoredTill['open']): Promise<StoredTill> {
    const stored: StoredTill = { v: 1, tillId: invitedTill({ id: '', tillKey, secret }), tillKey, secret, name: card.name, card, ...(open === undefined ? {} : { open }) };
    await this.#ports.store.put(stored, 'durably');
    return stored;
  }
}

function partsOf(fragment: string): InvitationParts {
  const parts = decodeInvitation(fragment);
  if (parts === undefined) throw new PhoneLinkError('badInvitation');
  return parts;
}
