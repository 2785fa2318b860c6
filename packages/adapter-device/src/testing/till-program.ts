import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';

/** A cashier program's side of a serial port, in this process: opens the device, reads when it wants to, closes. */
export class TillProgram {
  readonly #path: string;
  #fd: number | undefined;
  readonly #chunks: Buffer[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  open(): this {
    this.#fd ??= openSync(this.#path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
    return this;
  }

  /** Reads what is there, at most `max` bytes, and returns it as Latin-1. */
  read(max = 65_536): string {
    let text = '';
    while (this.#fd !== undefined && text.length < max) {
      const buffer = Buffer.alloc(Math.min(4096, max - text.length));
      try {
        const count = readSync(this.#fd, buffer, 0, buffer.length, null);
        if (count === 0) break;
        this.#chunks.push(buffer.subarray(0, count));
        text += buffer.toString('latin1', 0, count);
      } catch {
        break;
      }
    }
    return text;
  }

  write(text: string): void {
    if (this.#fd !== undefined) writeSync(this.#fd, text);
  }

  /** Everything read so far. */
  all(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}
