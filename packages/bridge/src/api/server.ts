import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { asTillbridgeError, isTillbridgeError, TillbridgeError, type Cancel, type Clock, type ErrorCode, type Log } from '@tillbridge/core';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyServerOptions } from 'fastify';
import { errorResponse, languageOf } from '../control/error-response.js';
import { EVENTS_PATH } from '../control/events-path.js';
import type { Access, ApiResponse, Call, Params } from '../control/http.js';
import { PUBLIC_CALLER, type Caller } from '../control/scope.js';
import { grantsOf } from '../events/index.js';
import type { ClientRegistry } from './clients/index.js';
import { Connections } from './connections.js';
import { answerFile, type ConsoleFile } from './console/index.js';
import { corsHeaders, HARDENING, preflightHeaders } from './headers.js';
import { Gate, type Source } from './gate.js';
import { MAX_REQUEST_BYTES, type OwnAddress, type RefusalReason } from './guards/index.js';
import { eventWishOf, refuseUpgrade, upgradeUrl } from './upgrade.js';
import { Turns } from './turns.js';
import type { EventSockets } from './websocket.js';

/** Whole headers, and the whole request, must have come within these times, in ms; looked at once a second. */
const HEADERS_MS = 5000;
const REQUEST_MS = 10_000;
const CHECK_MS = 1000;
/** An idle connection is kept for the next request this long, in ms. */
const KEEP_ALIVE_MS = 30_000;
const MAX_HEADER_BYTES = 8 * 1024;
/** Answers that are being written when the daemon stops have this long, in ms. */
const CLOSE_MS = 500;

type Compilers = NonNullable<NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']>;
/** Never called: their types ask for what only the compilers that are left out could give. */
const NO_SCHEMAS = { buildValidator: () => () => () => true, buildSerializer: () => () => JSON.stringify } as unknown as Compilers;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may make the call; a route without it is refused. */
    access?: Access;
    /** A file of our own page. */
    page?: boolean;
  }
  interface FastifyRequest {
    /** Set by the guards before any handler runs. */
    caller: Caller;
  }
}

/** What is needed of a call to serve it: its handler may be in another process. */
export type ServedCall = Pick<Call, 'method' | 'path' | 'access' | 'run'>;

export interface ApiServerOptions {
  /** Loopback. */
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Web pages that may call; asked for at every request. */
  readonly origins: () => readonly string[];
  readonly calls: readonly ServedCall[];
  /** `text`: calls get their body as the text that it came as, known to be JSON; default: parsed. */
  readonly bodies?: 'text';
  /** The page that we serve ourselves; absent: none. `on` is asked at every request. */
  readonly console?: { readonly files: readonly ConsoleFile[]; readonly on: () => boolean };
  readonly clients: Pick<ClientRegistry, 'authenticate'>;
  readonly refused: (reason: RefusalReason) => void;
  /** Somebody was not let in to this route for who he says he is. */
  readonly strange?: (route: string) => void;
  /** Takes over who asks for events. */
  readonly sockets: EventSockets;
  readonly clock: Clock;
  /** Calls what it is given when a request may be looked at: readers and scans that are under way go first. */
  readonly turn: (go: () => void) => Cancel;
  readonly log: Log;
}

export interface ApiServer {
  /** `http://127.0.0.1:7843` */
  readonly url: string;
  /** Stops listening, lets answers that are under way go out, hangs up on the rest. */
  close(): Promise<void>;
}

/** The local API: the calls of the control socket behind the guards. @throws {TillbridgeError} `TB_API_PORT_BUSY` */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const app = createApp(options.bodies === 'text');
  const own: { -readonly [Key in keyof OwnAddress]: OwnAddress[Key] } = { host: options.host, port: options.port };
  const gate = new Gate({ own: () => own, origins: options.origins, ownPage: () => options.console?.on() ?? false, clients: options.clients, refused: options.refused, clock: options.clock });
  const connections = new Connections(app.server, () => options.refused('connections'));
  const turns = new Turns(options.turn);
  app.addHook('onRequest', (_request, _reply, done) => turns.next(done));
  guard(app, gate, connections, options.strange);
  answerErrors(app, options);
  app.options('*', { config: { access: 'public' } }, (request, reply) => {
    for (const [name, value] of Object.entries(preflightHeaders(request.headers))) reply.header(name, value);
    return reply.code(204).send();
  });
  for (const call of options.calls) if (call.access !== 'control') addCall(app, call, options.refused);
  if (options.console !== undefined) addConsole(app, options.console);
  serveEvents(app, gate, connections, options);
  await listen(app, options);
  own.port = (app.server.address() as AddressInfo).port;
  const name = own.host.includes(':') ? `[${own.host}]` : own.host;
  return {
    url: `http://${name}:${own.port}`,
    close: async () => {
      const cancel = options.clock.timer(CLOSE_MS, () => connections.destroyAll());
      await app.close();
      cancel();
    },
  };
}

