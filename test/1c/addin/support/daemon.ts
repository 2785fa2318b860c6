import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { waitFor } from '../../../support/wait-for.js';

export type Message = Readonly<Record<string, unknown>> & { readonly type: string; readonly state?: string; readonly reason?: string };

/** What to answer to a greeting. */
export type Greeter = (hello: Message) => Message | undefined;

const welcome: Greeter = (hello) =>
  hello['token'] === 'secret'
    ? { type: 'welcome', protocol: 1, session: 's-1', till: 'front', daemon: '0.1.0', pingMs: 5000 }
    : { type: 'refuse', code: 'token', text: 'Wrong token', retryMs: 250 };

/** The daemon's side of the line protocol, by hand: the tests send what a daemon would not. */
export class Daemon {
  readonly messages: Message[] = [];
  readonly connections: Socket[] = [];
  greet: Greeter = welcome;
  #server: Server | undefined;
  #port = 0;
  readonly #waiting = new Map<string, (message: Message) => void>();
  #seq = 0;

  get port(): number {
    return this.#port;
  }

  async listen(): Promise<this> {
    this.#server = createServer((socket) => this.#accept(socket));
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  /** As a killed daemon: the port is free, every connection is gone. */
  async die(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const socket of this.connections) socket.destroy();
    if (server !== undefined) await new Promise((resolve) => server.close(resolve));
  }

  /** Of long runs: what was said of deliveries so far. */
  forget(): void {
    const kept = this.messages.filter((message) => message.type !== 'status');
    this.messages.splice(0, this.messages.length, ...kept);
  }

  of(type: string): Message[] {
    return this.messages.filter((message) => message.type === type);
  }

  /** The final state of a delivery, or what was last said of it. */
  statuses(id: string): string[] {
    return this.of('status').filter((message) => message['id'] === id).map(({ state, reason }) => (typeof reason === 'string' ? `${state ?? ''} ${reason}` : (state ?? '')));
  }

  async waitForCount(type: string, count: number): Promise<Message[]> {
    return waitFor(`${String(count)} messages ${type}: ${JSON.stringify(this.messages.slice(-5))}`, () => (this.of(type).length >= count ? this.of(type) : undefined), 60_000);
  }

  async waitForStatus(id: string, state: string): Promise<void> {
    await waitFor(`${id} ${state}`, () => this.statuses(id).includes(state), 60_000);
  }

  async waitForEnd(id: string): Promise<void> {
    await waitFor(`the end of ${id}`, () => this.statuses(id).some((status) => /^(queued|expired|refused|dropped)/.test(status)), 60_000);
  }

  /** The next message of a type, at the moment when it is read. */
  next(type: string): Promise<Message> {
    return new Promise((resolve) => this.#waiting.set(type, resolve));
  }

  raw(bytes: string | Uint8Array): void {
    this.connections.at(-1)?.write(bytes);
  }

  send(message: Message): void {
    this.raw(`${JSON.stringify(message)}\n`);
  }

  deliver(id: string, data: string, more: Readonly<Record<string, unknown>> = {}): void {
    this.send({ type: 'deliver', id, seq: ++this.#seq, data, expiresInMs: 60_000, ...more });
  }

  #accept(socket: Socket): void {
    let text = '';
    this.connections.push(socket);
    socket.setNoDelay(true);
    socket.setEncoding('utf8').on('error', () => undefined);
    socket.on('data', (chunk: string) => {
      text += chunk;
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
        const line = text.slice(0, end);
        text = text.slice(end + 1);
        this.#take(socket, JSON.parse(line) as Message);
      }
    });
  }

  #take(socket: Socket, message: Message): void {
    this.messages.push(message);
    const waiting = this.#waiting.get(message.type);
    this.#waiting.delete(message.type);
    waiting?.(message);
    if (message.type !== 'hello') return;
    const answer = this.greet(message);
    if (answer === undefined) return;
    socket.write(`${JSON.stringify(answer)}\n`);
    if (answer.type === 'refuse') socket.end();
  }
}
