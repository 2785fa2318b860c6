import { createHash, randomBytes } from 'node:crypto';

/** A server's challenge (RFC 7616, 3.3). */
export interface DigestChallenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  readonly algorithm: 'MD5' | 'MD5-sess' | 'SHA-256' | 'SHA-256-sess';
  /** False: a server of RFC 2069, without `qop`. */
  readonly qop: boolean;
  readonly stale: boolean;
}

const ALGORITHMS = ['SHA-256', 'SHA-256-sess', 'MD5', 'MD5-sess'] as const;

/** The strongest challenge that we can answer; undefined where there is none. `auth-int` alone is not answered. */
export function digestChallenge(headers: readonly string[]): DigestChallenge | undefined {
  const challenges = headers.flatMap(splitChallenges).flatMap((text) => one(text) ?? []);
  return challenges.sort((a, b) => ALGORITHMS.indexOf(a.algorithm) - ALGORITHMS.indexOf(b.algorithm))[0];
}

/** Several challenges may stand in one header, behind commas. */
const splitChallenges = (header: string): readonly string[] => (header.length > 4000 ? [] : header.split(/,\s*(?=(?:digest|basic|bearer|negotiate|ntlm)\b)/i));

function one(text: string): DigestChallenge | undefined {
  const rest = /^\s*digest\s+(.*)$/is.exec(text)?.[1];
  if (rest === undefined) return undefined;
  const params = new Map<string, string>();
  for (const [, name = '', quoted, token] of rest.matchAll(/([a-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/gi)) {
    params.set(name.toLowerCase(), quoted === undefined ? (token ?? '') : quoted.replace(/\\(.)/g, '$1'));
  }
  const named = params.get('algorithm') ?? 'MD5';
  const algorithm = ALGORITHMS.find((known) => known.toLowerCase() === named.toLowerCase());
  const nonce = params.get('nonce');
  const qop = params.get('qop');
  const offersAuth = qop === undefined || qop.split(',').some((each) => each.trim().toLowerCase() === 'auth');
  if (algorithm === undefined || nonce === undefined || !offersAuth) return undefined;
  return { realm: params.get('realm') ?? '', nonce, opaque: params.get('opaque'), algorithm, qop: qop !== undefined, stale: params.get('stale')?.toLowerCase() === 'true' };
}

export interface DigestRequest {
  readonly method: string;
  /** Path and query as they stand in the request line. */
  readonly uri: string;
  /** How often this nonce was used, this time included. */
  readonly count: number;
  readonly cnonce?: string;
}

/** The `Authorization` of one request (RFC 7616, 3.4). */
export function digestHeader(challenge: DigestChallenge, user: string, password: string, request: DigestRequest): string {
  const { realm, nonce, algorithm, qop, opaque } = challenge;
  const hash = (text: string): string => createHash(algorithm.startsWith('MD5') ? 'md5' : 'sha256').update(text, 'utf8').digest('hex');
  const cnonce = request.cnonce ?? randomBytes(12).toString('hex');
  const nc = request.count.toString(16).padStart(8, '0');
  const secret = hash(`${user}:${realm}:${password}`);
  const a1 = algorithm.endsWith('-sess') ? hash(`${secret}:${nonce}:${cnonce}`) : secret;
  const a2 = hash(`${request.method}:${request.uri}`);
  const response = hash(qop ? `${a1}:${nonce}:${nc}:${cnonce}:auth:${a2}` : `${a1}:${nonce}:${a2}`);
  const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
  const parts = [
    `username=${quoted(user)}`, `realm=${quoted(realm)}`, `nonce=${quoted(nonce)}`, `uri=${quoted(request.uri)}`, `algorithm=${algorithm}`, `response="${response}"`,
    ...(qop ? ['qop=auth', `nc=${nc}`, `cnonce="${cnonce}"`] : algorithm.endsWith('-sess') ? [`cnonce="${cnonce}"`] : []),
    ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
  ];
  return `Digest ${parts.join(', ')}`;
}