function createApp(keepText: boolean): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: MAX_REQUEST_BYTES,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    http: { headersTimeout: HEADERS_MS, connectionsCheckingInterval: CHECK_MS, maxHeaderSize: MAX_HEADER_BYTES },
    routerOptions: { maxParamLength: 128 },
    // no route has a schema of the framework's: its compilers, 2 MiB, need not be loaded
    schemaController: { compilersFactory: NO_SCHEMAS },
    // an address that cannot be read reaches no guard and no route: it gets no detail either
    frameworkErrors: (_error, _request, reply) => {
      void send(reply, errorResponse(new TillbridgeError('TB_API_BAD_REQUEST', { problem: 'the address' })));
    },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    if (text === '') {
      done(null, undefined);
      return;
    }
    try {
      const body: unknown = JSON.parse(text.toString());
      done(null, keepText ? text : body);
    } catch {
      done(new TillbridgeError('TB_API_BAD_REQUEST', { problem: 'the body is not JSON' }));
    }
  });
  return app;
}

/** Nothing is read of a request before this: every route, and what is no route. */
function guard(app: FastifyInstance, gate: Gate, connections: Connections, strange: ApiServerOptions['strange']): void {
  app.decorateRequest('caller');
  app.addHook('onRequest', (request, reply, done) => {
    request.caller = PUBLIC_CALLER;
    reply.headers(HARDENING);
    gate.checkSource(sourceOf(request.raw));
    // after the guard, which lets only listed origins through
    reply.headers(corsHeaders(request.headers.origin));
    const { access, page } = request.routeOptions.config;
    if (page === true) gate.admitPage();
    else if (access === undefined) gate.admitUnknown();
    else {
      const claim = {
        access,
        params: request.params as Params,
        contentLength: request.headers['content-length'],
        authorization: request.headers.authorization,
        protocols: request.headers['sec-websocket-protocol'],
      };
      try {
        request.caller = gate.admit(claim);
      } catch (error) {
        if (isTillbridgeError(error) && STRANGERS.includes(error.code)) strange?.(request.routeOptions.url ?? '');
        throw error;
      }
      if (request.caller.kind === 'client') connections.trust(request.raw.socket);
    }
    done();
  });
}

/** Refusals of whom nobody knows. */
const STRANGERS: readonly ErrorCode[] = ['TB_API_UNAUTHORIZED', 'TB_API_LOCKED'];

function sourceOf({ rawHeaders, headers, socket, url = '' }: IncomingMessage): Source {
  const hosts: string[] = [];
  // of the raw ones: the parser keeps only the first of two
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) if (rawHeaders[i]?.toLowerCase() === 'host') hosts.push(rawHeaders[i + 1] ?? '');
  const site = headers['sec-fetch-site'];
  // an absolute address names a host too, and servers go by that one (RFC 9112, 3.2.2)
  if (!url.startsWith('/')) hosts.push(url);
  return { peer: socket.remoteAddress, hosts, origin: headers.origin, fetchSite: Array.isArray(site) ? site.join() : site };
}

/** A WebSocket is no request of the framework's: the same guards stand before it. */
function serveEvents(app: FastifyInstance, gate: Gate, connections: Connections, { sockets }: ApiServerOptions): void {
  app.server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    try {
      gate.checkSource(sourceOf(request));
      const { pathname, searchParams } = upgradeUrl(request);
      if (pathname !== EVENTS_PATH) {
        gate.admitUnknown();
        throw new TillbridgeError('TB_API_NOT_FOUND', { what: `WebSocket ${pathname}` });
      }
      const { authorization, 'content-length': contentLength, 'sec-websocket-protocol': protocols } = request.headers;
      const caller = gate.admit({ access: 'scan:read', params: {}, contentLength, authorization, protocols });
      if (caller.kind !== 'client') throw new TillbridgeError('TB_API_UNAUTHORIZED');
      const wish = eventWishOf(searchParams);
      connections.trust(socket);
      sockets.accept(request, socket, head, { client: caller.id, grants: grantsOf(caller.scopes), ...wish });
    } catch (error) {
      const known = asTillbridgeError(error, 'TB_API_BAD_REQUEST', { problem: 'the address' });
      refuseUpgrade(socket, known, { ...HARDENING, ...errorHeaders(known) });
    }
  });
}

