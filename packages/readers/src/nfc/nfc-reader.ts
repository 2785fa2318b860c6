import { instant, sleep, TillbridgeError, type FeedbackKind, type Log, type PartState, type Reader, type ReaderCapabilities, type ReaderSink } from '@tillbridge/core';
import { keepConnected, type Connector, type Link } from '../connection/keep-connected.js';
import { ReaderRun } from '../connection/reader-run.js';
import { chainOf } from './chain-of.js';
import { Debounce } from './debounce.js';
import { HostLink } from './host/host-link.js';
import type { NfcReport, NfcSetup, ReadReport, UnreadReport } from './host/protocol.js';
import { toWire, unwireProblem } from './host/wire-secrets.js';
import type { NfcReaderContext, NfcReaderOptions } from './options.js';
import { systemService, type PcscService } from './service/pcsc-service.js';

/** A list of readers may come this long after the process is up, ms: PC/SC tells of them one by one and of no end. */
const LIST_MS = 1000;
/** The process answers within this time, ms: a cold start on a slow till. */
const START_MS = 10_000;
/** A card at the edge of the field; see `NfcReaderOptions.debounceMs`. */
const DEBOUNCE_MS = 1500;

/**
 * A contactless reader on PC/SC: cards, tags, phones, wallet passes. Everything that touches PC/SC is in a child process; there is none
 * while no PC/SC service runs.
 */
export function createNfcReader(options: NfcReaderOptions, context: NfcReaderContext): Reader {
  return new NfcReader(options, context);
}

class NfcReader implements Reader {
  readonly id: string;
  readonly kind = 'nfc';
  readonly capabilities: ReaderCapabilities = { feedback: true };
  readonly #options: NfcReaderOptions;
  readonly #context: NfcReaderContext;
  readonly #service: PcscService;
  readonly #log: Log;
  readonly #run: ReaderRun;
  readonly #debounce: Debounce;
  #host: HostLink | undefined;
  /** The reader whose card hung the last process. */
  #stuck: string | undefined;

  constructor(options: NfcReaderOptions, context: NfcReaderContext) {
    this.id = options.id;
    this.#options = options;
    this.#context = context;
    this.#service = context.service ?? systemService();
    this.#log = context.log.child({ reader: options.id });
    this.#run = new ReaderRun(context.clock);
    this.#debounce = new Debounce(options.debounceMs ?? DEBOUNCE_MS);
  }

  get state(): PartState {
    return this.#run.value;
  }

  open(sink: ReaderSink, signal: AbortSignal): Promise<void> {
    return this.#run.open(sink, signal, (until, settled) => this.#keep(sink, until, settled));
  }

  feedback(kind: FeedbackKind): Promise<void> {
    if (kind === 'none') return Promise.resolve();
    // after a refusal the guest presents the same card again, and means it
    if (kind === 'bad') this.#debounce.forget();
    this.#host?.post({ kind: 'signal', signal: kind });
    return Promise.resolve();
  }

  close(): Promise<void> {
    return this.#run.close();
  }

