import { closeSync, constants, openSync, readSync } from 'node:fs';
import { waitFor } from './wait-for.js';

const LOOK_MS = 2;

/** A cashier program's side of its scanner's port, in this process: reads all the time while it is open and not paused. */
export class TillPort {
  readonly #path: string;
  #fd: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #paused = false;
  #chunks: Buffer[] = [];
  #length = 0;

  constructor(path: string) {
    this.#path = path;
  }

  static open(path: string): TillPort {
    const port = new TillPort(path);
    port.open();
    return port;
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
  }

  /** Stops reading with the port open. */
  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
  }

  /** Everything read so far. */
  bytes(): Buffer {
    this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0] ?? Buffer.alloc(0);
  }

  /** The same as Latin-1: one character a byte. */
  text(): string {
    return this.bytes().toString('latin1');
  }

  /** Forgets what was read so far. */
  clear(): void {
    this.#chunks = [];
    this.#length = 0;
  }

  /** Waits until the bytes so far contain `text` (Latin-1) and gives all of them. */
  async waitForText(text: string, timeoutMs = 30_000): Promise<string> {
    await waitFor('the text at the till', () => this.text().includes(text), timeoutMs).catch((error: unknown) => {
      throw new Error(`the till has ${JSON.stringify(this.text().slice(-200))}`, { cause: error });
    });
    return this.text();
  }

  async waitForBytes(count: number, timeoutMs = 30_000): Promise<Buffer> {
    await waitFor(`${String(count)} bytes at the till`, () => this.#length >= count, timeoutMs).catch((error: unknown) => {
      throw new Error(`${String(this.#length)} of ${String(count)} bytes arrived`, { cause: error });
    });
    return this.bytes();
  }

  #look(): void {
    while (this.#fd !== undefined && !this.#paused) {
      const buffer = Buffer.allocUnsafe(4096);
      let count: number;
      try {
        count = readSync(this.#fd, buffer, 0, buffer.length, null);
      } catch {
        // nothing there, or a hang-up: the port stays ours until close()
        return;
      }
      if (count === 0) return;
      this.#chunks.push(Buffer.from(buffer.subarray(0, count)));
      this.#length += count;
    }
  }
}
