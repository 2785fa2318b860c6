import { CircuitBreaker, type Clock } from '@tillbridge/core';
import type { z } from 'zod';
import { JsonHttp, type HttpAnswer } from '../http/index.js';
import { judge, tokenProblem, type CloudAnswer } from './judge.js';
import { PATIENCE, PathLimits } from './limits.js';
import { OPERATIONS, type CloudOperationName } from './operations.js';
import { TokenKeeper, type CloudLogin, type Posted } from './token-keeper.js';

export interface CloudClientOptions {
  /** Such as https://api-ru.iiko.services or https://api-eu.syrve.live. */
  readonly url: URL;
  readonly login: CloudLogin;
  readonly clock: Clock;
  /** 0 <= x < 1. */
  readonly random: () => number;
  /** Budget of one request in milliseconds; the service is told to give up a little earlier. Default 8000. */
  readonly timeoutMs?: number;
}

export const DEFAULT_TIMEOUT_MS = 8000;
/** How much earlier than we the service shall give up, in ms: its 408 says more than our silence. */
const EARLIER_MS = 500;

const ABORTED: HttpAnswer = { answered: false, problem: 'aborted', sent: false };

type Authorised = { readonly posted: Posted; readonly token: string } | { readonly noToken: Posted };

/** Asks iikoCloud. Never rejects; repeats nothing but a request whose token was refused, once. */
export class CloudClient {
  readonly #options: CloudClientOptions;
  readonly #http: JsonHttp;
  readonly #closing = new AbortController();
  readonly #tokens: TokenKeeper;
  readonly #limits: PathLimits;
  readonly #breaker: CircuitBreaker;

  constructor(options: CloudClientOptions) {
    const { clock, random, login } = options;
    this.#options = options;
    this.#http = new JsonHttp(clock);
    this.#limits = new PathLimits(clock);
    this.#breaker = new CircuitBreaker(clock, random, PATIENCE);
    this.#tokens = new TokenKeeper(login, (path, body, signal) => this.#post(path, body, {}, signal), clock, this.#closing.signal);
  }

  /** `schema` reads what we need of a good answer; one that it does not take is a bad answer. */
  async call<S extends z.ZodType>(name: CloudOperationName, body: object, schema: S, signal: AbortSignal): Promise<CloudAnswer<z.output<S>>> {
    const { path, limit } = OPERATIONS[name];
    const stop = AbortSignal.any([signal, this.#closing.signal]);
    await this.#limits.turn(limit, stop);
    let answer = await this.#authorised(path, body, stop);
    if ('token' in answer && isStatus(answer.posted, 401)) {
      // it may have ended a moment ago, or been made void; a fresh one that is refused too means a missing right
      this.#tokens.drop(answer.token);
      answer = await this.#authorised(path, body, stop);
    }
    if ('noToken' in answer) return { ok: false, problem: tokenProblem(answer.noToken), sent: false, codes: [] };
    return judge(answer.posted, schema);
  }

  /** Gets the token that a request will need. Never rejects. */
  async warm(): Promise<void> {
    if (!this.#closing.signal.aborted && this.#breaker.state === 'closed') await this.#tokens.get(this.#closing.signal);
  }

  close(): void {
    this.#closing.abort();
    this.#http.close();
  }

  async #authorised(path: string, body: object, signal: AbortSignal): Promise<Authorised> {
    if (signal.aborted) return { noToken: ABORTED };
    const token = await this.#tokens.get(signal);
    if (!token.ok) return { noToken: token.posted };
    return { posted: await this.#post(path, body, { authorization: `Bearer ${token.token}` }, signal), token: token.token };
  }

  async #post(path: string, body: object, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Posted> {
    const { url, timeoutMs = DEFAULT_TIMEOUT_MS } = this.#options;
    if (!this.#breaker.allows()) return 'circuitOpen';
    const timeout = String(Math.max(1, Math.floor((timeoutMs - EARLIER_MS) / 1000)));
    const answer = await this.#http.send({ method: 'POST', url: new URL(path, url), headers: { ...headers, timeout }, body, timeoutMs }, signal);
    this.#note(answer);
    return answer;
  }

  #note(answer: HttpAnswer): void {
    if (!answer.answered) this.#breaker.note(answer.problem === 'aborted' ? 'gaveUp' : 'failed');
    else if (answer.status === 429) this.#breaker.note('tooMany', answer.retryAfterMs);
    else this.#breaker.note(answer.status >= 500 || answer.status === 408 ? 'failed' : 'answered');
  }
}

function isStatus(posted: Posted, status: number): boolean {
  return posted !== 'circuitOpen' && posted.answered && posted.status === status;
}
