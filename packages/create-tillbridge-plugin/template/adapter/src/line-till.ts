import {
  keepConnected,
  outcome,
  PartStatusKeeper,
  raceAbort,
  withdrawn,
  type Adapter,
  type DeliveryRequest,
  type DeliveryTrace,
  type GoodsRead,
  type Inbound,
  type Outcome,
  type PartState,
  type PluginContext,
  type ProbeRow,
} from '@tillbridge/plugin';
import { connectTill, problem, type TillAnswer, type TillLink } from './till-link.js';

/** `options` in tillbridge.yaml; the manifest's `configSchema` has checked them. */
export interface LineTillOptions {
  readonly host: string;
  readonly port: number;
}

/**
 * A cashier program that is told by lines of JSON over TCP: `{"id": "...", "card": "..."}`, `{"goods": "BASE64"}`, `{"ask": "..."}`. It
 * answers `{"id": "...", "applied": true}`. Put your till's own protocol here.
 */
export class LineTill implements Adapter {
  readonly id: string;
  readonly capabilities = { goods: true, best: 'applied', verify: true } as const;
  readonly #context: PluginContext<LineTillOptions>;
  readonly #status: PartStatusKeeper;
  readonly #life = new AbortController();
  #inbound: Inbound | undefined;
  #link: TillLink | undefined;
  #running: Promise<void> | undefined;

  constructor(context: PluginContext<LineTillOptions>) {
    this.id = context.id;
    this.#context = context;
    this.#status = new PartStatusKeeper(context.clock);
  }

  get state(): PartState {
    return this.#status.state;
  }

  /** Resolves when the till is connected, or when the first attempt failed and it is tried again. */
  open(inbound: Inbound, signal: AbortSignal): Promise<void> {
    const { clock, log, options } = this.#context;
    this.#inbound = inbound;
    this.#status.attach(inbound);
    const status = this.#status;
    signal.addEventListener('abort', () => this.#life.abort(), { once: true });
    return new Promise((resolve, reject) => {
      this.#running = keepConnected(
        {
          connect: (ended) => connectTill(options.host, options.port, ended),
          up: (link) => (this.#link = link),
          down: () => (this.#link = undefined),
        },
        {
          what: 'till',
          problem: (error) => problem(error instanceof Error ? error.message : String(error)),
          clock,
          log,
          state: {
            get value() {
              return status.state;
            },
            set: (value, reason) => status.set(value, reason),
          },
          random: Math.random,
        },
        this.#life.signal,
        (fatal) => (fatal === undefined ? resolve() : reject(fatal)),
      );
    });
  }

  async deliver(delivery: DeliveryRequest, signal: AbortSignal): Promise<Outcome> {
    if (signal.aborted) return withdrawn(signal);
    if (delivery.expired()) return outcome('expired');
    const link = this.#link;
    // nothing has left: the bridge may say so
    if (link === undefined) return outcome('failed', 'notConnected');
    const answer = link.answerTo(delivery.id);
    link.send({ id: delivery.id, [delivery.number.kind]: delivery.number.reveal() });
    // from here on the till may have it: where we cannot know, `unknown` is the truth
    return raceAbort(answer.then(outcomeOf), signal, () => outcome('unknown', 'noAnswer'));
  }

  async verify({ id }: DeliveryTrace, signal: AbortSignal): Promise<Outcome> {
    const link = this.#link;
    if (link === undefined) return outcome('unknown', 'notConnected');
    const answer = link.answerTo(id);
    link.send({ ask: id });
    return raceAbort(answer.then(outcomeOf), signal, () => outcome('unknown', 'noAnswer'));
  }

  goods({ bytes, terminator }: GoodsRead): void {
    if (this.#link === undefined) this.#inbound?.goodsDropped(1, 'notConnected');
    else this.#link.send({ goods: Buffer.concat([bytes, terminator]).toString('base64') });
  }

  probe(): Promise<readonly ProbeRow[]> {
    const { host, port } = this.#context.options;
    const where = `${host}:${String(port)}`;
    return Promise.resolve([
      this.#link === undefined
        ? { level: 'warn', id: `till ${this.id}`, text: `${where} is not connected`, remedy: 'start the cashier program' }
        : { level: 'ok', id: `till ${this.id}`, text: `connected to ${where}` },
    ]);
  }

  async close(): Promise<void> {
    this.#life.abort();
    await this.#link?.close();
    await this.#running;
    this.#status.set('closed');
  }
}

function outcomeOf(answer: TillAnswer | undefined): Outcome {
  if (answer === undefined) return outcome('unknown', 'connectionLost');
  return answer.applied ? outcome('applied') : outcome('rejected', 'tillRefused');
}
