import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { asTillbridgeError, type Cancel, type Clock, type Log, type Secret, type TillbridgeError } from '@tillbridge/core';
import { PROTOCOL, type DriverMessage, type Hello, type RefuseCode } from '../protocol/messages.js';
import { DriverConnection, PING_MS } from './connection.js';
import { WrongTokens } from './wrong-tokens.js';

/** Connections at once; one that has not said who it is makes room for a new one. */
const MAX_CONNECTIONS = 32;
const RETRY_MS = 10_000;
const BUSY_RETRY_MS = 5000;
/** Waits between two attempts to get the port, in ms. */
const LISTEN_RETRY_MS = 2000;

/** What a till says to a driver that has its token. */
export type Admission = { readonly as: 'session'; readonly session: string; readonly events: SessionEvents } | { readonly as: 'busy'; readonly by: string };

export interface SessionEvents {
  message(message: DriverMessage): void;
  closed(): void;
}

/** A till that drivers can connect to. */
export interface ListeningTill {
  readonly id: string;
  readonly token: Secret;
  admit(hello: Hello, connection: DriverConnection): Admission;
  /** The port is there (`undefined`), or it is not. */
  listening(problem: TillbridgeError | undefined): void;
  /** Somebody came with a token that no till of this port has. */
  wrongToken(): void;
}

export interface ListenerPorts {
  readonly clock: Clock;
  readonly log: Log;
  /** Version of the daemon, for the driver's log. */
  readonly version: string;
}

/** One port that drivers connect to; several tills may share it, each known by its token. Tries again while the port is taken. */
export class AddinListener {
  readonly #host: string;
  readonly #port: number;
  readonly #ports: ListenerPorts;
  readonly #tills = new Set<ListeningTill>();
  readonly #connections = new Set<DriverConnection>();
  readonly #wrong: WrongTokens;
  #server: Server | undefined;
  #retry: Cancel | undefined;
  #problem: TillbridgeError | undefined;
  #starting: Promise<void> | undefined;
  #closed = false;

  constructor(host: string, port: number, ports: ListenerPorts) {
    this.#host = host;
    this.#port = port;
    this.#ports = ports;
    this.#wrong = new WrongTokens(ports.clock);
  }

  get address(): string {
    const bound = this.#server?.address();
    return `${this.#host}:${String(typeof bound === 'object' && bound !== null ? bound.port : this.#port)}`;
  }

  get used(): boolean {
    return this.#tills.size > 0;
  }

  /** Whether a driver came with a wrong token within the last `ms`. */
  wrongTokenWithin(ms: number): boolean {
    return this.#wrong.seenWithin(ms);
  }

