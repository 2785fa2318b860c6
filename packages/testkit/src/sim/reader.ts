import {
  instant,
  type Cancel,
  type Clock,
  type CodeKind,
  type DropReason,
  type FeedbackKind,
  type GuestHint,
  type KeyEvent,
  type PartState,
  type PartStatus,
  type Reader,
  type ReaderCapabilities,
  type ReaderKind,
  type ReaderSink,
  type Symbology,
  type Taken,
} from '@tillbridge/core';

export interface SimulatedReaderOptions {
  /** Default `serial`. */
  readonly kind?: ReaderKind;
  /**
   * Silence that makes a read a loyalty candidate, in ms; default 20. 0: reads are settled at once, as those of HID or NFC readers.
   * `manual`: the test calls {@link SimulatedReader.quiet} and {@link SimulatedReader.resumed} itself.
   */
  readonly quietMs?: number | 'manual';
  /** Whether the device can beep; default true. */
  readonly feedback?: boolean;
}

export interface ScanOptions {
  /** Terminator as read; default CR, none for a reader without `quietMs`. */
  readonly terminator?: string | Uint8Array;
  readonly symbology?: Symbology;
  /** Overrides what the simulated silence gives. */
  readonly silentBefore?: boolean;
  /** A piece of a read that was longer than the reader takes. */
  readonly overflow?: boolean;
  /** No whole read: typed by hand. */
  readonly partial?: boolean;
  /** The keys that a keyboard's read came as. */
  readonly keys?: readonly KeyEvent[];
  /** Said on a phone: what it is, and for which till. */
  readonly kind?: CodeKind;
  readonly till?: string;
  /** How long ago it was read, in ms: a phone's message may have been on its way. Default 0. */
  readonly ageMs?: number;
  /** Told what becomes of the read. */
  readonly taken?: (taken: Taken) => void;
}

const encoder = new TextEncoder();
const bytesOf = (data: string | Uint8Array): Uint8Array => (typeof data === 'string' ? encoder.encode(data) : data);

/** A scanner in memory: reads what the test says, when the test says so, and remembers the feedback that it was given. */
export class SimulatedReader implements Reader {
  readonly id: string;
  readonly kind: ReaderKind;
  readonly capabilities: ReaderCapabilities;
  /** Every feedback asked for, oldest first. */
  readonly feedbacks: FeedbackKind[] = [];
  readonly #clock: Clock;
  readonly #quietMs: number | 'manual';
  #sink: ReaderSink | undefined;
  #state: PartState;
  #lastByte = Number.NEGATIVE_INFINITY;
  #awaiting = false;
  #cancelQuiet: Cancel = () => undefined;

  constructor(id: string, clock: Clock, options: SimulatedReaderOptions = {}) {
    this.id = id;
    this.kind = options.kind ?? 'serial';
    this.capabilities = { feedback: options.feedback ?? true };
    this.#clock = clock;
    this.#quietMs = options.quietMs ?? 20;
    this.#state = { status: 'closed', since: clock.wall() };
  }

  get state(): PartState {
    return this.#state;
  }

  open(sink: ReaderSink, signal: AbortSignal): Promise<void> {
    this.#sink = sink;
    signal.addEventListener('abort', () => this.#disconnect('closed'), { once: true });
    this.#become('ready');
    return Promise.resolve();
  }

  feedback(kind: FeedbackKind): Promise<void> {
    if (this.#state.status === 'ready') this.feedbacks.push(kind);
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#disconnect('closed');
    this.#sink = undefined;
    return Promise.resolve();
  }

  /**
   * One read, all its bytes at this moment. Nothing happens while the reader is closed or unplugged.
   * @returns whether it was read.
   */
  scan(data: string | Uint8Array, options: ScanOptions = {}): boolean {
    if (this.#sink === undefined || this.#state.status !== 'ready') return false;
    const settled = this.#quietMs === 0;
    const silentBefore = options.silentBefore ?? this.#silence();
    if (this.#awaiting) this.resumed();
    const { mono, wall } = instant(this.#clock);
    const { ageMs = 0 } = options;
    this.#lastByte = mono;
    this.#awaiting = !settled;
    this.#sink.read({
      bytes: bytesOf(data),
      terminator: bytesOf(options.terminator ?? (settled ? '' : '\r')),
      at: { mono: mono - ageMs, wall: wall - ageMs },
      silence: settled ? 'settled' : 'awaitQuiet',
      silentBefore,
      ...(typeof this.#quietMs === 'number' && !settled ? { quietMs: this.#quietMs } : {}),
      ...(options.overflow === undefined ? {} : { overflow: options.overflow }),
      ...(options.partial === undefined ? {} : { partial: options.partial }),
      ...(options.keys === undefined ? {} : { keys: options.keys }),
      ...(options.symbology === undefined ? {} : { symbology: options.symbology }),
      ...(options.kind === undefined ? {} : { kind: options.kind }),
      ...(options.till === undefined ? {} : { till: options.till }),
      ...(options.taken === undefined ? {} : { taken: options.taken }),
    });
    if (typeof this.#quietMs === 'number' && this.#quietMs > 0) this.#cancelQuiet = this.#clock.timer(this.#quietMs, () => this.quiet());
    return true;
  }

  /** Terminator bytes that come after the read was handed over: the LF of a split CR LF. */
  tail(data: string | Uint8Array, keys?: readonly KeyEvent[]): void {
    this.#sink?.tail(bytesOf(data), keys);
  }

  /** The silence after the last read is long enough. */
  quiet(): void {
    if (!this.#awaiting) return;
    this.#endWaiting();
    this.#sink?.quiet();
  }

  /** A byte came before the silence was long enough. */
  resumed(): void {
    if (!this.#awaiting) return;
    this.#endWaiting();
    this.#sink?.resumed();
  }

  /** Bytes that never became a read. */
  noise(reason: DropReason, byteCount: number): void {
    this.#lastByte = this.#clock.mono();
    this.#sink?.dropped(reason, byteCount);
  }

  /** There was no read, because the guest has to do something first. */
  hint(hint: GuestHint): void {
    this.#sink?.hint?.(hint);
  }

  /** The cable is pulled; a read that was whole is settled by it, as real readers do. */
  unplug(): void {
    this.#disconnect('retrying');
  }

  replug(): void {
    if (this.#state.status === 'retrying') this.#become('ready');
  }

  #silence(): boolean {
    if (typeof this.#quietMs !== 'number') return !this.#awaiting;
    return this.#clock.mono() - this.#lastByte >= this.#quietMs;
  }

  #endWaiting(): void {
    this.#awaiting = false;
    this.#cancelQuiet();
  }

  #disconnect(status: PartStatus): void {
    if (this.#state.status === 'closed') return;
    this.quiet();
    this.#lastByte = Number.NEGATIVE_INFINITY;
    this.#become(status);
  }

  #become(status: PartStatus): void {
    this.#state = { status, since: this.#clock.wall() };
    this.#sink?.state(this.#state);
  }
}
