import { setImmediate as turn } from 'node:timers/promises';
import { openPty, type Pty } from '@tillbridge/adapter-device';

/** A scanner on a serial port: its device end is a real tty at `path`. */
export class ScannerPort {
  readonly path: string;
  #pty: Pty | undefined;

  constructor(path: string) {
    this.path = path;
  }

  static async plugIn(path: string): Promise<ScannerPort> {
    const port = new ScannerPort(path);
    await port.plugIn();
    return port;
  }

  async plugIn(): Promise<void> {
    this.#pty ??= await openPty({ link: this.path });
  }

  /** The tty hangs up and its name goes, as when a USB cable is pulled. */
  unplug(): void {
    this.#pty?.close();
    this.#pty = undefined;
  }

  /** Sends bytes (a string: Latin-1) exactly as they are, as fast as the line takes them. */
  async send(data: string | Uint8Array): Promise<void> {
    const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
    for (let sent = 0; sent < bytes.length && this.#pty !== undefined; ) {
      sent += this.#pty.write(bytes, sent);
      if (sent < bytes.length) await turn();
    }
  }
}
