import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { parseMarkup, type Node } from '../rkeeper/markup.js';

/** A request as a platform gets it. */
export class PlatformCall {
  readonly method: string;
  /** Path below the base path, undecoded, and the query as it was sent. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;

  constructor(method: string, target: string, headers: IncomingHttpHeaders, text: string) {
    const [path = '/', ...rest] = target.split('?');
    this.method = method;
    this.path = path;
    this.query = new URLSearchParams(rest.join('?'));
    this.headers = headers;
    this.text = text;
  }

  /** Target as it stood in the request line. */
  get target(): string {
    const query = this.query.toString();
    return query === '' ? this.path : `${this.path}?${query}`;
  }

  header(name: string): string | undefined {
    const value = this.headers[name.toLowerCase()];
    return typeof value === 'string' ? value : value?.[0];
  }

  /** Media type of the body, without its parameters. */
  get type(): string {
    return (this.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  }

  /** The body as JSON; undefined where it is none, or is declared to be something else. */
  get json(): Fields | undefined {
    if (!/^(application|text)\/json$/.test(this.type)) return undefined;
    try {
      const value: unknown = JSON.parse(this.text);
      return isFields(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }

  get xml(): Node | undefined {
    return parseMarkup(this.text);
  }

  get form(): URLSearchParams {
    return new URLSearchParams(this.text);
  }
}

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What stands at a dotted path of a parsed body; `items.0.id` for lists. */
export function at(value: unknown, path: string): unknown {
  let here = value;
  for (const name of path.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined;
    here = (here as Record<string, unknown>)[name];
  }
  return here;
}

/** A text at a path; undefined where there is none, or an empty one, or something else. */
export function textAt(value: unknown, path: string): string | undefined {
  const found = at(value, path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** A number at a path, whether it was sent as number or text. */
export function numberAt(value: unknown, path: string): number | undefined {
  const found = at(value, path);
  const number = typeof found === 'number' ? found : typeof found === 'string' && /^-?\d+(\.\d+)?$/.test(found) ? Number(found) : undefined;
  return number === undefined || Number.isFinite(number) ? number : undefined;
}

const MAX_BODY = 1_048_576;

/** @throws {Error} when the body is longer than 1 MiB */
export async function readCall(request: IncomingMessage, basePath: string): Promise<PlatformCall | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY) throw new Error('the request is too long');
    chunks.push(chunk);
  }
  const target = request.url ?? '/';
  if (!target.startsWith(basePath)) return undefined;
  return new PlatformCall(request.method ?? '', target.slice(basePath.length), request.headers, Buffer.concat(chunks).toString('utf8'));
}
