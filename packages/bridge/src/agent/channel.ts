import type { Socket } from 'node:net';
import type { Cancel, Clock } from '@tillbridge/core';
import { framed, FrameSplitter, MAX_FRAME } from './frames.js';

/** Bytes that may wait for a side that does not read. */
const MAX_UNSENT = 4 * MAX_FRAME;
/** How long a last word may take to leave, in ms. */
const LAST_WORD_MS = 500;

/** Frames over a socket or pipe, with their bounds. Knows nothing of what is in them. */
export class Channel {
  readonly #socket: Socket;
  readonly #clock: Clock;
  readonly #frames = new FrameSplitter();
  readonly #onOver: (broken: boolean) => void;
  #onFrame: (frame: Buffer) => void = () => undefined;
  #over = false;
  #hangUp: Cancel = () => undefined;

  /** `onOver`: called once; `broken` where the other side spoke no frames of ours. */
  constructor(socket: Socket, clock: Clock, onOver: (broken: boolean) => void) {
    this.#socket = socket;
    this.#clock = clock;
    this.#onOver = onOver;
    socket.on('error', () => this.destroy());
    socket.on('close', () => this.destroy());
    socket.on('end', () => this.destroy());
    socket.on('data', (chunk: Buffer) => {
      if (this.#over) return;
      const sound = this.#frames.push(chunk, (frame) => {
        this.#onFrame(frame);
        return !this.#over;
      });
      if (!sound) this.destroy(true);
    });
  }

  get over(): boolean {
    return this.#over;
  }

  /** Who takes frames from now on. */
  listen(onFrame: (frame: Buffer) => void): void {
    this.#onFrame = onFrame;
  }

  /** The other side is known: its frames may be as long as any. */
  trust(): void {
    this.#frames.allow(MAX_FRAME);
  }

  /** False when nothing of it was sent and nothing ever will be. */
  send(body: Uint8Array): boolean {
    if (this.#over || body.length > MAX_FRAME) return false;
    if (this.#socket.writableLength > MAX_UNSENT) {
      this.destroy();
      return false;
    }
    this.#socket.write(framed(body));
    return true;
  }

  /** Says one more thing and hangs up. */
  endWith(body: Uint8Array): void {
    if (this.#over) return;
    this.#socket.end(framed(body));
    this.#finish();
    this.#hangUp = this.#clock.timer(LAST_WORD_MS, () => this.#socket.destroy(), { ref: false });
    this.#socket.once('close', () => this.#hangUp());
  }

  destroy(broken = false): void {
    this.#socket.destroy();
    this.#finish(broken);
  }

  #finish(broken = false): void {
    if (this.#over) return;
    this.#over = true;
    this.#onOver(broken);
  }
}
