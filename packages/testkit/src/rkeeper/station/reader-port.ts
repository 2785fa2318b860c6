import type { McrDeviceType } from '../mcr.js';

/** Longer reads are dropped whole: a track has at most 107 characters, a QR of the field some hundreds. */
const MAX_READ = 1024;

const CR = 0x0d;
const LF = 0x0a;

/**
 * One reader of a station: bytes from a serial port, or keystrokes. A read ends with CR, or with Enter; LF after it belongs to it. Anything
 * before the first terminator, and whatever is longer than a read can be, is noise.
 */
export class ReaderPort {
  readonly device: McrDeviceType;
  /** Driver parameter "Device identifier". */
  readonly deviceId: number | undefined;
  readonly #take: (data: string, port: ReaderPort) => void;
  #bytes: number[] = [];
  #tooLong = false;

  constructor(device: McrDeviceType, deviceId: number | undefined, take: (data: string, port: ReaderPort) => void) {
    this.device = device;
    this.deviceId = deviceId;
    this.#take = take;
  }

  /** Bytes as they come from a port, in pieces of any size. */
  write(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte === CR || byte === LF) this.#end();
      else if (this.#bytes.length < MAX_READ) this.#bytes.push(byte);
      else this.#tooLong = true;
    }
  }

  /** Characters as they are typed; `\n` or `\r` is Enter. */
  keys(text: string): void {
    this.write(Buffer.from(text, 'utf8'));
  }

  #end(): void {
    const data = Buffer.from(this.#bytes).toString('utf8');
    const dropped = this.#tooLong;
    this.#bytes = [];
    this.#tooLong = false;
    if (data !== '' && !dropped) this.#take(data, this);
  }
}
