import { instant, keepConnected, PartStatusKeeper, type PartState, type PluginContext, type Reader, type ReaderSink } from '@tillbridge/plugin';
import { connectScanner, problem, ScannerLink } from './scanner-link.js';

/** `options` in tillbridge.yaml; the manifest's `configSchema` has checked them. */
export interface LineReaderOptions {
  readonly host: string;
  readonly port: number;
}

/** A network scanner that ends each read with CR. Put your device's own protocol here. */
export class LineReader implements Reader {
  readonly id: string;
  readonly kind = 'plugin';
  readonly capabilities = { feedback: false };
  readonly #context: PluginContext<LineReaderOptions>;
  readonly #status: PartStatusKeeper;
  #life = new AbortController();
  #running: Promise<void> | undefined;

  constructor(context: PluginContext<LineReaderOptions>) {
    this.id = context.id;
    this.#context = context;
    this.#status = new PartStatusKeeper(context.clock);
  }

  get state(): PartState {
    return this.#status.state;
  }

  /** Resolves when the scanner is connected, or when the first attempt failed and it is tried again. */
  open(sink: ReaderSink, signal: AbortSignal): Promise<void> {
    const { clock, log, options } = this.#context;
    const status = this.#status;
    const life = (this.#life = new AbortController());
    status.attach({ state: (state) => sink.state(state), goodsDropped: () => undefined, order: () => undefined });
    signal.addEventListener('abort', () => life.abort(), { once: true });
    // a whole read with nothing behind it: `settled`, no terminator of its own
    const read = (bytes: Uint8Array): void =>
      sink.read({ bytes, terminator: new Uint8Array(0), at: instant(clock), silence: 'settled', silentBefore: true });
    const lost = (bytes: number): void => sink.dropped('unplugged', bytes);
    return new Promise((resolve, reject) => {
      this.#running = keepConnected(
        { connect: (ended) => connectScanner(options.host, options.port, ended, (socket) => new ScannerLink(socket, read, lost)), up: () => undefined, down: () => undefined },
        {
          what: 'reader',
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
        life.signal,
        (fatal) => (fatal === undefined ? resolve() : reject(fatal)),
      );
    });
  }

  feedback(): Promise<void> {
    return Promise.resolve();
  }

  async close(): Promise<void> {
    this.#life.abort();
    await this.#running;
    this.#status.set('closed');
  }
}
