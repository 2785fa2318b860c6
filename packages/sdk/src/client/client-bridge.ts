import { Emitter, type Clock, type Unsubscribe } from '@tillbridge/core';
import type {
  Bridge,
  BridgeHealth,
  DeliveriesOptions,
  Delivery,
  ReadOptions,
  ReceiptResult,
  ScanOptions,
  ScanResult,
  Taker,
  TranslateOptions,
  TranslationResult,
  Waiting,
} from '../bridge.js';
import type { BridgeEvents, DeliveryEvent, OutcomeEvent, ScanEvent } from '../events.js';
import type { Receipt } from '../receipt.js';
import { BridgeError } from './bridge-error.js';
import { Connection, type WireFrame } from './connection.js';
import { PendingDelivery } from './delivery.js';
import { DeliveryStream } from './delivery-stream.js';
import { EventQueue } from './event-queue.js';
import { OUTCOME_MS, Requests } from './requests.js';
import { takeOne } from './take-one.js';
import type { Transport } from './transport.js';

/** Scans that a loop may be behind. */
const MAX_SCANS_BEHIND = 1000;
/** Deliveries that nobody has taken yet. */
const MAX_UNTAKEN = 256;

export interface ClientOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  /** 0 <= x < 1 */
  readonly random: () => number;
  /** An event handler of the program threw. Default: thrown again where the runtime reports it. */
  readonly onHandlerError: (error: unknown) => void;
}

interface Loop {
  end(): void;
  fail(error: Error): void;
}

