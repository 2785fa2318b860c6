import {
  PartStatusKeeper,
  asTillbridgeError,
  outcome,
  sleep,
  TillbridgeError,
  withdrawn,
  Withdrawal,
  type Adapter,
  type AdapterCapabilities,
  type Cancel,
  type Clock,
  type DeliveryRequest,
  type GoodsRead,
  type Inbound,
  type Log,
  type Outcome,
  type PartState,
  type ProbeRow,
} from '@tillbridge/core';
import { loadPtyBinding, type PtyBinding } from '../pty/binding.js';
import { createPty } from '../pty/pty.js';
import { endOf, suffixBytes } from './bytes.js';
import { EitherSignal } from './either-signal.js';
import { numberBytes } from './number-bytes.js';
import { DEFAULTS, type AdapterContext, type PtyTillOptions } from './options.js';
import type { Piece } from './outbound.js';
import { probePty } from './probe-pty.js';
import { PtyOutput, type NumberState, type PtyLine } from './pty-output.js';

/** Back-off of the looks at an unread number, in milliseconds. */
const PAUSE = { first: 1, last: 20 } as const;
/** How long `close` waits for a till to read what was written, and how often it looks. */
const LINGER = { steps: 25, ms: 20 } as const;

/** Makes the PTY of a till; replaced in tests. */
export type LineFactory = () => Promise<() => PtyLine>;

