import { deadline, type Clock, type Secret } from '@tillbridge/core';
import { z } from 'zod';
import { JsonHttp, type HttpAnswer, type HttpProblem, type HttpRequest } from '../http/index.js';

/** How iikoCard finds a guest, as its POS server numbers it (the same numbers as `SearchScope` of the iikoFront API). */
export const SEARCH_SCOPES = { phone: 1, cardNumber: 2, cardTrack: 4 } as const;
export type SearchScope = keyof typeof SEARCH_SCOPES;

export type PosProblem =
  | HttpProblem
  /** the token call refuses user or password */
  | 'login'
  /** fault reason 53: no such guest */
  | 'notFound'
  /** another fault, also with a new token */
  | 'fault'
  /** a status that says nothing about what was done */
  | 'serverError';

export type PosAnswer<T> =
  | { readonly ok: true; readonly value: T }
  /** `sent`: it may have been carried out. `fault`: the fault reason. */
  | { readonly ok: false; readonly problem: PosProblem; readonly sent: boolean; readonly fault?: number };

export interface PosServerOptions {
  /** Such as http://localhost:7001; on the till or on the main till. */
  readonly url: URL;
  /** Of the iikoCard POS API, not of the cloud. */
  readonly user: string;
  readonly password: Secret;
  /** Budget of one operation in milliseconds, a new token included: a cashier waits for it. Default 2500. */
  readonly timeoutMs?: number;
}

export const DEFAULT_POS_TIMEOUT_MS = 2500;
/** "Guest not found" in public plugins; the vendor publishes no list of fault reasons. */
const GUEST_NOT_FOUND = 53;

const TOKEN_PATH = '/api/v2/getAccessToken';
const WALLETS_PATH = '/api/v2/guests/userWallets';
const AUTHORIZE_PATH = '/api/v2/authorize';

const text = z.string().max(1024).nullish().transform((value) => value ?? undefined);
const walletsAnswer = z.object({ userData: z.object({ name: text, lastName: text, phone: text }) });
export type PosGuest = z.output<typeof walletsAnswer>['userData'];

type Refusal = Extract<PosAnswer<never>, { ok: false }>;

/**
 * The iikoCard POS server. There is no vendor reference: paths, the quoted token, the header and the faults are those of public plugins that
 * use it. Never rejects; repeats a refused request once, with a new token.
 */
export class PosServerClient {
  readonly #options: PosServerOptions;
  readonly #clock: Clock;
  readonly #http: JsonHttp;
  /** How long one holds is not documented: until it is refused. */
  #token: string | undefined;

  constructor(options: PosServerOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
    this.#http = new JsonHttp(clock);
  }

  /** Whose number it is. */
  async guest(credential: string, scope: SearchScope, signal: AbortSignal): Promise<PosAnswer<PosGuest>> {
    const answer = await this.#ask(WALLETS_PATH, { request: { authData: authData(credential, scope) } }, signal);
    if (!answer.ok) return answer;
    const parsed = walletsAnswer.safeParse(answer.value);
    return parsed.success ? { ok: true, value: parsed.data.userData } : { ok: false, problem: 'badAnswer', sent: true };
  }

  /** Puts a guest on an order of the till (`IOrder.Id`). That it says yes does not prove that it did. */
  async authorize(credential: string, scope: SearchScope, orderId: string, signal: AbortSignal): Promise<PosAnswer<undefined>> {
    const answer = await this.#ask(AUTHORIZE_PATH, { request: { authData: authData(credential, scope), orderId } }, signal);
    return answer.ok ? { ok: true, value: undefined } : answer;
  }

  /** Gets a token: whether the server is there and knows us. Changes nothing. */
  async login(signal: AbortSignal): Promise<PosAnswer<undefined>> {
    return this.#within(signal, async (stop) => {
      const token = await this.#login(stop);
      return typeof token === 'string' ? { ok: true, value: undefined } : token;
    });
  }

  close(): void {
    this.#http.close();
    this.#token = undefined;
  }

  #ask(path: string, body: object, signal: AbortSignal): Promise<PosAnswer<unknown>> {
    return this.#within(signal, async (stop) => {
      const known = this.#token;
      if (known !== undefined) {
        const first = await this.#post(path, body, known, stop);
        // every other fault may be an old token; one that refused has done nothing
        if (first.ok || first.problem !== 'fault') return first;
        this.#token = undefined;
      }
      const token = await this.#login(stop);
      if (typeof token !== 'string') return token;
      const answer = await this.#post(path, body, token, stop);
      if (!answer.ok && answer.problem === 'fault') this.#token = undefined;
      return answer;
    });
  }

  /** One budget for all that an operation needs. */
  async #within<T>(signal: AbortSignal, work: (stop: AbortSignal) => Promise<PosAnswer<T>>): Promise<PosAnswer<T>> {
    const limit = deadline(this.#clock, this.#options.timeoutMs ?? DEFAULT_POS_TIMEOUT_MS, signal);
    try {
      const answer = await work(limit.signal);
      return !answer.ok && answer.problem === 'aborted' && limit.signal.aborted && !signal.aborted ? { ...answer, problem: 'timeout' } : answer;
    } finally {
      limit.dispose();
    }
  }

  async #login(signal: AbortSignal): Promise<string | Refusal> {
    const url = new URL(TOKEN_PATH, this.#options.url);
    // the password stands in the address there: the address is never shown or logged
    url.searchParams.set('userName', this.#options.user);
    url.searchParams.set('password', this.#options.password.reveal());
    const answer = await this.#send({ method: 'GET', url }, signal);
    if (!answer.answered) return { ok: false, problem: answer.problem, sent: false };
    const { status, body } = answer;
    if (status === 200 && typeof body === 'string' && /^[\x21-\x7e]{1,4096}$/.test(body)) return (this.#token = body);
    const refused = status === 400 || status === 401 || status === 403 || faultOf(body) !== undefined;
    return { ok: false, problem: refused ? 'login' : status < 300 ? 'badAnswer' : 'serverError', sent: false };
  }

  async #post(path: string, body: object, token: string, signal: AbortSignal): Promise<PosAnswer<unknown>> {
    const answer = await this.#send({ method: 'POST', url: new URL(path, this.#options.url), headers: { accesstoken: token }, body }, signal);
    if (!answer.answered) return { ok: false, problem: answer.problem, sent: answer.sent };
    const fault = faultOf(answer.body);
    if (answer.status < 300 && fault === undefined) return { ok: true, value: answer.body };
    if (fault === GUEST_NOT_FOUND) return { ok: false, problem: 'notFound', sent: false, fault };
    if (fault !== undefined || answer.status === 401 || answer.status === 403) return { ok: false, problem: 'fault', sent: false, ...(fault === undefined ? {} : { fault }) };
    return { ok: false, problem: 'serverError', sent: true };
  }

  #send(request: Omit<HttpRequest, 'timeoutMs'>, signal: AbortSignal): Promise<HttpAnswer> {
    return this.#http.send({ ...request, timeoutMs: this.#options.timeoutMs ?? DEFAULT_POS_TIMEOUT_MS }, signal);
  }
}

function authData(credential: string, scope: SearchScope): object {
  return { credential, searchScope: SEARCH_SCOPES[scope] };
}

function faultOf(body: unknown): number | undefined {
  const reason: unknown = typeof body === 'object' && body !== null && 'FaultReason' in body ? body.FaultReason : undefined;
  return typeof reason === 'number' && Number.isInteger(reason) ? reason : undefined;
}
