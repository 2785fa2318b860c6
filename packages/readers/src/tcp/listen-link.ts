import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { TillbridgeError, type Log } from '@tillbridge/core';
import type { Link } from '../connection/keep-connected.js';
import type { FramingDriver } from '../framing/index.js';
import { MAX_CONNECTIONS, type Endpoint } from './options.js';
import { tameSocket } from './socket-limits.js';

export interface ListenLink extends Link {
  readonly address: Endpoint;
}

export interface ListenRequest {
  readonly reader: string;
  readonly at: Endpoint;
  readonly allowed: (address: string | undefined) => boolean;
  /** A framer with its timer for each connection. */
  readonly driver: () => FramingDriver;
  readonly log: Log;
}

type Connections = Map<Socket, FramingDriver>;

/** Listens for scanners. @throws TillbridgeError TB_READER_LISTEN_FAILED */
export function listenLink(request: ListenRequest): Promise<ListenLink> {
  const { reader, at } = request;
  const sockets: Connections = new Map();
  const server = createServer((socket) => accept(socket, sockets, request));
  const failed = (problem: string): TillbridgeError => new TillbridgeError('TB_READER_LISTEN_FAILED', { reader, ...at, problem });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(failed(error.code ?? error.message)));
    server.listen({ host: at.host, port: at.port }, () => {
      const ended = new Promise<TillbridgeError>((end) => {
        server.on('error', () => server.close());
        server.once('close', () => end(failed('closed')));
      });
      resolve({ address: addressOf(server, at), ended, close: () => closeAll(server, sockets) });
    });
  });
}

function accept(socket: Socket, sockets: Connections, request: ListenRequest): void {
  tameSocket(socket);
  if (!request.allowed(socket.remoteAddress) || sockets.size >= MAX_CONNECTIONS) {
    request.log.warn('a connection was refused', { from: socket.remoteAddress, connections: sockets.size });
    socket.destroy();
    return;
  }
  const driver = request.driver();
  sockets.set(socket, driver);
  socket.on('data', (chunk) => driver.push(chunk));
  socket.once('close', () => {
    if (sockets.delete(socket)) driver.end();
  });
}

function addressOf(server: Server, at: Endpoint): Endpoint {
  const bound = server.address();
  return bound !== null && typeof bound === 'object' ? endpoint(bound) : at;
}

function endpoint(bound: AddressInfo): Endpoint {
  return { host: bound.address, port: bound.port };
}

async function closeAll(server: Server, sockets: Connections): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  for (const [socket, driver] of sockets) {
    socket.destroy();
    // now, not with the socket's close event: nothing may be said after this reader is closed
    driver.end();
  }
  sockets.clear();
  await closed;
}