/** `virtual-com`, transport `pty`: the cashier program opens our PTY as the port of its scanner. */
export class PtyTill implements Adapter {
  readonly id: string;
  readonly capabilities: AdapterCapabilities = { goods: true, best: 'sent', verify: false };
  readonly #options: PtyTillOptions;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #status: PartStatusKeeper;
  readonly #suffix: Uint8Array;
  readonly #closing = new AbortController();
  readonly #factory: LineFactory;
  #output: PtyOutput | undefined;
  #timer: Cancel | undefined;
  #due = Infinity;
  #delivering: Promise<unknown> | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: PtyTillOptions, context: AdapterContext, factory?: LineFactory) {
    this.id = options.id;
    this.#options = options;
    this.#clock = context.clock;
    this.#log = context.log;
    this.#status = new PartStatusKeeper(context.clock);
    this.#suffix = suffixBytes(options.suffix ?? DEFAULTS.suffix);
    this.#factory = factory ?? (async () => lineFactory(await loadPtyBinding(), options));
  }

  get state(): PartState {
    return this.#status.state;
  }

  async open(inbound: Inbound, signal: AbortSignal): Promise<void> {
    this.#status.attach(inbound);
    this.#status.set('opening');
    try {
      const makeLine = await this.#factory();
      if (signal.aborted || this.#closing.signal.aborted) return;
      this.#output = new PtyOutput({
        clock: this.#clock,
        makeLine,
        gapMs: this.#options.gapMs ?? DEFAULTS.gapMs,
        backlogMs: this.#options.backlogMs ?? DEFAULTS.backlogMs,
        events: { dropped: (reads, reason) => this.#status.dropped(reads, reason), listening: (open) => this.#listening(open) },
      });
    } catch (error) {
      const reason = asTillbridgeError(error, 'TB_TILL_PTY_FAILED');
      this.#status.set('failed', reason);
      throw reason;
    }
    signal.addEventListener('abort', () => void this.close(), { once: true });
    this.#listening(this.#output.isOpen());
    this.#look();
  }

  probe(): Promise<readonly ProbeRow[]> {
    return probePty(this.#options, this.#output === undefined ? undefined : { path: this.#output.path, open: this.#output.isOpen() });
  }

  goods(read: GoodsRead): void {
    const output = this.#output;
    if (output === undefined) {
      this.#status.dropped(1, 'portNotOpen');
      return;
    }
    try {
      output.goods(read.bytes, endOf(read, this.#suffix), read.at);
    } catch (error) {
      this.#status.dropped(1, 'portFailed');
      this.#failed(error);
    }
    this.#lookWithin(output.nextLook);
  }

  /** Looks at the port, so that the delivery finds its code at hand, and most times need not look again. */
  expect(): void {
    try {
      if (this.#output?.isOpen() === true) this.#output.foresee();
    } catch {
      // the number itself will meet it, and its outcome tell
    }
  }

  deliver(delivery: DeliveryRequest, signal: AbortSignal): Promise<Outcome> {
    const output = this.#output;
    if (output === undefined) return Promise.resolve(outcome('rejected', 'portNotOpen'));
    const work = this.#deliver(output, delivery, new EitherSignal(signal, this.#closing.signal)).catch((error: unknown) => {
      this.#failed(error);
      return outcome('unknown', 'portFailed');
    });
    this.#delivering = work;
    return work;
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #deliver(output: PtyOutput, delivery: DeliveryRequest, stop: EitherSignal): Promise<Outcome> {
    const bytes = numberBytes(this.#options.output, delivery.number);
    if (!(bytes instanceof Uint8Array)) return bytes;
    const piece: Piece = { kind: 'number', bytes, at: delivery.at };
    for (let pause: number = PAUSE.first; ; pause = Math.min(pause * 2, PAUSE.last)) {
      if (stop.aborted) return withdrawn(stop.signal, 'notWritten');
      if (!output.isOpen()) return outcome('rejected', 'portNotOpen');
      const readiness = output.readiness();
      if (!readiness.ready) {
        await sleep(this.#clock, readiness.waitMs ?? pause, stop.signal);
        continue;
      }
      if (delivery.expired()) return outcome('expired', 'notWritten');
      const written = output.writeNumber(piece, readiness.countable);
      if (written === 'none') {
        await sleep(this.#clock, pause, stop.signal);
        continue;
      }
      this.#lookWithin(output.nextLook);
      if (written === 'part') return outcome('unknown', 'partlyWritten');
      // Held exclusively: no receipt and nothing to take back, as on a real serial line. The program that holds the port reads it.
      if (!readiness.countable) return outcome('sent');
      return await this.#untilRead(output, piece, stop.signal);
    }
  }

  async #untilRead(output: PtyOutput, piece: Piece, stop: AbortSignal): Promise<Outcome> {
    try {
      for (let pause: number = PAUSE.first; ; pause = Math.min(pause * 2, PAUSE.last)) {
        const state = stop.aborted ? output.withdrawNumber(piece) : output.numberState(piece);
        if (stop.aborted && state.taken === 'none' && !state.gone) return withdrawn(stop, 'notRead');
        const done = outcomeOf(state);
        if (done !== undefined && (stop.aborted || state.gone || state.taken !== 'part')) return done;
        await sleep(this.#clock, pause, stop);
      }
    } finally {
      output.numberDone();
      this.#lookWithin(output.nextLook);
    }
  }

  async #close(): Promise<void> {
    this.#closing.abort(new Withdrawal('shutdown'));
    await this.#delivering;
    const output = this.#output;
    // closing the master is a hang-up: what the till has not read by then is lost
    for (let step = 0; output !== undefined && step < LINGER.steps && this.#unread(output); step += 1) await sleep(this.#clock, LINGER.ms);
    this.#output = undefined;
    this.#timer?.();
    output?.close();
    this.#status.set('closed');
  }

  #unread(output: PtyOutput): boolean {
    try {
      output.tick();
      return output.isOpen() && output.busy;
    } catch {
      return false;
    }
  }

  #listening(open: boolean): void {
    this.#status.set('ready', open ? undefined : new TillbridgeError('TB_TILL_NOT_LISTENING', { path: this.#options.link }));
  }

  #failed(error: unknown): void {
    const reason = asTillbridgeError(error, 'TB_TILL_PTY_FAILED');
    this.#log.error('virtual port failed', { till: this.id, code: reason.code, problem: reason.message });
    this.#status.set('failed', reason);
  }

  /** The watch: notices that the till opened or closed the port, empties what it writes to us. */
  #look(): void {
    this.#due = Infinity;
    const output = this.#output;
    if (output === undefined) return;
    try {
      output.tick();
    } catch (error) {
      this.#failed(error);
    }
    this.#lookWithin(output.nextLook);
  }

  #lookWithin(ms: number): void {
    const due = this.#clock.mono() + ms;
    if (this.#output === undefined || due >= this.#due) return;
    this.#timer?.();
    this.#due = due;
    this.#timer = this.#clock.timer(ms, () => this.#look(), { ref: false });
  }
}

function lineFactory(binding: PtyBinding, options: PtyTillOptions): () => PtyLine {
  const { link, mode, group } = options;
  return () => createPty(binding, { link, ...(mode === undefined ? {} : { mode }), ...(group === undefined ? {} : { group }) });
}

/** What a written number's state means; `undefined` while it is unread. */
function outcomeOf(state: NumberState): Outcome | undefined {
  if (state.taken === 'all') return outcome('sent', undefined, 'read');
  if (state.taken === 'part') return outcome('unknown', 'partlyRead');
  if (state.taken === 'unclear') return undefined;
  if (state.taken === 'uncounted') return state.gone ? outcome('unknown', 'portClosed') : outcome('sent');
  return state.gone ? outcome('rejected', 'portClosed') : undefined;
}
