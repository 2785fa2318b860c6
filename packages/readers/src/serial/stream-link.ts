import type { Cancel, TillbridgeError } from '@tillbridge/core';
import { Ending, vanished, withinCloseBudget, type LinkRequest, type SerialLink } from './link.js';
import { loadSerialport, type Serialport } from './native.js';
import { identity, watchPresence } from './presence.js';
import { raiseLines } from './raise-lines.js';

type Port = InstanceType<Serialport['SerialPort']>;

/** Where there is no tty to read from (Windows): serialport's own stream. A new object for every connection: it sends old writes otherwise. */
export async function openStreamLink(request: LinkRequest): Promise<SerialLink> {
  const { SerialPort } = await loadSerialport();
  const { path, line } = request;
  const { baudRate, dataBits, parity, stopBits, rtscts } = line;
  const port = new SerialPort({ path, baudRate, dataBits, parity, stopBits, rtscts, lock: true, hupcl: true, autoOpen: false });
  // without a listener an error would end the process
  port.on('error', () => undefined);
  const device = await identity(path);
  await called((done) => port.open(done));
  await raiseLines({ set: (lines) => called((done) => port.set(lines, done)) }, line);
  return new StreamLink(request, port, device);
}

/** A call with an error-first callback as a promise. */
function called(call: (done: (error?: Error | null) => void) => unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    call((error) => {
      if (error === undefined || error === null) resolve();
      else reject(error);
    });
  });
}

class StreamLink implements SerialLink {
  readonly ended: Promise<TillbridgeError>;
  readonly #request: LinkRequest;
  readonly #port: Port;
  readonly #ending = new Ending();
  readonly #stopWatching: Cancel;
  #closing: Promise<void> | undefined;

  constructor(request: LinkRequest, port: Port, device: string | undefined) {
    this.#request = request;
    this.#port = port;
    this.ended = this.#ending.ended;
    const gone = (): void => void this.close();
    port.on('close', gone);
    port.on('end', gone);
    port.on('error', gone);
    // COM names are not files: there the driver's own word has to do
    this.#stopWatching = process.platform === 'win32' ? () => undefined : watchPresence(request.clock, request.path, device, gone);
  }

  start(onBytes: (chunk: Uint8Array) => void): void {
    this.#port.on('data', onBytes);
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (!this.#port.isOpen) throw vanished(this.#request);
    await called((done) => this.#port.write(Buffer.from(bytes), undefined, done));
  }

  close(): Promise<void> {
    this.#closing ??= this.#release();
    return this.#closing;
  }

  async #release(): Promise<void> {
    this.#stopWatching();
    this.#port.removeAllListeners('data');
    this.#ending.tell(vanished(this.#request));
    if (this.#port.isOpen) await withinCloseBudget(this.#request.clock, called((done) => this.#port.close(done)));
  }
}
