import { deadline, parseIsoTime, raceAbort, type Clock } from '@tillbridge/core';
import { compilePath, type TreePath } from '../answer-tree.js';
import type { AuthDefinition } from '../auth-schema.js';
import type { Exchange, RawAnswer } from '../connection.js';
import { compileRules, firstThatHolds, type Answer, type CompiledRule } from '../judge.js';
import { readAnswer } from '../read-answer.js';
import { compileRequest, writeRequest, type CompiledRequest, type WrittenRequest } from '../request.js';
import type { RuleConditions } from '../response-schema.js';
import { compileTemplateText, percentEncoded, renderTemplateText, type Template, type Values } from '../template.js';
import { momentValues } from '../values.js';
import { pick } from '../verdict.js';
import type { Authoriser, Pass } from './authoriser.js';

export interface LoginPorts {
  readonly clock: Clock;
  /** Sends the login itself, without a token. */
  readonly exchange: (request: WrittenRequest, signal: AbortSignal) => Promise<Exchange>;
  /** Budget of one login, in ms. */
  readonly timeoutMs: number;
}

type LoginDefinition = Extract<AuthDefinition, { readonly type: 'login' }>;

interface Token {
  readonly text: string;
  /** Monotonic time from which it is not used any more. */
  readonly until: number;
}

/** A token is given up this long before its end, in ms, so that none dies on its way. */
const EARLY_MS = 5000;
/** A login that was refused is not tried again for so long, in ms: platforms block who goes on asking. */
const REFUSED_MS = 5000;

/** `{{vars.NAME}}` alone stands for all members of that list. */
function listOf(text: string, values: Values): readonly string[] | undefined {
  const name = /^\{\{(vars\.[A-Za-z][A-Za-z0-9]*)\}\}$/.exec(text)?.[1];
  return name === undefined ? [text] : values(name)?.split(',');
}

/** Logs in when there is no token that holds, once for all who wait, and once more when a request is refused. */
export class LoginAuthoriser implements Authoriser {
  readonly #definition: LoginDefinition;
  readonly #values: Values;
  readonly #ports: LoginPorts;
  readonly #request: CompiledRequest;
  readonly #tokenPath: TreePath;
  readonly #refreshOn: readonly CompiledRule<RuleConditions>[];
  readonly #header: Template | undefined;
  #token: Token | undefined;
  #login: Promise<Token | string> | undefined;
  #refusedUntil = 0;

  constructor(definition: LoginDefinition, values: Values, ports: LoginPorts) {
    this.#definition = definition;
    this.#values = values;
    this.#ports = ports;
    this.#request = compileRequest(definition.request);
    this.#tokenPath = compilePath(definition.token) ?? { text: definition.token, steps: [definition.token] };
    this.#refreshOn = compileRules(definition.refreshOn, (text) => listOf(text, values));
    this.#header = definition.use.in === 'header' ? compileTemplateText(definition.use.value) : undefined;
  }

  async pass(_request: WrittenRequest, signal: AbortSignal): Promise<Pass> {
    const token = await this.#holding(signal);
    return typeof token === 'string' ? { ok: false, reason: token } : this.#passOf(token.text);
  }

  refused(answer: RawAnswer, pass: Pass): boolean {
    const used = pass.ok ? pass.of : undefined;
    const read = readAnswer(answer, this.#definition.format, []);
    if (used === undefined || firstThatHolds(this.#refreshOn, read) === undefined) return false;
    if (this.#token?.text === used) this.#token = undefined;
    return true;
  }

  async #holding(signal: AbortSignal): Promise<Token | string> {
    const { clock } = this.#ports;
    if (this.#token !== undefined && clock.mono() < this.#token.until) return this.#token;
    if (clock.mono() < this.#refusedUntil) return 'authError';
    this.#login ??= this.#logIn().finally(() => {
      this.#login = undefined;
    });
    // the login goes on for the others when one of them gives up
    return raceAbort(this.#login, signal, () => 'timeout');
  }

  async #logIn(): Promise<Token | string> {
    const { clock, exchange, timeoutMs } = this.#ports;
    const request = writeRequest(this.#request, momentValues(clock, this.#values));
    if (request === undefined) return 'secretUnusable';
    const budget = deadline(clock, timeoutMs);
    try {
      const exchanged = await exchange(request, budget.signal);
      if (!exchanged.answered) return exchanged.problem === 'aborted' ? 'timeout' : exchanged.problem;
      const answer = readAnswer(exchanged.answer, this.#definition.format, []);
      if (answer.status >= 500 || answer.status === 408 || answer.status === 429) return `login${answer.status}`;
      // the page of a proxy, or nothing: no word about the key
      if (answer.status < 400 && answer.tree === undefined) return 'loginUnreadable';
      const text = answer.status < 300 ? pick(answer.tree, [this.#tokenPath])?.text : undefined;
      if (text === undefined) {
        this.#refusedUntil = clock.mono() + REFUSED_MS;
        return 'authError';
      }
      this.#token = { text, until: clock.mono() + this.#life(answer) };
      return this.#token;
    } finally {
      budget.dispose();
    }
  }

  #life({ tree }: Answer): number {
    const { expires, lifeMs } = this.#definition;
    const path = expires === undefined ? undefined : compilePath(expires.path);
    const text = path === undefined ? undefined : pick(tree, [path])?.text;
    const left = expires === undefined || text === undefined ? lifeMs : this.#left(text, expires.unit);
    if (!Number.isFinite(left) || left <= 0) return lifeMs;
    return Math.max(left / 2, left - EARLY_MS);
  }

  #left(text: string, unit: NonNullable<LoginDefinition['expires']>['unit']): number {
    const wall = this.#ports.clock.wall();
    switch (unit) {
      case 'ttlSeconds':
        return Number(text) * 1000;
      case 'ttlMs':
        return Number(text);
      case 'epochSeconds':
        return Number(text) * 1000 - wall;
      case 'epochMs':
        return Number(text) - wall;
      case 'iso':
        return (parseIsoTime(text) ?? NaN) - wall;
    }
  }

  #passOf(token: string): Pass {
    const { use } = this.#definition;
    if (use.in === 'query') {
      const text = percentEncoded(token);
      return text === undefined ? { ok: false, reason: 'badToken' } : { ok: true, headers: {}, query: `${percentEncoded(use.name) ?? ''}=${text}`, of: token };
    }
    const values: Values = (name) => (name === 'token' ? token : this.#values(name));
    const text = this.#header === undefined ? undefined : renderTemplateText(this.#header, values, 'header');
    return text === undefined ? { ok: false, reason: 'badToken' } : { ok: true, headers: { [use.name.toLowerCase()]: text }, of: token };
  }
}
