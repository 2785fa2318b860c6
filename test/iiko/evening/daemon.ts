import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { FrontTill, isPluginCall, type FrontOptions, type GuestAuthorizer } from '@tillbridge/adapter-iiko';
import {
  createClassifier,
  createIds,
  isTillbridgeError,
  NativeNumber,
  Pipeline,
  REJECT_ALL,
  silentLog,
  sleep,
  type Clock,
  type Code,
  type Injected,
  type JournalEntry,
  type NewId,
  type OpenScan,
  type Outcome,
  type Translation,
  type Translator,
} from '@tillbridge/core';
import { MemoryJournal, SHOP_CODES, SimulatedReader, SimulatedTranslator } from '@tillbridge/testkit';
import type { FrontRestaurant } from '@tillbridge/testkit/iiko';
import { DeliveryBoard, offerDelivery } from '../../../packages/bridge/src/client-adapter/index.js';
import { reportDurably } from '../../../packages/bridge/src/control/calls-deliveries.js';
import { errorResponse } from '../../../packages/bridge/src/control/http.js';
import { EventHub } from '../../../packages/bridge/src/events/index.js';
import type { Random } from '../../support/random.js';

/** `expireMs` of the front transport. */
export const EXPIRE_MS = 10_000;
/** The POS server of iikoCard takes at most this long, in ms. */
export const POS_MS = 2500;

export interface DaemonOptions {
  readonly clock: Clock;
  readonly restaurant: FrontRestaurant;
  readonly tills: readonly FrontOptions[];
  readonly random: Random;
  /** What the store's loyalty system knows: native numbers by the code's value. */
  readonly numbers: ReadonlyMap<string, string>;
}

/** What became of a scan of this evening, over all lives of the daemon. */
export interface Ended {
  readonly scanId: string;
  readonly outcome: Outcome;
}

interface Life {
  readonly pipeline: Pipeline;
  readonly tills: ReadonlyMap<string, FrontTill>;
  readonly journal: MemoryJournal;
}

/** The bridge's side of an evening: the real pipeline and adapter behind a real listener, in memory otherwise. It can be killed and started again. */
export class EveningDaemon {
  /** What the daemon could not answer for: none is allowed. */
  readonly failures: unknown[] = [];
  readonly #options: DaemonOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** What earlier lives have left. */
  readonly #past: { readonly entries: readonly JournalEntry[]; readonly settled: readonly Ended[] }[] = [];
  readonly #newId: NewId;
  readonly #readByFront = new Map<string, string>();
  #life: Life | undefined;
  #left: Promise<readonly OpenScan[]> = Promise.resolve([]);
  #parked = 0;

