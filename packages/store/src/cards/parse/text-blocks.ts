import { isAscii, isUtf8 } from 'node:buffer';
import type { BadLineReason } from './bad-line.js';

/** A longer line is skipped and named; it bounds what one line can cost. In bytes. */
export const MAX_LINE_BYTES = 65_536;

const LF = 0x0a;

/** Whole lines of the file. A line that cannot be used stands as `?` and is named in `flaws`, by its 0-based index in this block. */
export interface TextBlock {
  /** Ends with a line feed, but for the last block of a file without one. */
  readonly text: string;
  readonly flaws: ReadonlyMap<number, BadLineReason>;
}

const NO_FLAWS: ReadonlyMap<number, BadLineReason> = new Map();

/** Bytes in any pieces to blocks of whole lines: UTF-8 only, a byte order mark removed, lines bounded. */
export class TextBlocks {
  #carry: Buffer = Buffer.alloc(0);
  #first = true;
  /** Inside a line that is too long already. */
  #skipping = false;

  push(chunk: Buffer): TextBlock | undefined {
    const end = chunk.lastIndexOf(LF);
    if (end < 0) {
      this.#keep(chunk);
      return undefined;
    }
    const block = this.#block(chunk.subarray(0, end + 1));
    this.#keep(chunk.subarray(end + 1));
    return block;
  }

  /** What is left when the file ends without a line feed. */
  end(): TextBlock | undefined {
    return this.#carry.length > 0 || this.#skipping ? this.#block(Buffer.alloc(0)) : undefined;
  }

  #keep(bytes: Buffer): void {
    if (this.#skipping) return;
    this.#carry = this.#carry.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#carry, bytes]);
    if (this.#carry.length <= MAX_LINE_BYTES) return;
    this.#skipping = true;
    this.#carry = Buffer.alloc(0);
  }

  #block(bytes: Buffer): TextBlock {
    let whole = this.#carry.length === 0 ? bytes : Buffer.concat([this.#carry, bytes]);
    this.#carry = Buffer.alloc(0);
    if (this.#first) {
      this.#first = false;
      if (whole[0] === 0xef && whole[1] === 0xbb && whole[2] === 0xbf) whole = whole.subarray(3);
    }
    if (this.#skipping) {
      this.#skipping = false;
      const rest = bytes.indexOf(LF);
      return decodeLines(rest < 0 ? Buffer.alloc(0) : bytes.subarray(rest), new Map([[0, 'tooLong']]));
    }
    if (isAscii(whole)) return { text: whole.toString('latin1'), flaws: NO_FLAWS };
    if (isUtf8(whole)) return { text: whole.toString('utf8'), flaws: NO_FLAWS };
    return decodeLines(whole, new Map());
  }
}

/** The slow way, for a block that is not all UTF-8: line by line. A flaw that is known already gets its placeholder in front of its line feed. */
function decodeLines(bytes: Buffer, flaws: Map<number, BadLineReason>): TextBlock {
  let text = '';
  let index = 0;
  let start = 0;
  do {
    const feed = bytes.indexOf(LF, start);
    const end = feed < 0 ? bytes.length : feed;
    const line = bytes.subarray(start, end);
    if (!flaws.has(index) && !isUtf8(line)) flaws.set(index, 'encoding');
    text += flaws.has(index) ? '?' : line.toString('utf8');
    if (feed >= 0) text += '\n';
    index += 1;
    start = end + 1;
  } while (start < bytes.length);
  return { text, flaws };
}
