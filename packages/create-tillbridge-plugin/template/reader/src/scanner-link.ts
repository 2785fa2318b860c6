import { connect, type Socket } from 'node:net';
import { TillbridgeError, type Link } from '@tillbridge/plugin';

/** Longest read, in bytes. */
const LONGEST = 8192;
const CONNECT_MS = 3000;
const CR = 0x0d;

/** One connection to the scanner: what it sends is cut at each CR. */
export class ScannerLink implements Link {
  readonly ended: Promise<TillbridgeError>;
  readonly #socket: Socket;
  readonly #read: (bytes: Uint8Array) => void;
  readonly #lost: (bytes: number) => void;
  #held = Buffer.alloc(0);

  constructor(socket: Socket, read: (bytes: Uint8Array) => void, lost: (bytes: number) => void) {
    this.#socket = socket;
    this.#read = read;
    this.#lost = lost;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    this.ended = new Promise((resolve) => {
      socket.on('error', (error) => resolve(problem(error.message)));
      socket.on('close', () => {
        // half a read is nobody's
        if (this.#held.length > 0) this.#lost(this.#held.length);
        resolve(problem('the scanner closed the connection'));
      });
    });
  }

  close(): Promise<void> {
    this.#socket.destroy();
    return Promise.resolve();
  }

  #take(chunk: Buffer): void {
    let rest = Buffer.concat([this.#held, chunk]);
    for (let end = rest.indexOf(CR); end >= 0; end = rest.indexOf(CR)) {
      // a copy: the receiver keeps it
      if (end > 0) this.#read(Uint8Array.from(rest.subarray(0, end)));
      rest = rest.subarray(end + 1);
    }
    if (rest.length > LONGEST) {
      this.#lost(rest.length);
      rest = Buffer.alloc(0);
    }
    this.#held = rest;
  }
}

/** Connects, or rejects with an error in words. */
export function connectScanner(host: string, port: number, signal: AbortSignal, made: (socket: Socket) => ScannerLink): Promise<ScannerLink> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const stop = (): void => void socket.destroy(new Error('given up'));
    socket.setTimeout(CONNECT_MS, stop);
    signal.addEventListener('abort', stop, { once: true });
    socket.once('error', (error) => reject(problem(error.message)));
    socket.once('connect', () => {
      socket.setTimeout(0);
      signal.removeEventListener('abort', stop);
      resolve(made(socket));
    });
    if (signal.aborted) stop();
  });
}

export function problem(text: string): TillbridgeError {
  return new TillbridgeError('TB_NATIVE_PLUGIN_PROBLEM', { plugin: '__NAME__', problem: text });
}