  async #keep(sink: ReaderSink, signal: AbortSignal, settled: (fatal?: TillbridgeError) => void): Promise<void> {
    const { clock, random = Math.random } = this.#context;
    const device = this.#options.match?.name ?? 'PC/SC';
    const connector: Connector<Link> = {
      connect: (until) => this.#connect(sink, until),
      arrival: (reason, until) => this.#arrival(reason, until),
      up: () => this.#log.info('the NFC reader is ready', { device: this.#host?.wanted.join(', ') ?? '' }),
      down: () => undefined,
    };
    await keepConnected(connector, { reader: this.id, device, clock, log: this.#log, state: this.#run.state, random }, signal, settled);
    await this.#drop();
  }

  /** Up when a reader is there to read with. The process stays when none is: it tells when one comes. */
  async #connect(sink: ReaderSink, signal: AbortSignal): Promise<Link> {
    const host = await this.#living(sink);
    await host.within(START_MS, () => host.started, signal);
    if (host.fault === undefined && !host.started) throw await this.#over(new TillbridgeError('TB_READER_NFC_STOPPED', { reader: this.id, problem: 'it did not start in time' }));
    if (host.wanted.length === 0) await host.within(LIST_MS, () => host.wanted.length > 0, signal);
    if (host.fault !== undefined) throw await this.#over(host.fault);
    if (host.wanted.length === 0) throw this.#noReader(host);
    const done = new AbortController();
    const ended = host.until(() => host.wanted.length === 0, done.signal).then(() => (host.fault === undefined ? this.#noReader(host) : this.#over(host.fault)));
    return {
      ended,
      close: () => {
        done.abort();
        return Promise.resolve();
      },
    };
  }

  async #living(sink: ReaderSink): Promise<HostLink> {
    if (this.#host !== undefined && this.#host.fault === undefined) return this.#host;
    await this.#drop();
    if (!(await this.#service.runs())) throw new TillbridgeError('TB_READER_NFC_NO_SERVICE', { reader: this.id });
    const { clock, random = Math.random, spawn } = this.#context;
    const host = new HostLink({
      reader: this.id,
      setup: this.#setup(),
      clock,
      log: this.#log,
      random,
      ...(spawn === undefined ? {} : { spawn }),
      onReport: (report) => {
        if (this.#host === host && !this.#run.signal.aborted) this.#take(report, sink);
      },
    });
    this.#host = host;
    return host;
  }

  #setup(): NfcSetup {
    const { match, backend = 'auto' } = this.#options;
    const socket = process.env['PCSCLITE_CSOCK_NAME'];
    return {
      backend,
      folders: this.#context.folders ?? [],
      chain: toWire(chainOf(this.#options)),
      skip: this.#stuck === undefined ? [] : [this.#stuck],
      inspect: false,
      ...(match === undefined ? {} : { name: match.name }),
      ...(socket === undefined ? {} : { socket }),
    };
  }

  /** Why the process is over, in the end: when it fell with the service, the service is what is missing. */
  async #over(fault: TillbridgeError): Promise<TillbridgeError> {
    this.#stuck = this.#host?.stuck;
    await this.#drop();
    if (fault.code !== 'TB_READER_NFC_STOPPED' || (await this.#service.runs())) return fault;
    return new TillbridgeError('TB_READER_NFC_NO_SERVICE', { reader: this.id });
  }

  async #drop(): Promise<void> {
    const host = this.#host;
    this.#host = undefined;
    await host?.stop();
  }

  #noReader(host: HostLink): TillbridgeError {
    return new TillbridgeError('TB_READER_NFC_NO_READER', { reader: this.id, match: this.#options.match?.name ?? 'any', found: host.present.join(', ') || '-' });
  }

  /** A reader was plugged in, or the service came back: no need to wait for the back-off. */
  async #arrival(reason: TillbridgeError, signal: AbortSignal): Promise<void> {
    const host = this.#host;
    if (host !== undefined && host.fault === undefined) {
      await host.until(() => host.wanted.length > 0, signal);
      return;
    }
    // a process that fell while the service ran waits for its back-off
    if (reason.code !== 'TB_READER_NFC_NO_SERVICE') return new Promise(() => undefined);
    while (!signal.aborted && !(await this.#service.runs())) await sleep(this.#context.clock, this.#service.everyMs, signal);
  }

  #take(report: NfcReport, sink: ReaderSink): void {
    const { clock } = this.#context;
    switch (report.kind) {
      case 'read':
        this.#read(report, sink);
        break;
      case 'unread':
        this.#unread(report, sink);
        break;
      case 'card':
        if (!report.present) this.#debounce.cardLeft(report.reader, clock.mono());
        this.#log.debug(report.present ? 'a card came' : 'a card left', { device: report.reader });
        break;
      case 'reader':
        if (!report.present) this.#debounce.cardLeft(report.name, clock.mono());
        this.#log.info(report.present ? 'a PC/SC reader is there' : 'a PC/SC reader is gone', { device: report.name, used: report.wanted });
        break;
      case 'started':
        this.#log.info('the NFC process runs', { backend: report.backend, passedOver: report.passedOver });
        break;
      case 'signalFailed':
        this.#log.warn('the NFC reader took no signal', { device: report.reader, problem: report.problem });
        break;
      case 'fault':
        if (report.fault === 'stuck') this.#missed('holdLonger', sink);
        break;
      case 'inspected':
      case 'settings':
        break;
    }
  }

  #read(report: ReadReport, sink: ReaderSink): void {
    const { clock } = this.#context;
    const { source, name, tookMs, cardMs } = report;
    const ownMs = tookMs - cardMs + Math.max(0, clock.wall() - report.sentWall);
    this.#log.debug('a card was read', { source, name, cardMs, ownMs, steps: report.steps.map(({ way, command, status }) => `${way}: ${command}: ${status}`) });
    if (!this.#debounce.isNew(report.reader, report.code, report.initial, clock.mono())) {
      this.#log.debug('the same card again, at the edge of the field or never taken away');
      return;
    }
    const bytes = Uint8Array.from(Buffer.from(report.code, 'utf8'));
    sink.read({ bytes, terminator: new Uint8Array(), at: instant(clock), silence: 'settled', silentBefore: true });
  }

  #unread({ reason, hint, problem, steps }: UnreadReport, sink: ReaderSink): void {
    const error = problem === undefined ? undefined : unwireProblem(problem);
    this.#log.info('a card or phone gave no code', { reason, hint, ...(error === undefined ? {} : { error }), steps: steps.map(({ way, command, status }) => `${way}: ${command}: ${status}`) });
    if (reason === 'removed' || reason === 'timeout') this.#missed(hint, sink);
    else if (hint !== undefined) sink.hint?.(hint);
    if (hint !== undefined && this.#options.signalHints !== false) this.#host?.post({ kind: 'signal', signal: 'bad' });
  }

  /** A card that was there and could not be read to its end: counted. */
  #missed(hint: UnreadReport['hint'], sink: ReaderSink): void {
    sink.dropped('unplugged', 0);
    if (hint !== undefined) sink.hint?.(hint);
  }
}
