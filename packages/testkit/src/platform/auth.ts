import { createHash, randomBytes } from 'node:crypto';
import type { PlatformCall } from './call.js';
import { nothing, type PlatformReply } from './reply.js';
import type { PlatformWorld } from './world.js';

/** How a platform knows its callers. */
export interface PlatformAuth {
  /** undefined: come in. */
  check(call: PlatformCall): PlatformReply | undefined;
  /** What a refusal looks like. `stale`: the credentials are right and too old, where the platform knows that. */
  refuse(call: PlatformCall, stale?: boolean): PlatformReply;
  /** What was given out is void from now on. */
  expire(): void;
}

const same = (a: string | undefined, b: string): boolean => a === b;

/** One header that has to be this, to the letter. */
export function headerAuth(name: string, values: readonly string[], refusal: PlatformReply = nothing(401)): PlatformAuth {
  return {
    check: (call) => (values.some((value) => same(call.header(name), value)) ? undefined : refusal),
    refuse: () => refusal,
    expire: () => undefined,
  };
}

export function basicAuth(user: string, password: string, refusal: PlatformReply = nothing(401, { 'www-authenticate': 'Basic realm="api"' })): PlatformAuth {
  return headerAuth('authorization', [`Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`], refusal);
}

/** Tokens that a login gives out. `headerOf` takes the token out of a call. */
export class TokenAuth implements PlatformAuth {
  readonly #world: PlatformWorld;
  readonly #headerOf: (call: PlatformCall) => string | undefined;
  readonly #refusal: PlatformReply;
  readonly #tokens = new Map<string, number>();
  /** How long a token lives, in milliseconds. */
  lifeMs: number;

  constructor(world: PlatformWorld, headerOf: (call: PlatformCall) => string | undefined, refusal: PlatformReply, lifeMs: number) {
    this.#world = world;
    this.#headerOf = headerOf;
    this.#refusal = refusal;
    this.lifeMs = lifeMs;
  }

  issue(): { readonly token: string; readonly expiresAt: number } {
    const token = randomBytes(24).toString('hex');
    const expiresAt = this.#world.now() + this.lifeMs;
    this.#tokens.set(token, expiresAt);
    return { token, expiresAt };
  }

  check(call: PlatformCall): PlatformReply | undefined {
    const token = this.#headerOf(call);
    const until = token === undefined ? undefined : this.#tokens.get(token);
    return until !== undefined && until > this.#world.now() ? undefined : this.#refusal;
  }

  refuse(): PlatformReply {
    return this.#refusal;
  }

  expire(): void {
    this.#tokens.clear();
  }
}

export interface DigestOptions {
  readonly user: string;
  readonly password: string;
  readonly realm?: string;
  readonly algorithm?: 'MD5' | 'SHA-256';
  /** How long a nonce is good, in milliseconds. */
  readonly nonceMs?: number;
  /** A nonce is good for so many requests, then a new one is wanted. */
  readonly nonceUses?: number;
}

/** RFC 7616, `qop=auth`: nonces that wear out, `stale=true` for those, and a count that may not be used twice. */
export class DigestAuth implements PlatformAuth {
  readonly #world: PlatformWorld;
  readonly #options: Required<DigestOptions>;
  readonly #nonces = new Map<string, { readonly until: number; readonly counts: Set<string> }>();

  constructor(world: PlatformWorld, { realm = 'api', algorithm = 'MD5', nonceMs = 60_000, nonceUses = 1000, ...rest }: DigestOptions) {
    this.#world = world;
    this.#options = { ...rest, realm, algorithm, nonceMs, nonceUses };
  }

  check(call: PlatformCall): PlatformReply | undefined {
    const given = parametersOf(call.header('authorization'));
    if (given === undefined) return this.refuse(call);
    const { user, password, realm, nonceUses } = this.#options;
    const { username, nonce = '', uri = '', response, qop = '', nc = '', cnonce = '' } = given;
    if (username !== user || given['realm'] !== realm || !uri.endsWith(call.target) || qop !== 'auth' || !/^[\da-f]{8}$/i.test(nc) || cnonce === '') return this.refuse(call);
    const expected = this.#hash(`${this.#hash(`${user}:${realm}:${password}`)}:${nonce}:${nc}:${cnonce}:${qop}:${this.#hash(`${call.method}:${uri}`)}`);
    if (!same(response, expected)) return this.refuse(call);
    const known = this.#nonces.get(nonce);
    if (known === undefined || known.until <= this.#world.now() || known.counts.size >= nonceUses || known.counts.has(nc)) return this.refuse(call, true);
    known.counts.add(nc);
    return undefined;
  }

  refuse(_call: PlatformCall, stale = false): PlatformReply {
    const { realm, algorithm, nonceMs } = this.#options;
    const nonce = randomBytes(16).toString('hex');
    this.#nonces.set(nonce, { until: this.#world.now() + nonceMs, counts: new Set() });
    return nothing(401, { 'www-authenticate': `Digest realm="${realm}", qop="auth", algorithm=${algorithm}, nonce="${nonce}", opaque="${realm}"${stale ? ', stale=true' : ''}` });
  }

  expire(): void {
    this.#nonces.clear();
  }

  #hash(text: string): string {
    return createHash(this.#options.algorithm === 'MD5' ? 'md5' : 'sha256').update(text).digest('hex');
  }
}

function parametersOf(header: string | undefined): Record<string, string | undefined> | undefined {
  if (header === undefined || !/^Digest /i.test(header)) return undefined;
  return Object.fromEntries([...header.slice(7).matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]*))/g)].map(([, name = '', quoted, plain]) => [name.toLowerCase(), quoted ?? plain ?? '']));
}
