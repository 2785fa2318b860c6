import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { TillbridgeError, type Clock } from '@tillbridge/core';
import type { KeyPair } from '../certificate/facts.js';
import { isLocal, plainAddress } from '../network/address-kind.js';

const MAX_HEADERS = 8 * 1024;
/** Whole headers, and the whole request, must have come within these times, in ms; looked at once a second. */
const HEADERS_MS = 5000;
const REQUEST_MS = 10_000;
const CHECK_MS = 1000;
const HANDSHAKE_MS = 10_000;
const KEEP_ALIVE_MS = 30_000;
/** A connection on which nothing moves is given up after this, in ms: an answer is held back for 20 s at most. */
const IDLE_MS = 45_000;
/** Connections of all phones, and of one address: a browser opens six, another daemon carries the phones of its tills. */
const MAX_CONNECTIONS = 256;
const MAX_PER_ADDRESS = 32;
/** Answers that are being written when a door closes have this long, in ms. */
const CLOSE_MS = 500;

export interface DoorOptions {
  readonly scheme: 'https' | 'http';
  /** 0: any free one. */
  readonly port: number;
  /** Of HTTPS. */
  readonly pair: KeyPair | undefined;
  readonly onRequest: (request: IncomingMessage, response: ServerResponse) => void;
  readonly refused: (reason: 'peer' | 'connections') => void;
  readonly clock: Clock;
}

/** One address that is listened on. */
export interface Door {
  readonly address: string;
  readonly port: number;
  /** Takes a new certificate for connections from now on; those that are open go on. */
  renew(pair: KeyPair): void;
  close(): Promise<void>;
}

/** Opens one address. @throws {TillbridgeError} `TB_READER_MOBILE_LISTEN`, `TB_READER_MOBILE_PUBLIC_ADDRESS` */
export async function openDoor(address: string, options: DoorOptions): Promise<Door> {
  if (!isLocal(address)) throw new TillbridgeError('TB_READER_MOBILE_PUBLIC_ADDRESS', { address });
  const server = createServer(options);
  const sockets = watchSockets(server, options);
  server.on('request', options.onRequest);
  const port = await listen(server, address, options.port);
  return {
    address,
    port,
    renew: ({ cert, key }) => {
      if ('setSecureContext' in server) server.setSecureContext({ cert, key });
    },
    close: async () => {
      const cancel = options.clock.timer(CLOSE_MS, () => {
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

function createServer({ scheme, pair }: DoorOptions): Server | SecureServer {
  const settings = { maxHeaderSize: MAX_HEADERS, headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, keepAliveTimeout: KEEP_ALIVE_MS, connectionsCheckingInterval: CHECK_MS };
  // not imports: a module namespace of node:http would load all that it can export, fetch and WebSocket included
  if (scheme === 'http' || pair === undefined) return process.getBuiltinModule('node:http').createServer(settings);
  return process.getBuiltinModule('node:https').createServer({ ...settings, cert: pair.cert, key: pair.key, minVersion: 'TLSv1.2', handshakeTimeout: HANDSHAKE_MS });
}

/** Hangs up on peers from outside before a byte of theirs is read, and on an address that takes more than its share. */
function watchSockets(server: Server, { refused }: DoorOptions): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  const share = new Map<string, number>();
  server.maxConnections = MAX_CONNECTIONS;
  server.setTimeout(IDLE_MS, (socket) => socket.destroy());
  server.prependListener('connection', (socket: Socket) => {
    const peer = plainAddress(socket.remoteAddress ?? '');
    socket.on('error', () => socket.destroy());
    const now = share.get(peer) ?? 0;
    if (!isLocal(peer) || now >= MAX_PER_ADDRESS) {
      refused(isLocal(peer) ? 'connections' : 'peer');
      socket.destroy();
      return;
    }
    share.set(peer, now + 1);
    sockets.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      const left = (share.get(peer) ?? 1) - 1;
      if (left === 0) share.delete(peer);
      else share.set(peer, left);
    });
  });
  // a handshake that fails is the browser's to show; without a listener it would be an error of ours
  server.on('tlsClientError', () => undefined);
  return sockets;
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const code = 'code' in error ? String(error.code) : error.message;
      const problem = code === 'EADDRINUSE' ? 'another program has the port' : code;
      reject(new TillbridgeError('TB_READER_MOBILE_LISTEN', { address: `${host}:${port}`, problem }, { cause: error }));
    });
    server.listen({ host, port, exclusive: true }, () => {
      server.removeAllListeners('error');
      server.on('error', () => undefined);
      const bound = server.address();
      resolve(typeof bound === 'object' && bound !== null ? bound.port : port);
    });
  });
}
