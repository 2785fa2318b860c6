import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

/** What the store's line does. `cut`: connections end at once. `silent`: they are taken, and nothing comes or goes. */
export type LineState = 'up' | 'cut' | 'silent';

/** The store's line to one platform, on a port of its own. */
export class Line {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #target: { readonly host: string; readonly port: number };
  #state: LineState = 'up';

  private constructor(target: URL) {
    this.#target = { host: target.hostname, port: Number(target.port) };
    this.#server = createServer((socket) => this.#taken(socket));
  }

  static async open(target: string): Promise<Line> {
    const line = new Line(new URL(target));
    line.#server.listen(0, '127.0.0.1');
    await once(line.#server, 'listening');
    return line;
  }

  /** The platform's address by way of this line. */
  through(address: string): string {
    const url = new URL(address);
    url.port = String((this.#server.address() as AddressInfo).port);
    return url.href.replace(/\/$/, '');
  }

  get state(): LineState {
    return this.#state;
  }

  /** What is under way is lost, whatever the line does from now on. */
  set(state: LineState): void {
    this.#state = state;
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.set('cut');
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #taken(socket: Socket): void {
    this.#keep(socket);
    if (this.#state === 'cut') socket.destroy();
    if (this.#state !== 'up') return;
    const far = connect(this.#target);
    this.#keep(far);
    socket.pipe(far).pipe(socket);
    socket.once('close', () => far.destroy());
    far.once('close', () => socket.destroy());
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#sockets.delete(socket));
  }
}
