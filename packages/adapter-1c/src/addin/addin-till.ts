import { randomBytes } from 'node:crypto';
import {
  outcome,
  PartStatusKeeper,
  sleep,
  TillbridgeError,
  withdrawn,
  Withdrawal,
  type Adapter,
  type AdapterCapabilities,
  type DeliveryRequest,
  type DeliveryTrace,
  type GoodsRead,
  type Inbound,
  type Outcome,
  type PartState,
  type ProbeRow,
} from '@tillbridge/core';
import { cardText } from '../card-text.js';
import type { DriverMessage, Hello } from '../protocol/messages.js';
import type { DriverConnection } from './connection.js';
import { goodsText } from './goods-text.js';
import type { AddinListener, Admission, ListeningTill } from './listener.js';
import type { AddinContext, AddinTillOptions } from './options.js';
import { Outbound, type DriverLink, type ItemEnd } from './outbound.js';
import { goodsReason, outcomeOfConfirm, outcomeOfEnd } from './outcomes.js';
import { probeListen } from './probe.js';
import { Questions } from './questions.js';

/** How long the driver may take to say what became of a number that was taken back, in ms. */
const RECALL_MS = 700;
/** A product lives at least so long while 1C is connected, also with `backlogMs: 0`. */
const LEAST_LIFE_MS = 1000;
/** For how long a wrong token is worth a word in the state, in ms. */
const WRONG_TOKEN_MS = 60_000;

interface Session {
  readonly hello: Hello;
  readonly connection: DriverConnection;
}

/** A till whose 1C has our driver loaded: every number and product is one external event in the client's process. */
export class AddinTill implements Adapter, ListeningTill {
  readonly id: string;
  readonly capabilities: AdapterCapabilities;
  readonly #options: AddinTillOptions;
  readonly #context: AddinContext;
  readonly #status: PartStatusKeeper;
  readonly #outbound: Outbound;
  readonly #questions: Questions;
  readonly #closing = new AbortController();
  readonly #idPrefix = randomBytes(8).toString('hex');
  #listener: AddinListener | undefined;
  #session: Session | undefined;
  #goods = 0;
  #sessions = 0;
  #problem: TillbridgeError | undefined;
  #delivering: Promise<unknown> = Promise.resolve();
  #closed: Promise<void> | undefined;

  constructor(options: AddinTillOptions, context: AddinContext) {
    this.id = options.id;
    this.capabilities = { goods: true, best: options.confirmMs === undefined ? 'sent' : 'applied', verify: true };
    this.#options = options;
    this.#context = context;
    this.#status = new PartStatusKeeper(context.clock);
    this.#outbound = new Outbound(context.clock, options.gapMs);
    this.#questions = new Questions(context.clock);
  }

  get state(): PartState {
    return this.#status.state;
  }

  get token(): AddinTillOptions['token'] {
    return this.#options.token;
  }

  /** Where the driver connects to; with port 0 the port that was chosen. */
  get address(): string | undefined {
    return this.#listener?.address;
  }

  async open(inbound: Inbound, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.#closing.signal.aborted) return;
    this.#status.attach(inbound);
    this.#status.set('opening');
    signal.addEventListener('abort', () => void this.close(), { once: true });
    const { host, port } = this.#options.listen;
    this.#listener = this.#context.listeners.at(host, port);
    await this.#listener.add(this);
  }

