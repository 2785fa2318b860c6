import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { isTillbridgeError, TillbridgeError, type ErrorCode, type Log } from '@tillbridge/core';
import type { RefusalReason } from '../api/guards/index.js';
import { CLIENT_RATE, LockOut, RateLimit } from '../api/limits/index.js';
import { parseHostPort, type HostPort, type StationsConfig } from '../config/index.js';
import { createRouter, errorResponse, type ApiResponse } from '../control/http.js';
import type { Caller } from '../control/scope.js';
import { admit } from './admission.js';
import { createStationCalls, type StationCallsOptions } from './calls.js';
import { ownerOf, StationLeases, type LeasePorts } from './leases.js';
import { createStations, type Station } from './station.js';

/** A request body may have this many bytes: a result is far below. */
const MAX_BODY = 8 * 1024;
const MAX_HEADERS = 8 * 1024;
/** Whole headers, and the whole request, must have come within these times, in ms. */
const HEADERS_MS = 5000;
const REQUEST_MS = 10_000;
/** TLS must be agreed on within this time, in ms. */
const HANDSHAKE_MS = 5000;
/** Connections that are kept open between two requests, in ms. */
const KEEP_ALIVE_MS = 30_000;
/** Connections of all stations, and of one address. */
const MAX_CONNECTIONS = 256;
const MAX_PER_ADDRESS = 24;
/** Answers that are being written when the daemon stops have this long, in ms. */
const CLOSE_MS = 500;

export interface StationsOptions extends LeasePorts {
  readonly config: StationsConfig;
  readonly order: StationCallsOptions['order'];
  /** Counts a refusal by its reason. */
  readonly refused: (reason: RefusalReason) => void;
  readonly log: Log;
}

export interface StationsListener {
  readonly address: HostPort;
  /** Reads certificate and key again, as after a renewal. @throws {TillbridgeError} `TB_API_STATIONS_TLS` */
  renew(): void;
  /** Stops listening, ends waiting reads, hangs up on the rest. Resolves within 1 s. */
  close(): Promise<void>;
}

const REFUSALS = {
  peer: 'TB_API_STATION_REFUSED',
  origin: 'TB_API_STATION_REFUSED',
  locked: 'TB_API_LOCKED',
  token: 'TB_API_STATION_SECRET',
} as const satisfies Readonly<Record<string, ErrorCode>>;

/**
 * The listener for parts of a till program on other machines of the store: a few calls behind a list of addresses and one secret a station.
 *
 * @throws {TillbridgeError} `TB_API_STATIONS_LISTEN`, `TB_API_STATIONS_TLS`
 */
export async function startStations(options: StationsOptions): Promise<StationsListener> {
  const { config, clock, log } = options;
  const address = parseHostPort(config.listen);
  if (address === undefined) throw new Error('the schema let an address through that is none');
  const stations = createStations(config.peers);
  const stop = new AbortController();
  const desk = createDesk(options, stations, stop.signal);
  const { server, renew } = createServer(config);
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    desk(request)
      .catch((error: unknown): Answer => {
        if (!isTillbridgeError(error)) log.error('a station request failed', error instanceof Error ? { error } : {});
        const seconds = isTillbridgeError(error) ? error.params['seconds'] : undefined;
        return { ...errorResponse(error), ...(typeof seconds === 'number' ? { retryAfter: seconds } : {}) };
      })
      .then((answer) => send(response, answer))
      .catch((error: unknown) => log.warn('an answer to a station could not be sent', error instanceof Error ? { error } : {}));
  });
  const sockets = admitSockets(server, options, stations);
  await listen(server, address);
  const bound = server.address();
  log.info('stations may connect', { listen: config.listen, tls: config.tls !== undefined, stations: stations.size });
  return {
    address: { host: address.host, port: typeof bound === 'object' && bound !== null ? bound.port : address.port },
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

function createServer({ tls }: StationsConfig): { readonly server: Server; readonly renew: () => void } {
  const settings = { maxHeaderSize: MAX_HEADERS, headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, keepAliveTimeout: KEEP_ALIVE_MS, connectionsCheckingInterval: 1000 };
  // not an import: a module namespace of node:http would load all that it can export, fetch and WebSocket included
  if (tls === undefined) return { server: process.getBuiltinModule('node:http').createServer(settings), renew: () => undefined };
  const read = (): { cert: Buffer; key: Buffer } => ({ cert: readFileSync(tls.cert), key: readFileSync(tls.key) });
  try {
    const server = process.getBuiltinModule('node:https').createServer({ ...settings, ...read(), handshakeTimeout: HANDSHAKE_MS });
    return { server, renew: () => attempt(() => server.setSecureContext(read())) };
  } catch (error) {
    throw tlsProblem(error);
  }
}

function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    throw tlsProblem(error);
  }
}

