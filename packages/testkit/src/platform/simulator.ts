import { once } from 'node:events';
import { createServer as createHttp, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { sleep, type Clock } from '@tillbridge/core';
import { makeCertificate, type MadeCertificate } from '../rkeeper/certificate.js';
import { readCall, type PlatformCall } from './call.js';
import { noPlatformFaults, onTheWire, spend, type PlatformFaults } from './faults.js';
import { nothing, type PlatformReply } from './reply.js';
import type { PlatformParts, PlatformRoute, PlatformSpec, PlatformVars, RouteNames } from './spec.js';
import { PlatformWorld, type PlatformCode, type PlatformMessage } from './world.js';

export interface PlatformOptions {
  readonly clock: Clock;
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** 0: any free port. */
  readonly port?: number;
  /** HTTPS with a certificate that it made for itself: `certificate` gives it. */
  readonly tls?: boolean;
}

/** One request and what became of it. */
export interface PlatformExchange {
  readonly call: PlatformCall;
  /** The path of the route, names in braces; undefined: there is none. */
  readonly route: string | undefined;
  /** undefined: dropped, or kept waiting. */
  readonly status: number | undefined;
}

/** What a translator's configuration says to reach it. */
export interface PlatformSite {
  readonly baseUrl: string;
  readonly secrets: Readonly<Record<string, string>>;
  readonly vars: PlatformVars;
}

/** The last so many exchanges are remembered. */
const REMEMBERED = 1000;
const TENTHS = 10;

/** A loyalty platform on a loopback port: its answers, its refusals, and a dial of what goes wrong there and on the way. */
export class PlatformSimulator {
  readonly spec: PlatformSpec;
  readonly world: PlatformWorld;
  readonly faults: PlatformFaults = noPlatformFaults();
  readonly exchanges: PlatformExchange[] = [];
  readonly certificate: MadeCertificate | undefined;
  readonly #parts: PlatformParts;
  readonly #options: PlatformOptions;
  readonly #server: Server;
  readonly #closing = new AbortController();
  #holding = 0;
  #requests = 0;

  private constructor(spec: PlatformSpec, options: PlatformOptions) {
    this.spec = spec;
    this.#options = options;
    this.world = new PlatformWorld(options.clock);
    for (const guest of spec.guests) this.world.put({ ...guest });
    for (const [code, state] of Object.entries(spec.coupons ?? {})) this.world.coupons.set(code, state);
    this.#parts = spec.open(this.world);
    this.certificate = options.tls === true ? makeCertificate({ wall: options.clock.wall() }) : undefined;
    const listener = (request: IncomingMessage, response: ServerResponse): void => {
      this.#serve(request, response).catch(() => request.socket.destroy());
    };
    this.#server = this.certificate === undefined ? createHttp(listener) : createHttps({ ...this.certificate }, listener);
  }

  /** @throws {Error} when it cannot listen there */
  static async start(spec: PlatformSpec, options: PlatformOptions): Promise<PlatformSimulator> {
    const simulator = new PlatformSimulator(spec, options);
    simulator.#server.listen(options.port ?? 0, options.host ?? '127.0.0.1');
    await once(simulator.#server, 'listening');
    return simulator;
  }

  get url(): string {
    const { host = '127.0.0.1' } = this.#options;
    const scheme = this.certificate === undefined ? 'http' : 'https';
    return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${String((this.#server.address() as AddressInfo).port)}`;
  }

  get site(): PlatformSite {
    const { basePath, secrets, vars } = this.spec;
    return { baseUrl: `${this.url}${basePath}`, secrets, vars };
  }

  /** Requests that are kept waiting on purpose. */
  get holding(): number {
    return this.#holding;
  }

  /** Requests that have come, all told. */
  get requests(): number {
    return this.#requests;
  }

  /** Messages with codes that guests got. */
  get messages(): readonly PlatformMessage[] {
    return this.world.messages;
  }

  /** What the guest's app shows now; undefined: there is no such guest, or no such app. */
  issueCode(guest: string): PlatformCode | undefined {
    const holder = this.world.find('id', guest);
    return holder === undefined ? undefined : this.#parts.issueCode?.(holder);
  }

  /** Tokens and nonces that were given out are void from now on. */
  expireTokens(): void {
    this.#parts.auth?.expire();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#requests += 1;
    const call = await readCall(request, this.spec.basePath);
    const found = call === undefined ? undefined : routeOf(this.#parts.routes, call);
    const remember = (status: number | undefined): void => {
      if (call === undefined) return;
      this.exchanges.push({ call, route: found?.route.path, status });
      if (this.exchanges.length > REMEMBERED) this.exchanges.shift();
    };
    const { faults } = this;
    const single = found?.route.login !== true;
    if (faults.silent) {
      remember(undefined);
      this.#hold(request);
      return;
    }
    if (single && spend(faults, 'dropBeforeWork')) {
      remember(undefined);
      request.socket.destroy();
      return;
    }
    const reply = call === undefined ? nothing(404) : (this.#refused(call, single) ?? this.#answer(call, found));
    if (single && spend(faults, 'dropAfterWork')) {
      remember(undefined);
      request.socket.destroy();
      return;
    }
    remember(reply.status);
    await this.#send(response, reply, call, !single);
  }

  /** A refusal that a fault asks for. */
  #refused(call: PlatformCall, single: boolean): PlatformReply | undefined {
    const { faults } = this;
    const { auth, loginFailed = nothing(401) } = this.#parts;
    if (!single) return spend(faults, 'loginFails') ? loginFailed : undefined;
    if (spend(faults, 'failures')) return { status: faults.status, type: 'text/html', text: '<html><body>Service temporarily unavailable</body></html>' };
    if (spend(faults, 'rateLimited')) return nothing(429, faults.retryAfter === '' ? {} : { 'retry-after': faults.retryAfter });
    if (spend(faults, 'unauthorised')) return auth?.refuse(call) ?? nothing(401);
    return auth !== undefined && spend(faults, 'staleNonces') ? auth.refuse(call, true) : undefined;
  }

  #answer(call: PlatformCall, found: { readonly route: PlatformRoute; readonly names: RouteNames } | undefined): PlatformReply {
    const { auth, unknown = () => nothing(404) } = this.#parts;
    const refusal = found?.route.login === true ? undefined : auth?.check(call);
    return refusal ?? found?.route.handle(call, found.names) ?? unknown(call);
  }

  async #send(response: ServerResponse, reply: PlatformReply, call: PlatformCall | undefined, login: boolean): Promise<void> {
    const { faults } = this;
    const { clock } = this.#options;
    const wire = call === undefined ? { status: reply.status, headers: {}, bytes: Buffer.alloc(0), times: 1 } : onTheWire(reply, call, faults, login);
    if (faults.latencyMs > 0) await this.#waiting(sleep(clock, faults.latencyMs, this.#closing.signal));
    const bodyless = wire.status === 204 || wire.status === 304;
    response.writeHead(wire.status, { ...wire.headers, ...(bodyless ? {} : { 'content-length': wire.bytes.length * wire.times }) });
    if (faults.slowBodyMs > 0) {
      response.flushHeaders();
      const step = Math.max(1, Math.ceil(wire.bytes.length / TENTHS));
      for (let from = 0; from < wire.bytes.length && !response.destroyed; from += step) {
        await this.#waiting(sleep(clock, faults.slowBodyMs, this.#closing.signal));
        response.write(wire.bytes.subarray(from, from + step));
      }
    } else {
      for (let i = 0; i < wire.times && !response.destroyed; i += 1) {
        if (!response.write(wire.bytes)) await drained(response);
      }
    }
    response.end();
  }

  async #waiting(work: Promise<void>): Promise<void> {
    this.#holding += 1;
    try {
      await work;
    } finally {
      this.#holding -= 1;
    }
  }

  #hold(request: IncomingMessage): void {
    this.#holding += 1;
    request.socket.once('close', () => (this.#holding -= 1));
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.once('drain', done);
    response.once('close', done);
  });
}

function routeOf(routes: readonly PlatformRoute[], call: PlatformCall): { readonly route: PlatformRoute; readonly names: RouteNames } | undefined {
  for (const route of routes) {
    const names = route.method === call.method ? namesOf(route.path, call.path) : undefined;
    if (names !== undefined) return { route, names };
  }
  return undefined;
}

function namesOf(pattern: string, path: string): RouteNames | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const names: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const segment = given[i] ?? '';
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) {
      if (part !== segment) return undefined;
      continue;
    }
    const value = decoded(segment);
    if (value === undefined || value === '') return undefined;
    names[name] = value;
  }
  return names;
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
