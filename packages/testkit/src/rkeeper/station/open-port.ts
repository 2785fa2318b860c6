import { constants, openSync } from 'node:fs';
import { ReadStream } from 'node:tty';

/** What takes the bytes of a port. */
export interface PortSink {
  write(bytes: Uint8Array): void;
}

/**
 * Opens a serial port or pseudo-terminal as a station opens its reader's. Returns what closes it; `gone` is called once, when the far end
 * went away or it was closed. @throws {Error} of the system when it cannot be opened
 */
export function openReaderPort(path: string, port: PortSink, gone: () => void = () => undefined): () => void {
  const stream = new ReadStream(openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK));
  stream.on('data', (bytes) => port.write(Buffer.from(bytes)));
  // a hang-up: `close` follows
  stream.on('error', () => undefined);
  stream.once('close', gone);
  return () => void stream.destroy();
}
