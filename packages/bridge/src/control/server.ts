import { chmodSync, rmSync } from 'node:fs';
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TillbridgeError, type Clock, type Log } from '@tillbridge/core';
import { createRouter, errorResponse, type ApiResponse, type Call } from './http.js';
import { CONTROL_CALLER } from './scope.js';

/** A request body may have this many bytes. */
const MAX_BODY = 64 * 1024;
/** Whole headers, and the whole request, must have come within these times, in ms. */
const HEADERS_MS = 5000;
const REQUEST_MS = 10_000;
const MAX_CONNECTIONS = 32;
/** Answers that are being written when the daemon stops have this long, in ms. */
const CLOSE_MS = 500;

export interface ControlServer {
  /** Stops listening, lets answers that are under way go out, hangs up on the rest. */
  close(): Promise<void>;
}

export interface ControlOptions {
  /** Path of the socket, or name of the pipe. */
  readonly path: string;
  readonly calls: readonly Call[];
  /** Takes over a connection that asks for another protocol. */
  readonly upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The local control socket: HTTP/JSON with the paths of the API. Whoever may open the socket file (its owner) may do everything; the
 * API's listeners put their guards in front of the same calls.
 *
 * The HTTP parser is loaded at the first connection: an idle daemon without API does without its 10 MB.
 */
export async function startControlServer(options: ControlOptions): Promise<ControlServer> {
  const { path, clock } = options;
  let http: HttpServer | undefined;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    http ??= createHttp(options);
    http.emit('connection', socket);
  });
  server.maxConnections = MAX_CONNECTIONS;
  const pipe = path.startsWith('\\\\');
  // we hold the state folder's lock, so a socket that lies there is the one of a daemon that died
  if (!pipe) rmSync(path, { force: true });
  await listen(server, path);
  if (!pipe) chmodSync(path, 0o600);
  return {
    close: async () => {
      http?.closeIdleConnections();
      const cancel = clock.timer(CLOSE_MS, () => {
        for (const socket of sockets) socket.destroy();
      });
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      cancel();
      if (!pipe) rmSync(path, { force: true });
    },
  };
}

function createHttp({ calls, upgrade, log }: ControlOptions): HttpServer {
  // not an import: a module namespace of node:http would load all that it can export, fetch and WebSocket included
  const { createServer: createHttpServer } = process.getBuiltinModule('node:http');
  const route = createRouter(calls);
  const server = createHttpServer((request, response) => {
    answer(request, route)
      .catch((error: unknown) => {
        if (!(error instanceof TillbridgeError)) log.error('a control request failed', error instanceof Error ? { error } : {});
        return errorResponse(error);
      })
      .then((result) => send(response, result))
      .catch((error: unknown) => log.warn('a control answer could not be sent', error instanceof Error ? { error } : {}));
  });
  if (upgrade !== undefined) server.on('upgrade', upgrade);
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
  return server;
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function answer(incoming: IncomingMessage, route: ReturnType<typeof createRouter>): Promise<ApiResponse> {
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  const method = incoming.method ?? 'GET';
  const found = route(method, url.pathname);
  if (found === undefined) throw new TillbridgeError('TB_API_NOT_FOUND', { what: `${method} ${url.pathname}` });
  const hangUp = new AbortController();
  incoming.socket.once('close', () => hangUp.abort());
  return found.call.run({
    method,
    path: url.pathname,
    params: found.params,
    query: url.searchParams,
    body: method === 'POST' ? await readJson(incoming) : undefined,
    caller: CONTROL_CALLER,
    signal: hangUp.signal,
  });
}

async function readJson(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > MAX_BODY) throw new TillbridgeError('TB_API_BAD_REQUEST', { problem: `the body is longer than ${MAX_BODY} bytes` });
    chunks.push(chunk);
  }
  if (size === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new TillbridgeError('TB_API_BAD_REQUEST', { problem: 'the body is not JSON' });
  }
}

/** One answer a connection: callers are commands, and a daemon that stops need not wait for idle ones. */
function send(response: ServerResponse, { status, body, contentType }: ApiResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) {
      resolve();
      return;
    }
    response.once('close', resolve);
    response.writeHead(status, { 'content-type': contentType ?? 'application/json; charset=utf-8', 'cache-control': 'no-store', connection: 'close' });
    response.end(contentType === undefined ? `${JSON.stringify(body)}\n` : String(body));
  });
}
