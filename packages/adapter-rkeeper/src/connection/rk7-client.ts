import type { Clock, Secret } from '@tillbridge/core';
import { readAnswer, Rk7NotAnAnswer, type Rk7Answer } from '../rk7/answer.js';
import type { Rk7Query } from '../rk7/commands.js';
import { exchange, type ExchangeProblem } from './exchange.js';
import { plainAgent, TrustedAgent, type AnyAgent, type TrustOptions } from './trusted-agent.js';

export type Asked =
  | { readonly answered: true; readonly answer: Rk7Answer }
  | { readonly answered: false; readonly problem: ExchangeProblem; readonly sent: boolean; readonly detail?: string };

export interface Rk7ClientOptions extends TrustOptions {
  readonly url: URL;
  readonly user: string;
  readonly password: Secret;
  readonly clock: Clock;
  /** Budget of a query that only reads, in milliseconds. Default 10,000. */
  readonly readTimeoutMs?: number;
  /** Budget of a query that changes something, in milliseconds. The card system may take up to its own call timeout, 120 s. Default 30,000. */
  readonly changeTimeoutMs?: number;
}

export const DEFAULT_READ_MS = 10_000;
export const DEFAULT_CHANGE_MS = 30_000;

/** Where the cash server's XML interface answers, unless the address says otherwise. */
export const XML_PATH = '/rk7api/v0/xmlinterface.xml';

/** Asks one cash server, one query at a time or a few; has at most six connections, and keeps one. */
export class Rk7Client {
  readonly #options: Rk7ClientOptions;
  readonly #agent: AnyAgent;

  constructor(options: Rk7ClientOptions) {
    this.#options = options;
    this.#agent = options.url.protocol === 'https:' ? new TrustedAgent(options) : plainAgent();
  }

  /** Never rejects, never repeats. */
  async ask(query: Rk7Query, signal: AbortSignal): Promise<Asked> {
    const { url, user, password, clock, readTimeoutMs = DEFAULT_READ_MS, changeTimeoutMs = DEFAULT_CHANGE_MS } = this.#options;
    const timeoutMs = query.changes ? changeTimeoutMs : readTimeoutMs;
    const exchanged = await exchange(query.body, { url, credentials: { user, password }, clock, timeoutMs, agent: this.#agent, signal });
    if (!exchanged.ok) {
      const { problem, sent, detail } = exchanged;
      return { answered: false, problem, sent, ...(detail === undefined ? {} : { detail }) };
    }
    try {
      return { answered: true, answer: readAnswer(exchanged.root) };
    } catch (error) {
      if (!(error instanceof Rk7NotAnAnswer)) throw error;
      return { answered: false, problem: 'badAnswer', sent: true, detail: 'otherDocument' };
    }
  }

  close(): void {
    this.#agent.destroy();
  }
}