  private constructor(options: DaemonOptions) {
    this.#options = options;
    this.#newId = createIds(options.clock, () => options.random.next());
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => request.socket.destroy());
    });
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      if (this.#life === undefined) socket.destroy();
    });
  }

  static async start(options: DaemonOptions): Promise<EveningDaemon> {
    const daemon = new EveningDaemon(options);
    daemon.#server.listen(0, '127.0.0.1');
    await once(daemon.#server, 'listening');
    await daemon.begin();
    return daemon;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Calls that wait inside the adapter: for the clock, or for a scan. */
  get parked(): number {
    return this.#parked;
  }

  /** Every entry that was durable, of all lives. */
  get entries(): readonly JournalEntry[] {
    return [...this.#past.flatMap(({ entries }) => entries), ...(this.#life?.journal.durable ?? [])];
  }

  /** What was settled at later starts. */
  get settled(): readonly Ended[] {
    return [...this.#past.flatMap(({ settled }) => settled), ...settledBy(this.#life?.journal)];
  }

  /** One more life. */
  async begin(): Promise<void> {
    const { clock, tills } = this.#options;
    const journal = new MemoryJournal(clock, { commitMs: 4, left: await this.#left });
    const pipeline = new Pipeline({ clock, journal, log: silentLog, newId: this.#newId });
    pipeline.setRules({ classifier: createClassifier(SHOP_CODES), translators: [this.#translator()], policies: REJECT_ALL, routes: tills.map(({ id }) => ({ readers: [`${id}-scanner`, `${id}-own`], till: id, goods: 'none' })) });
    const made = new Map<string, FrontTill>();
    this.#life = { pipeline, tills: made, journal };
    for (const options of tills) {
      const till = this.#till(options, pipeline);
      made.set(options.id, till);
      await pipeline.addTill(till, { expireMs: EXPIRE_MS, duplicateMs: 0 });
    }
    await pipeline.recover();
    for (const { id } of tills)
      for (const reader of ['scanner', 'own']) await pipeline.addReader(new SimulatedReader(`${id}-${reader}`, clock, { quietMs: 0 }), { fallbackCharset: 'windows-1251', unmatched: 'reject', withSuffix: true });
  }

  /** `kill -9`, as far as others can tell: connections break, nothing is said, only the journal stays. */
  kill(): void {
    const journal = this.#life?.journal;
    this.#life = undefined;
    for (const socket of this.#sockets) socket.destroy();
    if (journal === undefined) return;
    // as it is now: whatever the dead still write does not count
    this.#past.push({ entries: journal.durable, settled: settledBy(journal) });
    const fresh = journal.crash();
    this.#left = journal.open().then((older) => [...older, ...fresh]);
    journal.mode = 'hang';
  }

  /** SIGTERM. */
  async stop(): Promise<void> {
    await this.#life?.pipeline.close(3500);
    this.kill();
  }

  /** The scan of a code that iikoFront's own scanner read. */
  readByFront(code: string): string | undefined {
    return this.#readByFront.get(code);
  }

  /** The store's own scanner reads a code. Undefined: the daemon is not there. */
  scan(till: string, code: string): string | undefined {
    return this.#read(this.#life?.pipeline, `${till}-scanner`, code)?.scanId;
  }

  async close(): Promise<void> {
    for (const till of this.#life?.tills.values() ?? []) await till.close();
    this.#life = undefined;
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** Undefined while the readers are not there yet, or not any more. */
  #read(pipeline: Pipeline | undefined, reader: string, text: string, orderId?: string): Injected | undefined {
    if (pipeline?.readers().some((each) => each.reader.id === reader) !== true) return undefined;
    return pipeline.inject({ bytes: Buffer.from(text), reader, ...(orderId === undefined ? {} : { orderId }) });
  }

  #till(options: FrontOptions, pipeline: Pipeline): FrontTill {
    const { clock, restaurant, random } = this.#options;
    const board = new DeliveryBoard();
    const hub = new EventHub({ clock, log: silentLog, version: '0' });
    const offered = new Set<string>();
    const guests: GuestAuthorizer = {
      // the POS server of iikoCard, with its temper
      authorize: async ({ credential, scope }, order, signal) => {
        await sleep(clock, random.whole(20, POS_MS), signal);
        if (signal.aborted || random.chance(0.03)) return { done: false, reason: 'posServerUnavailable' };
        const said = restaurant.authorize(order, credential.reveal(), { phone: 1, cardNumber: 2, cardTrack: 4 }[scope]);
        // it did it, and its answer was lost
        if (random.chance(0.02)) return { done: false, reason: 'posServerUnavailable' };
        return said === 'authorized' ? { done: true } : { done: false, reason: said === 'guestNotFound' ? 'notFound' : 'refused' };
      },
      probe: () => Promise.resolve([]),
      close: () => Promise.resolve(),
    };
    return new FrontTill(options, {
      ...{ clock, log: silentLog, newId: this.#newId, version: '0', guests },
      board: {
        offer: (request, expiresAt, signal) => offerDelivery({ clock, hub, board }, request, expiresAt, signal, offered),
        claim: (id, owner) => void board.claim(id, owner),
        report: (id, owner, ended) => reportDurably({ board, pipeline, clock }, id, owner, ended),
        giveUp: () => {
          for (const id of [...offered]) board.giveUp(id);
        },
      },
      scans: () => true,
      take: (text, orderId) => {
        const taken = this.#read(pipeline, `${options.id}-own`, text, orderId);
        if (taken === undefined || !('ticket' in taken)) return { handled: false };
        this.#readByFront.set(text, taken.scanId);
        return { handled: true, scanId: taken.scanId, outcome: taken.ticket.outcome };
      },
    });
  }

  #translator(): Translator {
    const { clock, numbers, random } = this.#options;
    const answer = (code: Code): Translation => {
      const number = numbers.get(code.value.reveal());
      return number === undefined ? { result: 'notFound' } : { result: 'found', number: new NativeNumber(code.kind, number) };
    };
    const translator = new SimulatedTranslator('store', clock);
    return {
      id: 'store',
      type: 'simulated',
      capabilities: translator.capabilities,
      translate: (code, context, signal) => {
        // a platform on the internet: mostly quick, now and then so slow that the guest is gone
        translator.behaviour = { answer, afterMs: random.chance(0.1) ? random.whole(2000, 12_000) : random.whole(5, 400) };
        return translator.translate(code, context, signal);
      },
      close: () => translator.close(),
    };
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
    const till = this.#life?.tills.get(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '');
    const call = (request.url ?? '').slice(1);
    if (till === undefined || !isPluginCall(call)) {
      response.writeHead(till === undefined ? 401 : 404).end('{}');
      return;
    }
    const hungUp = new AbortController();
    response.once('close', () => hungUp.abort());
    let waits = true;
    const over = (): void => {
      if (waits) this.#parked -= 1;
      waits = false;
    };
    this.#parked += 1;
    response.once('close', over);
    const answer = await till.answer(call, JSON.parse(Buffer.concat(parts).toString()), hungUp.signal).then(
      (body) => ({ status: 200, body }),
      (error: unknown) => {
        if (!isTillbridgeError(error)) this.failures.push(error);
        return errorResponse(error);
      },
    );
    over();
    if (!response.destroyed) response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  }
}

function settledBy(journal: MemoryJournal | undefined): readonly Ended[] {
  return (journal?.settled ?? []).map(({ open, outcome }) => ({ scanId: open.scanId, outcome }));
}
