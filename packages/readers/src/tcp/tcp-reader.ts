import type { Log, PartState, Reader, ReaderCapabilities, ReaderSink, TillbridgeError } from '@tillbridge/core';
import { keepConnected, type Connector, type Link } from '../connection/keep-connected.js';
import { ReaderRun } from '../connection/reader-run.js';
import { createFramingDriver, framerFor } from '../framing/index.js';
import { allowList } from './allow-list.js';
import { connectLink } from './connect-link.js';
import { Interleave } from './interleave.js';
import { listenLink, type ListenLink } from './listen-link.js';
import type { Endpoint, TcpReaderContext, TcpReaderOptions } from './options.js';

export interface TcpReader extends Reader {
  /** Where it listens now: with port 0 the port that it got. `undefined` while it does not, and for `connect`. */
  readonly address: Endpoint | undefined;
}

const LOOPBACK = '127.0.0.1';

/**
 * A network scanner, or a simulator. Listening takes up to 8 connections, each cut into reads on its own. Sends nothing.
 * @throws RangeError for framing values outside their ranges and for `allow` entries that are no address or CIDR block.
 */
export function createTcpReader(options: TcpReaderOptions, context: TcpReaderContext): TcpReader {
  return new SocketReader(options, context);
}

class SocketReader implements TcpReader {
  readonly id: string;
  readonly kind = 'tcp';
  readonly capabilities: ReaderCapabilities = { feedback: false };
  readonly #options: TcpReaderOptions;
  readonly #context: TcpReaderContext;
  readonly #allowed: (address: string | undefined) => boolean;
  readonly #log: Log;
  readonly #run: ReaderRun;
  #address: Endpoint | undefined;

  constructor(options: TcpReaderOptions, context: TcpReaderContext) {
    this.id = options.id;
    this.#options = options;
    this.#context = context;
    this.#allowed = allowList('listen' in options ? options.allow : undefined);
    framerFor(options.framing);
    this.#log = context.log.child({ reader: options.id });
    this.#run = new ReaderRun(context.clock);
  }

  get state(): PartState {
    return this.#run.value;
  }

  get address(): Endpoint | undefined {
    return this.#address;
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
    const { clock, random = Math.random } = this.#context;
    const options = this.#options;
    const connector = 'listen' in options ? this.#listening(options.listen, sink) : this.#connecting(options.connect, sink);
    const { host = LOOPBACK, port } = 'listen' in options ? options.listen : options.connect;
    const device = `${host}:${String(port)}`;
    await keepConnected(connector, { reader: this.id, device, clock, log: this.#log, state: this.#run.state, random }, signal, settled);
  }

  #listening(at: Partial<Endpoint> & Pick<Endpoint, 'port'>, sink: ReaderSink): Connector<ListenLink> {
    const { clock } = this.#context;
    const interleave = new Interleave(sink);
    const driver = (): ReturnType<typeof createFramingDriver> => createFramingDriver(framerFor(this.#options.framing), clock, interleave.lane());
    return {
      connect: () =>
        listenLink({ reader: this.id, at: { host: at.host ?? LOOPBACK, port: at.port }, allowed: this.#allowed, driver, log: this.#log }),
      up: (link) => {
        this.#address = link.address;
        this.#log.info('the reader listens', { host: link.address.host, port: link.address.port });
      },
      down: () => {
        this.#address = undefined;
      },
    };
  }

  #connecting(to: Endpoint, sink: ReaderSink): Connector<Link> {
    const { clock } = this.#context;
    const driver = createFramingDriver(framerFor(this.#options.framing), clock, sink);
    return {
      connect: (signal) => connectLink(this.id, to, driver, clock, signal),
      up: () => this.#log.info('the reader is connected'),
      down: () => undefined,
    };
  }
}
