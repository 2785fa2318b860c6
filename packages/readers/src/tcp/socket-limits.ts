import type { Socket } from 'node:net';

/** A scanner that lost its power says nothing: the system asks after this much silence. */
const KEEP_ALIVE_MS = 10_000;

/** What every connection gets: no delay, a check that the peer is alive, and errors that end the connection and nothing else. */
export function tameSocket(socket: Socket): void {
  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  socket.on('error', () => socket.destroy());
}
