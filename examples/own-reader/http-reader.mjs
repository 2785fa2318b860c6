// A reader of one's own: a kiosk in the shop posts what its camera read, `POST /scan` with the text as body.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { instant, PartStatusKeeper, systemClock } from '@tillbridge/core';

/** More than a QR code holds. */
const LONGEST = 8192;
const NONE = new Uint8Array(0);

/** Implements the port `Reader` of `@tillbridge/core`; test/examples runs the conformance suite over it. */
export class HttpReader {
  kind = 'plugin';
  capabilities = { feedback: false };
  #status = new PartStatusKeeper(systemClock);
  #server;
  #port;

  constructor({ id, port = 0 }) {
    this.id = id;
    this.#port = port;
  }

  get state() {
    return this.#status.state;
  }

  /** Where kiosks post to. */
  get url() {
    return `http://127.0.0.1:${this.#server?.address()?.port ?? this.#port}/scan`;
  }

  async open(sink, signal) {
    this.#status.attach({ state: (state) => sink.state(state), goodsDropped: () => undefined, order: () => undefined });
    this.#status.set('opening');
    this.#server = createServer((request, response) => this.#take(request, response, sink));
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    signal.addEventListener('abort', () => void this.close(), { once: true });
    this.#status.set('ready');
  }

  #take(request, response, sink) {
    const parts = [];
    let length = 0;
    request.on('data', (part) => {
      length += part.length;
      if (length <= LONGEST) parts.push(part);
    });
    request.on('end', () => {
      const known = request.method === 'POST' && request.url === '/scan' && length > 0;
      const status = !known ? 404 : length > LONGEST ? 413 : 204;
      // a whole read with nothing behind it: `settled`, and no terminator of its own. The sink is synchronous: goods wait for nothing
      if (status === 204) sink.read({ bytes: Uint8Array.from(Buffer.concat(parts)), terminator: NONE, at: instant(systemClock), silence: 'settled', silentBefore: true });
      else if (status === 413) sink.dropped('overflow', length);
      response.writeHead(status).end();
    });
    // gone in the middle of a read: half a code must not pass for a whole one
    request.on('error', () => sink.dropped('unplugged', length));
  }

  feedback() {
    return Promise.resolve();
  }

  async close() {
    const server = this.#server;
    this.#server = undefined;
    if (server !== undefined) {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    }
    this.#status.set('closed');
  }
}
