import { instant, type Log, type PartState, type Reader, type ReaderCapabilities, type ReaderSink, type Taken, type TillbridgeError } from '@tillbridge/core';
import { keepConnected, type Connector, type Link } from '../connection/keep-connected.js';
import { ReaderRun } from '../connection/reader-run.js';
import { MAX_SCAN_BYTES, type MobileReaderContext, type MobileReaderOptions, type PhoneScan } from './options.js';

/** The cameras of the paired phones. What serves them stands outside: this makes reads of what they send, and answers each with what became of it. */
export function createMobileReader(options: MobileReaderOptions, context: MobileReaderContext): Reader {
  return new PhoneReader(options, context);
}

class PhoneReader implements Reader {
  readonly id: string;
  readonly kind = 'mobile';
  /** A phone is answered with the outcome of its own scan; a signal for the reader as a whole would reach the wrong waiter. */
  readonly capabilities: ReaderCapabilities = { feedback: false };
  readonly #options: MobileReaderOptions;
  readonly #context: MobileReaderContext;
  readonly #log: Log;
  readonly #run: ReaderRun;

  constructor(options: MobileReaderOptions, context: MobileReaderContext) {
    this.id = options.id;
    this.#options = options;
    this.#context = context;
    this.#log = context.log.child({ reader: options.id });
    this.#run = new ReaderRun(context.clock);
  }

  get state(): PartState {
    return this.#run.value;
  }

  open(sink: ReaderSink, signal: AbortSignal): Promise<void> {
    return this.#run.open(sink, signal, (until, settled) => this.#keep(sink, until, settled));
  }

  feedback(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return this.#run.close();
  }

  async #keep(sink: ReaderSink, signal: AbortSignal, settled: (fatal?: TillbridgeError) => void): Promise<void> {
    const { host, clock, random = Math.random } = this.#context;
    const take = (scan: PhoneScan): Taken | undefined => (signal.aborted ? undefined : this.#take(scan, sink));
    const connector: Connector<Link> = {
      connect: (until) => host.connect(take, until),
      ...(host.arrival === undefined ? {} : { arrival: (_reason, until) => host.arrival?.(until) ?? Promise.resolve() }),
      up: () => this.#log.info('phones are served'),
      down: () => undefined,
    };
    await keepConnected(connector, { reader: this.id, device: this.#options.place, clock, log: this.#log, state: this.#run.state, random }, signal, settled);
  }

  #take({ bytes, symbology, kind, ageMs = 0, till }: PhoneScan, sink: ReaderSink): Taken | undefined {
    if (bytes.length === 0 || bytes.length > MAX_SCAN_BYTES) {
      sink.dropped('noise', bytes.length);
      return undefined;
    }
    const answer: { taken: Taken | undefined } = { taken: undefined };
    const { mono, wall } = instant(this.#context.clock);
    sink.read({
      bytes,
      terminator: new Uint8Array(0),
      at: { mono: mono - ageMs, wall: wall - ageMs },
      silence: 'settled',
      silentBefore: true,
      ...(symbology === undefined ? {} : { symbology }),
      ...(kind === undefined ? {} : { kind }),
      ...(till === undefined ? {} : { till }),
      taken: (taken) => (answer.taken = taken),
    });
    return answer.taken;
  }
}
