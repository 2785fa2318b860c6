import { chmodSync, rmSync } from 'node:fs';
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { isTillbridgeError, TillbridgeError, type Cancel, type Clock, type Language, type Log } from '@tillbridge/core';
import { createRouter, errorResponse, languageOf, type ApiResponse, type Call } from './http.js';
import { CONTROL_CALLER } from './scope.js';

/** A request body may have this many bytes. */
const MAX_BODY = 64 * 1024;
/** What is read beyond that and thrown away, so that the answer arrives, in bytes. */
const MAX_DRAIN = 4 * 1024 * 1024;
/** A whole request must have come within this time of its connection, in ms. */
const REQUEST_MS = 5000;
const MAX_CONNECTIONS = 128;
/** Answers that are being written when the daemon stops have this long, in ms. */
const CLOSE_MS = 500;

export interface ControlServer {
  /** Takes no further calls; those under way go on. */
  stopListening(): void;
  /** Stops listening, gives answers that are under way 500 ms to go out, hangs up on the rest. */
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
  const sockets = new Map<Socket, Cancel>();
  // not http's own time limits: they are kept only by a server that listens itself
  const arrived = (socket: Socket): void => sockets.get(socket)?.();
  const server = createServer((socket) => {
    sockets.set(socket, clock.timer(REQUEST_MS, () => socket.destroy(), { ref: false }));
    socket.on('close', () => {
      arrived(socket);
      sockets.delete(socket);
    });
    socket.on('error', () => socket.destroy());
    http ??= createHttp(options, arrived);
    http.emit('connection', socket);
  });
  server.maxConnections = MAX_CONNECTIONS;
  const pipe = path.startsWith('\\\\');
  // we hold the state folder's lock, so a socket that lies there is the one of a daemon that died
  if (!pipe) rmSync(path, { force: true });
  await listen(server, path);
  if (!pipe) chmodSync(path, 0o600);
  let closed: Promise<void> | undefined;
  const stopListening = (): Promise<void> => {
    closed ??= new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    return closed;
  };
  return {
    stopListening: () => void stopListening(),
    close: async () => {
      const cancel = clock.timer(CLOSE_MS, () => {
        for (const socket of sockets.keys()) socket.destroy();
      });
      await stopListening();
      cancel();
      if (!pipe) rmSync(path, { force: true });
    },
  };
}

function createHttp({ calls, upgrade, log }: ControlOptions, arrived: (socket: Socket) => void): HttpServer {
  // not an import: a module namespace of node:http would load all that it can export, fetch and WebSocket included
  const { createServer: createHttpServer } = process.getBuiltinModule('node:http');
  const route = createRouter(calls);
  const server = createHttpServer((request, response) => {
    const language = languageOf(request.headers['accept-language']);
    answer(request, route, language, arrived)
      .catch((error: unknown) => {
        if (!isTillbridgeError(error)) log.error('a control request failed', error instanceof Error ? { error } : {});
        return errorResponse(error, language);
      })
      .then((result) => send(response, result))
      .catch((error: unknown) => log.warn('a control answer could not be sent', error instanceof Error ? { error } : {}));
  });
  if (upgrade !== undefined) {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      arrived(request.socket);
      upgrade(request, socket, head);
    });
  }
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

async function answer(
  incoming: IncomingMessage,
  route: ReturnType<typeof createRouter>,
  language: Language,
  arrived: (socket: Socket) => void,
): Promise<ApiResponse> {
  const hangUp = new AbortController();
  incoming.socket.once('close', () => hangUp.abort());
  const method = incoming.method ?? 'GET';
  const text = await readBody(incoming, hangUp.signal);
  arrived(incoming.socket);
  const where = incoming.url ?? '/';
  const url = URL.canParse(where, 'http://localhost') ? new URL(where, 'http://localhost') : undefined;
  const found = url === undefined ? undefined : route(method, url.pathname);
  if (url === undefined || found === undefined) throw new TillbridgeError('TB_API_NOT_FOUND', { what: `${method} ${url?.pathname ?? where}` });
  return found.call.run({
    method,
    path: url.pathname,
    params: found.params,
    query: url.searchParams,
    body: method === 'POST' || method === 'PATCH' ? parseJson(text) : undefined,
    caller: CONTROL_CALLER,
    language,
    signal: hangUp.signal,
  });
}

/** The whole body. One that is too long is read to its end all the same: whoever is still writing would not see the answer. */
function readBody(incoming: IncomingMessage, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY) chunks.push(chunk);
      else chunks.length = 0;
      if (size > MAX_DRAIN) incoming.socket.destroy();
    });
    incoming.on('end', () => {
      if (size > MAX_BODY) reject(new TillbridgeError('TB_API_BAD_REQUEST', { problem: `the body is longer than ${MAX_BODY} bytes` }));
      else resolve(Buffer.concat(chunks).toString('utf8'));
    });
    incoming.on('error', () => incoming.socket.destroy());
    signal.addEventListener('abort', () => reject(new TillbridgeError('TB_API_BAD_REQUEST', { problem: 'the caller hung up' })), { once: true });
  });
}

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
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
