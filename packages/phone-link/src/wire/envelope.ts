import { concat, textOf, utf8 } from './bytes.js';
import { MAX_ENVELOPE, PADDING, WIRE_VERSION } from './limits.js';

// The bodies of requests. Lengths: X25519 key 32, Poly1305 tag 16, an encrypted key 48 (Noise, revision 34, sections 4.3 and 7.5).
const KEY = 32;
const TAG = 16;
const INVITATION_ID = 8;
const PHONE_ID = 12;
const SID = 8;
const COUNTER = 8;

/** `01 | invitation id 8 | Noise IKpsk1 message 1` */
const SHORTEST_PAIR = 1 + INVITATION_ID + KEY + KEY + TAG + TAG;
/** `01 | phone id 12 | Noise KK message 1`, whose payload is empty: it can be replayed, so nothing in it may act. */
const SESSION = 1 + PHONE_ID + KEY + TAG;
/** `01 | sid 8 | counter 8, big-endian`: in clear, and bound to what is sealed. */
export const HEADER = 1 + SID + COUNTER;

const WORD = /^[\w-]+$/;

/** An id in front of a message of Noise. */
export interface NamedMessage {
  readonly id: string;
  readonly noise: Uint8Array;
}

export function encodeNamed({ id, noise }: NamedMessage): Uint8Array {
  return concat(Uint8Array.of(WIRE_VERSION), utf8(id), noise);
}

/** The body of a pairing; undefined where it cannot be one. */
export function decodePair(body: Uint8Array): NamedMessage | undefined {
  return body.length < SHORTEST_PAIR || body.length > MAX_ENVELOPE ? undefined : named(body, INVITATION_ID);
}

/** The body of a session's first message; undefined where it cannot be one. */
export function decodeSession(body: Uint8Array): NamedMessage | undefined {
  return body.length === SESSION ? named(body, PHONE_ID) : undefined;
}

function named(body: Uint8Array, length: number): NamedMessage | undefined {
  const id = textOf(body.subarray(1, 1 + length)) ?? '';
  return body[0] === WIRE_VERSION && id.length === length && WORD.test(id) ? { id, noise: Uint8Array.from(body.subarray(1 + length)) } : undefined;
}

/** A sealed message: which session, which turn. */
export interface MessageEnvelope {
  readonly sid: string;
  readonly counter: number;
  /** As it stands in front: the associated data of request and answer. */
  readonly header: Uint8Array;
  readonly sealed: Uint8Array;
}

export function encodeHeader(sid: string, counter: number): Uint8Array {
  const header = new Uint8Array(HEADER);
  header[0] = WIRE_VERSION;
  header.set(utf8(sid), 1);
  new DataView(header.buffer).setBigUint64(1 + SID, BigInt(counter));
  return header;
}

/** Undefined where it cannot be one; a counter beyond 2^53 - 1 is none. */
export function decodeMessage(body: Uint8Array): MessageEnvelope | undefined {
  if (body.length < HEADER + TAG || body.length > MAX_ENVELOPE || body[0] !== WIRE_VERSION) return undefined;
  // copies: the slice of a Node.js Buffer is a window onto a buffer of something else
  const header = Uint8Array.from(body.subarray(0, HEADER));
  const sid = textOf(header.subarray(1, 1 + SID)) ?? '';
  const counter = new DataView(header.buffer).getBigUint64(1 + SID);
  if (sid.length !== SID || !WORD.test(sid) || counter > Number.MAX_SAFE_INTEGER) return undefined;
  return { sid, counter: Number(counter), header, sealed: Uint8Array.from(body.subarray(HEADER)) };
}

/** A text as it is sealed: JSON, filled up with spaces. */
export function encodeText(value: object): Uint8Array {
  const bytes = utf8(JSON.stringify(value));
  const filled = new Uint8Array(Math.ceil(bytes.length / PADDING) * PADDING).fill(0x20);
  filled.set(bytes);
  return filled;
}

/** The object of a sealed text; undefined where it is none, or of another version. */
export function decodeText(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  const text = textOf(bytes);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const object: Readonly<Record<string, unknown>> = { ...value };
    return object['v'] === WIRE_VERSION ? object : undefined;
  } catch {
    return undefined;
  }
}
