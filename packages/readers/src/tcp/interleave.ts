import type { RawRead } from '@tillbridge/core';
import type { FrameSink } from '../framing/index.js';

/** A read that may not be passed on yet, with what was said about it meanwhile. */
interface Held {
  readonly read: RawRead;
  readonly after: (() => void)[];
  /** Whether its silence is known. */
  answered: boolean;
}

interface Lane {
  readonly held: Held[];
  /** Its open read was answered for it; its own answer is no longer wanted. */
  forced: boolean;
}

/** Bytes that may wait; beyond that the read that is waited for counts as not silent. */
const MAX_HELD_BYTES = 262_144;

/**
 * Joins the reads of several connections into the one stream that a sink understands, where `quiet`, `resumed` and `tail` speak of the last
 * read: while one connection's read awaits its silence, reads of the others wait behind it, for at most `quietMs`. With one connection,
 * or none awaiting, everything passes at once.
 */
export class Interleave {
  readonly #sink: FrameSink;
  /** The lane whose read was passed on and awaits its silence. */
  #open: Lane | undefined;
  #last: Lane | undefined;
  /** Lanes of the held reads, in the order of those reads. */
  readonly #queue: Lane[] = [];
  #heldBytes = 0;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  /** A sink for one connection. */
  lane(): FrameSink {
    const lane: Lane = { held: [], forced: false };
    return {
      read: (read) => this.#read(lane, read),
      tail: (bytes) => this.#tail(lane, bytes),
      quiet: () => this.#answer(lane, () => this.#sink.quiet()),
      resumed: () => this.#answer(lane, () => this.#sink.resumed()),
      dropped: (reason, count) => this.#sink.dropped(reason, count),
    };
  }

  #read(lane: Lane, read: RawRead): void {
    if (this.#open === undefined) {
      this.#pass(lane, read);
      return;
    }
    lane.held.push({ read, after: [], answered: read.silence === 'settled' });
    this.#queue.push(lane);
    this.#heldBytes += read.bytes.length + read.terminator.length;
    while (this.#heldBytes > MAX_HELD_BYTES) this.#force();
  }

  #answer(lane: Lane, say: () => void): void {
    const held = lane.held.at(-1);
    if (held !== undefined) {
      held.after.push(say);
      held.answered = true;
    } else if (lane.forced) {
      lane.forced = false;
    } else {
      say();
      this.#open = undefined;
      this.#drain();
    }
  }

  /** An LF that came after another connection's read would be taken for that one's: it is left out, and counted. */
  #tail(lane: Lane, bytes: Uint8Array): void {
    const held = lane.held.at(-1);
    if (held !== undefined) held.after.push(() => this.#sink.tail(bytes));
    else if (this.#last === lane) this.#sink.tail(bytes);
    else this.#sink.dropped('noise', bytes.length);
  }

  #pass(lane: Lane, read: RawRead): void {
    this.#last = lane;
    if (read.silence === 'awaitQuiet') this.#open = lane;
    this.#sink.read(read);
  }

  /** Passes on what was held, up to a read that still awaits its silence. */
  #drain(): void {
    while (this.#open === undefined) {
      const lane = this.#queue.shift();
      const held = lane?.held.shift();
      if (lane === undefined || held === undefined) return;
      this.#heldBytes -= held.read.bytes.length + held.read.terminator.length;
      this.#pass(lane, held.read);
      for (const say of held.after) say();
      if (held.answered) this.#open = undefined;
    }
  }

  #force(): void {
    if (this.#open !== undefined) {
      this.#open.forced = true;
      this.#open = undefined;
      this.#sink.resumed();
    }
    this.#drain();
  }
}
