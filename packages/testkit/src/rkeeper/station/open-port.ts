import { constants, openSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import type { ReaderPort } from './reader-port.js';

/** Opens a serial port or pseudo-terminal as a station opens its reader's. Returns what closes it. @throws {Error} of the system when it cannot be opened */
export function openReaderPort(path: string, port: ReaderPort): () => void {
  const stream = new ReadStream(openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK));
  stream.on('data', (bytes) => port.write(Buffer.from(bytes)));
  // the far end went away: the station sees no more reads
  stream.on('error', () => undefined);
  return () => void stream.destroy();
}
