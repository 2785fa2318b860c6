import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

const TAG = 16;
const IV = 12;
const ALGORITHM = 'aes-256-gcm';

/** Which way a frame goes: each has its own key, so that none can be thrown back at its sender. */
export type Direction = 'toAgent' | 'toDaemon';

/** The key of one direction of one connection (RFC 5869 over the shared key and both nonces): what was recorded on another connection does not open. */
export function directionKey(shared: Uint8Array, daemonNonce: string, agentNonce: string, direction: Direction): Buffer {
  return Buffer.from(hkdfSync('sha256', shared, `${daemonNonce}${agentNonce}`, `tillbridge-agent-1 ${direction}`, 32));
}

/** The counter as the nonce of AES-GCM: each is used once, because each key belongs to one direction of one connection. */
function nonce(counter: number): Buffer {
  const iv = Buffer.alloc(IV);
  iv.writeBigUInt64BE(BigInt(counter), IV - 8);
  return iv;
}

/** Seals what one side says: secret, whole, and in order. */
export class Sealer {
  readonly #key: Buffer;
  #counter = 0;

  constructor(key: Buffer) {
    this.#key = key;
  }

  seal(plain: Uint8Array): Buffer {
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce(this.#counter));
    this.#counter += 1;
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }
}

/** Opens what the other side sealed, in the order in which it did. */
export class Opener {
  readonly #key: Buffer;
  #counter = 0;

  constructor(key: Buffer) {
    this.#key = key;
  }

  /** `undefined` for a frame that was changed, repeated, left out before this one, or is of another connection: the connection is over. */
  open(frame: Buffer): Buffer | undefined {
    if (frame.length < TAG) return undefined;
    const decipher = createDecipheriv(ALGORITHM, this.#key, nonce(this.#counter));
    decipher.setAuthTag(frame.subarray(frame.length - TAG));
    try {
      const plain = Buffer.concat([decipher.update(frame.subarray(0, frame.length - TAG)), decipher.final()]);
      this.#counter += 1;
      return plain;
    } catch {
      return undefined;
    }
  }
}
