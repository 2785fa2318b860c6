import {
  asTillbridgeError,
  elapsed,
  keepConnected,
  outcome,
  PartStatusKeeper,
  raceAbort,
  sleep,
  Withdrawal,
  withdrawn,
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
import { numberBytes } from '../virtual-com/number-bytes.js';
import { GoodsQueue } from './goods-queue.js';
import { refused, type Injector, type InjectorSource, type RefusedReason, type Stroke, type StrokePart, type TypeResult } from './injector.js';
import { KEYBOARD_DEFAULTS, type KeyboardContext, type KeyboardTillOptions } from './options.js';
import { probeKeyboard } from './probe.js';
import { planText } from './text-plan.js';

/** Milliseconds between two tries while the window is not in front; each is a round trip to the screen. */
const PAUSE = { first: 5, last: 50 } as const;

/** What may be otherwise in a moment; everything else ends the delivery. */
const WORTH_WAITING: ReadonlySet<RefusedReason> = new Set<RefusedReason>(['windowNotInFront', 'noFocus', 'screenLocked', 'notConnected']);

/** `keyboard`: numbers are typed into the cashier program's window, goods to whatever has the focus. */
export class KeyboardTill implements Adapter {
  readonly id: string;
  readonly capabilities: AdapterCapabilities = { goods: true, keys: true, best: 'sent', verify: false };
  readonly #options: KeyboardTillOptions;
  readonly #source: InjectorSource;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #random: () => number;
  readonly #status: PartStatusKeeper;
  readonly #goods: GoodsQueue;
  readonly #closing = new AbortController();
  #link: Injector | undefined;
  #lastTyped = -Infinity;
  #lastNumber = -Infinity;
  /** A number is on its way into the keyboard. */
  #typing = false;
  #running: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: KeyboardTillOptions, source: InjectorSource, { clock, log, random }: KeyboardContext) {
    this.id = options.id;
    this.#options = options;
    this.#source = source;
    this.#clock = clock;
    this.#log = log.child({ till: options.id });
    this.#random = random ?? Math.random;
    this.#status = new PartStatusKeeper(clock);
    const { controls, suffix, backlogMs, gapMs, keyDelayMs, mode } = { ...KEYBOARD_DEFAULTS, ...options };
    this.#goods = new GoodsQueue({
      ...{ clock, controls, suffix, backlogMs, keyDelayMs, mode },
      // the gap of a number that is being typed begins when it ends: to be looked at again
      pauseMs: () => (this.#typing && gapMs > 0 ? 1 : this.#lastNumber + gapMs - clock.mono()),
      typed: () => (this.#lastTyped = clock.mono()),
      dropped: (reads, reason) => this.#status.dropped(reads, reason),
    });
  }

  get state(): PartState {
    return this.#status.state;
  }

  open(inbound: Inbound, signal: AbortSignal): Promise<void> {
    this.#status.attach(inbound);
    this.#status.set('opening');
    signal.addEventListener('abort', () => void this.close(), { once: true });
    const status = this.#status;
    const state = {
      get value() {
        return status.state;
      },
      set: status.set.bind(status),
    };
    const problem = (error: unknown): TillbridgeError => asTillbridgeError(error, 'TB_TILL_KEYBOARD_LOST', { place: this.#source.place });
    return new Promise((resolve, reject) => {
      this.#running = keepConnected<Injector>(
        {
          connect: (stop) => this.#source.open(stop),
          up: (link) => (this.#link = link),
          down: () => (this.#link = undefined),
          arrival: (_, stop) => this.#source.arrival?.(stop) ?? new Promise(() => undefined),
        },
        { what: 'till', problem, clock: this.#clock, log: this.#log, state, random: this.#random },
        AbortSignal.any([signal, this.#closing.signal]),
        (fatal) => {
          if (fatal === undefined) resolve();
          else reject(fatal);
        },
      );
      // closed before the first attempt was over
      this.#running.then(resolve, reject);
    });
  }

  probe(signal: AbortSignal): Promise<readonly ProbeRow[]> {
    return probeKeyboard(this.#options, this.#source, this.#link, signal);
  }

  goods(read: GoodsRead): void {
    if (this.#closing.signal.aborted) this.#status.dropped(1, 'shutdown');
    else this.#goods.push(read, () => this.#link, this.#closing.signal);
  }

  async deliver(delivery: DeliveryRequest, signal: AbortSignal): Promise<Outcome> {
    const bytes = numberBytes(this.#options.output, delivery.number);
    if (!(bytes instanceof Uint8Array)) return bytes;
    const parts = planText(new TextDecoder().decode(bytes), this.#options.controls ?? KEYBOARD_DEFAULTS.controls, this.#options.keysBefore);
    if (typeof parts === 'string') return outcome('rejected', parts);
    const stop = AbortSignal.any([signal, this.#closing.signal]);
    let reason: RefusedReason = 'notConnected';
    for (let pause: number = PAUSE.first; ; pause = Math.min(pause * 2, PAUSE.last)) {
      if (stop.aborted) return withdrawn(stop, reason);
      const goods = this.#goods.busy;
      // what was scanned before leaves before
      if (goods !== undefined && this.#link !== undefined) {
        await raceAbort(goods, stop, () => undefined);
        continue;
      }
      const gap = this.#lastTyped + (this.#options.gapMs ?? KEYBOARD_DEFAULTS.gapMs) - this.#clock.mono();
      if (gap > 0) {
        await sleep(this.#clock, gap, stop);
        continue;
      }
      if (delivery.expired()) return outcome('expired', reason === 'notConnected' ? 'notTyped' : reason);
      const result = await this.#type(parts, delivery, stop);
      if (result.result !== 'refused') this.#lastNumber = this.#lastTyped = this.#clock.mono();
      if (result.result === 'typed') return outcome('sent');
      if (result.result === 'uncertain') return outcome('unknown', result.reason);
      if (result.reason === 'late') return outcome('expired', reason === 'notConnected' ? 'notTyped' : reason);
      if (result.reason === 'withdrawn') continue;
      if (!WORTH_WAITING.has(result.reason)) return outcome('rejected', result.reason);
      reason = result.reason;
      await sleep(this.#clock, pause, stop);
    }
  }

  async #type(parts: readonly StrokePart[], delivery: DeliveryRequest, stop: AbortSignal): Promise<TypeResult> {
    this.#typing = true;
    try {
      return (await this.#link?.type(this.#stroke(parts, delivery), stop)) ?? refused('notConnected');
    } finally {
      this.#typing = false;
    }
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#closing.abort(new Withdrawal('shutdown'));
    await this.#goods.busy;
    this.#goods.drop('shutdown');
    await this.#running?.catch(() => undefined);
    this.#status.set('closed');
  }

  #stroke(parts: readonly StrokePart[], delivery: DeliveryRequest): Stroke {
    const { window, keyDelayMs, mode, expireMs } = { ...KEYBOARD_DEFAULTS, ...this.#options };
    return { parts, guard: window === 'none' ? undefined : window, keyDelayMs, mode, withinMs: expireMs - elapsed(this.#clock, delivery.at) };
  }
}
