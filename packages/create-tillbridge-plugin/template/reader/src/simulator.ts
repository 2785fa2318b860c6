import { createServer, type Server, type Socket } from 'node:net';
import { pathToFileURL } from 'node:url';

/** A network scanner to test against. `npm run simulator` runs it: what is typed there is scanned. */
export class ScannerSimulator {
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port: number;

  private constructor(port: number) {
    this.#port = port;
  }

  static async start(port = 0): Promise<ScannerSimulator> {
    const simulator = new ScannerSimulator(port);
    await simulator.plugIn();
    return simulator;
  }

  get port(): number {
    return this.#port;
  }

  async plugIn(): Promise<void> {
    if (this.#server !== undefined) return;
    const server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => undefined);
    });
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    const address = server.address();
    if (typeof address === 'object' && address !== null) this.#port = address.port;
  }

  async unplug(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const socket of this.#sockets) socket.destroy();
    if (server !== undefined) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  send(bytes: Uint8Array): void {
    for (const socket of this.#sockets) socket.write(bytes);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const simulator = await ScannerSimulator.start(Number(process.argv[2] ?? 9151));
  console.log(`a scanner listens on 127.0.0.1:${String(simulator.port)}: type a code and press Enter`);
  for await (const line of process.stdin.setEncoding('utf8')) simulator.send(Buffer.from(String(line).replace(/\r?\n$/, '\r')));
}
