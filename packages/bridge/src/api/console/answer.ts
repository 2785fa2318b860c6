import type { ConsoleFile } from './files.js';

/** What of a request decides about the answer. */
export interface FileRequest {
  /** Of a request that has passed the guards: it is our own. */
  readonly host: string;
  readonly acceptEncoding: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

export interface FileAnswer {
  readonly status: 200 | 304;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

/**
 * What the page may do: run and fetch what this listener serves, nothing else; no script makes HTML of a text (trusted types), nobody frames
 * it, no form leaves it. `'self'` is not the WebSocket's address to every browser.
 */
function policy(host: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ws://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** A file of the console as an answer. Pure. */
export function answerFile({ type, plain, gzip, tag, hashed }: ConsoleFile, { host, acceptEncoding, ifNoneMatch }: FileRequest): FileAnswer {
  const packed = gzip !== undefined && takesGzip(acceptEncoding) ? gzip : undefined;
  const etag = `"${tag}${packed === undefined ? '' : '-gz'}"`;
  const headers = {
    etag,
    // the page names the files that belong together: it is asked for anew each time, they never are
    'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    'content-security-policy': policy(host),
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
    'x-frame-options': 'DENY',
    vary: 'Accept-Encoding, Origin',
  };
  if (matches(ifNoneMatch, etag)) return { status: 304, headers, body: undefined };
  const encoding: Record<string, string> = packed === undefined ? {} : { 'content-encoding': 'gzip' };
  return { status: 200, headers: { ...headers, 'content-type': type, ...encoding }, body: packed ?? plain };
}

/** RFC 9110, 12.5.3: named, or `*`, and not with a weight of nothing. */
function takesGzip(accept = ''): boolean {
  const weights = new Map(accept.split(',').map((part) => {
    const [name = '', ...params] = part.split(';').map((word) => word.trim().toLowerCase());
    const weight = params.find((param) => param.startsWith('q='))?.slice(2);
    return [name, weight === undefined ? 1 : Number(weight)] as const;
  }));
  return (weights.get('gzip') ?? weights.get('*') ?? 0) > 0;
}

/** RFC 9110, 13.1.2: compared weakly, since a cache may have weakened it. */
function matches(given: string | undefined, etag: string): boolean {
  return given?.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag) ?? false;
}
