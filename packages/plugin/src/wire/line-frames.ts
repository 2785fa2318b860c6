/** Longest message in either direction, in bytes: a read of 64 KiB in base64 fits twice. */
export const MAX_MESSAGE_BYTES = 256 * 1024;

/** Cuts a stream of bytes into lines. Keeps at most one message's bytes; after a line that is too long it gives nothing more. */
export class LineFrames {
  #held: Uint8Array[] = [];
  #size = 0;
  #broken = false;

  /** True once a message was too long. */
  get broken(): boolean {
    return this.#broken;
  }

  push(chunk: Uint8Array): readonly string[] {
    const lines: string[] = [];
    let from = 0;
    while (!this.#broken) {
      const end = chunk.indexOf(0x0a, from);
      const piece = chunk.subarray(from, end < 0 ? chunk.length : end);
      this.#size += piece.length;
      if (this.#size > MAX_MESSAGE_BYTES) {
        this.#broken = true;
        this.#held = [];
        break;
      }
      // a copy: the socket uses its buffer again
      if (piece.length > 0) this.#held.push(Uint8Array.from(piece));
      if (end < 0) break;
      lines.push(Buffer.concat(this.#held).toString('utf8'));
      this.#held = [];
      this.#size = 0;
      from = end + 1;
    }
    return lines;
  }
}
