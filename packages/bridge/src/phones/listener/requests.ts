import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Clock, Log } from '@tillbridge/core';
import type { LinkAnswer } from '@tillbridge/phone-link';
import { RateLimit, type Rate } from '../../api/limits/index.js';
import { plainAddress } from '../network/address-kind.js';
import { guard, type Own, type SiteRefusal } from '../site/guard.js';
import { PHONE_HEADERS } from '../site/headers.js';
import { answerSite, type Site, type SiteAnswer } from '../site/site.js';

/** Requests of one address: a page with its files, then a scan now and then and a question every few seconds; a daemon that relays carries several phones. */
const ADDRESS_RATE: Rate = { perSecond: 30, burst: 90 };

export interface RequestOptions {
  readonly site: Site;
  /** Longest body of a message, in bytes. */
  readonly maxBody: number;
  /** A message of the protocol; undefined: no such path. */
  readonly message: (path: string, body: Uint8Array, signal: AbortSignal) => Promise<LinkAnswer> | undefined;
  /** Counts a refusal by its reason. */
  readonly refused: (reason: SiteRefusal) => void;
  readonly clock: Clock;
  readonly log: Log;
}

const STATUS: Readonly<Record<SiteRefusal, number>> = { peer: 403, host: 421, crossSite: 403, rate: 429, connections: 503, size: 413, method: 405 };

/** Answers what comes through the doors: guards first, then the page or the protocol. Refusals have no detail. */
export class PhoneRequests {
  readonly #options: RequestOptions;
  readonly #rate: RateLimit;

  constructor(options: RequestOptions) {
    this.#options = options;
    this.#rate = new RateLimit(options.clock, ADDRESS_RATE);
  }

  /** Answers one request. Never rejects. */
  async serve(request: IncomingMessage, response: ServerResponse, own: Own): Promise<void> {
    const hangUp = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) hangUp.abort();
    });
    try {
      await send(request, response, await this.#answer(request, own, hangUp.signal));
    } catch (error) {
      if (!hangUp.signal.aborted) this.#options.log.warn('a request of a phone failed', error instanceof Error ? { error } : {});
      response.destroy();
    }
  }

  async #answer(request: IncomingMessage, own: Own, signal: AbortSignal): Promise<SiteAnswer> {
    const arrival = arrivalOf(request);
    const refusal = guard(arrival, own) ?? (this.#rate.take(arrival.peer) > 0 ? 'rate' : undefined);
    if (refusal !== undefined) return this.#refuse(refusal);
    const target = request.url ?? '/';
    const url = URL.canParse(target, 'http://phone') ? new URL(target, 'http://phone') : undefined;
    if (url === undefined) return bare(404);
    if (arrival.method === 'POST') return this.#message(request, url.pathname, signal);
    if (arrival.method !== 'GET' && arrival.method !== 'HEAD') return this.#refuse('method');
    const host = hostName(arrival.hosts[0] ?? '');
    const found = answerSite(this.#options.site, { path: url.pathname, query: url.searchParams, host, headers: request.headers });
    return found ?? bare(404);
  }

  async #message(request: IncomingMessage, path: string, signal: AbortSignal): Promise<SiteAnswer> {
    const body = await readBody(request, this.#options.maxBody);
    if (body === undefined) return this.#refuse('size');
    const answer = await this.#options.message(path, body, signal);
    if (answer === undefined) return bare(404);
    const type = answer.refusal === undefined ? 'application/octet-stream' : 'text/plain; charset=us-ascii';
    return { status: answer.status, headers: { ...PHONE_HEADERS, 'content-type': type, 'cache-control': 'no-store' }, body: Buffer.from(answer.body) };
  }

  #refuse(reason: SiteRefusal): SiteAnswer {
    this.#options.refused(reason);
    return bare(STATUS[reason]);
  }
}

function bare(status: number): SiteAnswer {
  return { status, headers: { ...PHONE_HEADERS, 'cache-control': 'no-store', 'content-type': 'text/plain; charset=us-ascii' }, body: '' };
}

function arrivalOf({ rawHeaders, headers, socket, url = '', method = 'GET' }: IncomingMessage): Parameters<typeof guard>[0] {
  const hosts: string[] = [];
  // of the raw ones: the parser keeps only the first of two
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) if (rawHeaders[i]?.toLowerCase() === 'host') hosts.push(rawHeaders[i + 1] ?? '');
  // an absolute address names a host too, and servers go by that one (RFC 9112, 3.2.2)
  if (!url.startsWith('/')) hosts.push(url);
  const site = headers['sec-fetch-site'];
  return { peer: plainAddress(socket.remoteAddress ?? ''), hosts, origin: headers.origin, fetchSite: Array.isArray(site) ? site.join() : site, method };
}

/** `[fd00::1]:48443` without brackets and port. */
function hostName(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}

/** The body; undefined where it is longer than allowed. */
async function readBody(request: IncomingMessage, max: number): Promise<Uint8Array | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > max) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  // whoever stops reading early still wants to answer
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > max) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: SiteAnswer): Promise<void> {
  if (response.destroyed) return;
  // what is left of a body that nobody wants is not waited for: the connection is of no more use
  if (!request.complete) {
    request.resume();
    response.setHeader('connection', 'close');
  }
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const empty = request.method === 'HEAD' || body === undefined;
  if (typeof body === 'function') {
    response.writeHead(status);
    if (empty) response.end();
    else await pipeline(body(), response);
    return;
  }
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : (body ?? Buffer.alloc(0));
  if (status !== 304) response.setHeader('content-length', bytes.length);
  response.writeHead(status);
  response.end(empty ? undefined : bytes);
}
