/** The longest frame once both sides know each other: a row of 65,536 keys, the longest that a reader makes, with room. Bytes. */
export const MAX_FRAME = 2 * 1024 * 1024;
/** The longest frame of a side that has not yet shown that it knows the key. Bytes. */
export const MAX_GREETING = 2048;

const HEAD = 4;

/** A frame on the wire: its length in four bytes, most significant first, then itself. */
export function framed(body: Uint8Array): Buffer {
  const head = Buffer.alloc(HEAD);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
}

/** Cuts a stream into frames. Keeps at most one frame that is not whole yet, and nothing of one that is announced as too long. */
export class FrameSplitter {
  #rest: Buffer = Buffer.alloc(0);
  #parts: Buffer[] = [];
  #have = 0;
  #broken = false;
  #limit: number;

  constructor(limit: number = MAX_GREETING) {
    this.#limit = limit;
  }

  /** Longer frames are allowed from here on. */
  allow(limit: number): void {
    this.#limit = limit;
  }

  /**
   * Takes what came and hands out each whole frame in order, as long as `take` says that it wants more of them; `false` once a frame was
   * empty or too long: nothing that follows can be trusted.
   */
  push(chunk: Buffer, take: (frame: Buffer) => boolean): boolean {
    if (this.#broken) return false;
    this.#parts.push(chunk);
    this.#have += chunk.length;
    for (;;) {
      const length = this.#announced();
      if (length === undefined) return true;
      if (length === 0 || length > this.#limit) {
        this.#broken = true;
        this.#parts = [];
        this.#rest = Buffer.alloc(0);
        return false;
      }
      if (this.#have < HEAD + length) return true;
      const all = this.#joined();
      const frame = all.subarray(HEAD, HEAD + length);
      this.#parts = [all.subarray(HEAD + length)];
      this.#have -= HEAD + length;
      if (!take(frame)) return true;
    }
  }

  #announced(): number | undefined {
    if (this.#have < HEAD) return undefined;
    const first = this.#parts[0];
    return (first !== undefined && first.length >= HEAD ? first : this.#joined()).readUInt32BE(0);
  }

  #joined(): Buffer {
    const [first] = this.#parts;
    if (this.#parts.length === 1 && first !== undefined) return first;
    this.#rest = Buffer.concat(this.#parts);
    this.#parts = [this.#rest];
    return this.#rest;
  }
}
