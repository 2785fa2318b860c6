import { open, type FileHandle } from 'node:fs/promises';
import { errorCodeOf, netProblemOf, TillbridgeError, type Secret } from '@tillbridge/core';
import type { Agent, Dispatcher } from 'undici';

/** How a server knows us. */
export type DownloadAuth =
  | { readonly type: 'none' }
  | { readonly type: 'basic'; readonly user: string; readonly password: Secret }
  | { readonly type: 'header'; readonly name: string; readonly value: Secret }
  | { readonly type: 'bearer'; readonly token: Secret };

export interface DownloadOptions {
  /** For errors. */
  readonly source: string;
  readonly url: URL;
  readonly auth: DownloadAuth;
  /** Longest body in bytes. */
  readonly maxBytes: number;
  /** PEM certificates of who may sign the server's, beside the well-known ones. */
  readonly ca?: string | undefined;
}

/** What the server said about the version that we have. */
export interface Validators {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

export type Downloaded = { readonly status: 'unchanged' } | ({ readonly status: 'new'; readonly bytes: number } & Validators);

const CONNECT_MS = 5000;
/** Silence inside a body, in ms. */
const STALL_MS = 30_000;
const MAX_VALIDATOR = 512;

/**
 * Fetches documents from one address: whole or not at all, only when they changed, over TLS unless the address says otherwise. Follows no
 * redirect (the key is for this host), takes no web page for data. Loads undici with the first request.
 */
export class Download {
  readonly #options: DownloadOptions;
  #agent: Promise<Agent> | undefined;

  constructor(options: DownloadOptions) {
    this.#options = options;
  }

  get host(): string {
    return this.#options.url.host;
  }

  /**
   * Into a file, which is there whole when this resolves. @throws {TillbridgeError} `TB_TRANSLATE_SYNC_DOWNLOAD`, `DENIED`, `TOO_LARGE`, `SHAPE`
   */
  async toFile(file: string, known: Validators, signal: AbortSignal): Promise<Downloaded> {
    const handle = await open(file, 'w', 0o600);
    try {
      return await this.#fetch(known, signal, (chunk) => writeAll(handle, chunk));
    } finally {
      await handle.close();
    }
  }

  /** Into a text of valid UTF-8. Errors as of `toFile`. */
  async toText(known: Validators, signal: AbortSignal): Promise<Downloaded & { readonly text?: string }> {
    const chunks: Buffer[] = [];
    const got = await this.#fetch(known, signal, (chunk) => {
      chunks.push(chunk);
      return Promise.resolve();
    });
    if (got.status === 'unchanged') return got;
    try {
      return { ...got, text: new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)) };
    } catch {
      throw this.#shape('it is not UTF-8');
    }
  }

  async close(): Promise<void> {
    await (await this.#agent)?.destroy();
  }

  async #fetch(known: Validators, signal: AbortSignal, take: (chunk: Buffer) => Promise<void>): Promise<Downloaded> {
    const { source } = this.#options;
    let answer: Dispatcher.ResponseData | undefined;
    try {
      answer = await this.#ask(known, signal);
      const verdict = this.#judge(answer);
      if (verdict === 'unchanged') {
        await answer.body.dump();
        return { status: 'unchanged' };
      }
      const bytes = await this.#body(answer, take);
      return { status: 'new', bytes, ...validatorsOf(answer.headers) };
    } catch (error) {
      answer?.body.on('error', () => undefined).destroy();
      if (error instanceof TillbridgeError) throw error;
      const problem = signal.aborted ? 'timeout' : problemOf(error);
      throw new TillbridgeError('TB_TRANSLATE_SYNC_DOWNLOAD', { source, problem }, { cause: error });
    }
  }

  async #ask({ etag, lastModified }: Validators, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const { url, ca } = this.#options;
    this.#agent ??= agentFor(ca);
    const agent = await this.#agent;
    signal.throwIfAborted();
    return agent.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: 'GET',
      headers: {
        // what comes must be what is counted and kept
        'accept-encoding': 'identity',
        ...authHeader(this.#options.auth),
        ...(etag === undefined ? {} : { 'if-none-match': etag }),
        ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
      },
      signal,
    });
  }

  #judge({ statusCode, headers }: Dispatcher.ResponseData): 'unchanged' | 'new' {
    const { source } = this.#options;
    if (statusCode === 304) return 'unchanged';
    if (statusCode === 401 || statusCode === 403) throw new TillbridgeError('TB_TRANSLATE_SYNC_DENIED', { source, status: statusCode });
    if (statusCode >= 500 || statusCode === 408 || statusCode === 429) throw new TillbridgeError('TB_TRANSLATE_SYNC_DOWNLOAD', { source, problem: `HTTP ${String(statusCode)}` });
    if (statusCode !== 200) throw this.#shape(`HTTP ${String(statusCode)}`);
    if (/html/i.test(String(headers['content-type'] ?? ''))) throw this.#shape('a web page');
    const encoding = headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') throw this.#shape('a compressed body that was not asked for');
    // without either nobody can tell a whole document from one that was cut off
    if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) throw this.#shape('neither a length nor chunks');
    return 'new';
  }

  async #body({ body, headers }: Dispatcher.ResponseData, take: (chunk: Buffer) => Promise<void>): Promise<number> {
    const { source, maxBytes } = this.#options;
    const tooLarge = (): TillbridgeError => new TillbridgeError('TB_TRANSLATE_SYNC_TOO_LARGE', { source, limit: maxBytes });
    if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
    let bytes = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge();
      await take(chunk);
    }
    return bytes;
  }

  #shape(problem: string): TillbridgeError {
    return new TillbridgeError('TB_TRANSLATE_SYNC_SHAPE', { source: this.#options.source, problem });
  }
}

async function agentFor(ca: string | undefined): Promise<Agent> {
  const { Agent: Pool } = await import('undici');
  return new Pool({ connections: 1, pipelining: 1, maxHeaderSize: 16_384, headersTimeout: STALL_MS, bodyTimeout: STALL_MS, connect: { timeout: CONNECT_MS, ...(ca === undefined ? {} : { ca }) } });
}

function authHeader(auth: DownloadAuth): Readonly<Record<string, string>> {
  switch (auth.type) {
    case 'none':
      return {};
    case 'basic':
      return { authorization: `Basic ${Buffer.from(`${auth.user}:${auth.password.reveal()}`, 'utf8').toString('base64')}` };
    case 'bearer':
      return { authorization: `Bearer ${auth.token.reveal()}` };
    case 'header':
      return { [auth.name.toLowerCase()]: auth.value.reveal() };
  }
}

function validatorsOf(headers: Dispatcher.ResponseData['headers']): Validators {
  const one = (name: string): string | undefined => {
    const value = headers[name];
    return typeof value === 'string' && value.length <= MAX_VALIDATOR ? value : undefined;
  };
  return { etag: one('etag'), lastModified: one('last-modified') };
}

/** A word of ours, and the system's code: never text that came from the server. */
function problemOf(error: unknown): string {
  const code = errorCodeOf(error);
  // what a full disk or a missing folder says belongs to us
  if (/^E(NOSPC|ACCES|PERM|ROFS|DQUOT)$/.test(code)) return code;
  return code === '' ? netProblemOf(error) : `${netProblemOf(error)} ${code}`;
}

async function writeAll(file: FileHandle, chunk: Buffer): Promise<void> {
  for (let from = 0; from < chunk.length; ) from += (await file.write(chunk, from)).bytesWritten;
}
