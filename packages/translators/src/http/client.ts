import { CircuitBreaker, deadline, sleep, type BreakerState, type Clock } from '@tillbridge/core';
import { createAuthoriser, type Authoriser, type Pass } from './auth/authoriser.js';
import type { CompiledPlatform } from './compile.js';
import { Connection, type Exchange, type RawAnswer } from './connection.js';
import { Gate } from './gate.js';
import type { Answer } from './judge.js';
import { readAnswer } from './read-answer.js';
import type { WrittenRequest } from './request.js';
import type { AnswerFormat } from './response-schema.js';

export interface ClientOptions {
  readonly platform: CompiledPlatform;
  readonly clock: Clock;
  /** 0 to 1, for jitter. */
  readonly random: () => number;
  /** PEM certificates of who may sign the server's, beside the well-known ones. */
  readonly ca?: string;
  /** Overrides `limits.totalMs`, in ms. */
  readonly timeoutMs?: number;
}

export interface SendHow {
  readonly format: AnswerFormat;
  readonly contentTypes: readonly string[];
  /** Whether it may be sent again after a lost or a 5xx answer. */
  readonly repeat: boolean;
  /** Time for it in ms, where less is left than `timeoutMs`. */
  readonly budgetMs?: number;
}

/** What became of a request. `lost`: it may have arrived; `unsent`: it did not. Reasons are words of ours. */
export type Sent =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly tries: number }
  | { readonly kind: 'lost' | 'unsent'; readonly reason: string; readonly retryAfterMs?: number };

/** Five failures in a row, then 30 s of peace, then one that tries: 7.5 of nobody's contract, the cashier's patience. */
const PATIENCE = { failures: 5, firstPauseMs: 30_000, longestPauseMs: 120_000 } as const;
/** Without `Retry-After` the platform is left alone for so long after a 429, in ms. */
const QUIET_MS = 1000;
/** The longest pause before a repeat, in ms. */
const REPEAT_PAUSE_MS = 200;
/** A repeat with less time than this left is not begun, in ms. */
const REPEAT_NEEDS_MS = 100;
/** Refusals that a new token or nonce may mend: the challenge of a first request, and one that is stale by now. */
const MOST_RENEWALS = 2;

/** Asks one platform: logs in, keeps its limits, leaves it alone when it is ill. Everything within a budget; never rejects. */
export class PlatformClient {
  readonly platform: CompiledPlatform;
  readonly timeoutMs: number;
  readonly #options: ClientOptions;
  readonly #connection: Connection;
  readonly #gate: Gate;
  readonly #breaker: CircuitBreaker;
  readonly #auth: Authoriser;
  readonly #closing = new AbortController();
  #quietUntil = 0;

