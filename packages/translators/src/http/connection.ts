import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { errorCodeOf, netProblemOf, type NetProblem } from '@tillbridge/core';
import type { Agent, Dispatcher } from 'undici';
import type { WrittenRequest } from './request.js';

/** What came back, unread. */
export interface RawAnswer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  /** Every `WWW-Authenticate`. */
  readonly challenges: readonly string[];
  /** The body, decompressed; undefined where it is too long or cannot be decompressed (`problem`). */
  readonly body: Buffer | undefined;
  readonly problem?: 'tooLong' | 'encoding';
}

/** `sent`: a byte of the request may have reached the server. */
export type Exchange =
  | { readonly answered: true; readonly answer: RawAnswer }
  | { readonly answered: false; readonly problem: NetProblem | 'aborted'; readonly sent: boolean; readonly detail?: string };

export interface ConnectionOptions {
  readonly baseUrl: URL;
  /** Time to connect, TLS included, in ms. */
  readonly connectMs: number;
  /** Longest body in bytes, compressed and decompressed. */
  readonly maxBodyBytes: number;
  readonly concurrent: number;
  /** PEM certificates of who may sign the server's, beside the well-known ones. */
  readonly ca?: string;
}

/** Requests to one platform. Loads undici with the first one; never rejects, never repeats, follows no redirect: keys must not leave the host. */
export class Connection {
  readonly #options: ConnectionOptions;
  #agent: Promise<Agent> | undefined;
  #closed = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** Ends when `signal` aborts, at the latest: give it one that does. */
  async exchange(request: WrittenRequest, signal: AbortSignal): Promise<Exchange> {
    const isOver = (): boolean => signal.aborted || this.#closed;
    if (isOver()) return { answered: false, problem: 'aborted', sent: false };
    try {
      this.#agent ??= agentFor(this.#options);
      const agent = await this.#agent;
      signal.throwIfAborted();
      const { baseUrl, maxBodyBytes } = this.#options;
      const answer = await agent.request({
        origin: baseUrl.origin,
        path: request.path,
        method: request.method,
        headers: request.headers,
        // an empty PUT has to say that it is empty (Content-Length: 0): undici does so for methods with a body
        body: request.body ?? null,
        signal,
      });
      return { answered: true, answer: await read(answer, maxBodyBytes) };
    } catch (error) {
      return failed(error, isOver());
    }
  }

  /** Ends what is under way. Idempotent. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#agent?.then((agent) => agent.destroy()).catch(() => undefined);
  }
}

async function agentFor({ connectMs, concurrent, ca }: ConnectionOptions): Promise<Agent> {
  const { Agent: Pool } = await import('undici');
  const trusted = ca === undefined ? {} : { ca: [...(await import('node:tls')).rootCertificates, ca] };
  return new Pool({
    connections: concurrent,
    pipelining: 1,
    maxHeaderSize: 16_384,
    keepAliveTimeout: 4000,
    // every request has its own deadline, which is shorter
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: connectMs, ...trusted },
  });
}

const UNSENT: ReadonlySet<NetProblem> = new Set(['refused', 'connectTimeout', 'tls']);

function failed(error: unknown, aborted: boolean): Exchange {
  const problem = netProblemOf(error);
  if (aborted) return { answered: false, problem: 'aborted', sent: true };
  const code = errorCodeOf(error);
  return { answered: false, problem, sent: !UNSENT.has(problem), ...(code === '' ? {} : { detail: code }) };
}

async function read({ statusCode, headers, body }: Dispatcher.ResponseData, maxBytes: number): Promise<RawAnswer> {
  const header = (name: string): string | undefined => {
    const value = headers[name];
    return typeof value === 'string' ? value : value?.[0];
  };
  const challenge = headers['www-authenticate'];
  const challenges = challenge === undefined ? [] : typeof challenge === 'string' ? [challenge] : challenge;
  const known = { status: statusCode, header, challenges };
  const decompress = decompressorOf(header('content-encoding'));
  if (decompress === undefined) {
    discard(body);
    return { ...known, body: undefined, problem: 'encoding' };
  }
  const plain = decompress === 'none' ? undefined : decompress(maxBytes);
  return { ...known, ...(await (plain === undefined ? bounded(body, maxBytes) : inflated(body, plain, maxBytes))) };
}

type Read = { readonly body: Buffer } | { readonly body: undefined; readonly problem: 'tooLong' | 'encoding' };

/** The bytes; a longer body is cut off where the bound is, not after it. */
async function bounded(body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<Read> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) {
      discard(body);
      return { body: undefined, problem: 'tooLong' };
    }
    chunks.push(chunk);
  }
  const [first] = chunks;
  return { body: chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks) };
}

type Decompressor = ReturnType<typeof createGunzip> | ReturnType<typeof createInflate> | ReturnType<typeof createBrotliDecompress>;

/** Piece by piece, so that a small body that becomes a huge one is stopped at the bound. */
async function inflated(body: Dispatcher.ResponseData['body'], plain: Decompressor, maxBytes: number): Promise<Read> {
  const packed = await bounded(body, maxBytes);
  if (packed.body === undefined) return packed;
  if (packed.body.length === 0) return packed;
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    plain.end(packed.body);
    for await (const chunk of plain as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxBytes) return { body: undefined, problem: 'tooLong' };
      chunks.push(chunk);
    }
    return { body: Buffer.concat(chunks) };
  } catch {
    return { body: undefined, problem: 'encoding' };
  } finally {
    plain.destroy();
  }
}

/** We ask for none; some servers compress all the same. More than one encoding at once nobody uses. */
function decompressorOf(encoding: string | undefined): 'none' | ((maxBytes: number) => Decompressor) | undefined {
  switch (encoding?.trim().toLowerCase() ?? '') {
    case '':
    case 'identity':
      return 'none';
    case 'gzip':
    case 'x-gzip':
      return () => createGunzip();
    case 'deflate':
      return () => createInflate();
    case 'br':
      // a window of 16 MiB a stream at most (RFC 7932, 9.1)
      return () => createBrotliDecompress({ params: { [constants.BROTLI_DECODER_PARAM_LARGE_WINDOW]: 0 } });
    default:
      return undefined;
  }
}

/** undici tells of a body that is thrown away by an error event. */
function discard(body: Dispatcher.ResponseData['body']): void {
  body.on('error', () => undefined).destroy();
}
