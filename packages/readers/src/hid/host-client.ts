import { deadline, raceAbort, TillbridgeError, type Clock, type Log } from '@tillbridge/core';
import { hostEntry, superviseHost, type SpawnHost, type SupervisedHost } from '@tillbridge/child-host';
import type { DriverTrouble, HidHostProtocol, HidListing, HidReport } from './host/protocol.js';

/** A start of the process, with its first restart. */
const UP_BUDGET_MS = 8000;
/** Enumerating and opening can take seconds on Windows and hang for ever (node-hid issues 154, 410): then the process is replaced. */
const OPEN_BUDGET_MS = 5000;
/** Closing: a last feature report and the driver's own time. */
const CLOSE_BUDGET_MS = 1500;

/** What one connection tells. Calls are synchronous and in the order of the device; nothing comes after `ended`. */
export interface ConnectionEvents {
  report(bytes: Uint8Array, wall: number): void;
  /** Reports are missing here: the device sent too much, or a message was lost. */
  gap(byteCount: number): void;
  featureFailed(problem: string): void;
  /** The device, or the process, is gone. */
  ended(problem: string, by: 'device' | 'host'): void;
}

export interface HostClientContext {
  readonly reader: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly spawn?: SpawnHost | undefined;
}

export interface OpenRequest {
  readonly path: string;
  readonly onOpen: readonly Uint8Array[];
  readonly onClose: readonly Uint8Array[];
}

/** The driver refused; `driver`: it could not even be loaded. */
export class HidFailure extends Error {
  constructor(
    problem: string,
    readonly driver: DriverTrouble | undefined,
  ) {
    super(problem);
    this.name = 'HidFailure';
  }
}

interface Live {
  readonly number: number;
  readonly events: ConnectionEvents;
  /** The number that the next report has. */
  next: number;
}

type Settle = (answer: HidReport | Error) => void;

/** The parent's side of the helper process of one reader. */
export class HidHostClient {
  readonly #context: HostClientContext;
  readonly #host: SupervisedHost<HidHostProtocol>;
  #connections = 0;
  #requests = 0;
  #live: Live | undefined;
  /** What was asked and not yet answered: by request, and by connection. */
  readonly #asked = new Map<string, Settle>();
  readonly #waitingForUp = new Set<() => void>();

