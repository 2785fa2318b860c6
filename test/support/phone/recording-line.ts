import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The line between a daemon that carries messages and a till, with somebody on it who writes everything down. */
export class RecordingLine {
  /** All that crossed it, headers and bodies, in both directions. */
  readonly crossed: Buffer[] = [];
  /** Where the till is now. */
  target = '';
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((incoming, outgoing) => {
      this.#pass(incoming, outgoing).catch(() => outgoing.destroy());
    });
  }

  static async open(): Promise<RecordingLine> {
    const line = new RecordingLine();
    await new Promise<void>((resolve) => line.#server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await readAll(incoming);
    // the till answers to its own name only
    const headers = Object.fromEntries(Object.entries(incoming.headers).filter(([name]) => name !== 'host'));
    this.#write(`${incoming.url ?? ''} ${JSON.stringify(incoming.headers)}`, body);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request(new URL(incoming.url ?? '/', this.target), { method: incoming.method ?? 'POST', headers, agent: false }, resolve);
      asked.on('error', reject);
      asked.end(body);
    });
    const answer = await readAll(response);
    this.#write(`${String(response.statusCode)} ${JSON.stringify(response.headers)}`, answer);
    outgoing.writeHead(response.statusCode ?? 502).end(answer);
  }

  #write(head: string, body: Buffer): void {
    this.crossed.push(Buffer.from(head), body);
  }
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
