import { connect } from 'node:net';
import { Agent } from 'undici';
import {
  deadline,
  instant,
  outcome,
  TillbridgeError,
  type Adapter,
  type AdapterCapabilities,
  type Clock,
  type DeliveryRequest,
  type Inbound,
  type Log,
  type Outcome,
  type PartState,
  type ProbeRow,
} from '@tillbridge/core';
import { DEFAULT_TIMEOUT_MS, isUnprotected, parseUrl, type WebhookOptions } from './options.js';
import { post } from './post.js';
import { webhookRequest } from './request.js';

export interface WebhookContext {
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * A till that takes numbers by HTTP: each delivery is one signed POST with an idempotency key, never repeated.
 *
 * @throws {TillbridgeError} `TB_TILL_BAD_URL`
 */
export function createWebhook(options: WebhookOptions, context: WebhookContext): Adapter {
  return new Webhook(options, context);
}

class Webhook implements Adapter {
  readonly id: string;
  readonly capabilities: AdapterCapabilities = { goods: false, best: 'applied', verify: false };
  readonly #options: WebhookOptions;
  readonly #url: URL;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #closing = new AbortController();
  #agent: Agent | undefined;
  #inbound: Inbound | undefined;
  #state: PartState;

  constructor(options: WebhookOptions, context: WebhookContext) {
    this.id = options.id;
    this.#options = options;
    this.#url = parseUrl(options);
    this.#clock = context.clock;
    this.#log = context.log;
    this.#state = { status: 'closed', since: context.clock.wall() };
  }

  get state(): PartState {
    return this.#state;
  }

  open(inbound: Inbound, signal: AbortSignal): Promise<void> {
    if (this.#closing.signal.aborted || signal.aborted) return Promise.resolve();
    this.#inbound = inbound;
    this.#agent = new Agent({ connect: { timeout: this.#timeout }, pipelining: 1, connections: 2, maxHeaderSize: 16_384, keepAliveTimeout: 4000 });
    signal.addEventListener('abort', () => void this.close(), { once: true });
    this.#set('ready');
    return Promise.resolve();
  }

  async deliver(delivery: DeliveryRequest, signal: AbortSignal): Promise<Outcome> {
    const agent = this.#agent;
    if (agent === undefined) return outcome('failed', 'notOpen');
    if (delivery.expired()) return outcome('expired', 'notSent');
    const stop = AbortSignal.any([signal, this.#closing.signal]);
    const what = webhookRequest(delivery, this.#options.key, instant(this.#clock).wall);
    const result = await post(what, { url: this.#url, dispatcher: agent, clock: this.#clock, timeoutMs: this.#timeout, signal: stop });
    this.#reached(result);
    return result;
  }

  async probe(signal: AbortSignal): Promise<readonly ProbeRow[]> {
    const id = `till.${this.id}`;
    const rows: ProbeRow[] = [];
    const problem = await this.#tryConnect(signal);
    if (problem === undefined) rows.push({ level: 'ok', id, text: `${this.#url.host} accepts connections` });
    else {
      const error = new TillbridgeError('TB_TILL_UNREACHABLE', { till: this.id, host: this.#url.host, problem });
      rows.push({ level: 'fail', id, text: error.text('en'), remedy: error.remedy('en') });
    }
    if (isUnprotected(this.#url)) {
      rows.push({ level: 'warn', id, text: `numbers travel to ${this.#url.host} unencrypted`, remedy: 'use an https address' });
    }
    return rows;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const agent = this.#agent;
    this.#agent = undefined;
    await agent?.destroy();
    this.#set('closed');
  }

  get #timeout(): number {
    return this.#options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  }

  /** No connection is held between deliveries: the last one is what is known of the other side. */
  #reached(result: Outcome): void {
    if (this.#agent === undefined) return;
    if (result.outcome !== 'failed' && result.outcome !== 'unknown') {
      this.#set('ready');
      return;
    }
    const problem = result.reason ?? result.outcome;
    this.#log.warn('webhook not answered', { till: this.id, host: this.#url.host, problem });
    this.#set('retrying', new TillbridgeError('TB_TILL_UNREACHABLE', { till: this.id, host: this.#url.host, problem }));
  }

  #set(status: PartState['status'], reason?: TillbridgeError): void {
    if (this.#state.status === status) return;
    this.#state = { status, since: this.#clock.wall(), ...(reason === undefined ? {} : { reason }) };
    this.#inbound?.state(this.#state);
  }

  /** A TCP connection, closed at once: changes nothing on the other side. Returns why it failed. */
  #tryConnect(signal: AbortSignal): Promise<string | undefined> {
    const limit = deadline(this.#clock, this.#timeout, signal);
    return new Promise<string | undefined>((resolve) => {
      const port = this.#url.port === '' ? (this.#url.protocol === 'https:' ? 443 : 80) : Number(this.#url.port);
      const socket = connect({ host: this.#url.hostname.replace(/^\[|\]$/g, ''), port });
      const done = (problem: string | undefined): void => {
        socket.destroy();
        resolve(problem);
      };
      socket.once('connect', () => done(undefined));
      socket.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
      limit.signal.addEventListener('abort', () => done('no answer'), { once: true });
    }).finally(() => limit.dispose());
  }
}