  /** @throws {TillbridgeError} area TRANSLATE where the way to log in is wrong */
  constructor(options: ClientOptions) {
    const { platform, clock, random, ca } = options;
    const { limits, auth } = platform.definition;
    this.platform = platform;
    this.timeoutMs = options.timeoutMs ?? limits.totalMs;
    this.#options = options;
    this.#connection = new Connection({
      baseUrl: platform.baseUrl,
      connectMs: Math.min(limits.connectMs, this.timeoutMs),
      maxBodyBytes: limits.maxBodyBytes,
      concurrent: limits.concurrent,
      ...(ca === undefined ? {} : { ca }),
    });
    this.#gate = new Gate(clock, { concurrent: limits.concurrent, perSecond: limits.perSecond, burst: limits.burst, waiting: limits.waiting });
    this.#breaker = new CircuitBreaker(clock, random, PATIENCE);
    this.#auth = createAuthoriser(auth, platform.values, { clock, timeoutMs: this.timeoutMs, exchange: (request, signal) => this.#connection.exchange(this.#below(request), signal) });
  }

  get breaker(): BreakerState {
    return this.#breaker.state;
  }

  /** Ends within `timeoutMs`, or as soon as `signal` aborts. */
  async send(request: WrittenRequest, how: SendHow, signal: AbortSignal): Promise<Sent> {
    const { clock } = this.#options;
    const quiet = this.#quietUntil - clock.mono();
    if (quiet > 0) return { kind: 'unsent', reason: 'rateLimited', retryAfterMs: Math.ceil(quiet) };
    // nobody stands in line for a platform that is left alone
    if (this.#breaker.pauseLeft > 0) return { kind: 'unsent', reason: 'circuitOpen', retryAfterMs: Math.ceil(this.#breaker.pauseLeft) };
    const timeMs = Math.max(0, Math.min(how.budgetMs ?? this.timeoutMs, this.timeoutMs));
    const budget = deadline(clock, timeMs, AbortSignal.any([signal, this.#closing.signal]));
    const until = clock.mono() + timeMs;
    try {
      const entry = await this.#gate.enter(until, budget.signal);
      if (entry.entry === 'late') return { kind: 'unsent', reason: 'rateLimited', retryAfterMs: entry.waitMs };
      if (entry.entry !== 'go') return { kind: 'unsent', reason: entry.entry === 'full' ? 'rateLimited' : gaveUp(signal) };
      try {
        return await this.#repeated(this.#below(request), how, until, budget.signal, signal);
      } finally {
        this.#gate.leave();
      }
    } finally {
      budget.dispose();
    }
  }

  /** Idempotent. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#connection.close();
  }

  async #repeated(request: WrittenRequest, how: SendHow, until: number, signal: AbortSignal, caller: AbortSignal): Promise<Sent> {
    const { clock, random } = this.#options;
    const { retry } = this.platform.definition;
    for (let tries = 1; ; tries += 1) {
      if (!this.#breaker.allows()) return { kind: 'unsent', reason: 'circuitOpen', retryAfterMs: Math.ceil(this.#breaker.pauseLeft) };
      const sent = await this.#once(request, how, signal, caller, tries);
      this.#note(sent, signal);
      if (tries > retry.times || !how.repeat || !worthRepeating(sent, retry.on)) return sent;
      const pause = REPEAT_PAUSE_MS * random();
      if (clock.mono() + pause + REPEAT_NEEDS_MS > until) return sent;
      await sleep(clock, pause, signal);
      if (signal.aborted) return sent;
    }
  }

  async #once(request: WrittenRequest, how: SendHow, signal: AbortSignal, caller: AbortSignal, tries: number): Promise<Sent> {
    for (let renewals = 0; ; renewals += 1) {
      const pass = await this.#auth.pass(request, signal);
      if (!pass.ok) return { kind: 'unsent', reason: signal.aborted ? gaveUp(caller) : pass.reason };
      const exchange = await this.#connection.exchange(withPass(request, pass), signal);
      if (!exchange.answered) return lost(exchange, caller);
      if (renewals < MOST_RENEWALS && this.#auth.refused(exchange.answer, pass)) continue;
      return { kind: 'answer', answer: this.#read(exchange.answer, how), tries };
    }
  }

  #read(raw: RawAnswer, { format, contentTypes }: SendHow): Answer {
    const answer = readAnswer(raw, format, contentTypes);
    if (answer.status === 429) this.#quietUntil = this.#options.clock.mono() + (answer.retryAfterMs ?? QUIET_MS);
    return answer;
  }

  #note(sent: Sent, signal: AbortSignal): void {
    if (sent.kind === 'answer') this.#breaker.note(sent.answer.status >= 500 || sent.answer.status === 408 ? 'failed' : 'answered');
    else if (sent.reason === 'aborted') this.#breaker.note('gaveUp');
    // a key that is refused is an answer, and no reason to be silent about it for half a minute
    else if (sent.reason === 'authError' || sent.reason === 'secretUnusable' || sent.reason === 'badToken') this.#breaker.note('answered');
    else this.#breaker.note(signal.aborted && sent.reason !== 'timeout' ? 'gaveUp' : 'failed');
  }

  /** What the base address has as a path stands in front of every call's. */
  #below(request: WrittenRequest): WrittenRequest {
    return { ...request, path: this.platform.baseUrl.pathname.replace(/\/+$/, '') + request.path };
  }
}

/** The giver of the scan does not want it any more, or the time is over. */
const gaveUp = (caller: AbortSignal): string => (caller.aborted ? 'aborted' : 'timeout');

function lost(exchange: Extract<Exchange, { readonly answered: false }>, caller: AbortSignal): Sent {
  const reason = exchange.problem === 'aborted' ? gaveUp(caller) : exchange.problem;
  return { kind: exchange.sent ? 'lost' : 'unsent', reason };
}

function worthRepeating(sent: Sent, on: readonly ('network' | '5xx')[]): boolean {
  if (sent.kind === 'answer') return sent.answer.status >= 500 && on.includes('5xx');
  return on.includes('network') && REPEATED.has(sent.reason);
}

/** A certificate does not become right within a second, and what took the whole time took it. */
const REPEATED: ReadonlySet<string> = new Set(['refused', 'connectTimeout', 'connectionLost', 'badAnswer']);

function withPass(request: WrittenRequest, pass: Extract<Pass, { readonly ok: true }>): WrittenRequest {
  const separator = request.path.includes('?') ? '&' : '?';
  const path = pass.query === undefined ? request.path : `${request.path}${separator}${pass.query}`;
  return { ...request, path, headers: { accept: ACCEPT, 'accept-encoding': 'identity', ...request.headers, ...pass.headers } };
}

const ACCEPT = 'application/json, text/xml;q=0.9, application/xml;q=0.9, */*;q=0.1';
