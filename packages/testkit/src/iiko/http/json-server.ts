import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sleep, type Clock } from '@tillbridge/core';
import { misleading, type HttpFaults } from './faults.js';

export interface JsonCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** undefined: no JSON. */
  readonly body: unknown;
}

export interface JsonReply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface JsonServerOptions {
  readonly clock: Clock;
  readonly faults: HttpFaults;
  readonly handle: (call: JsonCall) => JsonReply;
  /** What is answered when the work takes longer than the caller wants to wait, and how long that is in ms; absent: nothing, the caller hangs up. */
  readonly late?: (call: JsonCall) => { readonly afterMs: number; readonly reply: JsonReply } | undefined;
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** 0: any free port. */
  readonly port?: number;
}

const MAX_BODY = 1_048_576;

/** A JSON server on a loopback port that can be made to go wrong in all the ways of {@link HttpFaults}. */
export class JsonServer {
  readonly #options: JsonServerOptions;
  readonly #server: Server;
  readonly #closing = new AbortController();
  #holding = 0;

  private constructor(options: JsonServerOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => request.socket.destroy());
    });
  }

  static async start(options: JsonServerOptions): Promise<JsonServer> {
    const server = new JsonServer(options);
    server.#server.listen(options.port ?? 0, options.host ?? '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  /** Requests that are kept waiting on purpose. */
  get holding(): number {
    return this.#holding;
  }

  get url(): string {
    const { host = '127.0.0.1' } = this.#options;
    return `http://${host.includes(':') ? `[${host}]` : host}:${String((this.#server.address() as AddressInfo).port)}`;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { faults, handle } = this.#options;
    const call = await read(request);
    if (faults.silent) {
      this.#hold(request);
    } else if (spend(faults, 'dropBeforeWork')) {
      request.socket.destroy();
    } else if (faults.status !== 0) {
      send(response, { status: faults.status, body: undefined }, faults);
    } else {
      const reply = faults.latencyMs > 0 ? await this.#slowly(call) : handle(call);
      if (spend(faults, 'dropAfterWork')) request.socket.destroy();
      else send(response, reply, faults);
    }
  }

  /** The work is done when the time is over, whether somebody was told before that it takes too long or not. */
  async #slowly(call: JsonCall): Promise<JsonReply> {
    const { clock, faults, handle, late } = this.#options;
    const { latencyMs } = faults;
    const over = late?.(call);
    this.#holding += 1;
    try {
      if (over === undefined || over.afterMs >= latencyMs) {
        await sleep(clock, latencyMs, this.#closing.signal);
        return handle(call);
      }
      await sleep(clock, over.afterMs, this.#closing.signal);
      void sleep(clock, latencyMs - over.afterMs, this.#closing.signal).then(() => (faults.worksLate ? handle(call) : undefined));
      return over.reply;
    } finally {
      this.#holding -= 1;
    }
  }

  #hold(request: IncomingMessage): void {
    this.#holding += 1;
    request.socket.once('close', () => (this.#holding -= 1));
  }
}

async function read(request: IncomingMessage): Promise<JsonCall> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const text = await textOf(request);
  return { method: request.method ?? '', path: url.pathname, query: url.searchParams, headers: request.headers, body: parsed(text) };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY) throw new Error('the request is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function spend(faults: HttpFaults, key: 'dropBeforeWork' | 'dropAfterWork'): boolean {
  if (faults[key] <= 0) return false;
  faults[key] -= 1;
  return true;
}

function send(response: ServerResponse, reply: JsonReply, faults: HttpFaults): void {
  const { type, text } = misleading(reply.body === undefined ? '' : JSON.stringify(reply.body), faults.answer);
  const bytes = Buffer.from(text);
  response.writeHead(faults.answer === 'html' ? 200 : reply.status, { 'content-type': type, 'content-length': bytes.length, ...reply.headers }).end(bytes);
}
