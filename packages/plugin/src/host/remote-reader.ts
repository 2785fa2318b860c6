import {
  deadline,
  isTillbridgeError,
  PartStatusKeeper,
  raceAbort,
  TillbridgeError,
  type FeedbackKind,
  type PartState,
  type RawRead,
  type Reader,
  type ReaderCapabilities,
  type ReaderSink,
} from '@tillbridge/core';
import type { ReadReport } from '../wire/read-report.js';
import { HostedPlugin, type PluginPart, type PluginPorts, type Told } from './hosted-plugin.js';
import { takeState } from './take-state.js';

const OPEN_MS = 20_000;
/** What waits for a reader to be open waits so long, ms: then it goes on being opened behind our back. */
const WAIT_MS = 10_000;
const CLOSE_MS = 900;
const FEEDBACK_MS = 250;

/** One time that a reader is open: a plugin's process that is closed is not used again. */
interface Session {
  readonly host: HostedPlugin;
  readonly status: PartStatusKeeper;
  readonly sink: ReaderSink;
  /** A read whose silence was not answered yet. */
  awaiting: boolean;
  over: boolean;
  settled: () => void;
  opening: Promise<void> | undefined;
}

/** A reader that is a plugin. Its reads come in their order; a read that the process left unanswered is no loyalty code. */
export class RemoteReader implements Reader {
  readonly id: string;
  readonly kind = 'plugin';
  readonly capabilities: ReaderCapabilities;
  readonly #part: PluginPart;
  readonly #ports: PluginPorts;
  #status: PartStatusKeeper;
  #session: Session | undefined;

  constructor(part: PluginPart, ports: PluginPorts) {
    const { plugin } = part;
    if (plugin.manifest.kind !== 'reader') throw new TillbridgeError('TB_NATIVE_PLUGIN_REFUSED', { plugin: plugin.name, problem: 'it is no reader' });
    this.id = part.id;
    this.capabilities = { feedback: plugin.manifest.capabilities.feedback };
    this.#part = part;
    this.#ports = ports;
    this.#status = new PartStatusKeeper(ports.clock);
  }

  get state(): PartState {
    return this.#status.state;
  }

  retry(): void {
    const session = this.#session;
    if (session?.host.givenUp === undefined) return;
    session.status.set('opening');
    session.host.retry();
  }

  async open(sink: ReaderSink, signal: AbortSignal): Promise<void> {
    await this.close();
    const status = new PartStatusKeeper(this.#ports.clock);
    status.attach({ state: (state) => sink.state(state), goodsDropped: () => undefined, order: () => undefined });
    const session: Session = {
      host: new HostedPlugin(this.#part, this.#ports, {
        up: () => this.#up(session),
        down: (error) => this.#down(session, error),
        heard: (told) => this.#heard(session, told),
      }),
      status,
      sink,
      awaiting: false,
      over: false,
      settled: () => undefined,
      opening: undefined,
    };
    this.#session = session;
    this.#status = status;
    signal.addEventListener('abort', () => void this.#end(session), { once: true });
    status.set('opening');
    const limit = deadline(this.#ports.clock, WAIT_MS, signal);
    const started = new Promise<void>((resolve) => {
      session.settled = resolve;
      limit.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    session.host.start();
    await raceAbort(started.then(() => session.opening), limit.signal, () => undefined);
    limit.dispose();
  }

  async feedback(kind: FeedbackKind): Promise<void> {
    const host = this.#session?.host;
    if (host?.up !== true || !this.capabilities.feedback) return;
    const limit = deadline(this.#ports.clock, FEEDBACK_MS);
    // a plugin that is late with a beep is left alone: it may be reading
    await host.ask({ call: 'feedback', feedback: kind }, limit.signal, { forget: true }).catch(() => undefined);
    limit.dispose();
  }

  async close(): Promise<void> {
    if (this.#session !== undefined) await this.#end(this.#session);
  }

  async #end(session: Session): Promise<void> {
    if (session.over) return session.host.stop();
    session.over = true;
    this.#silence(session);
    // from here on nothing reaches the sink but this
    session.status.set('closed');
    session.settled();
    if (session.host.up) {
      const limit = deadline(this.#ports.clock, CLOSE_MS);
      await session.host.ask({ call: 'close' }, limit.signal, { forget: true }).catch(() => undefined);
      limit.dispose();
    }
    await session.host.stop();
  }

  #up(session: Session): void {
    if (!session.over) session.opening = this.#openPart(session);
    session.settled();
  }

  async #openPart({ host, status }: Session): Promise<void> {
    const limit = deadline(this.#ports.clock, OPEN_MS);
    try {
      await host.ask({ call: 'open' }, limit.signal);
    } catch (error) {
      if (isTillbridgeError(error)) status.set('failed', error);
    } finally {
      limit.dispose();
    }
  }

  #down(session: Session, error: TillbridgeError): void {
    if (!session.over) {
      this.#silence(session);
      session.status.set(error.retryable ? 'retrying' : 'failed', error);
    }
    session.settled();
  }

  /** Whether silence followed is not known any more: then it did not. */
  #silence(session: Session): void {
    if (session.awaiting) session.sink.resumed();
    session.awaiting = false;
  }

  #heard(session: Session, told: Told): void {
    const { sink, status, host } = session;
    if (session.over) return;
    switch (told.say) {
      case 'state':
        takeState(told.state, status, host);
        return;
      case 'read':
        // a plugin that forgot to answer for the read before
        this.#silence(session);
        session.awaiting = told.read.silence === 'awaitQuiet';
        sink.read(this.#read(told.read));
        return;
      case 'tail':
        sink.tail(new Uint8Array(Buffer.from(told.bytes, 'base64')));
        return;
      case 'quiet':
      case 'resumed':
        if (!session.awaiting) return;
        session.awaiting = false;
        sink[told.say]();
        return;
      case 'dropped':
        sink.dropped(told.reason, told.bytes);
        return;
      case 'hint':
        sink.hint?.(told.hint);
        return;
      default:
      // not of a reader
    }
  }

  #read({ bytes, terminator, age, silence, quietMs, silentBefore, overflow, partial, symbology, aim }: Extract<ReadReport, { say: 'read' }>['read']): RawRead {
    const { clock } = this.#ports;
    return {
      bytes: new Uint8Array(Buffer.from(bytes, 'base64')),
      terminator: new Uint8Array(Buffer.from(terminator, 'base64')),
      at: { mono: clock.mono() - age, wall: clock.wall() - age },
      silence,
      silentBefore,
      ...(quietMs === undefined ? {} : { quietMs }),
      ...(overflow === undefined ? {} : { overflow }),
      ...(partial === undefined ? {} : { partial }),
      ...(symbology === undefined ? {} : { symbology }),
      ...(aim === undefined ? {} : { aim }),
    };
  }
}
