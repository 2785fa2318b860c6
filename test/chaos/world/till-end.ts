import { closeSync, constants, openSync, readSync } from 'node:fs';

const LOOK_MS = 2;
const CR = 0x0d;
const LF = 0x0a;
/** A longer one is no read of ours. */
const MOST = 16_384;

export interface TillEndEvents {
  /** A frame with its terminator. `at`: just before the read that brought its last byte. */
  frame(text: string, at: number): void;
  /** What was left without a terminator when the port closed or hung up. */
  rest(text: string, at: number): void;
}

/** A cashier program's side of its scanner's port: reads all the time while it is open and not paused, and cuts what it reads into frames. */
export class TillEnd {
  readonly #path: string;
  readonly #events: TillEndEvents;
  #fd: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #paused = false;
  #rest = Buffer.alloc(0);
  /** A CR was the last byte: a LF may belong to it. */
  #at = 0;

  constructor(path: string, events: TillEndEvents) {
    this.#path = path;
    this.#events = events;
  }

  get isOpen(): boolean {
    return this.#fd !== undefined;
  }

  open(): void {
    if (this.#fd !== undefined) return;
    this.#fd = openSync(this.#path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  close(): void {
    clearInterval(this.#timer);
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
    if (this.#rest.length > 0) this.#events.rest(this.#rest.toString('latin1'), this.#at);
    this.#rest = Buffer.alloc(0);
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
  }

  #look(): void {
    while (this.#fd !== undefined && !this.#paused) {
      const buffer = Buffer.allocUnsafe(4096);
      this.#at = performance.now();
      let count: number;
      try {
        count = readSync(this.#fd, buffer, 0, buffer.length, null);
      } catch {
        // nothing there, or a hang-up: the port stays ours until close()
        return;
      }
      if (count === 0) return;
      this.#take(Buffer.concat([this.#rest, buffer.subarray(0, count)]));
    }
  }

  #take(bytes: Buffer): void {
    let from = 0;
    for (let cr = bytes.indexOf(CR); cr >= 0; cr = bytes.indexOf(CR, from)) {
      // a marked product ends with CR LF: it is whole with its LF
      const marked = bytes[from] === 0x30;
      if (marked && cr + 1 === bytes.length) break;
      const end = bytes[cr + 1] === LF ? cr + 2 : cr + 1;
      this.#events.frame(bytes.toString('latin1', from, end), this.#at);
      from = end;
    }
    this.#rest = Buffer.from(bytes.subarray(from));
    if (this.#rest.length > MOST) {
      this.#events.rest(this.#rest.toString('latin1', 0, 200), this.#at);
      this.#rest = Buffer.alloc(0);
    }
  }
}
