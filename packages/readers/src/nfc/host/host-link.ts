import { deadline, TillbridgeError, type Clock, type Log } from '@tillbridge/core';
import { hostEntry, superviseHost, type SpawnHost, type SupervisedHost } from '@tillbridge/child-host';
import type { NfcCommand, NfcProtocol, NfcReport, NfcSetup } from './protocol.js';
import { unwireProblem } from './wire-secrets.js';

export interface HostLinkOptions {
  readonly reader: string;
  readonly setup: NfcSetup;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly spawn?: SpawnHost;
  /** Everything that the process tells about cards. */
  readonly onReport: (report: NfcReport) => void;
}

/** A package of NFC that can be installed without a compiler. */
export const PLAIN_PACKAGE = 'pcsc-mini';

/**
 * One life of the NFC process: it is not started again by itself, because without a PC/SC service there must be none. Whoever made it makes
 * the next one, after looking for the service.
 */
export class HostLink {
  readonly #options: HostLinkOptions;
  readonly #host: SupervisedHost<NfcProtocol>;
  readonly #readers = new Map<string, boolean>();
  readonly #watchers = new Set<() => void>();
  #started = false;
  #fault: TillbridgeError | undefined;
  #stuck: string | undefined;

  constructor(options: HostLinkOptions) {
    this.#options = options;
    const { setup, clock, log, random, spawn } = options;
    this.#host = superviseHost<NfcProtocol>({
      entry: hostEntry(import.meta.url, 'nfc-host'),
      setup,
      clock,
      log,
      random,
      ...(spawn === undefined ? {} : { spawn }),
      onMessage: (report) => this.#take(report),
      onUp: () => undefined,
      onDown: (problem) => this.#end(new TillbridgeError('TB_READER_NFC_STOPPED', { reader: options.reader, problem })),
    });
  }

  /** Why it is over; undefined while it lives. */
  get fault(): TillbridgeError | undefined {
    return this.#fault;
  }

  /** The reader whose card hung it. */
  get stuck(): string | undefined {
    return this.#stuck;
  }

  get started(): boolean {
    return this.#started;
  }

  /** Readers that are used. */
  get wanted(): readonly string[] {
    return [...this.#readers].flatMap(([name, wanted]) => (wanted ? [name] : []));
  }

  /** All readers of the machine. */
  get present(): readonly string[] {
    return [...this.#readers.keys()];
  }

  post(command: NfcCommand): void {
    this.#host.post(command);
  }

  /** Resolves when `seen` holds, it is over, or `signal` aborts. */
  until(seen: () => boolean, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!seen() && this.#fault === undefined && !signal.aborted) return;
        this.#watchers.delete(look);
        signal.removeEventListener('abort', look);
        resolve();
      };
      this.#watchers.add(look);
      signal.addEventListener('abort', look, { once: true });
      look();
    });
  }

  /** As `until`, and after `ms` at the latest. */
  async within(ms: number, seen: () => boolean, signal?: AbortSignal): Promise<void> {
    const limit = deadline(this.#options.clock, ms, signal);
    await this.until(seen, limit.signal);
    limit.dispose();
  }

  /** Resolves when the process is gone, after 2 s at the latest. */
  stop(): Promise<void> {
    this.#fault ??= new TillbridgeError('TB_READER_NFC_STOPPED', { reader: this.#options.reader, problem: 'closed' });
    return this.#host.stop();
  }

  #take(report: NfcReport): void {
    if (this.#fault !== undefined) return;
    const { reader, onReport } = this.#options;
    switch (report.kind) {
      case 'started':
        this.#started = true;
        break;
      case 'reader':
        if (report.present) this.#readers.set(report.name, report.wanted);
        else this.#readers.delete(report.name);
        break;
      case 'settings':
        this.#end(unwireProblem(report.problem));
        return;
      case 'fault':
        this.#stuck = report.fault === 'stuck' ? report.reader : undefined;
        onReport(report);
        this.#end(faultError(reader, report));
        return;
      default:
        break;
    }
    onReport(report);
    this.#wake();
  }

  /** At once, and before the supervisor's own restart is due. */
  #end(fault: TillbridgeError): void {
    if (this.#fault !== undefined) return;
    this.#fault = fault;
    // it beats, and cannot be talked out of the command that hangs: killed, not asked to end
    if (this.#stuck !== undefined) this.#host.recycle(fault.message);
    void this.#host.stop();
    this.#wake();
  }

  #wake(): void {
    for (const look of [...this.#watchers]) look();
  }
}

function faultError(reader: string, { fault, problem }: NfcReport & { kind: 'fault' }): TillbridgeError {
  switch (fault) {
    case 'missing':
      return new TillbridgeError('TB_NATIVE_MISSING', { package: PLAIN_PACKAGE, purpose: '`type: nfc`' });
    case 'broken':
      return new TillbridgeError('TB_READER_NFC_DRIVER', { reader, problem, command: `npm install ${PLAIN_PACKAGE}` });
    case 'serviceLost':
      return new TillbridgeError('TB_READER_NFC_NO_SERVICE', { reader });
    case 'spent':
      return new TillbridgeError('TB_READER_NFC_STOPPED', { reader, problem });
    case 'stuck':
      return new TillbridgeError('TB_READER_NFC_STUCK', { reader, timeoutMs: Number.parseInt(problem, 10) });
  }
}
