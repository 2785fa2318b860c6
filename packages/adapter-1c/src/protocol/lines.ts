/** Longest line of the protocol in bytes, its LF included. */
export const MAX_LINE = 4096;

const LF = 0x0a;
const CR = 0x0d;

/** Cuts a stream of bytes into lines; keeps at most one unfinished line of {@link MAX_LINE} bytes. */
export class LineSplitter {
  #rest: Buffer = Buffer.alloc(0);
  #broken = false;

  /** The lines that these bytes end, without their ends and without empty ones; `undefined` once a line was too long: nothing can be trusted any more. */
  push(chunk: Uint8Array): readonly Buffer[] | undefined {
    if (this.#broken) return undefined;
    const lines: Buffer[] = [];
    let from = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, from)) {
      const line = Buffer.concat([this.#rest, chunk.subarray(from, end)]);
      if (line.length + 1 > MAX_LINE) {
        this.#break();
        return undefined;
      }
      this.#rest = Buffer.alloc(0);
      from = end + 1;
      const whole = line.at(-1) === CR ? line.subarray(0, -1) : line;
      if (whole.length > 0) lines.push(whole);
    }
    if (this.#rest.length + chunk.length - from + 1 > MAX_LINE) {
      this.#break();
      return undefined;
    }
    this.#rest = Buffer.concat([this.#rest, chunk.subarray(from)]);
    return lines;
  }

  #break(): void {
    this.#broken = true;
    this.#rest = Buffer.alloc(0);
  }
}