  /** Adds a till; resolves when the first attempt to get the port has ended. */
  async add(till: ListeningTill): Promise<void> {
    this.#tills.add(till);
    this.#starting ??= this.#listen();
    await this.#starting;
    if (this.#tills.has(till)) till.listening(this.#problem);
  }

  remove(till: ListeningTill): void {
    this.#tills.delete(till);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#retry?.();
    await this.#starting;
    for (const connection of [...this.#connections]) connection.destroy();
    const server = this.#server;
    this.#server = undefined;
    if (server !== undefined) await new Promise<void>((resolve) => void server.close(() => resolve()));
  }

  async #listen(): Promise<void> {
    const server = createServer((socket) => this.#accept(socket));
    const problem = await new Promise<Error | undefined>((resolve) => {
      server.once('error', resolve);
      server.listen({ host: this.#host, port: this.#port, exclusive: true }, () => resolve(undefined));
    });
    if (problem === undefined) {
      this.#server = server;
      this.#problem = undefined;
      server.on('error', (error) => this.#ports.log.warn('the port for 1C reported an error', { problem: error.message }));
      return;
    }
    this.#problem = asTillbridgeError(problem, 'TB_TILL_ONEC_PORT', { address: this.address, problem: (problem as NodeJS.ErrnoException).code ?? problem.message });
    if (this.#closed) return;
    this.#retry = this.#ports.clock.timer(LISTEN_RETRY_MS, () => {
      this.#starting = this.#listen().then(() => {
        for (const till of this.#tills) till.listening(this.#problem);
      });
    }, { ref: false });
  }

  #accept(socket: Socket): void {
    if (this.#closed) {
      socket.destroy();
      return;
    }
    if (this.#connections.size >= MAX_CONNECTIONS) [...this.#connections].find(({ isNew }) => isNew)?.destroy();
    let session: SessionEvents | undefined;
    const connection = new DriverConnection(socket, this.#ports.clock, {
      hello: (hello) => {
        session = this.#hello(hello, connection);
      },
      message: (message) => session?.message(message),
      closed: () => {
        this.#connections.delete(connection);
        session?.closed();
      },
    });
    if (this.#connections.size >= MAX_CONNECTIONS) connection.refuse('limit', 'too many connections', RETRY_MS);
    this.#connections.add(connection);
  }

  #hello(hello: Hello, connection: DriverConnection): SessionEvents | undefined {
    const refused = this.#refusal(hello);
    if (refused !== undefined) {
      connection.refuse(refused.code, refused.text, refused.retryMs ?? RETRY_MS);
      return undefined;
    }
    const till = this.#let(hello);
    if (till === undefined) {
      connection.refuse('token', 'wrong token', Math.max(RETRY_MS, Math.min(60_000, Math.ceil(this.#wrong.lockedFor(hello.instance)))));
      return undefined;
    }
    const admission = till.admit(hello, connection);
    if (admission.as === 'busy') {
      connection.refuse('busy', `connected from ${admission.by}`, BUSY_RETRY_MS);
      return undefined;
    }
    connection.welcome({ type: 'welcome', protocol: PROTOCOL, session: admission.session, till: till.id, daemon: this.#ports.version, pingMs: PING_MS });
    // the equipment test of 1C: an answer, and no session
    if (hello.test) connection.end();
    return admission.events;
  }

  #refusal({ protocol }: Hello): { readonly code: RefuseCode; readonly text: string; readonly retryMs?: number } | undefined {
    if (this.#closed) return { code: 'stopping', text: 'the daemon is ending', retryMs: 1000 };
    return protocol === PROTOCOL ? undefined : { code: 'protocol', text: `this daemon speaks version ${String(PROTOCOL)}` };
  }

  /** The till that the driver's token names, unless guessing has locked it out. */
  #let(hello: Hello): ListeningTill | undefined {
    const locked = this.#wrong.lockedFor(hello.instance) > 0;
    const till = locked ? undefined : this.#tillOf(hello.token);
    if (till !== undefined) {
      this.#wrong.succeeded(hello.instance);
      return till;
    }
    if (!locked) this.#wrong.failed(hello.token);
    this.#ports.log.warn('a driver of 1C came with a wrong token', { address: this.address, pid: hello.client.pid, locked });
    for (const each of this.#tills) each.wrongToken();
    return undefined;
  }

  /** Compared in constant time, and with every till: how long it takes tells nothing. */
  #tillOf(token: string): ListeningTill | undefined {
    const given = digest(token);
    let found: ListeningTill | undefined;
    for (const till of this.#tills) if (timingSafeEqual(given, digest(till.token.reveal()))) found = till;
    return found;
  }
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The ports of a daemon, by address. */
export class AddinListeners {
  readonly #ports: ListenerPorts;
  readonly #listeners = new Map<string, AddinListener>();

  constructor(ports: ListenerPorts) {
    this.#ports = ports;
  }

  /** The listener of this address; made when it is first asked for. */
  at(host: string, port: number): AddinListener {
    const key = `${host}:${String(port)}`;
    // port 0 is another one each time
    const known = port === 0 ? undefined : this.#listeners.get(key);
    const listener = known ?? new AddinListener(host, port, this.#ports);
    if (port !== 0) this.#listeners.set(key, listener);
    return listener;
  }

  /** Closes a listener that no till uses any more. */
  async release(listener: AddinListener): Promise<void> {
    if (listener.used) return;
    for (const [key, each] of this.#listeners) if (each === listener) this.#listeners.delete(key);
    await listener.close();
  }
}