  async probe(): Promise<readonly ProbeRow[]> {
    const id = `till.${this.id}`;
    const { status, reason, detail } = this.#status.state;
    if (status === 'closed') return [await probeListen(id, this.id, this.#options.listen)];
    if (reason === undefined) return [{ level: 'ok', id, text: detail ?? status }];
    return [{ level: reason.code === 'TB_TILL_ONEC_PORT' ? 'fail' : 'warn', id, text: reason.text('en'), remedy: reason.remedy('en') }];
  }

  deliver(request: DeliveryRequest, signal: AbortSignal): Promise<Outcome> {
    if (this.#closing.signal.aborted || this.#listener === undefined) return Promise.resolve(outcome('failed', 'closed'));
    if (signal.aborted || request.expired()) return Promise.resolve(signal.aborted ? withdrawn(signal, 'notRaised') : outcome('expired', 'notRaised'));
    if (this.#session === undefined) return Promise.resolve(outcome('unavailable', 'notConnected'));
    const written = cardText(this.#options.output, request.number, this.#options.charset);
    if ('refused' in written) return Promise.resolve(outcome('rejected', written.refused));
    const work = this.#raise(request, written.text, AbortSignal.any([signal, this.#closing.signal]));
    this.#delivering = work;
    return work;
  }

  /** Takes back what 1C has not got yet, and says what became of the rest; a driver that is gone is waited for. */
  async verify({ id }: DeliveryTrace, signal: AbortSignal): Promise<Outcome> {
    return this.#questions.ask(id, AbortSignal.any([signal, this.#closing.signal]), this.#options.confirmMs !== undefined);
  }

  goods(read: GoodsRead): void {
    // bytes that came after their read: an event has no terminator
    if (this.#closing.signal.aborted || read.bytes.length === 0) return;
    const text = goodsText(read, this.#options.keepAim);
    if ('refused' in text) {
      this.#status.dropped(1, text.refused);
      return;
    }
    const { backlogMs } = this.#options;
    this.#goods += 1;
    this.#outbound.add({
      id: `g:${this.#idPrefix}:${String(this.#goods)}`,
      kind: 'goods',
      event: 'barcode',
      data: text.text,
      at: read.at,
      lifeMs: this.#session === undefined ? backlogMs : Math.max(backlogMs, LEAST_LIFE_MS),
      end: (end) => {
        if (end.how !== 'raised') this.#status.dropped(1, goodsReason(end));
      },
    });
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  // --- ListeningTill

  admit(hello: Hello, connection: DriverConnection): Admission {
    const living = this.#session;
    const session = `${this.#idPrefix}-${String((this.#sessions += 1))}`;
    if (hello.test) return { as: 'session', session, events: { message: () => undefined, closed: () => undefined } };
    if (living !== undefined && living.hello.instance !== hello.instance) {
      const { host, pid } = living.hello.client;
      this.#context.log.warn('a second client of 1C came for a till that has one', { till: this.id, pid: hello.client.pid, connected: pid });
      return { as: 'busy', by: `${host === '' ? 'another client' : host} (pid ${String(pid)})` };
    }
    const mine: Session = { hello, connection };
    this.#session = mine;
    // the same instance again: the older connection is half dead
    living?.connection.destroy();
    this.#context.log.info('the driver of 1C is connected', { till: this.id, driver: hello.driver, pid: hello.client.pid });
    // after `welcome` has left
    queueMicrotask(() => this.#connected(mine));
    return {
      as: 'session',
      session,
      events: { message: (message) => this.#message(mine, message), closed: () => this.#gone(mine) },
    };
  }

  listening(problem: TillbridgeError | undefined): void {
    this.#problem = problem;
    if (problem !== undefined) this.#context.log.warn('the port for 1C cannot be opened; trying again', { till: this.id, problem: problem.message });
    this.#show();
  }

  wrongToken(): void {
    if (this.#session === undefined) this.#show();
  }

  // --- inside

  #connected(session: Session): void {
    if (this.#session !== session) return;
    const link: DriverLink = {
      instance: session.hello.instance,
      send: (message) => {
        if (message.type === 'deliver') this.#questions.gave(message.id);
        session.connection.send(message);
      },
    };
    this.#questions.connected(link);
    this.#outbound.connected(link);
    this.#show();
  }

  #gone(session: Session): void {
    if (this.#session !== session) return;
    this.#session = undefined;
    this.#outbound.disconnected();
    this.#questions.disconnected();
    this.#show();
  }

  #message(session: Session, message: DriverMessage): void {
    if (this.#session !== session) return;
    if (message.type === 'status') {
      this.#outbound.status(message);
      this.#questions.status(message);
    } else if (message.type === 'confirm') {
      this.#questions.confirm(message);
    } else if (message.type === 'bye') {
      session.connection.end();
      this.#gone(session);
    }
  }

  #show(): void {
    if (this.#closing.signal.aborted) return;
    if (this.#problem !== undefined) this.#status.set('retrying', this.#problem);
    else if (this.#session !== undefined) this.#status.set('ready', undefined, describe(this.#session.hello));
    else this.#status.set('retrying', this.#missing());
  }

  #missing(): TillbridgeError {
    const params = { till: this.id, address: this.address ?? '' };
    return this.#listener?.wrongTokenWithin(WRONG_TOKEN_MS) === true ? new TillbridgeError('TB_TILL_ONEC_WRONG_TOKEN', params) : new TillbridgeError('TB_TILL_ONEC_NO_DRIVER', params);
  }

  async #raise(request: DeliveryRequest, text: string, stop: AbortSignal): Promise<Outcome> {
    const { id, number, at } = request;
    const { confirmMs, expireMs } = this.#options;
    const data = confirmMs === undefined ? text : JSON.stringify({ id, kind: number.kind, number: text });
    const event = confirmMs === undefined ? 'barcode' : 'card';
    // before the event is given: its confirmation may be the next line after its status
    const confirmed = confirmMs === undefined ? undefined : this.#questions.expectConfirm(id);
    const give = new Promise<ItemEnd>((end) => this.#outbound.add({ id, kind: 'number', event, data, at, lifeMs: expireMs, end }));
    const given = await this.#until(id, give, stop);
    const told = outcomeOfEnd(given, stop);
    if (given.how !== 'raised' || confirmed === undefined || confirmMs === undefined) {
      this.#questions.forgetConfirm(id);
      return told;
    }
    const state = await this.#questions.waitForConfirm(id, confirmed, confirmMs, stop);
    return state === undefined ? outcome('sent', 'notConfirmed', 'queued') : outcomeOfConfirm(state);
  }

  /** The end of a number's event; once it is wanted back, at the latest after {@link RECALL_MS}. */
  async #until(id: string, given: Promise<ItemEnd>, stop: AbortSignal): Promise<ItemEnd> {
    const over = new AbortController();
    const recall = (): void => {
      this.#outbound.recall(id);
      void sleep(this.#context.clock, RECALL_MS, over.signal).then(() => this.#outbound.abandon(id));
    };
    stop.addEventListener('abort', recall, { once: true });
    try {
      return await given;
    } finally {
      stop.removeEventListener('abort', recall);
      over.abort();
    }
  }

  async #close(): Promise<void> {
    this.#closing.abort(new Withdrawal('shutdown'));
    await this.#delivering;
    const session = this.#session;
    this.#session = undefined;
    this.#outbound.close();
    this.#questions.close();
    session?.connection.end();
    const listener = this.#listener;
    if (listener !== undefined) {
      listener.remove(this);
      await this.#context.listeners.release(listener);
    }
    this.#status.set('closed');
  }
}

function describe({ driver, client }: Hello): string {
  const where = client.host === '' ? '' : ` on ${client.host}`;
  return `driver ${driver} in ${client.name === '' ? '1C' : client.name}${where} (pid ${String(client.pid)})`;
}
