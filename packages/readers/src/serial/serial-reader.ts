import {
  deadline,
  raceAbort,
  TillbridgeError,
  type FeedbackKind,
  type Log,
  type PartState,
  type Reader,
  type ReaderCapabilities,
  type ReaderSink,
} from '@tillbridge/core';
import { keepConnected, type Connector } from '../connection/keep-connected.js';
import { ReaderRun } from '../connection/reader-run.js';
import { SYSTEM_ROOTS, type SystemRoots } from '../discovery/roots.js';
import { deviceBehindTty } from '../discovery/sysfs.js';
import { createFramingDriver, framerFor, type Framer, type FramingDriver } from '../framing/index.js';
import { arrival, look } from './arrival.js';
import { foreseenError, openError } from './errors.js';
import type { SerialLink } from './link.js';
import { describeWhere, locate } from './locate.js';
import type { LineSettings, SerialReaderContext, SerialReaderOptions } from './options.js';
import { ptyLink } from './pty-link.js';
import { openStreamLink } from './stream-link.js';
import { openTtyLink } from './tty-link.js';

const OPEN_BUDGET_MS = 5000;
const FEEDBACK_BUDGET_MS = 300;

/**
 * A scanner on a serial port or in USB-COM mode. Reconnects by itself; see {@link SerialReaderOptions}.
 * @throws RangeError for framing values outside their ranges.
 */
export function createSerialReader(options: SerialReaderOptions, context: SerialReaderContext): Reader {
  return new SerialReader(options, context);
}

class SerialReader implements Reader {
  readonly id: string;
  readonly kind = 'serial';
  readonly capabilities: ReaderCapabilities;
  readonly #options: SerialReaderOptions;
  readonly #context: SerialReaderContext;
  readonly #line: Required<LineSettings>;
  readonly #roots: SystemRoots;
  readonly #framer: Framer;
  readonly #log: Log;
  readonly #run: ReaderRun;
  #link: SerialLink | undefined;
  #writing = false;
  /** The links that led to the PTY that is open. */
  #links: string | undefined;
  /** The links that led to a PTY that hung up: it is dead for ever, and they lead to nobody of ours. */
  #dead: string | undefined;
  /** Which physical device the path leads to; Linux. */
  #device: string | undefined;
  /** What was to see of the device before the last attempt. */
  #seen: string | undefined;

  constructor(options: SerialReaderOptions, context: SerialReaderContext) {
    this.id = options.id;
    this.capabilities = { feedback: options.feedback?.good !== undefined || options.feedback?.bad !== undefined };
    this.#options = options;
    this.#context = context;
    this.#roots = context.roots ?? SYSTEM_ROOTS;
    this.#framer = framerFor(options.framing);
    this.#line = {
      baudRate: options.baudRate ?? 9600,
      dataBits: options.dataBits ?? 8,
      parity: options.parity ?? 'none',
      stopBits: options.stopBits ?? 1,
      rtscts: options.rtscts ?? false,
      dtr: options.dtr ?? true,
    };
    this.#log = context.log.child({ reader: options.id });
    this.#run = new ReaderRun(context.clock);
  }

  get state(): PartState {
    return this.#run.value;
  }

  open(sink: ReaderSink, signal: AbortSignal): Promise<void> {
    return this.#run.open(sink, signal, (until, settled) => this.#keep(sink, until, settled));
  }

  async feedback(kind: FeedbackKind): Promise<void> {
    const bytes = kind === 'none' ? undefined : this.#options.feedback?.[kind];
    const link = this.#link;
    // a device that is still busy with the last one gets no queue of beeps
    if (bytes === undefined || link === undefined || this.#writing) return;
    this.#writing = true;
    const budget = deadline(this.#context.clock, FEEDBACK_BUDGET_MS);
    const write = link.write(bytes).then(
      () => true,
      () => true,
    );
    const done = await raceAbort(write, budget.signal, () => false);
    budget.dispose();
    this.#writing = false;
    if (done) return;
    this.#log.warn('the scanner did not take its feedback in time');
    // Windows has no time-out for writes: the port would stay wedged. It is there still: nothing is dead.
    this.#links = undefined;
    await link.close();
  }

  close(): Promise<void> {
    return this.#run.close();
  }

  async #keep(sink: ReaderSink, signal: AbortSignal, settled: (fatal?: TillbridgeError) => void): Promise<void> {
    const { clock, random = Math.random } = this.#context;
    const driver = createFramingDriver(this.#framer, clock, sink);
    const where = this.#options.where;
    await keepConnected(
      this.#connector(driver),
      { reader: this.id, device: describeWhere(where), clock, log: this.#log, state: this.#run.state, random },
      signal,
      settled,
    );
  }

  #connector(driver: FramingDriver): Connector<SerialLink> {
    return {
      connect: (signal) => this.#connect(signal),
      arrival: (reason, signal) => arrival(this.#options.where, { reason, seen: this.#seen }, this.#context, this.#roots, signal),
      up: (link) => {
        this.#link = link;
        this.#context.onDevice?.(this.#device);
        this.#log.info('the reader is connected');
        link.start((chunk) => driver.push(chunk));
      },
      down: () => {
        this.#link = undefined;
        // ended by the device, not by us
        if (!this.#run.signal.aborted) this.#dead = this.#links ?? this.#dead;
        this.#context.onDevice?.(undefined);
        driver.end();
      },
    };
  }

  async #connect(signal: AbortSignal): Promise<SerialLink> {
    const { clock, profiles } = this.#context;
    this.#seen = await look(this.#options.where, this.#roots);
    const path = await locate(this.id, this.#options.where, { roots: this.#roots, clock, ...(profiles === undefined ? {} : { profiles }) }, signal);
    const links = await ptyLink(path);
    if (links !== undefined && links === this.#dead) throw new TillbridgeError('TB_READER_NOT_FOUND', { reader: this.id, path });
    this.#links = links;
    if (this.#context.onDevice !== undefined) this.#device = await deviceBehindTty(path, this.#roots);
    const budget = deadline(clock, OPEN_BUDGET_MS, signal);
    const opening = this.#openLink(path);
    const link = await raceAbort(opening, budget.signal, () => undefined).finally(() => budget.dispose());
    if (link !== undefined) return link;
    // whenever the driver comes back, what it opened is let go
    void opening.then((late) => late.close(), () => undefined);
    throw new TillbridgeError('TB_READER_OPEN_TIMEOUT', { reader: this.id, path, timeoutMs: OPEN_BUDGET_MS });
  }

  async #openLink(path: string): Promise<SerialLink> {
    const foreseen = await foreseenError(this.id, path, this.#roots);
    if (foreseen !== undefined) throw foreseen;
    const request = { reader: this.id, path, line: this.#line, clock: this.#context.clock };
    const transport = this.#context.transport ?? (process.platform === 'linux' ? 'tty' : 'stream');
    try {
      return await (transport === 'tty' ? openTtyLink(request) : openStreamLink(request));
    } catch (error) {
      throw openError(error, this.id, path);
    }
  }
}
