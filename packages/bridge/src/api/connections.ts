import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Connections that no valid token has come over may be so many; the oldest of them makes room for the next. */
const MAX_STRANGERS = 128;

/**
 * The open connections of a listener. Half-open and idle ones of strangers push out each other, never those that a paired client uses: who
 * floods the port keeps nobody from working.
 */
export class Connections {
  readonly #strangers = new Set<Socket>();
  readonly #all = new Set<Socket>();

  constructor(server: Server, onEvicted: () => void) {
    server.on('connection', (socket: Socket) => {
      this.#all.add(socket);
      this.#strangers.add(socket);
      socket.once('close', () => {
        this.#all.delete(socket);
        this.#strangers.delete(socket);
      });
      if (this.#strangers.size > MAX_STRANGERS) {
        const [oldest] = this.#strangers;
        oldest?.destroy();
        onEvicted();
      }
    });
  }

  /** A paired client uses this connection. */
  trust(socket: Socket): void {
    this.#strangers.delete(socket);
  }

  destroyAll(): void {
    for (const socket of this.#all) socket.destroy();
  }
}
