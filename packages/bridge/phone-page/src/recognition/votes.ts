import type { Read } from './formats.js';

/**
 * How many frames have to agree on a linear code. Code 128 has a check character of its own that tells one in 103; the check digit of EAN-13 tells
 * one in ten, and blurred ones are misread alike in two frames now and then (measured: docs/phone-recognition.md).
 */
const NEEDED = 2;
const NEEDED_EAN = 3;
/** By how many frames it has to be ahead of any other linear code that was read meanwhile. */
const AHEAD = 2;
/** For how long a frame counts, in ms, and how many of them do at most. */
const WINDOW_MS = 1_500;
const WINDOW_READS = 16;

interface Vote {
  readonly key: string;
  readonly at: number;
}

/**
 * Believes matrix codes and PDF417 at once: they correct errors or are not read. Linear codes are believed when frames agree: a blurred one
 * can be misread with a right check digit. Where frames disagree, more of them are asked for.
 */
export class Votes {
  #votes: Vote[] = [];

  /** `atMs` is monotonic. True: this read is certain. */
  certain(read: Read, atMs: number): boolean {
    if (!read.linear) return true;
    const key = `${read.symbology} ${read.text}`;
    this.#votes = [...this.#votes.filter(({ at }) => atMs - at <= WINDOW_MS), { key, at: atMs }].slice(-WINDOW_READS);
    const counts = new Map<string, number>();
    for (const vote of this.#votes) counts.set(vote.key, (counts.get(vote.key) ?? 0) + 1);
    const own = counts.get(key) ?? 0;
    counts.delete(key);
    const rival = Math.max(0, ...counts.values());
    return own >= (read.symbology === 'ean13' ? NEEDED_EAN : NEEDED) && (rival === 0 || own >= rival + AHEAD);
  }

  clear(): void {
    this.#votes = [];
  }
}
