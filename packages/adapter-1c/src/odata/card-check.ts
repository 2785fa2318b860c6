import { deadline, TillbridgeError, type Clock, type ProbeRow, type Secret } from '@tillbridge/core';
import type { Dispatcher, request } from 'undici';
import { readAnswer, type CardAnswer } from './answer.js';
import { queryUrl, type CardQuery } from './query.js';

export interface CardCheckOptions extends CardQuery {
  readonly till: string;
  readonly user: string;
  readonly password: Secret;
  /** Time for one answer, in ms. */
  readonly timeoutMs: number;
}

interface Client {
  readonly dispatcher: Dispatcher;
  readonly request: typeof request;
}

/** Longest answer that is read, in bytes: two rows of two attributes. */
const MAX_ANSWER = 65_536;
/** After a failure cards go unchecked for this long, in ms: a server that is down must not cost every card its budget. */
const REST_MS = 30_000;

/** Looks for a card in the catalogue over the standard OData interface. Reads only; server side, so it never reaches an open receipt. */
export class CardCheck {
  readonly #options: CardCheckOptions;
  readonly #clock: Clock;
  #agent: Promise<Client> | undefined;
  #restUntil = -Infinity;

  constructor(options: CardCheckOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
  }

  /** Loads the HTTP client: a card should not wait for that. */
  prepare(): Promise<Client> {
    this.#agent ??= connectAgent();
    return this.#agent;
  }

  /** `undefined` while the interface is left alone after a failure. Never rejects. */
  async look(code: string, signal: AbortSignal): Promise<CardAnswer | undefined> {
    if (this.#clock.mono() < this.#restUntil) return undefined;
    const answer = await this.#ask(code, signal);
    if ('failed' in answer && !signal.aborted) this.#restUntil = this.#clock.mono() + REST_MS;
    return answer;
  }

  /** Whether the catalogue can be read, without asking for any card. */
  async probe(signal: AbortSignal): Promise<ProbeRow> {
    const id = `till.${this.#options.till}.odata`;
    const { host } = new URL(this.#options.url);
    const answer = await this.#ask(undefined, signal);
    if ('found' in answer) return { level: 'ok', id, text: `${host} answers for ${this.#options.entity}` };
    const error = this.error(answer);
    // cards go to 1C unchecked meanwhile: no sale stops
    return { level: 'warn', id, text: error.text('en'), remedy: error.remedy('en') };
  }

  error({ failed, problem }: Extract<CardAnswer, { readonly failed: string }>): TillbridgeError {
    const { till, entity, field, url } = this.#options;
    const { host } = new URL(url);
    if (failed === 'auth') return new TillbridgeError('TB_TILL_ONEC_ODATA_AUTH', { till, host, problem });
    if (failed === 'entity') return new TillbridgeError('TB_TILL_ONEC_ODATA_ENTITY', { till, host, entity, field });
    return new TillbridgeError('TB_TILL_ONEC_ODATA', { till, host, problem });
  }

  async close(): Promise<void> {
    const agent = await this.#agent;
    await agent?.dispatcher.destroy();
  }

  async #ask(code: string | undefined, signal: AbortSignal): Promise<CardAnswer> {
    const { user, password, timeoutMs } = this.#options;
    // loading it is no answer's time
    const client = await this.prepare();
    const limit = deadline(this.#clock, timeoutMs, signal);
    try {
      const authorization = `Basic ${Buffer.from(`${user}:${password.reveal()}`).toString('base64')}`;
      const answer = await client.request(queryUrl(this.#options, code), { dispatcher: client.dispatcher, signal: limit.signal, headers: { authorization, accept: 'application/json' } });
      return readAnswer(answer.statusCode, await boundedText(answer.body));
    } catch {
      return { failed: 'answer', problem: limit.signal.aborted ? 'timeout' : 'notConnected' };
    } finally {
      limit.dispose();
    }
  }
}

/** Loaded by a till that is opened with a catalogue to look into: other daemons do without it. */
async function connectAgent(): Promise<Client> {
  const undici = await import('undici');
  return { dispatcher: new undici.Agent({ connections: 2 }), request: undici.request };
}

async function boundedText(body: Dispatcher.ResponseData['body']): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_ANSWER) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
