import { createHash, randomBytes } from 'node:crypto';
import { Initiator, open, seal, x25519Public, type Keys } from './independent-noise.js';

// A phone written from firmware-docs/phone-protocol.md and nothing else: no line of the product is in it.

const hash = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

export type Json = Readonly<Record<string, unknown>>;

/** JSON, filled up with spaces to a multiple of 128 bytes. */
export function padded(value: Json): Buffer {
  const text = Buffer.from(JSON.stringify(value));
  return Buffer.concat([text, Buffer.alloc((128 - (text.length % 128)) % 128, ' ')]);
}

/** Digits of a hash: a label in front, the first four bytes as a number, so many decimal digits of it. */
export function digits(label: string, bytes: Uint8Array, count: number): string {
  return String(hash(Buffer.from(`tillbridge/1|${label}|`), bytes).readUInt32BE() % 10 ** count).padStart(count, '0');
}

/** What stands behind the `#`. */
export function invitation(fragment: string): { readonly id: string; readonly till: Buffer; readonly secret: Buffer; readonly tillId: string; readonly code: string } {
  const bytes = Buffer.from(fragment, 'base64url');
  if (bytes.length !== 71 || bytes[0] !== 1) throw new Error('no invitation of version 1');
  const [till, secret] = [bytes.subarray(7, 39), bytes.subarray(39)];
  return { id: b64(bytes.subarray(1, 7)), till, secret, tillId: b64(hash(till).subarray(0, 12)), code: digits('code', Buffer.concat([till, secret]), 4) };
}

/** Sends a body and gives the answer's; rejects with the word of a refusal. */
export type Send = (path: string, body: Uint8Array) => Promise<Uint8Array>;

export interface Fixed {
  readonly secret?: Uint8Array;
  readonly pairEphemeral?: Uint8Array;
  readonly sessionEphemeral?: Uint8Array;
}

export class IndependentPhone {
  readonly #send: Send;
  readonly #fixed: Fixed;
  readonly #secret: Uint8Array;
  #till = Buffer.alloc(0);
  #tillId = '';
  #keys: Keys | undefined;
  #sid = '';
  #counter = 0;
  welcome: Json = {};

  constructor(send: Send, fixed: Fixed = {}) {
    this.#send = send;
    this.#fixed = fixed;
    this.#secret = fixed.secret ?? randomBytes(32);
  }

  get dev(): string {
    return b64(hash(x25519Public(this.#secret)).subarray(0, 9));
  }

  async pair(fragment: string, request: Json): Promise<{ readonly answer: Json; readonly digits: string }> {
    const { id, till, secret, tillId } = invitation(fragment);
    this.#till = Buffer.from(till);
    this.#tillId = tillId;
    const noise = new Initiator('IKpsk1', Buffer.from(`tillbridge/1|pair|${tillId}|${id}`), this.#secret, till, this.#fixed.pairEphemeral ?? randomBytes(32), secret);
    const body = Buffer.concat([Buffer.of(1), Buffer.from(id), noise.write(padded(request))]);
    const { payload, keys } = noise.read(await this.#send(`/v1/to/${tillId}/pair`, body));
    return { answer: JSON.parse(payload.toString()) as Json, digits: digits('digits', keys.hash, 6) };
  }

  async session(): Promise<Keys> {
    const prologue = Buffer.from(`tillbridge/1|session|${this.#tillId}|${this.dev}`);
    const noise = new Initiator('KK', prologue, this.#secret, this.#till, this.#fixed.sessionEphemeral ?? randomBytes(32));
    const body = Buffer.concat([Buffer.of(1), Buffer.from(this.dev), noise.write(Buffer.alloc(0))]);
    const { payload, keys } = noise.read(await this.#send(`/v1/to/${this.#tillId}/session`, body));
    this.welcome = JSON.parse(payload.toString()) as Json;
    this.#sid = String(this.welcome['sid']);
    this.#keys = keys;
    this.#counter = 0;
    return keys;
  }

  async ask(request: Json): Promise<Json> {
    if (this.#keys === undefined) throw new Error('no session');
    const counter = this.#counter++;
    const header = Buffer.alloc(17);
    header[0] = 1;
    header.write(this.#sid, 1, 'latin1');
    header.writeBigUInt64BE(BigInt(counter), 9);
    const body = Buffer.concat([header, seal(this.#keys.there, counter, header, padded(request))]);
    const answer = await this.#send(`/v1/to/${this.#tillId}/msg`, body);
    return JSON.parse(open(this.#keys.back, counter, header, answer).toString()) as Json;
  }
}