/** Names what is wrong, and never quotes: an OpenSSL error could hold a part of the key. */
function tlsProblem(error: unknown): TillbridgeError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return new TillbridgeError('TB_API_STATIONS_TLS', { problem: code }, { cause: error });
}

/** Hangs up on addresses that no station has, before a byte of theirs is read, and on an address that takes more than its share. */
function admitSockets(server: Server, { refused, log }: StationsOptions, stations: ReadonlyMap<string, Station>): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.maxConnections = MAX_CONNECTIONS;
  server.prependListener('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    socket.on('error', () => socket.destroy());
    if (![...stations.values()].some((station) => station.allows(address))) {
      refused('peer');
      log.warn('a machine that no station is allowed on tried to connect', { address });
      socket.destroy();
      return;
    }
    if ([...sockets].filter((other) => other.remoteAddress === address).length >= MAX_PER_ADDRESS) {
      refused('connections');
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return sockets;
}

function listen(server: Server, { host, port }: HostPort): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenProblem(error, host, port)));
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      server.on('error', () => undefined);
      resolve();
    });
  });
}

function listenProblem(error: Error, host: string, port: number): TillbridgeError {
  const problem = 'code' in error ? String(error.code) : error.message;
  return new TillbridgeError('TB_API_STATIONS_LISTEN', { address: `${host}:${port}`, problem }, { cause: error });
}

/** Lets requests in and answers them. */
function createDesk(
  options: StationsOptions,
  stations: ReadonlyMap<string, Station>,
  stopping: AbortSignal,
): (request: IncomingMessage) => Promise<ApiResponse> {
  const { order, clock, refused } = options;
  const lockOut = new LockOut(clock);
  const rate = new RateLimit(clock, CLIENT_RATE);
  const routes = new Map(
    [...stations.values()].map((station) => {
      const leases = new StationLeases(station, options);
      return [station.id, createRouter(createStationCalls({ station, leases, order }))];
    }),
  );
  return async (incoming) => {
    const target = incoming.url ?? '';
    const url = new URL(URL.canParse(target, 'http://station') ? target : '/', 'http://station');
    const method = incoming.method ?? 'GET';
    const admission = admit({ address: incoming.socket.remoteAddress ?? '', path: url.pathname, headers: incoming.headers }, stations, lockOut);
    if (!admission.ok) {
      refused(admission.reason);
      throw new TillbridgeError(REFUSALS[admission.reason], admission.reason === 'locked' ? { seconds: admission.seconds } : {});
    }
    const { station, call: path } = admission;
    const seconds = rate.take(station.id);
    if (seconds > 0) {
      refused('rate');
      throw new TillbridgeError('TB_API_RATE', { seconds });
    }
    const found = routes.get(station.id)?.(method, path);
    // the path as it came may hold the secret
    if (found === undefined) throw new TillbridgeError('TB_API_NOT_FOUND', { what: `${method} ${path}` });
    const hangUp = new AbortController();
    incoming.socket.once('close', () => hangUp.abort());
    const body = method === 'POST' ? await readJson(incoming) : undefined;
    const signal = AbortSignal.any([hangUp.signal, stopping]);
    return found.call.run({ method, path, params: found.params, query: url.searchParams, body, caller: callerOf(station), signal });
  };
}

function callerOf({ id, till }: Station): Caller {
  return { kind: 'client', id: ownerOf(id), name: id, scopes: [`delivery:${till}`, `till:${till}`] };
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

interface Answer extends ApiResponse {
  /** Seconds. */
  readonly retryAfter?: number;
}

function send(response: ServerResponse, { status, body, retryAfter }: Answer): void {
  if (response.destroyed) return;
  // after a refusal nothing more is read from this peer
  const closing = status === 413 || status === 401 || status === 403;
  response.setHeaders(new Map([['content-type', 'application/json; charset=utf-8'], ['cache-control', 'no-store'], ['x-content-type-options', 'nosniff']]));
  if (closing) response.setHeader('connection', 'close');
  if (retryAfter !== undefined) response.setHeader('retry-after', Math.ceil(retryAfter));
  response.writeHead(status);
  response.end(`${JSON.stringify(body)}\n`);
}
