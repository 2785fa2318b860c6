import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A network scanner that the daemon connects to. */
export class NetScanner {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      socket.setNoDelay(true);
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('close', () => this.#sockets.delete(socket));
      // what the daemon says to the scanner is read and forgotten
      socket.resume();
    });
  }

  static async listen(): Promise<NetScanner> {
    const scanner = new NetScanner(createServer());
    scanner.#server.listen(0, '127.0.0.1');
    await once(scanner.#server, 'listening');
    return scanner;
  }

  get address(): string {
    return `127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  async send(text: string): Promise<void> {
    const bytes = Buffer.from(text, 'latin1');
    await Promise.all([...this.#sockets].map((socket) => new Promise<void>((resolve) => void socket.write(bytes, () => resolve()))));
  }

  /** The connection ends; the daemon may come back at once. */
  hangUp(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
