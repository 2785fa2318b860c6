import { randomUUID } from 'node:crypto';
import type { Clock } from '@tillbridge/core';
import { JsonServer, type JsonCall, type JsonReply } from '../http/index.js';
import { noPosServerFaults, type PosServerFaults } from './faults.js';

/** What the POS server asks of the restaurant; the simulated front is one. */
export interface PosServerHall {
  iikoCardGuest(credential: string, scope: number): PosServerGuest | undefined;
  authorize(order: string, credential: string, scope: number): 'authorized' | 'guestNotFound' | 'orderNotFound';
}

export interface PosServerGuest {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
}

export interface PosServerOptions {
  readonly clock: Clock;
  readonly hall: PosServerHall;
  readonly user?: string;
  readonly password?: string;
  readonly faults?: PosServerFaults;
  /** How long a token holds, in ms; not known of real servers. Default 3,600,000. */
  readonly tokenMs?: number;
  readonly host?: string;
  readonly port?: number;
}

const SCOPES: readonly unknown[] = [1, 2, 4];
const NOT_FOUND = 53;
/** Numbers of ours for what public plugins only tell apart from 53. */
const BAD_TOKEN = 16;
const BAD_REQUEST = 2;
const NO_ORDER = 60;
const MOST_LOGGED = 10_000;
/** "Balances are pulled from the main server about every 5 minutes". */
const PULL_MS = 300_000;

class Fault extends Error {
  readonly reason: number;
  readonly status: number;

  constructor(reason: number, status = 500) {
    super(`fault ${String(reason)}`);
    this.reason = reason;
    this.status = status;
  }
}

/** The iikoCard POS server of a restaurant: token in quotes, `userWallets`, `authorize`, faults with a number. */
export class SimulatedPosServer {
  readonly faults: PosServerFaults;
  /** Balances as the main server has them, by guest id. */
  readonly balances = new Map<string, number>();
  /** Paths in the order of their arrival, the last 10,000. */
  readonly log: string[] = [];
  readonly #options: PosServerOptions;
  readonly #tokens = new Map<string, number>();
  readonly #pulled = new Map<string, { readonly balance: number; readonly at: number }>();
  #server: JsonServer | undefined;

  private constructor(options: PosServerOptions) {
    this.#options = options;
    this.faults = options.faults ?? noPosServerFaults();
  }

  static async start(options: PosServerOptions): Promise<SimulatedPosServer> {
    const server = new SimulatedPosServer(options);
    const { clock, host, port } = options;
    server.#server = await JsonServer.start({
      ...{ clock, faults: server.faults, handle: (call) => server.#answer(call) },
      ...(host === undefined ? {} : { host }),
      ...(port === undefined ? {} : { port }),
    });
    return server;
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  /** Requests that are kept waiting on purpose. */
  get holding(): number {
    return this.#server?.holding ?? 0;
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  #answer(call: JsonCall): JsonReply {
    this.log.push(call.path);
    if (this.log.length > MOST_LOGGED) this.log.shift();
    try {
      const { faults } = this;
      if (/^\/api\/v[12]\/getAccessToken$/.test(call.path)) return { status: 200, body: this.#login(call) };
      if (faults.faultNext > 0) {
        faults.faultNext -= 1;
        throw new Fault(faults.faultReason);
      }
      this.#checkToken(call);
      if (call.path === '/api/v2/guests/userWallets') return { status: 200, body: this.#wallets(call) };
      if (call.path === '/api/v2/authorize') return { status: 200, body: this.#authorize(call) };
      return { status: 404, body: undefined };
    } catch (error) {
      if (error instanceof Fault) return { status: error.status, body: { FaultReason: error.reason, Message: error.message } };
      throw error;
    }
  }

  #login({ method, query }: JsonCall): string {
    const { user = 'pos', password = 'secret', tokenMs = 3_600_000, clock } = this.#options;
    if (method !== 'GET' || query.get('userName') !== user || query.get('password') !== password) throw new Fault(BAD_TOKEN, 401);
    const token = randomUUID();
    this.#tokens.set(token, clock.mono() + tokenMs);
    return token;
  }

  #checkToken({ headers }: JsonCall): void {
    const { faults } = this;
    if (faults.voidTokens > 0) {
      faults.voidTokens -= 1;
      this.#tokens.clear();
    }
    const token = headers['accesstoken'];
    const until = typeof token === 'string' ? this.#tokens.get(token) : undefined;
    if (faults.refuseTokens || until === undefined || until <= this.#options.clock.mono()) throw new Fault(BAD_TOKEN, 401);
  }

  #wallets(call: JsonCall): object {
    const { credential, scope } = authDataOf(requestOf(call));
    const { id, name, phone } = this.#guest(credential, scope);
    return { userData: { id, name, lastName: '', phone }, userWallets: [{ id: '1', name: 'Bonus', isInteger: true, balance: this.#balance(id) }] };
  }

  #authorize(call: JsonCall): object {
    const request = requestOf(call);
    const { credential, scope } = authDataOf(request);
    const orderId = 'orderId' in request ? request.orderId : undefined;
    if (typeof orderId !== 'string') throw new Fault(BAD_REQUEST, 400);
    this.#guest(credential, scope);
    if (this.faults.ignoreAuthorize) return {};
    const done = this.#options.hall.authorize(orderId, credential, scope);
    if (done === 'guestNotFound') throw new Fault(NOT_FOUND);
    if (done === 'orderNotFound') throw new Fault(NO_ORDER);
    return {};
  }

  #guest(credential: string, scope: number): PosServerGuest {
    const guest = this.#options.hall.iikoCardGuest(credential, scope);
    // a guest who was registered in the cloud after the internet went down is not known here
    if (guest === undefined || (this.faults.offline && !this.#pulled.has(guest.id))) throw new Fault(NOT_FOUND);
    return guest;
  }

  /** As it was when it was last fetched. */
  #balance(id: string): number {
    const now = this.#options.clock.mono();
    const known = this.#pulled.get(id);
    if (known !== undefined && (this.faults.offline || now - known.at < PULL_MS)) return known.balance;
    const balance = this.balances.get(id) ?? 0;
    this.#pulled.set(id, { balance, at: now });
    return balance;
  }
}

function requestOf({ body }: JsonCall): object {
  const request: unknown = typeof body === 'object' && body !== null && 'request' in body ? body.request : undefined;
  if (typeof request !== 'object' || request === null) throw new Fault(BAD_REQUEST, 400);
  return request;
}

function authDataOf(request: object): { readonly credential: string; readonly scope: number } {
  const data: unknown = 'authData' in request ? request.authData : undefined;
  if (typeof data !== 'object' || data === null || !('credential' in data) || !('searchScope' in data)) throw new Fault(BAD_REQUEST, 400);
  const { credential, searchScope } = data;
  if (typeof credential !== 'string' || typeof searchScope !== 'number' || !SCOPES.includes(searchScope)) throw new Fault(BAD_REQUEST, 400);
  return { credential, scope: searchScope };
}
