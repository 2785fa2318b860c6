import { hostEntry, pipeHost, superviseHost, type PipeProcess, type SpawnHost, type SupervisedHost } from '@tillbridge/child-host';
import { backOff, TillbridgeError, type Cancel, type Clock, type Log, type PartState, type Unsubscribe } from '@tillbridge/core';
import type { EventHub } from '../../events/index.js';
import type { DeliveryBoard } from '../../client-adapter/index.js';
import type { Call } from '../../control/http.js';
import type { Caller } from '../../control/scope.js';
import type { StationServices } from '../../stations/services.js';
import { pluginCaller, type ClientRegistry } from '../clients/index.js';
import type { LockOut } from '../limits/index.js';
import { CallDesk } from './call-desk.js';
import { describeCall, describeTrust, errorOf } from './describe.js';
import { EventFeed } from './event-feed.js';
import type { ApiCommand, ApiProtocol, ApiReport } from './protocol.js';

/** What serves HTTP needs some room for answers; a defect must not take the till's memory. No compilers before it is up. */
const FLAGS = ['--disable-warning=ExperimentalWarning', '--max-old-space-size=96', '--max-semi-space-size=1', '--no-opt', '--no-maglev'];
/** The process may take this long to say that it has taken something over, in ms; then it is replaced by one that has. */
const ACK_MS = 1000;
/** Nobody waits for this one. */
const NOBODY = 0;
/** The first process has this long until it listens, in ms: a cold start on a slow till. */
const OPEN_MS = 30_000;
/** One that goes down so often before it ever listened will not do better. */
const MAX_FAILURES = 4;
/** A process with so many bytes before it that it has not read does not work. The longest answer is much shorter. */
const MAX_PENDING = 32 * 1024 * 1024;

/** What the API is made of, all of it in the daemon. */
export interface ApiServices {
  /** Loopback. */
  readonly host: string;
  /** 0: any free one; the process that comes after a crash takes the same again. */
  readonly port: number;
  /** Web pages that may call; asked for at every start, see {@link ApiProcess.originsChanged}. */
  readonly origins: () => readonly string[];
  /** Whether the page that we serve ourselves is on; asked for as `origins` is. */
  readonly console: () => boolean;
  readonly version: string;
  readonly calls: readonly Call[];
  readonly clients: ClientRegistry;
  readonly plugins: StationServices;
  readonly locks: LockOut;
  readonly hub: EventHub;
  readonly board: Pick<DeliveryBoard, 'onChange'>;
  readonly refused: (reason: string, count: number) => void;
  /** Somebody was not let in to this route for who he says he is. */
  readonly strange: (route: string) => void;
  /** Calls what it is given when a request may be looked at: readers and scans that are under way go first. */
  readonly turn: (go: () => void) => Cancel;
}

export interface ApiProcessOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** 0 <= x < 1 */
  readonly random: () => number;
  /** How the process is made; for tests. */
  readonly spawn?: (drained: () => void, made: (process: PipeProcess) => void) => SpawnHost;
}

/** What belongs to one process and ends with it. */
interface Session {
  readonly desk: CallDesk;
  readonly feed: EventFeed;
}

/**
 * The API in a process of its own: requests, fifty readers of events and whoever floods the port share no event loop with the scans. A process
 * that ends or hangs is replaced, on the same port and with the events that are kept.
 */
export class ApiProcess {
  readonly #options: ApiProcessOptions;
  readonly #host: SupervisedHost<ApiProtocol>;
  readonly #acks = new Map<number, () => void>();
  readonly #ends: Unsubscribe[] = [];
  #process: PipeProcess | undefined;
  #services: ApiServices | undefined;
  #session: Session | undefined;
  #opening: { readonly resolve: () => void; readonly reject: (error: TillbridgeError) => void } | undefined;
  #port = 0;
  #url = '';
  /** Processes that went down before any of them listened. */
  #failures = 0;
  #lastAck = 0;
  #attempt = 0;
  #retry: Cancel = () => undefined;
  #state: PartState;

