import { createServer, type Server, type Socket } from 'node:net';
import { pathToFileURL } from 'node:url';

/** A cashier program to test against. `npm run simulator` runs it and prints what it takes. */
export class TillSimulator {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #known = new Set<string>();
  #taken = Buffer.alloc(0);
  #held: (() => void)[] = [];
  #takes = true;

  private constructor() {
    this.#server = createServer((socket) => this.#serve(socket));
  }

  static async start(port = 0): Promise<TillSimulator> {
    const simulator = new TillSimulator();
    await new Promise<void>((resolve) => simulator.#server.listen(port, '127.0.0.1', resolve));
    return simulator;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Everything that it took, in order. */
  get taken(): Uint8Array {
    return this.#taken;
  }

  /** `false`: it is there and takes nothing, until it is told otherwise. */
  takes(on: boolean): void {
    this.#takes = on;
    if (!on) return;
    for (const go of this.#held.splice(0)) go();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) {
        if (this.#takes) this.#take(line, socket);
        else this.#held.push(() => this.#take(line, socket));
      }
    });
  }

  #take(line: string, socket: Socket): void {
    const { id, ask, goods, ...numbers } = JSON.parse(line) as Record<string, string>;
    if (goods !== undefined) this.#add(Buffer.from(goods, 'base64'));
    const number = Object.values(numbers)[0];
    if (id !== undefined && number !== undefined) {
      this.#known.add(id);
      this.#add(Buffer.from(number, 'utf8'));
    }
    const asked = id ?? ask;
    if (asked !== undefined) socket.write(`${JSON.stringify({ id: asked, applied: this.#known.has(asked) })}\n`);
  }

  #add(bytes: Buffer): void {
    this.#taken = Buffer.concat([this.#taken, bytes]);
    if (isMain) console.log(JSON.stringify(bytes.toString('utf8')));
  }
}

const isMain = import.meta.url === pathToFileURL(process.argv[1] ?? '').href;
if (isMain) {
  const simulator = await TillSimulator.start(Number(process.argv[2] ?? 9150));
  console.log(`a till listens on 127.0.0.1:${String(simulator.port)}`);
}
