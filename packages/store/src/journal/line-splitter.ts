const NEWLINE = 0x0a;

/** Cuts a stream of bytes into lines of UTF-8 text. A line that is not whole yet is kept. */
export class LineSplitter {
  readonly #maxBytes: number;
  #kept: Uint8Array[] = [];
  #keptBytes = 0;

  /** @param maxBytes of one line; default 64 MiB, more than every open scan of a journal takes. */
  constructor(maxBytes = 67_108_864) {
    this.#maxBytes = maxBytes;
  }

  /** The lines that `chunk` completes, without their ends; `chunk` may be used again afterwards. @throws RangeError for a line that is too long. */
  push(chunk: Uint8Array): string[] {
    const lines: string[] = [];
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      lines.push(this.#line(chunk.subarray(from, end)));
      from = end + 1;
    }
    // a copy: a Buffer's own `slice` would be a view of what is filled anew
    if (from < chunk.length) this.#keep(new Uint8Array(chunk.subarray(from)));
    return lines;
  }

  #line(end: Uint8Array): string {
    if (this.#kept.length === 0) {
      if (end.length > this.#maxBytes) throw new RangeError('a line is too long');
      return textOf(end);
    }
    this.#keep(end);
    const whole = Buffer.concat(this.#kept);
    this.#kept = [];
    this.#keptBytes = 0;
    return textOf(whole);
  }

  #keep(bytes: Uint8Array): void {
    this.#keptBytes += bytes.length;
    if (this.#keptBytes > this.#maxBytes) throw new RangeError('a line is too long');
    this.#kept.push(bytes);
  }
}

function textOf({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('utf8');
}
