import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asTillbridgeError, TillbridgeError, type Language } from '@tillbridge/core';
import { isLoopback, type HostPort } from '../../config/host-port.js';

/** A simulator's own calls: what a script or a test does with the simulated device. `POST /card` and so on, JSON in and out. */
export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** Gets the parsed body (undefined without one), gives what is answered. Throws a TillbridgeError for a body that it cannot take. */
  readonly handle: (body: unknown) => unknown;
}

export interface ControlServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  close(): Promise<void>;
}

const MAX_BODY = 64 * 1024;
const IDLE_MS = 30_000;

/**
 * Listens on a loopback address only. Pages in a browser are kept out: no `Origin`, our own `Host`, and a JSON content type where there is
 * a body. @throws {TillbridgeError} `TB_CONFIG_USAGE` when the address is no loopback address or taken
 */
export async function startControl(address: HostPort, routes: readonly ControlRoute[], language: Language): Promise<ControlServer> {
  const usage = (problem: string): TillbridgeError => new TillbridgeError('TB_CONFIG_USAGE', { problem });
  if (!isLoopback(address.host)) throw usage(`--control must be an address of this machine itself, such as 127.0.0.1:0, not ${address.host}`);
  const server = createServer((request, response) => {
    void answer(request, response, routes, language);
  });
  server.requestTimeout = IDLE_MS;
  server.keepAliveTimeout = IDLE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(usage(`--control ${address.host}:${address.port}: ${error.message}`)));
    server.listen(address.port, address.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return {
    url: `http://${host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, routes: readonly ControlRoute[], language: Language): Promise<void> {
  try {
    const refusal = refuse(request);
    const route = routes.find(({ method, path }) => method === request.method && path === request.url);
    if (refusal !== undefined) reply(response, refusal, { error: { code: 'TB_CONFIG_USAGE', message: 'this call is for programs on this machine' } });
    else if (route === undefined) reply(response, 404, { error: { code: 'TB_CONFIG_USAGE', message: 'no such call' }, calls: routes.map(({ method, path }) => `${method} ${path}`) });
    else reply(response, 200, (await route.handle(await bodyOf(request))) ?? {});
  } catch (error) {
    const known = asTillbridgeError(error, 'TB_API_INTERNAL');
    reply(response, known.code.startsWith('TB_CONFIG_') ? 400 : 503, known.body(language));
  }
}

function refuse({ headers, method }: IncomingMessage): number | undefined {
  const host = (headers.host ?? '').replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  if (headers.origin !== undefined || !isLoopback(host)) return 403;
  const bodyless = method === 'GET' || method === 'DELETE' || headers['content-length'] === '0' || (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined);
  return bodyless || /^application\/json(;|$)/.test(headers['content-type'] ?? '') ? undefined : 415;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MAX_BODY) throw new TillbridgeError('TB_CONFIG_USAGE', { problem: `a body of at most ${MAX_BODY} bytes` });
    parts.push(part);
  }
  if (size === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown;
  } catch {
    throw new TillbridgeError('TB_CONFIG_USAGE', { problem: 'the body is not JSON' });
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(`${JSON.stringify(body)}\n`);
}
