import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { TillbridgeError, type Cancel, type Clock } from '@tillbridge/core';
import { WebSocketServer, type WebSocket } from 'ws';
import type { EventHub, Grants, Subscription } from '../events/index.js';
import { bunchedSink, plainSink } from './event-sink.js';
import { MessageBudget } from './message-budget.js';

/** The subprotocol that we speak. */
export const SUBPROTOCOL = 'tillbridge.v1';

/** Why we close: RFC 6455 leaves 4000 to 4999 to the application. */
export const CLOSE = {
  /** The token was revoked. */
  unauthorized: 4001,
  /** Something was sent that has no place here. */
  refused: 4003,
  /** Events came faster than they were taken: come back with `since`. */
  tooSlow: 4008,
  /** The daemon stops. */
  restart: 1012,
} as const;

/** Pings go out this often, in ms; who has answered none for `SILENT_MS` is gone. */
const PING_MS = 15_000;
const SILENT_MS = 30_000;
/** Clients have nothing to say here; what they say may have this many bytes. */
const MAX_MESSAGE = 64 * 1024;
const MAX_SOCKETS = 256;
/** A closing handshake has this long, in ms. */
const CLOSE_MS = 1000;
/** Who was too slow has longer, to read up to where he is told why. */
const SLOW_CLOSE_MS = 10_000;

/** Who connects, after the guards. */
export interface EventSession {
  /** Id of the client, for {@link EventSockets.revoke}. */
  readonly client: string;
  readonly grants: Grants;
  /** The last event that the client has. */
  readonly since?: number;
  /** Frames that go out together come as one message, an array. */
  readonly bunched?: boolean;
}

export interface EventSocketsOptions {
  readonly hub: EventHub;
  readonly clock: Clock;
}

interface Connection {
  readonly socket: WebSocket;
  readonly client: string;
  readonly end: (code: number, reason: string) => void;
  /** Monotonic time of the last sign of life, in ms. */
  heard: number;
}

/** The WebSocket side of `GET /v1/events`. Whoever gets here was let in by the guards of his listener. */
export class EventSockets {
  readonly #options: EventSocketsOptions;
  readonly #server: WebSocketServer;
  readonly #connections = new Set<Connection>();
  #cancelPing: Cancel | undefined;

  constructor(options: EventSocketsOptions) {
    this.#options = options;
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: MAX_MESSAGE,
      // short texts on loopback: packing them costs more than it saves, and is memory that a client could spend
      perMessageDeflate: false,
      // never the subprotocol that carries the token
      handleProtocols: (protocols) => (protocols.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
    });
  }

  get count(): number {
    return this.#connections.size;
  }

  /**
   * Takes an upgrade over and answers it.
   * @throws {TillbridgeError} `TB_API_BAD_REQUEST` for a subprotocol that is not ours, `TB_API_RATE` when too many are connected; nothing
   * was written then
   */
  accept(request: IncomingMessage, raw: Duplex, head: Buffer, session: EventSession): void {
    const offered = request.headers['sec-websocket-protocol'];
    if (offered !== undefined && !offered.split(',').some((name) => name.trim() === SUBPROTOCOL)) {
      throw new TillbridgeError('TB_API_BAD_REQUEST', { problem: `the subprotocol here is ${SUBPROTOCOL}` });
    }
    if (this.#connections.size >= MAX_SOCKETS) throw new TillbridgeError('TB_API_RATE', { seconds: 5 });
    this.#server.handleUpgrade(request, raw, head, (socket) => this.#connected(socket, raw, session));
  }

  /** Ends every connection of a client whose token was revoked; it is sent nothing more. */
  revoke(client: string): void {
    for (const connection of [...this.#connections]) if (connection.client === client) connection.end(CLOSE.unauthorized, 'revoked');
  }

  /** Takes leave of who is still there, as {@link EventHub.close} does. */
  close(): void {
    this.#cancelPing?.();
    for (const { end } of [...this.#connections]) end(CLOSE.restart, 'the daemon stops');
  }

  #connected(socket: WebSocket, raw: Duplex, session: EventSession): void {
    const { hub, clock } = this.#options;
    const held: { subscription?: Subscription } = {};
    let cancelClose: Cancel | undefined;
    const end = (code: number, reason: string): void => {
      if (cancelClose !== undefined) return;
      held.subscription?.close();
      socket.close(code, reason);
      // what lies in its buffer is all that a slow client still gets, and a revoked one not even that for long
      cancelClose = clock.timer(code === CLOSE.tooSlow ? SLOW_CLOSE_MS : CLOSE_MS, () => socket.terminate(), { ref: false });
    };
    const connection: Connection = { socket, client: session.client, end, heard: clock.mono() };
    this.#connections.add(connection);
    this.#ping();
    const budget = new MessageBudget(clock);
    socket.on('pong', () => (connection.heard = clock.mono()));
    socket.on('message', () => {
      if (!budget.take()) end(CLOSE.refused, 'nothing is read here');
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      cancelClose?.();
      held.subscription?.close();
      this.#connections.delete(connection);
    });
    raw.on('drain', () => held.subscription?.resume());
    const { grants, since, bunched = false } = session;
    const ended = (why: 'tooSlow' | 'closing'): void => (why === 'tooSlow' ? end(CLOSE.tooSlow, 'too slow') : end(CLOSE.restart, 'the daemon stops'));
    const sink = bunched ? bunchedSink(socket, ended) : plainSink(socket, raw, ended);
    held.subscription = hub.subscribe({ grants, ...(since === undefined ? {} : { since }) }, sink);
    // a client that hung up while it was greeted
    if (socket.readyState !== socket.OPEN) held.subscription.close();
  }

  #ping(): void {
    if (this.#cancelPing !== undefined || this.#connections.size === 0) return;
    const { clock } = this.#options;
    this.#cancelPing = clock.timer(
      PING_MS,
      () => {
        this.#cancelPing = undefined;
        for (const { socket, heard } of [...this.#connections]) {
          if (clock.mono() - heard >= SILENT_MS) socket.terminate();
          else socket.ping();
        }
        this.#ping();
      },
      { ref: false },
    );
  }
}