/** The bridge over any transport. */
export class ClientBridge implements Bridge {
  readonly #options: ClientOptions;
  readonly #requests: Requests;
  readonly #events: Emitter<BridgeEvents>;
  readonly #connection: Connection;
  readonly #loops = new Set<Loop>();
  readonly #streams = new Set<DeliveryStream>();
  /** Living deliveries by their id, and those of them that no loop has taken yet. */
  readonly #deliveries = new Map<string, PendingDelivery>();
  readonly #untaken = new Set<PendingDelivery>();
  #failure: BridgeError | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#requests = new Requests(options.transport, options.clock);
    this.#events = new Emitter(options.onHandlerError);
    this.#connection = new Connection(options, {
      frame: (frame) => this.#frame(frame),
      gap: (gap) => this.#events.emit('gap', gap),
      live: (hello) => this.#events.emit('connected', hello),
      lost: (retryInMs) => this.#events.emit('disconnected', { retryInMs }),
      failed: (error) => this.#failed(error),
    });
  }

  /** Starts the stream of events. Resolves when its first frame came; rejects with what made the first attempt fail. */
  start(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const ends = [
        this.on('connected', () => settle(resolve)),
        this.on('disconnected', () => settle(() => reject(BridgeError.own('TB_API_UNREACHABLE', { url: 'its events' })))),
        this.on('failed', (error) => settle(() => reject(error))),
      ];
      const aborted = (): void => settle(() => reject(signal?.reason as Error));
      const settle = (how: () => void): void => {
        signal?.removeEventListener('abort', aborted);
        for (const end of ends) end();
        how();
      };
      signal?.addEventListener('abort', aborted, { once: true });
      this.#connection.start();
    });
  }

  scans({ signal }: Waiting = {}): AsyncIterableIterator<ScanEvent, undefined> {
    const lost = ({ seq }: ScanEvent): void => this.#events.emit('gap', { from: seq, to: seq });
    const queue = new EventQueue<ScanEvent>(MAX_SCANS_BEHIND, lost, () => {
      off();
      left();
    });
    const off = this.#events.on('scan', (scan) => queue.push(scan));
    const left = this.#enter(queue, signal);
    return queue;
  }

  deliveries(till: string, { signal, credit = Number.POSITIVE_INFINITY }: DeliveriesOptions = {}): AsyncIterableIterator<Delivery, undefined> {
    if (!(credit >= 1)) throw new RangeError('credit is a number from 1');
    const taken = (delivery: PendingDelivery): void => void this.#untaken.delete(delivery);
    const stream = new DeliveryStream(till, credit, taken, () => {
      this.#streams.delete(stream);
      left();
    });
    const left = this.#enter(stream, signal);
    this.#streams.add(stream);
    for (const delivery of this.#untaken) if (delivery.till === till) stream.push(delivery);
    return stream;
  }

  async take(till: string, taker: Taker, { signal }: Waiting = {}): Promise<void> {
    const { onHandlerError } = this.#options;
    for await (const delivery of this.deliveries(till, { credit: 1, signal })) await takeOne(delivery, taker, onHandlerError);
  }

  on<Name extends keyof BridgeEvents>(event: Name, handler: (event: BridgeEvents[Name]) => void): Unsubscribe {
    return this.#events.on(event, handler);
  }

  async translate(code: string | Uint8Array, options: TranslateOptions = {}): Promise<TranslationResult> {
    const reveal = options.reveal === undefined ? {} : { reveal: options.reveal };
    return (await this.#requests.post('/v1/translate', { ...readBody(code, options), ...reveal }, options)) as TranslationResult;
  }

  async scan(code: string | Uint8Array, { wait = false, ...options }: ScanOptions = {}): Promise<ScanResult> {
    const path = wait ? '/v1/scans?wait=1' : '/v1/scans';
    const timeout = wait ? { timeoutMs: OUTCOME_MS } : {};
    return (await this.#requests.post(path, readBody(code, options), { ...options, ...timeout })) as ScanResult;
  }

  async order(till: string, state: 'opened' | 'closed', orderId?: string, options: Waiting = {}): Promise<void> {
    const body = { state, ...(orderId === undefined ? {} : { orderId }) };
    await this.#requests.post(`/v1/tills/${encodeURIComponent(till)}/order`, body, options);
  }

  async receipt(receipt: Receipt, options: Waiting = {}): Promise<ReceiptResult> {
    return (await this.#requests.post('/v1/receipts', receipt, options)) as ReceiptResult;
  }

  async health(options: Waiting = {}): Promise<BridgeHealth> {
    return (await this.#requests.get('/v1/health', options)) as BridgeHealth;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(): Promise<void> {
    this.#connection.close();
    for (const loop of [...this.#loops]) loop.end();
    for (const delivery of this.#deliveries.values()) delivery.end();
    this.#requests.close();
    await this.#options.transport.close();
  }

  /** A loop begins: it ends with its signal and with the bridge. The result is to be called when it has ended. */
  #enter(loop: Loop, signal: AbortSignal | undefined): () => void {
    const end = (): void => loop.end();
    this.#loops.add(loop);
    signal?.addEventListener('abort', end, { once: true });
    const failure = this.#failure;
    if (failure !== undefined) afterwards(() => loop.fail(failure));
    else if (this.#closing !== undefined || signal?.aborted === true) afterwards(end);
    return () => {
      this.#loops.delete(loop);
      signal?.removeEventListener('abort', end);
    };
  }

  #frame(frame: WireFrame): void {
    if (frame.type === 'delivery') this.#arrived(frame as unknown as DeliveryEvent);
    if (frame.type === 'outcome') this.#ended(frame as unknown as OutcomeEvent);
    this.#events.emit(frame.type, frame as never);
  }

  #arrived(event: DeliveryEvent): void {
    if (this.#deliveries.has(event.deliveryId)) return;
    const { clock, random } = this.#options;
    const delivery = new PendingDelivery(event, { requests: this.#requests, clock, random });
    this.#deliveries.set(delivery.id, delivery);
    this.#untaken.add(delivery);
    delivery.ended.addEventListener('abort', () => {
      this.#deliveries.delete(delivery.id);
      this.#untaken.delete(delivery);
    });
    for (const stream of [...this.#streams]) if (stream.till === delivery.till) stream.push(delivery);
    const [oldest] = this.#untaken;
    if (this.#untaken.size > MAX_UNTAKEN) oldest?.end();
  }

  #ended({ scanId }: OutcomeEvent): void {
    for (const delivery of [...this.#deliveries.values()]) if (delivery.scanId === scanId) delivery.end();
  }

  #failed(error: BridgeError): void {
    this.#failure = error;
    for (const loop of [...this.#loops]) loop.fail(error);
    this.#events.emit('failed', error);
  }
}

/** Once the caller has the loop in hand. */
function afterwards(work: () => void): void {
  queueMicrotask(work);
}

function readBody(code: string | Uint8Array, { reader, kind, symbology, confirmation }: ReadOptions & Pick<ScanOptions, 'confirmation'>): Record<string, string> {
  return {
    ...(typeof code === 'string' ? { code } : { hex: Array.from(code, (byte) => byte.toString(16).padStart(2, '0')).join('') }),
    ...(reader === undefined ? {} : { reader }),
    ...(kind === undefined ? {} : { kind }),
    ...(symbology === undefined ? {} : { symbology }),
    ...(confirmation === undefined ? {} : { confirmation }),
  };
}
