const FIRST_ROOM = 64;
/** One long read must not keep its buffer for ever. */
const KEPT_ROOM = 1024;

/** The bytes of one read while it is being typed. */
export class ByteRow {
  #bytes = new Uint8Array(FIRST_ROOM);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  get last(): number | undefined {
    return this.#length === 0 ? undefined : this.#bytes[this.#length - 1];
  }

  add(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const grown = new Uint8Array(this.#length * 2);
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  /** The bytes but the last `without`, and an empty row. */
  take(without = 0): Uint8Array {
    const bytes = this.#bytes.slice(0, this.#length - without);
    this.#length = 0;
    if (this.#bytes.length > KEPT_ROOM) this.#bytes = new Uint8Array(FIRST_ROOM);
    return bytes;
  }
}