  constructor(context: HostClientContext) {
    this.#context = context;
    this.#host = superviseHost<HidHostProtocol>({
      entry: hostEntry(import.meta.url, 'hid-host'),
      setup: {},
      clock: context.clock,
      log: context.log,
      random: context.random,
      onMessage: (report) => this.#take(report),
      onUp: () => this.#up(),
      onDown: (problem) => this.#down(problem),
      ...(context.spawn === undefined ? {} : { spawn: context.spawn }),
    });
  }

  /** Resolves when there is a process that answers, or when `signal` aborts. */
  async whenUp(signal: AbortSignal): Promise<void> {
    if (this.#host.state === 'running') return;
    let up: () => void = () => undefined;
    const running = new Promise<void>((resolve) => {
      up = resolve;
      this.#waitingForUp.add(up);
    });
    await raceAbort(running, signal, () => undefined);
    this.#waitingForUp.delete(up);
  }

  /** @throws HidFailure; TillbridgeError TB_READER_HID_HOST */
  async list(vids: readonly number[], signal: AbortSignal): Promise<readonly HidListing[]> {
    const id = (this.#requests += 1);
    const answer = await this.#ask(`request ${String(id)}`, () => this.#host.post({ kind: 'list', id, vids }), 'listing the devices', signal);
    return answer.kind === 'listed' ? answer.devices : [];
  }

  /** Opens a device; gives the number of the connection. @throws HidFailure; TillbridgeError TB_READER_HID_HOST */
  async open(request: OpenRequest, events: ConnectionEvents, signal: AbortSignal): Promise<number> {
    const connection = (this.#connections += 1);
    // before the answer: reports may come in the same message queue right behind it
    const live: Live = { number: connection, events, next: 0 };
    this.#live = live;
    try {
      await this.#ask(`connection ${String(connection)}`, () => this.#host.post({ kind: 'open', connection, ...request }), 'opening the device', signal);
      return connection;
    } catch (error) {
      if (this.#live === live) this.#live = undefined;
      this.#host.post({ kind: 'close', connection });
      throw error;
    }
  }

  /** @throws HidFailure; TillbridgeError TB_READER_HID_HOST */
  async write(connection: number, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    const id = (this.#requests += 1);
    await this.#ask(`request ${String(id)}`, () => this.#host.post({ kind: 'write', id, connection, bytes }), undefined, signal);
  }

  /** Closes a connection; resolves when the device is free, after 1.5 s at the latest. Nothing comes from it any more. */
  async close(connection: number): Promise<void> {
    if (this.#live?.number === connection) this.#live = undefined;
    const budget = deadline(this.#context.clock, CLOSE_BUDGET_MS);
    const closed = new Promise<void>((resolve) => this.#asked.set(`closing ${String(connection)}`, () => resolve()));
    if (this.#host.post({ kind: 'close', connection })) await raceAbort(closed, budget.signal, () => undefined);
    this.#asked.delete(`closing ${String(connection)}`);
    budget.dispose();
  }

  /** Ends the process, within 1.7 s. */
  async stop(): Promise<void> {
    this.#live = undefined;
    await this.#host.stop();
  }

  /** Waits for the process, asks, and waits for the answer. `what`: the process is replaced when it does not answer. */
  async #ask(key: string, post: () => boolean, what: string | undefined, signal: AbortSignal): Promise<HidReport> {
    if (!(await this.#isUp(signal))) throw this.#hostError('it does not start');
    const budget = deadline(this.#context.clock, OPEN_BUDGET_MS, signal);
    const answered = new Promise<HidReport | Error>((resolve) => {
      this.#asked.set(key, resolve);
      if (!post()) resolve(this.#hostError('it ended'));
    });
    const answer = await raceAbort(answered, budget.signal, () => undefined);
    this.#asked.delete(key);
    budget.dispose();
    if (answer === undefined) {
      if (!signal.aborted && what !== undefined) this.#host.recycle(`${what} took more than ${String(OPEN_BUDGET_MS)} ms`);
      throw this.#hostError(`${what ?? 'writing'} takes too long`);
    }
    if (answer instanceof Error) throw answer;
    if (answer.kind === 'failed') throw new HidFailure(answer.problem, answer.driver);
    return answer;
  }

  async #isUp(signal: AbortSignal): Promise<boolean> {
    const budget = deadline(this.#context.clock, UP_BUDGET_MS, signal);
    await this.whenUp(budget.signal);
    budget.dispose();
    return this.#host.state === 'running';
  }

  #up(): void {
    for (const up of [...this.#waitingForUp]) up();
  }

  #down(problem: string): void {
    for (const settle of [...this.#asked.values()]) settle(this.#hostError(problem));
    const live = this.#live;
    this.#live = undefined;
    live?.events.ended(problem, 'host');
  }

  #take(report: HidReport): void {
    switch (report.kind) {
      case 'opened':
        this.#asked.get(`connection ${String(report.connection)}`)?.(report);
        break;
      case 'listed':
      case 'written':
        this.#asked.get(`request ${String(report.id)}`)?.(report);
        break;
      case 'failed':
        this.#asked.get(report.id === undefined ? `connection ${String(report.connection)}` : `request ${String(report.id)}`)?.(report);
        break;
      case 'closed':
        this.#asked.get(`closing ${String(report.connection)}`)?.(report);
        break;
      case 'stuck':
        this.#host.recycle(report.problem);
        break;
      default:
        this.#event(report);
    }
  }

  #event(report: HidReport & { readonly kind: 'reports' | 'flooded' | 'featureFailed' | 'ended' }): void {
    const live = this.#live;
    // of a connection that is over: whoever had it has moved on
    if (live?.number !== report.connection) return;
    if (report.kind === 'flooded') live.events.gap(report.byteCount);
    else if (report.kind === 'featureFailed') live.events.featureFailed(report.problem);
    else if (report.kind === 'ended') {
      this.#live = undefined;
      live.events.ended(report.problem, 'device');
    } else {
      if (report.seq > live.next) live.events.gap(0);
      for (const [index, { bytes, wall }] of report.reports.entries()) {
        const seq = report.seq + index;
        // each report once, whatever happens on the way
        if (seq < live.next) continue;
        live.next = seq + 1;
        live.events.report(bytes, wall);
      }
    }
  }

  #hostError(problem: string): TillbridgeError {
    return new TillbridgeError('TB_READER_HID_HOST', { reader: this.#context.reader, problem });
  }
}
