import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { TillbridgeError, type Log } from '@tillbridge/core';
import { createRouter, errorResponse, type ApiRequest, type ApiResponse, type Call } from './http.js';

/** A request body may have this many bytes. */
const MAX_BODY = 64 * 1024;
/** Whole headers, and the whole request, must have come within these times, in ms. */
const HEADERS_MS = 5000;
const REQUEST_MS = 10_000;
const MAX_CONNECTIONS = 32;

export interface ControlServer {
  /** Stops listening and hangs up on whoever is still connected. */
  close(): Promise<void>;
}

/**
 * The local control socket: HTTP/JSON with the paths of the API. Whoever may open the socket file (its owner) may do everything; the
 * API's listeners put their guards in front of the same calls.
 */
export async function startControlServer(path: string, calls: readonly Call[], log: Log): Promise<ControlServer> {
  const route = createRouter(calls);
  const server = createServer((request, response) => {
    answer(request, route)
      .catch((error: unknown) => {
        if (!(error instanceof TillbridgeError)) log.error('a control request failed', error instanceof Error ? { error } : {});
        return errorResponse(error);
      })
      .then((result) => send(response, result))
      .catch((error: unknown) => log.warn('a control answer could not be sent', error instanceof Error ? { error } : {}));
  });
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
  server.maxConnections = MAX_CONNECTIONS;
  const pipe = path.startsWith('\\\\');
  // we hold the state folder's lock, so a socket that lies there is the one of a daemon that died
  if (!pipe) rmSync(path, { force: true });
  await listen(server, path);
  if (!pipe) chmodSync(path, 0o600);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          if (!pipe) rmSync(path, { force: true });
          resolve();
        });
        server.closeAllConnections();
      }),
  };
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
  const request: ApiRequest = {
    method,
    path: url.pathname,
    query: url.searchParams,
    body: method === 'POST' ? await readJson(incoming) : undefined,
    signal: hangUp.signal,
  };
  return found.call.handler(request, found.params);
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

function send(response: ServerResponse, { status, body }: ApiResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) {
      resolve();
      return;
    }
    response.once('close', resolve);
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
    response.end(`${JSON.stringify(body)}\n`);
  });
}
