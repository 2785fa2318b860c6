import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { isTillbridgeError, TillbridgeError, type Clock, type Log } from '@tillbridge/core';
import type { RefusalReason } from '../api/guards/index.js';
import { parseHostPort, type HostPort, type StationsConfig } from '../config/index.js';
import { errorResponse, type ApiResponse } from '../control/http.js';
import type { StationDesk } from './desk.js';

/** A request body may have this many bytes: a result is far below. */
const MAX_BODY = 8 * 1024;
const MAX_HEADERS = 8 * 1024;
/** Whole headers, and the whole request, must have come within these times, in ms; looked at once a second. */
const HEADERS_MS = 5000;
const REQUEST_MS = 10_000;
const CHECK_MS = 1000;
/** TLS must be agreed on within this time, in ms. */
const HANDSHAKE_MS = 5000;
/** An idle connection is kept for the next request this long, in ms. */
const KEEP_ALIVE_MS = 30_000;
/** Connections of all stations, and of one address. */
const MAX_CONNECTIONS = 256;
const MAX_PER_ADDRESS = 24;
/** Answers that are being written when the daemon stops have this long, in ms. */
const CLOSE_MS = 500;

export interface ListenerOptions {
  readonly config: Pick<StationsConfig, 'listen' | 'tls'>;
  readonly desk: Pick<StationDesk, 'allows' | 'answer'>;
  /** Counts a refusal by its reason. */
  readonly refused: (reason: RefusalReason) => void;
  readonly clock: Clock;
  readonly log: Log;
}

export interface StationsListener {
  /** `http://192.168.1.10:7845` */
  readonly url: string;
  /** Reads certificate and key again, as after a renewal. @throws {TillbridgeError} `TB_API_STATIONS_TLS`: the old ones stay */
  renew(): void;
  /** Stops listening, ends waiting reads, hangs up on the rest. Resolves within 1 s. */
  close(): Promise<void>;
}

/**
 * The listener for parts of a till program on other machines of the store: a few calls behind a list of addresses and one secret a station.
 *
 * @throws {TillbridgeError} `TB_API_STATIONS_LISTEN`, `TB_API_STATIONS_TLS`
 */
export async function startStations(options: ListenerOptions): Promise<StationsListener> {
  const { config, clock, log } = options;
  const address = parseHostPort(config.listen);
  if (address === undefined) throw new Error('the schema let an address through that is none');
  const stop = new AbortController();
  const { server, renew } = createServer(config);
  const sockets = guardSockets(server, options);
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    serve(options, request, response, stop.signal)
      .then((answer) => {
        // what is left of a body that nobody wants is let go, for as long as a request may take; then the connection is of no more use
        if (!request.complete) {
          request.resume();
          response.setHeader('connection', 'close');
        }
        send(response, answer);
      })
      .catch((error: unknown) => log.warn('an answer to a station could not be sent', error instanceof Error ? { error } : {}));
  });
  const port = await listen(server, address);
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  const url = `${config.tls === undefined ? 'http' : 'https'}://${host}:${port}`;
  log.info('stations may connect', { url });
  return {
    url,
    renew,
    close: async () => {
      stop.abort();
      const cancel = clock.timer(CLOSE_MS, () => {
        for (const socket of sockets) socket.destroy();
      });
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
      cancel();
    },
  };
}

function createServer({ tls }: ListenerOptions['config']): { readonly server: Server; readonly renew: () => void } {
  const settings = { maxHeaderSize: MAX_HEADERS, headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, keepAliveTimeout: KEEP_ALIVE_MS, connectionsCheckingInterval: CHECK_MS };
  // not an import: a module namespace of node:http would load all that it can export, fetch and WebSocket included
  if (tls === undefined) return { server: process.getBuiltinModule('node:http').createServer(settings), renew: () => undefined };
  const read = (): PemFiles => readFiles(tls);
  const server = withFiles(() => process.getBuiltinModule('node:https').createServer({ ...settings, ...read(), handshakeTimeout: HANDSHAKE_MS }));
  return { server, renew: () => withFiles(() => server.setSecureContext(read())) };
}

interface PemFiles {
  readonly cert: Buffer;
  readonly key: Buffer;
}

