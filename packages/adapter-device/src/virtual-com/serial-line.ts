import { TillbridgeError } from '@tillbridge/core';
import type { PortTillOptions } from './options.js';
import { DEFAULTS } from './options.js';

/** Modem lines of the other side. */
export interface PeerLines {
  readonly dsr: boolean;
  readonly cts: boolean;
}

/** One connection to a serial port. A new object for each: serialport keeps writes to a closed port and sends them after the next open. */
export interface SerialLine {
  readonly isOpen: boolean;
  /** Resolves when the system took the bytes. May hang for ever (Windows has no write time-out): the caller sets the limit. */
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when the bytes left the machine. May hang under flow control. */
  drain(): Promise<void>;
  /** Drops what the system holds unsent. */
  flush(): Promise<void>;
  peer(): Promise<PeerLines>;
  close(): Promise<void>;
  /** `down` is called once, when the connection ends by itself. */
  onDown(down: (error: Error | undefined) => void): void;
}

export type SerialOpener = (options: PortTillOptions) => Promise<SerialLine>;

/** What this file uses of a `SerialPort` of serialport 13. */
interface NodePort {
  readonly isOpen: boolean;
  open(done: (error: Error | null) => void): void;
  write(bytes: Buffer, done: (error: Error | null | undefined) => void): boolean;
  drain(done: (error: Error | null) => void): void;
  flush(done: (error: Error | null) => void): void;
  get(done: (error: Error | null, lines?: PeerLines) => void): void;
  close(done: (error: Error | null) => void): void;
  on(event: 'close' | 'end' | 'error', listener: (error?: Error | null) => void): unknown;
  resume(): unknown;
}

/**
 * Opens a port through serialport.
 *
 * @throws {TillbridgeError} `TB_NATIVE_MISSING`, `TB_TILL_PORT_NOT_FOUND`, `TB_TILL_PORT_BUSY`, `TB_TILL_PORT_DENIED`, `TB_TILL_PORT_FAILED`
 */
export async function openSerialLine(options: PortTillOptions): Promise<SerialLine> {
  const { SerialPort } = await import('serialport').catch((cause: unknown) => {
    throw new TillbridgeError('TB_NATIVE_MISSING', { package: 'serialport', purpose: 'transport: port' }, { cause });
  });
  const { path, dataBits, parity, stopBits, rtscts } = options;
  let port: NodePort;
  try {
    port = new SerialPort({
      path,
      baudRate: options.baudRate ?? DEFAULTS.baudRate,
      autoOpen: false,
      ...(dataBits === undefined ? {} : { dataBits }),
      ...(parity === undefined ? {} : { parity }),
      ...(stopBits === undefined ? {} : { stopBits }),
      ...(rtscts === undefined ? {} : { rtscts }),
    });
  } catch (cause) {
    throw openError(path, cause);
  }
  const line = new NodeSerialLine(port);
  try {
    await called((done) => port.open(done));
  } catch (cause) {
    throw openError(path, cause);
  }
  return line;
}

class NodeSerialLine implements SerialLine {
  readonly #port: NodePort;
  #down: ((error: Error | undefined) => void) | undefined;

  constructor(port: NodePort) {
    this.#port = port;
    for (const event of ['close', 'end', 'error'] as const) port.on(event, (error) => this.#ended(error ?? undefined));
    // what the till writes to its scanner is read and forgotten
    port.resume();
  }

  get isOpen(): boolean {
    return this.#port.isOpen;
  }

  write(bytes: Uint8Array): Promise<void> {
    return called((done) => void this.#port.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), done));
  }

  drain(): Promise<void> {
    return called((done) => this.#port.drain(done));
  }

  flush(): Promise<void> {
    return called((done) => this.#port.flush(done));
  }

  peer(): Promise<PeerLines> {
    return new Promise((resolve, reject) => {
      this.#port.get((error, lines) => {
        if (lines === undefined) reject(error ?? new Error('no modem lines'));
        else resolve(lines);
      });
    });
  }

  close(): Promise<void> {
    this.#down = undefined;
    return this.#port.isOpen ? called((done) => this.#port.close(done)) : Promise.resolve();
  }

  onDown(down: (error: Error | undefined) => void): void {
    this.#down = down;
  }

  #ended(error: Error | undefined): void {
    const down = this.#down;
    this.#down = undefined;
    down?.(error);
  }
}

function called(start: (done: (error: Error | null | undefined) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => {
      if (error instanceof Error) reject(error);
      else resolve();
    });
  });
}

/** serialport's open errors have no codes, only texts: @serialport/bindings-cpp, src/serialport_unix.cpp and serialport_win.cpp. */
export function openError(path: string, cause: unknown): TillbridgeError {
  const problem = cause instanceof Error ? cause.message : String(cause);
  if (/no such file|file not found/i.test(problem)) return new TillbridgeError('TB_TILL_PORT_NOT_FOUND', { path }, { cause });
  if (/cannot lock|temporarily unavailable|resource busy/i.test(problem)) return new TillbridgeError('TB_TILL_PORT_BUSY', { path }, { cause });
  // Windows says "Access denied" for a port that another program holds
  if (/access denied/i.test(problem)) return new TillbridgeError('TB_TILL_PORT_BUSY', { path }, { cause });
  if (/permission denied/i.test(problem)) return new TillbridgeError('TB_TILL_PORT_DENIED', { path }, { cause });
  return new TillbridgeError('TB_TILL_PORT_FAILED', { path, problem }, { cause });
}