  /** Starts the process at once: it loads what it needs while the daemon opens its parts. */
  constructor(options: ApiProcessOptions) {
    const { clock, log, random } = options;
    this.#options = options;
    this.#state = { status: 'opening', since: clock.wall() };
    const spawn = options.spawn ?? ((drained, made) => pipeHost(hostEntry(import.meta.url, 'api-process'), { flags: FLAGS, drained, made }));
    this.#host = superviseHost<ApiProtocol>({
      entry: hostEntry(import.meta.url, 'api-process'),
      setup: null,
      clock,
      log: log.child({ process: 'api' }),
      random,
      spawn: spawn(() => this.#drained(), (process) => (this.#process = process)),
      onUp: () => this.#begin(),
      onDown: (problem) => this.#down(problem),
      onMessage: (report) => this.#heard(report),
    });
  }

  /** Whether the API can be reached. */
  get state(): PartState {
    return this.#state;
  }

  /** Of the process that serves just now. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** `http://127.0.0.1:7843`; of the last process, while there is none. */
  get url(): string {
    return this.#url;
  }

  /** Resolves when it listens. Once. @throws {TillbridgeError} `TB_API_PORT_BUSY`, `TB_API_PROCESS`; it is closed then */
  async open(services: ApiServices): Promise<void> {
    const { clients, plugins, board } = services;
    this.#services = services;
    this.#port = services.port;
    this.#ends.push(
      // what it tells in passing: the answer to the pairing goes behind it, and a process that is slow just then need not be killed
      clients.onPaired(() => this.#post({ do: 'trust', trust: describeTrust(clients, plugins), ack: NOBODY })),
      clients.onRevoked(() => this.#tellTrust()),
      plugins.onSecrets(() => void this.#tellTrust()),
      board.onChange(() => this.#session?.feed.look()),
    );
    const cancel = this.#options.clock.timer(OPEN_MS, () => this.#opening?.reject(new TillbridgeError('TB_API_PROCESS', { problem: `no answer within ${OPEN_MS} ms` })));
    try {
      await new Promise<void>((resolve, reject) => {
        this.#opening = { resolve, reject };
        if (this.#host.state === 'running') this.#begin();
      });
    } catch (error) {
      await this.close();
      throw error;
    } finally {
      this.#opening = undefined;
      cancel();
    }
  }

  /** Resolves when requests are judged by the new list, and the page is on or off. */
  originsChanged(): Promise<void> {
    return this.#confirmed((ack) => ({ do: 'origins', origins: this.#services?.origins() ?? [], console: this.#services?.console() ?? false, ack }));
  }

  /** A token or code was tried elsewhere. */
  attempted(key: string, right: boolean): void {
    this.#post({ do: 'attempt', key, right });
  }

  /** Lets answers that are under way go out, takes leave of everybody. Resolves within 2.7 s. */
  async close(): Promise<void> {
    this.#retry();
    if (this.#state.status === 'ready') await this.#confirmed((ack) => ({ do: 'finish', ack }));
    await this.#host.stop();
    for (const end of this.#ends.splice(0)) end();
    this.#endSession();
    this.#set({ status: 'closed' });
  }

  /** A new process is there and knows of nothing. */
  #begin(): void {
    const services = this.#services;
    if (services === undefined || this.#session !== undefined) return;
    const { hub, calls, clients, plugins, locks, turn, host, version, origins, console } = services;
    const { clock, log } = this.#options;
    const post = (command: ApiCommand): void => this.#post(command);
    const callerOf = (id: string): Caller | undefined => this.#callerOf(id);
    const pending = (): number => this.#process?.pending ?? 0;
    const desk = new CallDesk({ calls: calls.filter(({ access }) => access !== 'control'), callerOf, post, turn, pending, log });
    const feed = new EventFeed({
      hub,
      clock,
      post,
      pending,
      goodsAreRead: () => clients.anyHas('goods:read'),
    });
    this.#session = { desk, feed };
    post({
      do: 'open',
      host,
      port: this.#port,
      origins: origins(),
      console: console(),
      version,
      calls: calls.filter(({ access }) => access !== 'control').map(describeCall),
      trust: describeTrust(clients, plugins),
      locks: locks.view(),
      events: hub.origin,
    });
    feed.start();
  }

  #drained(): void {
    this.#session?.feed.drained();
    this.#session?.desk.drained();
  }

  #heard(report: ApiReport): void {
    const { desk, feed } = this.#session ?? {};
    const services = this.#services;
    if (desk === undefined || feed === undefined || services === undefined) return;
    switch (report.say) {
      case 'call':
        desk.take(report);
        return;
      case 'abort':
        desk.abort(report.id);
        return;
      case 'listening':
        this.#listening(report.url);
        return;
      case 'notListening':
        this.#notListening(errorOf(report.error));
        return;
      case 'done':
        return this.#acks.get(report.ack)?.();
      case 'listeners':
        feed.listeners(report.counts);
        return;
      case 'taken':
        feed.taken(report.seqs);
        return;
      case 'seen':
        report.clients.forEach((id) => services.clients.noteSeen(id));
        return;
      case 'refused':
        Object.entries(report.counts).forEach(([reason, count]) => services.refused(reason, count));
        return;
      case 'strange':
        services.strange(report.route);
        return;
      case 'attempt':
        services.locks.apply(report.key, report.right);
        return;
      case 'log':
        this.#options.log[report.level](report.text, report.problem === undefined ? {} : { error: Object.assign(new Error(report.problem), { stack: report.stack }) });
        return;
    }
  }

  #callerOf(id: string): Caller | undefined {
    const { clients, plugins } = this.#services ?? {};
    const plugin = plugins?.secrets().find(({ till }) => id === `plugin:${till}`);
    if (plugin !== undefined) return pluginCaller(plugin.till);
    clients?.noteSeen(id);
    return clients?.callerOf(id);
  }

  #listening(url: string): void {
    this.#url = url;
    this.#port = Number(/\d+$/.exec(url)?.[0]);
    this.#attempt = 0;
    this.#set({ status: 'ready' });
    this.#opening?.resolve();
  }

  #notListening(error: TillbridgeError): void {
    const { clock, random, log } = this.#options;
    if (this.#opening !== undefined) {
      this.#opening.reject(error);
      return;
    }
    // somebody took the port while there was no process: it may be given back
    log.error('the API cannot listen again', { error });
    this.#set({ status: 'retrying', reason: error });
    this.#retry = clock.timer(backOff(this.#attempt, random), () => this.#post({ do: 'listen', seq: 0 }));
    this.#attempt += 1;
  }

  #down(problem: string): void {
    this.#retry();
    this.#endSession();
    const reason = new TillbridgeError('TB_API_PROCESS', { problem });
    this.#set({ status: 'retrying', reason });
    this.#failures += 1;
    if (this.#failures >= MAX_FAILURES) this.#opening?.reject(reason);
    // the one that comes knows it from the start
    for (const confirm of [...this.#acks.values()]) confirm();
  }

  #endSession(): void {
    const session = this.#session;
    this.#session = undefined;
    session?.desk.close();
    session?.feed.close();
  }

  #tellTrust(): Promise<void> {
    const { clients, plugins } = this.#services ?? {};
    if (clients === undefined || plugins === undefined) return Promise.resolve();
    return this.#confirmed((ack) => ({ do: 'trust', trust: describeTrust(clients, plugins), ack }));
  }

  /** Resolves when the process has done it, or is gone. */
  #confirmed(command: (ack: number) => ApiCommand): Promise<void> {
    if (this.#session === undefined) return Promise.resolve();
    this.#lastAck += 1;
    const ack = this.#lastAck;
    return new Promise((resolve) => {
      const { clock } = this.#options;
      let cancel = clock.timer(ACK_MS, () => {
        // when it was this process that was busy, the answer is here already and only has to be read
        cancel = clock.afterInput(() => this.#host.recycle(`it took nothing over within ${ACK_MS} ms`));
      });
      this.#acks.set(ack, () => {
        this.#acks.delete(ack);
        cancel();
        resolve();
      });
      this.#post(command(ack));
    });
  }

  #post(command: ApiCommand): void {
    // what is lost with a process that ends, the next one is told from the start
    this.#host.post(command);
    if ((this.#process?.pending ?? 0) > MAX_PENDING) this.#host.recycle('it does not read');
  }

  #set({ status, reason }: Pick<PartState, 'status' | 'reason'>): void {
    if (this.#state.status === 'closed') return;
    this.#state = { status, since: this.#options.clock.wall(), ...(reason === undefined ? {} : { reason }) };
  }
}
