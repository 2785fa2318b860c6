import { isoTime, TillbridgeError, type Clock, type Log, type Secret, type Unsubscribe } from '@tillbridge/core';
import type { ClientRecord, ClientWriter } from '@tillbridge/store';
import type { Scope } from '../../control/scope.js';
import { LastSeen, type Seen } from '../../last-seen.js';
import type { LockOut } from '../limits/index.js';
import { Pairings } from './pairings.js';
import { hashToken, newClientId, newToken } from './token.js';
import { callerOf, STRANGERS, TokenCheck, type Authentication, type ClientCaller, type KnownClient } from './token-check.js';

/** Programs that may be paired at once. */
const MAX_CLIENTS = 256;
export interface ClientView {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly created: string;
  readonly lastSeen: string | null;
}

export interface RegistryOptions {
  /** Who was paired before. */
  readonly clients: readonly ClientRecord[];
  readonly writer: ClientWriter;
  readonly lockOut: LockOut;
  readonly clock: Clock;
  readonly log: Log;
}

export type RevocationListener = (id: string) => unknown;

/** The paired programs. What is decided about a token is decided here, in memory; what changes is written before it is answered. */
export class ClientRegistry {
  readonly #options: RegistryOptions;
  readonly #clients: Map<string, ClientRecord>;
  readonly #pairings: Pairings;
  readonly #seen: LastSeen;
  readonly #tokens: TokenCheck;
  readonly #paired = new Set<() => void>();
  readonly #revoked = new Set<RevocationListener>();

  constructor(options: RegistryOptions) {
    this.#options = options;
    this.#seen = new LastSeen(options.clock, (seen) => this.#writeSeen(seen));
    this.#clients = new Map(options.clients.map((client) => [client.id, client]));
    this.#pairings = new Pairings(options.clock);
    this.#tokens = new TokenCheck({ lockOut: options.lockOut, find: (id) => this.#clients.get(id), seen: (id) => this.noteSeen(id) });
  }

  /** Whose token this is. A wrong one counts; a locked client's is not even looked at. */
  authenticate(token: string): Authentication {
    return this.#tokens.authenticate(token);
  }

  /** Whether a client is still paired: for connections that outlive the request that opened them. */
  has(id: string): boolean {
    return this.#clients.has(id);
  }

  /** A client as who it calls; undefined: it is not paired, or not any more. */
  callerOf(id: string): ClientCaller | undefined {
    const client = this.#clients.get(id);
    return client === undefined ? undefined : callerOf(client);
  }

  /** What a listener in another process has to know of each client. */
  known(): readonly KnownClient[] {
    return [...this.#clients.values()].map(({ id, name, scopes, tokenHash }) => ({ id, name, scopes, tokenHash }));
  }

  /** Whether any client has this scope. */
  anyHas(scope: Scope): boolean {
    for (const { scopes } of this.#clients.values()) if (scopes.includes(scope)) return true;
    return false;
  }

  /** Opens a pairing. @throws {TillbridgeError} `TB_API_CLIENTS_FULL` */
  offer(name: string, scopes: readonly Scope[]): { readonly code: string; readonly expiresAt: number } {
    if (this.#clients.size >= MAX_CLIENTS) throw new TillbridgeError('TB_API_CLIENTS_FULL', { max: MAX_CLIENTS });
    return this.#pairings.offer({ name, scopes });
  }

  /**
   * Makes a client of a pairing code. Its token is given once and kept nowhere.
   *
   * @throws {TillbridgeError} `TB_API_LOCKED`, `TB_API_PAIRING`, `TB_API_CLIENTS_FULL`, `TB_API_CLIENTS_UNREADABLE`
   */
  async pair(code: string, name?: string): Promise<{ readonly token: Secret; readonly scopes: readonly Scope[]; readonly clientId: string }> {
    const { lockOut, writer, clock, log } = this.#options;
    const seconds = lockOut.locked(STRANGERS);
    if (seconds > 0) throw new TillbridgeError('TB_API_LOCKED', { seconds });
    const pairing = this.#pairings.redeem(code);
    if (pairing === undefined) {
      lockOut.failed(STRANGERS);
      throw new TillbridgeError('TB_API_PAIRING');
    }
    lockOut.succeeded(STRANGERS);
    if (this.#clients.size >= MAX_CLIENTS) throw new TillbridgeError('TB_API_CLIENTS_FULL', { max: MAX_CLIENTS });
    const id = newClientId();
    const token = newToken(id);
    const { scopes } = pairing;
    const client = { id, name: name ?? pairing.name, scopes, tokenHash: hashToken(token.reveal()), created: clock.wall() };
    await writer.change({ do: 'add', client });
    this.#clients.set(id, client);
    for (const listener of [...this.#paired]) listener();
    log.info('a client was paired', { client: id, name: client.name, scopes });
    return { token, scopes, clientId: id };
  }

  list(): readonly ClientView[] {
    return [...this.#clients.values()].map((client) => clientView(client, this.#seen.get(client.id)));
  }

  /** Takes a client's rights, at once; resolves when everybody who keeps connections of clients has heard of it. @throws {TillbridgeError} `TB_API_CLIENT_UNKNOWN`, `TB_API_CLIENTS_UNREADABLE` */
  async revoke(id: string): Promise<void> {
    const { writer, log } = this.#options;
    const client = this.#clients.get(id);
    if (client === undefined) throw new TillbridgeError('TB_API_CLIENT_UNKNOWN', { client: id });
    this.#clients.delete(id);
    this.#seen.forget(id);
    const heard = Promise.all([...this.#revoked].map((listener) => listener(id)));
    log.info('a client was revoked', { client: id, name: client.name });
    await Promise.all([writer.change({ do: 'remove', id }), heard]);
  }

  /** Tells when a client was paired. The listener must not throw. */
  onPaired(listener: () => void): Unsubscribe {
    this.#paired.add(listener);
    return () => {
      this.#paired.delete(listener);
    };
  }

  /** Tells when a client loses its rights. The listener must not throw or reject. */
  onRevoked(listener: RevocationListener): Unsubscribe {
    this.#revoked.add(listener);
    return () => {
      this.#revoked.delete(listener);
    };
  }

  /** Writes what is not written yet. Never rejects. */
  close(): Promise<void> {
    return this.#seen.close();
  }

  /** A client called just now. */
  noteSeen(id: string): void {
    if (this.#clients.has(id)) this.#seen.note(id);
  }

  async #writeSeen(seen: Seen): Promise<void> {
    for (const [id, time] of seen) {
      const client = this.#clients.get(id);
      if (client !== undefined) this.#clients.set(id, { ...client, lastSeen: time });
    }
    try {
      await this.#options.writer.change({ do: 'seen', seen });
    } catch (error) {
      this.#options.log.warn('when clients were last seen could not be written', error instanceof Error ? { error } : {});
    }
  }
}

/** A client as it is shown: its token is not among what is known of it. */
export function clientView({ id, name, scopes, created, lastSeen }: ClientRecord, seen: number | undefined = lastSeen): ClientView {
  return { id, name, scopes, created: isoTime(created), lastSeen: seen === undefined ? null : isoTime(seen) };
}
