import type { Read } from './formats.js';
import { PassSchedule, type Pass, type Step } from './passes.js';
import { Votes } from './votes.js';

/** From frames to codes that are certain: which pass a frame gets, and when what it gave is believed. */
export class Recognizer {
  readonly #schedule = new PassSchedule();
  readonly #votes = new Votes();

  /** What the next frame is to go through. */
  next(): Step {
    return this.#schedule.next();
  }

  /** What a frame gave; the code when it is certain. `atMs` is monotonic. */
  result(pass: Pass, read: Read | undefined, atMs: number): Read | undefined {
    if (read === undefined) return undefined;
    if (this.#votes.certain(read, atMs)) {
      this.restart();
      return read;
    }
    this.#schedule.found(pass);
    return undefined;
  }

  /** After a pause: what was seen before it does not count. */
  restart(): void {
    this.#schedule.restart();
    this.#votes.clear();
  }
}
