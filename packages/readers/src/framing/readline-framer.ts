import { ReadlineParser } from '@serialport/parser-readline';
import type { Instant } from '@tillbridge/core';
import type { FrameSink, Framer } from './framer.js';
import { READLINE_DEFAULTS, type ReadlineOptions } from './options.js';
import { QuietGuard } from './quiet-guard.js';

/**
 * For line-oriented devices (command ports, module consoles): one delimiter, lines by @serialport/parser-readline. That parser buffers
 * without bound, so a bound stands in front of it: a longer line is taken out in pieces.
 * @throws RangeError for a delimiter outside 1 to 8 bytes, for one that ends as it begins, or a `maxBytes` that cannot hold one.
 */
export function createReadlineFramer(options: ReadlineOptions = READLINE_DEFAULTS): Framer {
  const { delimiter, maxBytes } = options;
  if (delimiter.length < 1 || delimiter.length > 8) throw new RangeError('the delimiter must have 1 to 8 bytes');
  if (overlapsItself(delimiter)) throw new RangeError('the delimiter must not end as it begins');
  if (!(maxBytes >= delimiter.length)) throw new RangeError('maxBytes must be at least the length of the delimiter');
  return new LineFramer(options);
}

/** With such a delimiter (CR CR) a line cannot be taken out by adding one: the parser would find it one byte early. */
function overlapsItself(delimiter: Uint8Array): boolean {
  for (let size = 1; size < delimiter.length; size += 1) {
    if (Buffer.compare(delimiter.subarray(0, size), delimiter.subarray(delimiter.length - size)) === 0) return true;
  }
  return false;
}

const NONE = new Uint8Array(0);

class LineFramer implements Framer {
  readonly #delimiter: Buffer;
  readonly #maxBytes: number;
  readonly #quietMs: number;
  readonly #quiet: QuietGuard;
  #parser: ReadlineParser;
  /** Bytes of the unfinished line that the parser holds. */
  #held = 0;
  #overflowing = false;
  #silentBefore = true;

  constructor(options: ReadlineOptions) {
    this.#delimiter = Buffer.from(options.delimiter);
    this.#maxBytes = options.maxBytes;
    this.#quietMs = options.quietMs;
    this.#quiet = new QuietGuard(options.quietMs);
    this.#parser = this.#newParser();
  }

  push(chunk: Uint8Array, now: Instant, emit: FrameSink): void {
    let from = 0;
    while (from < chunk.length) {
      if (this.#held === 0) this.#silentBefore = this.#quiet.firstByte(now, emit);
      this.#quiet.byte(now);
      if (this.#held === this.#maxBytes) this.#takeOut(emit);
      const piece = Math.min(chunk.length - from, this.#maxBytes - this.#held);
      this.#feed(chunk.subarray(from, from + piece), now, emit);
      from += piece;
    }
  }

  deadline(): number | undefined {
    return this.#quiet.deadline();
  }

  tick(now: Instant, emit: FrameSink): void {
    this.#quiet.tick(now, emit);
  }

  end(emit: FrameSink): void {
    this.#quiet.end(emit);
    if (this.#held > 0) emit.dropped('unplugged', this.#held);
    this.#held = 0;
    this.#overflowing = false;
    this.#parser.destroy();
    this.#parser = this.#newParser();
  }

  /** At most `maxBytes - held` bytes: the parser never holds more than `maxBytes`. */
  #feed(bytes: Uint8Array, now: Instant, emit: FrameSink): void {
    this.#held += bytes.length;
    this.#parser.write(Buffer.from(bytes));
    let first = true;
    for (let line = this.#line(); line !== undefined; line = this.#line()) {
      if (!first) this.#silentBefore = this.#quiet.firstByte(now, emit);
      first = false;
      this.#held -= line.length + this.#delimiter.length;
      this.#emit(line, this.#delimiter, emit);
      this.#overflowing = false;
    }
    if (!first && this.#held > 0) this.#silentBefore = this.#quiet.firstByte(now, emit);
  }

  /** Empties the parser by giving it the delimiter that the device did not send. */
  #takeOut(emit: FrameSink): void {
    this.#parser.write(this.#delimiter);
    const piece = this.#line();
    this.#overflowing = true;
    this.#held = 0;
    if (piece !== undefined) this.#emit(piece, NONE, emit);
  }

  #emit(bytes: Uint8Array, terminator: Uint8Array, emit: FrameSink): void {
    const settled = this.#overflowing || this.#quietMs <= 0;
    emit.read({
      bytes,
      terminator,
      at: this.#quiet.lastAt,
      silence: settled ? 'settled' : 'awaitQuiet',
      silentBefore: this.#silentBefore,
      ...(this.#overflowing ? { overflow: true } : {}),
    });
    if (!settled) this.#quiet.await();
  }

  #line(): Uint8Array | undefined {
    const line: unknown = this.#parser.read();
    return typeof line === 'string' ? Uint8Array.from(Buffer.from(line, 'latin1')) : undefined;
  }

  /** Latin-1 maps bytes to characters one to one; the parser's default, UTF-8, loses bytes. Object mode keeps lines apart and empty ones in. */
  #newParser(): ReadlineParser {
    return new ReadlineParser({ delimiter: this.#delimiter, encoding: 'latin1', readableObjectMode: true });
  }
}