/** Refusals that a call itself finds, by its own look at what it is about. */
const REFUSALS: Readonly<Partial<Record<ErrorCode, RefusalReason>>> = { TB_API_PAIRING: 'pairing', TB_API_LOCKED: 'locked', TB_API_SCOPE: 'scope' };

function addCall(app: FastifyInstance, call: ServedCall, refused: (reason: RefusalReason) => void): void {
  app.route({
    method: call.method,
    url: call.path,
    config: { access: call.access },
    handler: async (request, reply) => {
      const hangUp = new AbortController();
      reply.raw.once('close', () => {
        // an answer that went out whole: nobody waits for anything, and an abort costs as much as the answer
        if (!reply.raw.writableFinished) hangUp.abort();
      });
      const answer = call.run({
        method: call.method,
        path: call.path,
        params: request.params as Params,
        query: queryOf(request.raw.url),
        body: request.body,
        caller: request.caller,
        language: languageOf(request.headers['accept-language']),
        signal: hangUp.signal,
      });
      answer.catch((error: unknown) => {
        const reason = isTillbridgeError(error) ? REFUSALS[error.code] : undefined;
        if (reason !== undefined) refused(reason);
      });
      return send(reply, await answer);
    },
  });
}

/** The list of files that there are, and nothing else. */
function addConsole(app: FastifyInstance, { files, on }: NonNullable<ApiServerOptions['console']>): void {
  for (const file of files) {
    app.get(file.path, { config: { page: true } }, (request, reply) => {
      if (!on()) return send(reply, errorResponse(new TillbridgeError('TB_API_NOT_FOUND', { what: `GET ${file.path}` })));
      const { host = '', 'accept-encoding': encoding, 'if-none-match': ifNoneMatch } = request.headers;
      const acceptEncoding = Array.isArray(encoding) ? encoding.join() : encoding;
      const { status, headers, body } = answerFile(file, { host, acceptEncoding, ifNoneMatch });
      return reply.code(status).headers(headers).send(body);
    });
  }
}

function queryOf(address = ''): URLSearchParams {
  const start = address.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : address.slice(start).replace(/#.*/s, ''));
}

function answerErrors(app: FastifyInstance, { log, refused }: ApiServerOptions): void {
  app.setNotFoundHandler((request, reply) => {
    const { url = '/' } = request.raw;
    // of some, such as `//`, no address can be made
    const pathname = URL.parse(url, 'http://localhost')?.pathname ?? '/';
    return send(reply, errorResponse(new TillbridgeError('TB_API_NOT_FOUND', { what: `${request.method} ${pathname}` })));
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = isTillbridgeError(error) ? error : frameworkError(error);
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') refused('size');
    if (known === undefined) log.error('an API request failed', { error });
    if (known !== undefined) reply.headers(errorHeaders(known));
    return send(reply, errorResponse(known ?? error, languageOf(request.headers['accept-language'])));
  });
}

function errorHeaders({ code, params: { seconds } }: TillbridgeError): Record<string, string> {
  if (typeof seconds === 'number') return { 'retry-after': String(seconds) };
  return code === 'TB_API_UNAUTHORIZED' ? { 'www-authenticate': 'Bearer' } : {};
}

/** What the framework itself finds wrong with a request, in our words. */
function frameworkError(error: FastifyError): TillbridgeError | undefined {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new TillbridgeError('TB_API_TOO_LARGE', { max: MAX_REQUEST_BYTES });
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new TillbridgeError('TB_API_BAD_REQUEST', { problem: 'content-type is application/json' });
  if (error.statusCode !== undefined && error.statusCode < 500) return new TillbridgeError('TB_API_BAD_REQUEST', { problem: 'it cannot be read' });
  return undefined;
}

function send(reply: FastifyReply, { status, body, contentType }: ApiResponse): FastifyReply {
  return reply
    .code(status)
    .type(contentType ?? 'application/json; charset=utf-8')
    .send(contentType === undefined ? `${JSON.stringify(body)}\n` : body instanceof Uint8Array ? body : String(body));
}

async function listen(app: FastifyInstance, { host, port }: ApiServerOptions): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const problem = code === 'EADDRINUSE' ? 'another program has the port' : code;
    throw new TillbridgeError('TB_API_PORT_BUSY', { address: `${host}:${port}`, problem }, { cause: error });
  }
}
