import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { hmacSha256 } from '../journal/hmac.js';

const VERSION = 1;
const NONCE = 12;
const TAG = 16;

/** What `keys/outbox.key` is used for, each with a key of its own. */
export interface OutboxKeys {
  readonly seal: Uint8Array;
  /** Recognises a receipt: a plain hash of one could be tried out. */
  readonly digest: (text: string) => Uint8Array;
  /** Recognises a guest who was here before. */
  readonly guest: (text: string) => Uint8Array;
}

export function outboxKeys(master: Uint8Array): OutboxKeys {
  const derive = hmacSha256(master);
  return { seal: derive('tillbridge outbox seal'), digest: hmacSha256(derive('tillbridge outbox digest')), guest: hmacSha256(derive('tillbridge outbox guest')) };
}

/**
 * AES-256-GCM: version, nonce, tag, then the text. `name` is bound in: a sealed text that is moved to another row does not open.
 * Nonces are random, 96 bits (NIST SP 800-38D, 8.2.2): good for 2^32 receipts of one key.
 */
export function seal(key: Uint8Array, name: string, text: string): Uint8Array {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG });
  cipher.setAAD(Buffer.from(name));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]);
}

/** The text again; undefined where the key or the name is another, or a byte was changed. */
export function unseal(key: Uint8Array, name: string, sealed: Uint8Array): string | undefined {
  const bytes = Buffer.from(sealed);
  if (bytes.length < 1 + NONCE + TAG || bytes[0] !== VERSION) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(name));
  decipher.setAuthTag(bytes.subarray(1 + NONCE, 1 + NONCE + TAG));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(1 + NONCE + TAG)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** What a receipt's progress is sealed under: it can stand in no other row, and not in the place of what belongs to a person. */
export function progressName(receiptId: string): string {
  return `${receiptId}\u0000progress`;
}

/** The same for who a scan was of. */
export function scanName(scanId: string): string {
  return `${scanId}\u0000scan`;
}