function readFiles(tls: NonNullable<StationsConfig['tls']>): PemFiles {
  return { cert: readFileSync(tls.cert), key: readFileSync(tls.key) };
}

/** Whether certificate and key can be used. @throws {TillbridgeError} `TB_API_STATIONS_TLS` */
export function checkTls(tls: StationsConfig['tls']): void {
  if (tls !== undefined) withFiles(() => process.getBuiltinModule('node:tls').createSecureContext({ ...readFiles(tls) }));
}

/** Names what is wrong with the files, and never quotes: an error of OpenSSL could hold a part of the key. */
function withFiles<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const problem = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new TillbridgeError('TB_API_STATIONS_TLS', { problem }, { cause: error });
  }
}

/** Hangs up on addresses that no station has, before a byte of theirs is read, and on an address that takes more than its share. */
function guardSockets(server: Server, { desk, refused, log }: ListenerOptions): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.maxConnections = MAX_CONNECTIONS;
  server.prependListener('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    socket.on('error', () => socket.destroy());
    const refuse = (reason: RefusalReason): void => {
      refused(reason);
      socket.destroy();
    };
    if (!desk.allows(address)) {
      log.debug('a machine that no station is allowed on tried to connect', { address });
      refuse('peer');
    } else if ([...sockets].filter((other) => other.remoteAddress === address).length >= MAX_PER_ADDRESS) refuse('connections');
    else {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    }
  });
  return sockets;
}

function listen(server: Server, { host, port }: HostPort): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const problem = 'code' in error ? String(error.code) : error.message;
      reject(new TillbridgeError('TB_API_STATIONS_LISTEN', { address: `${host}:${port}`, problem }, { cause: error }));
    });
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      server.on('error', () => undefined);
      const bound = server.address();
      resolve(typeof bound === 'object' && bound !== null ? bound.port : port);
    });
  });
}

interface Answer extends ApiResponse {
  /** Seconds. */
  readonly retryAfter?: number;
}

async function serve({ desk, log }: ListenerOptions, incoming: IncomingMessage, response: ServerResponse, stopping: AbortSignal): Promise<Answer> {
  const target = incoming.url ?? '';
  const url = new URL(URL.canParse(target, 'http://station') ? target : '/', 'http://station');
  const hangUp = new AbortController();
  // of the response, not of the socket: that one carries many requests
  response.once('close', () => {
    if (!response.writableFinished) hangUp.abort();
  });
  try {
    return await desk.answer({
      address: incoming.socket.remoteAddress ?? '',
      method: incoming.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: incoming.headers,
      body: () => readJson(incoming),
      // whoever stops reading early still wants to answer
      chunks: incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>,
      signal: AbortSignal.any([hangUp.signal, stopping]),
    });
  } catch (error) {
    if (!isTillbridgeError(error)) log.error('a station request failed', error instanceof Error ? { error } : {});
    const seconds = isTillbridgeError(error) ? error.params['seconds'] : undefined;
    return { ...errorResponse(error), ...(typeof seconds === 'number' ? { retryAfter: seconds } : {}) };
  }
}

async function readJson(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > MAX_BODY) throw new TillbridgeError('TB_API_TOO_LARGE', { max: MAX_BODY });
    chunks.push(chunk);
  }
  if (size === 0) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch (error) {
    throw new TillbridgeError('TB_API_BAD_REQUEST', { problem: error instanceof SyntaxError ? 'the body is not JSON' : 'the body is not UTF-8 text' });
  }
}

function send(response: ServerResponse, { status, body, contentType, retryAfter }: Answer): void {
  if (response.destroyed) return;
  response.setHeaders(new Map([['content-type', contentType ?? 'application/json; charset=utf-8'], ['cache-control', 'no-store'], ['x-content-type-options', 'nosniff']]));
  // after these nothing more is read from this peer
  if (status === 401 || status === 403 || status === 413) response.setHeader('connection', 'close');
  if (retryAfter !== undefined) response.setHeader('retry-after', Math.ceil(retryAfter));
  const bytes = Buffer.from(contentType !== undefined && typeof body === 'string' ? body : `${JSON.stringify(body)}\n`, 'utf8');
  // old HTTP libraries know no chunks
  response.writeHead(status, { 'content-length': bytes.length });
  response.end(bytes);
}
