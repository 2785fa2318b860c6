import {
  PartStatusKeeper,
  deadline,
  elapsed,
  outcome,
  raceAbort,
  sleep,
  withdrawn,
  Withdrawal,
  type Adapter,
  type AdapterCapabilities,
  type Clock,
  type DeliveryRequest,
  type GoodsRead,
  type Inbound,
  type Log,
  type Outcome,
  type PartState,
  type ProbeRow,
  type TillbridgeError,
} from '@tillbridge/core';
import { goodsBytes, suffixBytes } from './bytes.js';
import { numberBytes } from './number-bytes.js';
import { DEFAULTS, type AdapterContext, type PortTillOptions } from './options.js';
import { Backlog, type Piece } from './outbound.js';
import { probePort } from './probe-port.js';
import { SerialConnection } from './serial-connection.js';
import { openSerialLine, type SerialLine, type SerialOpener } from './serial-line.js';

/** Milliseconds between two looks at a port that is busy, and at what waits for a port that is closed. */
const LOOK_MS = 10;
/** Time budget of reading the modem lines, in milliseconds. */
const PEER_MS = 500;

/** `virtual-com`, transport `port`: we write into one end of a pair of serial ports, the cashier program reads the other. */
export class PortTill implements Adapter {
  readonly id: string;
  readonly capabilities: AdapterCapabilities = { goods: true, best: 'sent', verify: false };
  readonly #options: PortTillOptions;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #status: PartStatusKeeper;
  readonly #suffix: Uint8Array;
  readonly #backlog = new Backlog();
  readonly #closing = new AbortController();
  readonly #connection: SerialConnection;
  readonly #opener: SerialOpener;
  #line: SerialLine | undefined;
  #writing = false;
  #sweeping = false;
  #lastWrite = -Infinity;
  #lastNumber = -Infinity;
  #running: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: PortTillOptions, context: AdapterContext, opener: SerialOpener = openSerialLine) {
    this.id = options.id;
    this.#options = options;
    this.#clock = context.clock;
    this.#log = context.log;
    this.#status = new PartStatusKeeper(context.clock);
    this.#suffix = suffixBytes(options.suffix ?? DEFAULTS.suffix);
    this.#opener = opener;
    this.#connection = new SerialConnection(options, context.clock, opener);
  }

  get state(): PartState {
    return this.#status.state;
  }

  open(inbound: Inbound, signal: AbortSignal): Promise<void> {
    this.#status.attach(inbound);
    this.#status.set('opening');
    signal.addEventListener('abort', () => void this.close(), { once: true });
    return new Promise((resolve, reject) => {
      this.#running = this.#connection.run(
        { up: (line) => this.#up(line), down: (reason) => this.#down(reason) },
        AbortSignal.any([signal, this.#closing.signal]),
        (error) => {
          if (error === undefined) resolve();
          else reject(error);
        },
      );
      this.#running.then(resolve, reject);
    });
  }

  probe(): Promise<readonly ProbeRow[]> {
    return probePort(this.#options, this.#line, this.#opener);
  }

  goods(read: GoodsRead): void {
    const bytes = goodsBytes(read, this.#suffix);
    if (bytes.length === 0) return;
    this.#status.dropped(this.#backlog.push({ kind: 'goods', bytes, at: read.at }), 'tooMany');
    this.#next();
  }

  async deliver(delivery: DeliveryRequest, signal: AbortSignal): Promise<Outcome> {
    const bytes = numberBytes(this.#options.output, delivery.number);
    if (!(bytes instanceof Uint8Array)) return bytes;
    const stop = AbortSignal.any([signal, this.#closing.signal]);
    for (;;) {
      if (stop.aborted) return withdrawn(stop, 'notWritten');
      const line = this.#line;
      if (line === undefined) return outcome('rejected', 'portNotOpen');
      const wait = this.#wait();
      if (wait > 0) {
        await sleep(this.#clock, wait, stop);
        continue;
      }
      if (!(await this.#peerReady(line))) return outcome('rejected', 'peerNotReady');
      // the question took time: anything may have come in between
      if (isAborted(stop) || this.#line !== line || this.#wait() > 0) continue;
      if (delivery.expired()) return outcome('expired', 'notWritten');
      return await this.#writeNumber(line, { kind: 'number', bytes, at: delivery.at }, stop);
    }
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#closing.abort(new Withdrawal('shutdown'));
    await this.#running;
    this.#status.dropped(this.#backlog.drop(() => true), 'shutdown');
    this.#status.set('closed');
  }

  #up(line: SerialLine): void {
    this.#line = line;
    this.#writing = false;
    this.#status.set('ready');
    this.#next();
  }

  #down(reason: TillbridgeError): void {
    this.#line = undefined;
    this.#log.warn('port to the till is down', { till: this.id, code: reason.code, problem: reason.message });
    this.#status.set(reason.code === 'TB_NATIVE_MISSING' ? 'failed' : 'retrying', reason);
    this.#next();
  }

  /** Milliseconds that a number has to wait, 0 when it may be written. */
  #wait(): number {
    if (this.#writing || this.#backlog.length > 0) return LOOK_MS;
    return Math.max(0, this.#lastWrite + (this.#options.gapMs ?? DEFAULTS.gapMs) - this.#clock.mono());
  }

  /** Writes the oldest read that waits, in this very call where the port is free. One at a time: what is not written yet can be dropped. */
  #next(): void {
    const head = this.#backlog.head;
    if (head === undefined || this.#writing) return;
    const line = this.#line;
    const gap = this.#lastNumber + (this.#options.gapMs ?? DEFAULTS.gapMs) - this.#clock.mono();
    if (line === undefined || gap > 0) {
      this.#sweep();
      return;
    }
    this.#backlog.advance(head.piece.bytes.length);
    this.#write(line, head.piece).then(
      (written) => {
        if (!written) this.#status.dropped(1, 'portFailed');
        this.#next();
      },
      (error: unknown) => this.#log.error('writing goods failed', { till: this.id, problem: String(error) }),
    );
  }

  /** Looks after what waits until nothing does: drops what is too old, writes when it can. */
  #sweep(): void {
    if (this.#sweeping) return;
    this.#sweeping = true;
    this.#clock.timer(LOOK_MS, () => {
      this.#sweeping = false;
      const limit = this.#options.backlogMs ?? DEFAULTS.backlogMs;
      this.#status.dropped(
        this.#backlog.drop((rest) => elapsed(this.#clock, rest.piece.at) > limit),
        'portNotOpen',
      );
      this.#next();
    });
  }

  /** False when the port failed or took too long: the connection is then replaced, and nothing of it is repeated. */
  async #write(line: SerialLine, piece: Piece): Promise<boolean> {
    this.#writing = true;
    const limit = deadline(this.#clock, this.#options.writeTimeoutMs ?? DEFAULTS.writeTimeoutMs);
    try {
      const written = line.write(piece.bytes).then(
        () => true,
        () => false,
      );
      const done = await raceAbort(written, limit.signal, () => false);
      if (!done) this.#connection.reset();
      return done;
    } finally {
      limit.dispose();
      this.#lastWrite = this.#clock.mono();
      if (piece.kind === 'number') this.#lastNumber = this.#lastWrite;
      if (this.#line === line || this.#line === undefined) this.#writing = false;
    }
  }

  async #writeNumber(line: SerialLine, piece: Piece, stop: AbortSignal): Promise<Outcome> {
    const written = await this.#write(line, piece);
    if (!written) return outcome('unknown', 'writeFailed');
    // Under flow control the bytes may still lie in the system's buffer, and must not leave it late.
    const limit = deadline(this.#clock, this.#options.writeTimeoutMs ?? DEFAULTS.writeTimeoutMs, stop);
    const drained = line.drain().then(
      () => true,
      () => false,
    );
    const left = await raceAbort(drained, limit.signal, () => false);
    limit.dispose();
    this.#next();
    if (left) return outcome('sent');
    await this.#flush(line);
    return outcome('unknown', 'notDrained');
  }

  async #flush(line: SerialLine): Promise<void> {
    const limit = deadline(this.#clock, PEER_MS);
    await raceAbort(line.flush(), limit.signal, () => undefined).catch(() => undefined);
    limit.dispose();
  }

  async #peerReady(line: SerialLine): Promise<boolean> {
    const required = this.#options.requirePeer ?? 'none';
    if (required === 'none') return true;
    const limit = deadline(this.#clock, PEER_MS);
    const lines = await raceAbort(line.peer(), limit.signal, () => undefined).catch(() => undefined);
    limit.dispose();
    return lines?.[required] === true;
  }
}

/** A fresh look, which the compiler would otherwise take for the one before the last wait. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
