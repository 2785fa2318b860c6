import { Readable } from 'node:stream';
import { deadline, errorCodeOf, netProblemOf, retryAfterMs, type Clock } from '@tillbridge/core';
import type { Agent, Dispatcher, request as undiciRequest } from 'undici';

/** Why there is no answer. */
export type HttpProblem =
  | 'timeout'
  /** nobody listens there, or the name is not known */
  | 'refused'
  | 'tls'
  | 'connectionLost'
  /** an answer that is none: a web page, broken or too much JSON, a redirect */
  | 'badAnswer'
  /** we gave up ourselves */
  | 'aborted';

export type HttpAnswer =
  /** `body`: the JSON value; undefined where an answer other than 2xx has none. `retryAfterMs`: how long to leave the server alone. */
  | { readonly answered: true; readonly status: number; readonly body: unknown; readonly retryAfterMs?: number }
  /** `sent`: a byte of the request may have reached the server. `detail`: a short word of ours or of the system. */
  | { readonly answered: false; readonly problem: HttpProblem; readonly sent: boolean; readonly detail?: string };

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON value of a POST. */
  readonly body?: unknown;
  /** Budget of the whole exchange in milliseconds. */
  readonly timeoutMs: number;
}

/** Longest answer that is read, in bytes. */
export const MAX_ANSWER = 1_048_576;
const MOST_CONNECTIONS = 6;

interface Undici {
  readonly agent: Agent;
  readonly request: typeof undiciRequest;
}

/** JSON over HTTP to one server. Loads undici with the first request; never rejects, never repeats, follows no redirect. */
export class JsonHttp {
  readonly #clock: Clock;
  readonly #closing = new AbortController();
  #undici: Promise<Undici> | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async send(what: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const stop = AbortSignal.any([signal, this.#closing.signal]);
    if (stop.aborted) return { answered: false, problem: 'aborted', sent: false };
    const limit = deadline(this.#clock, what.timeoutMs, stop);
    const progress = new Progress();
    try {
      return await this.#exchange(what, limit.signal, progress);
    } catch (error) {
      const problem = gaveUp(limit.signal, stop) ?? problemOf(error);
      return { answered: false, problem, sent: progress.sent, ...detailOf(error) };
    } finally {
      limit.dispose();
    }
  }

  close(): void {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    void this.#undici?.then(({ agent }) => agent.destroy()).catch(() => undefined);
  }

  async #exchange(what: HttpRequest, signal: AbortSignal, progress: Progress): Promise<HttpAnswer> {
    this.#undici ??= load();
    const { agent, request } = await this.#undici;
    signal.throwIfAborted();
    const text = what.body === undefined ? undefined : Buffer.from(JSON.stringify(what.body), 'utf8');
    const headers = {
      accept: 'application/json',
      ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(text.length) }),
      ...what.headers,
    };
    const answer = await request(what.url, { method: what.method, headers, dispatcher: agent, signal, body: text === undefined ? null : progress.body(text) });
    return judged(answer);
  }
}

function gaveUp(limit: AbortSignal, stop: AbortSignal): HttpProblem | undefined {
  if (!limit.aborted) return undefined;
  return stop.aborted ? 'aborted' : 'timeout';
}

async function load(): Promise<Undici> {
  const { Agent: Pool, request } = await import('undici');
  // every request has its own deadline: undici's own time limits would only cut long answers a second time
  const agent = new Pool({ connections: MOST_CONNECTIONS, pipelining: 1, maxHeaderSize: 16_384, keepAliveTimeout: 4000, headersTimeout: 0, bodyTimeout: 0 });
  return { agent, request };
}

/** Whether a byte of the request may have left. */
class Progress {
  #sent = false;

  get sent(): boolean {
    return this.#sent;
  }

  /** The body is asked for when a connection stands and the request is about to be written to it. */
  body(bytes: Buffer): Readable {
    return Readable.from(this.#once(bytes), { objectMode: false });
  }

  *#once(bytes: Buffer): Generator<Buffer> {
    this.#sent = true;
    yield bytes;
  }
}

async function judged({ statusCode: status, headers, body }: Dispatcher.ResponseData): Promise<HttpAnswer> {
  const bad = (detail: string): HttpAnswer => {
    // undici tells of a body that is thrown away by an error event
    body.on('error', () => undefined).destroy();
    return { answered: false, problem: 'badAnswer', sent: true, detail };
  };
  const good = status >= 200 && status < 300;
  if (status < 400 && !good) return bad(`HTTP ${String(status)}`);
  const isJson = mayBeJson(headers['content-type']);
  if (!isJson && good) return bad('contentType');
  const text = await boundedText(body);
  if (text === undefined) return bad('tooLong');
  const parsed = isJson ? parse(text) : undefined;
  if (parsed === undefined && good && text.trim() !== '') return bad('json');
  return { answered: true, status, body: parsed?.value, ...retryAfter(headers['retry-after']) };
}

/** A missing or plain type is looked into; a web page is not. */
function mayBeJson(type: string | string[] | undefined): boolean {
  const plain = (Array.isArray(type) ? type[0] : type)?.split(';')[0]?.trim().toLowerCase() ?? '';
  return plain === '' || plain === 'text/plain' || /^[\w.]+\/([\w.-]+\+)?json$/.test(plain);
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

async function boundedText(body: Dispatcher.ResponseData['body']): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_ANSWER) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8').replace(/^\uFEFF/, '');
}

function retryAfter(value: string | string[] | undefined): { readonly retryAfterMs?: number } {
  const ms = retryAfterMs(value);
  return ms === undefined ? {} : { retryAfterMs: ms };
}

function problemOf(error: unknown): HttpProblem {
  const problem = netProblemOf(error);
  return problem === 'connectTimeout' ? 'refused' : problem;
}

/** Never text that came from the server. */
function detailOf(error: unknown): { readonly detail?: string } {
  const code = errorCodeOf(error);
  return code === '' ? {} : { detail: code };
}
