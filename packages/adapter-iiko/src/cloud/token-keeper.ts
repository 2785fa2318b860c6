import { elapsed, instant, raceAbort, type Clock, type Instant, type Secret } from '@tillbridge/core';
import type { HttpAnswer } from '../http/index.js';
import { TOKEN_PATHS } from './operations.js';

export type CloudLogin =
  /** iikoWeb, "API logins"; the contract calls it deprecated. */
  | { readonly version: 'v1'; readonly apiLogin: Secret }
  /** `appId` and `clientSecret` of the developer portal, `apiKey` of iikoWeb, "Integrations". */
  | { readonly version: 'v2'; readonly appId: string; readonly clientSecret: Secret; readonly apiKey: Secret };

/** Of both token calls. */
const LIFETIME_MS = 3_600_000;
/** How long before its end a token is replaced, and not used any more. */
const REFRESH_MS = 300_000;
const SPARE_MS = 30_000;

/** `circuitOpen`: nothing was sent, the service is left alone for a while. */
export type Posted = HttpAnswer | 'circuitOpen';

export type TokenAnswer = { readonly ok: true; readonly token: string } | { readonly ok: false; readonly posted: Posted };

interface Token {
  readonly text: string;
  readonly lifetimeMs: number;
  readonly since: Instant;
}

/** Posts to a path of the service, without a token. */
export type Post = (path: string, body: object, signal: AbortSignal) => Promise<Posted>;

/** One token for all requests, replaced before it ends. There is no call that prolongs one. */
export class TokenKeeper {
  readonly #login: CloudLogin;
  readonly #post: Post;
  readonly #clock: Clock;
  readonly #closing: AbortSignal;
  #token: Token | undefined;
  #fetching: Promise<TokenAnswer> | undefined;

  constructor(login: CloudLogin, post: Post, clock: Clock, closing: AbortSignal) {
    this.#login = login;
    this.#post = post;
    this.#clock = clock;
    this.#closing = closing;
  }

  async get(signal: AbortSignal): Promise<TokenAnswer> {
    const token = this.#token;
    const left = token === undefined ? 0 : token.lifetimeMs - elapsed(this.#clock, token.since);
    if (token !== undefined && left > REFRESH_MS) return { ok: true, token: token.text };
    const fetched = await raceAbort(this.#fetch(), signal, (): TokenAnswer => ({ ok: false, posted: { answered: false, problem: 'aborted', sent: false } }));
    // one that still holds is better than none
    return !fetched.ok && token !== undefined && this.#token === token && left > SPARE_MS ? { ok: true, token: token.text } : fetched;
  }

  /** The service does not take this one any more. */
  drop(token: string): void {
    if (this.#token?.text === token) this.#token = undefined;
  }

  /** One request at a time, whoever asks. */
  #fetch(): Promise<TokenAnswer> {
    this.#fetching ??= this.#ask().finally(() => (this.#fetching = undefined));
    return this.#fetching;
  }

  async #ask(): Promise<TokenAnswer> {
    const since = instant(this.#clock);
    const posted = await this.#post(TOKEN_PATHS[this.#login.version], bodyOf(this.#login), this.#closing);
    const text = posted !== 'circuitOpen' && posted.answered && posted.status === 200 ? tokenOf(posted.body) : undefined;
    if (text === undefined) return { ok: false, posted };
    this.#token = { text, lifetimeMs: lifetimeOf(text), since };
    return { ok: true, token: text };
  }
}

function bodyOf(login: CloudLogin): object {
  if (login.version === 'v1') return { apiLogin: login.apiLogin.reveal() };
  return { appId: login.appId, clientSecret: login.clientSecret.reveal(), apiKey: login.apiKey.reveal() };
}

/** What fits into a header. */
function tokenOf(body: unknown): string | undefined {
  const token: unknown = typeof body === 'object' && body !== null && 'token' in body ? body.token : undefined;
  return typeof token === 'string' && /^[\x21-\x7e]{1,8192}$/.test(token) ? token : undefined;
}

/** Where the token is a JWT that names both its ends, the time between them: our clock and the service's need not agree. */
function lifetimeOf(token: string): number {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    if (typeof claims !== 'object' || claims === null || !('exp' in claims) || !('iat' in claims)) return LIFETIME_MS;
    const { exp, iat } = claims;
    const ms = typeof exp === 'number' && typeof iat === 'number' ? (exp - iat) * 1000 : LIFETIME_MS;
    return ms > 0 ? Math.min(ms, LIFETIME_MS) : LIFETIME_MS;
  } catch {
    return LIFETIME_MS;
  }
}
