import type { Injector, InjectorSource, TypeResult } from '@tillbridge/adapter-device/keyboard';
import type { HostProcess, SpawnHost } from '@tillbridge/child-host';
import { elapsed, instant, type Cancel, type Clock, type Instant } from '@tillbridge/core';
import { wireError, type AgentMessage, type DaemonMessage, type KeyboardWish, type Typing } from './messages.js';

export interface ServicePorts {
  readonly clock: Clock;
  /** False when it cannot leave any more. */
  readonly send: (message: AgentMessage) => boolean;
  /** Makes what types; loads its code. @throws {TillbridgeError} */
  readonly keyboard: (wish: KeyboardWish) => Promise<InjectorSource>;
  /** Makes the process that takes a scanner's keys. */
  readonly capture: SpawnHost;
  /** Lets the cashier know. */
  readonly say: (said: Extract<DaemonMessage, { t: 'say' }>) => void;
}

/** Offers that may wait for their `go`; the daemon makes one at a time. */
const MOST_OFFERS = 8;
/** An offer that nobody takes up is forgotten after this, in ms. */
const OFFER_MS = 10_000;
/** Keyboards and captures that a daemon may have open. */
const MOST_PARTS = 32;

interface Offer {
  readonly keyboard: number;
  readonly typing: Typing;
  readonly since: Instant;
  readonly stop: AbortController;
  readonly forget: Cancel;
  /** It was let go once: never a second time. */
  gone: boolean;
}

interface OpenKeyboard {
  readonly stop: AbortController;
  injector?: Injector;
}

/** What an agent does for the daemon of one connection: types, looks, hands on keys. All of it ends with the connection. */
export class AgentServices {
  readonly #ports: ServicePorts;
  readonly #keyboards = new Map<number, OpenKeyboard>();
  readonly #offers = new Map<number, Offer>();
  readonly #captures = new Map<number, HostProcess>();
  #closed = false;

  constructor(ports: ServicePorts) {
    this.#ports = ports;
  }

  take(message: DaemonMessage): void {
    if (this.#closed) return;
    switch (message.t) {
      case 'open':
        void this.#open(message.n, message.wish);
        return;
      case 'close':
        void this.#closeKeyboard(message.n);
        return;
      case 'offer':
        this.#offer(message.n, message.keyboard, message.typing);
        return;
      case 'go':
        void this.#go(message.n, message.leftMs);
        return;
      case 'withdraw':
        this.#withdraw(message.n);
        return;
      case 'look':
        void this.#look(message);
        return;
      case 'capture':
        this.#capture(message.n, message.message);
        return;
      case 'captureEnd':
        this.#captures.get(message.n)?.kill();
        this.#captures.delete(message.n);
        return;
      case 'say':
        this.#ports.say(message);
    }
  }

  /** The connection is over: no key goes out any more, none is taken. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { stop, forget } of this.#offers.values()) {
      forget();
      stop.abort();
    }
    this.#offers.clear();
    for (const capture of this.#captures.values()) capture.kill();
    this.#captures.clear();
    await Promise.all([...this.#keyboards.keys()].map((n) => this.#closeKeyboard(n)));
  }

  async #open(n: number, wish: KeyboardWish): Promise<void> {
    const { send, keyboard } = this.#ports;
    if (this.#keyboards.size >= MOST_PARTS || this.#keyboards.has(n)) {
      send({ t: 'notOpened', n, error: wireError(new Error('too many keyboards are open')) });
      return;
    }
    const open: OpenKeyboard = { stop: new AbortController() };
    this.#keyboards.set(n, open);
    try {
      const injector = await (await keyboard(wish)).open(open.stop.signal);
      if (open.stop.signal.aborted) {
        await injector.close();
        return;
      }
      open.injector = injector;
      send({ t: 'opened', n, capabilities: injector.capabilities });
      const reason = await injector.ended;
      if (this.#keyboards.get(n) === open) send({ t: 'ended', n, error: wireError(reason) });
      await this.#closeKeyboard(n);
    } catch (error) {
      this.#keyboards.delete(n);
      if (!this.#closed) send({ t: 'notOpened', n, error: wireError(error) });
    }
  }

  async #closeKeyboard(n: number): Promise<void> {
    const open = this.#keyboards.get(n);
    this.#keyboards.delete(n);
    for (const offer of this.#offers.values()) if (offer.keyboard === n) offer.stop.abort();
    open?.stop.abort();
    await open?.injector?.close();
  }

  #offer(n: number, keyboard: number, typing: Typing): void {
    const { clock, send } = this.#ports;
    if (this.#keyboards.get(keyboard)?.injector === undefined || this.#offers.size >= MOST_OFFERS || this.#offers.has(n)) {
      send({ t: 'typed', n, result: { result: 'refused', reason: 'notConnected' } });
      return;
    }
    const forget = clock.timer(OFFER_MS, () => this.#offers.delete(n));
    this.#offers.set(n, { keyboard, typing, since: instant(clock), stop: new AbortController(), forget, gone: false });
    send({ t: 'ready', n });
  }

  async #go(n: number, leftMs: number): Promise<void> {
    const { clock, send } = this.#ports;
    const offer = this.#offers.get(n);
    if (offer?.gone === true) return;
    if (offer !== undefined) offer.gone = true;
    offer?.forget();
    const injector = offer === undefined ? undefined : this.#keyboards.get(offer.keyboard)?.injector;
    const result = offer === undefined || injector === undefined ? ({ result: 'refused', reason: 'notConnected' } as const) : await typed(injector, offer, leftMs, clock);
    this.#offers.delete(n);
    send({ t: 'typed', n, result });
  }

  #withdraw(n: number): void {
    const offer = this.#offers.get(n);
    offer?.stop.abort();
    // one that was never taken up has nothing more to say
    offer?.forget();
    if (offer !== undefined) this.#offers.delete(n);
  }

  async #look({ n, keyboard, guard }: Extract<DaemonMessage, { t: 'look' }>): Promise<void> {
    const injector = this.#keyboards.get(keyboard)?.injector;
    const stop = this.#keyboards.get(keyboard)?.stop;
    try {
      // not answered: the daemon waits for a while and says that there was no answer
      if (injector === undefined || stop === undefined) return;
      this.#ports.send({ t: 'looked', n, look: await injector.look(guard ?? undefined, stop.signal) });
    } catch {
      // the keyboard went away meanwhile, and that is told by itself
    }
  }

  #capture(n: number, message: unknown): void {
    const { send, capture } = this.#ports;
    let process = this.#captures.get(n);
    if (process === undefined) {
      if (this.#captures.size >= MOST_PARTS) {
        send({ t: 'captureOver', n, problem: 'too many keyboards are being read' });
        return;
      }
      try {
        process = capture({
          message: (report) => send({ t: 'captured', n, message: report }),
          exit: (problem) => {
            this.#captures.delete(n);
            if (!this.#closed) send({ t: 'captureOver', n, problem: problem.slice(0, 300) });
          },
        });
      } catch (error) {
        send({ t: 'captureOver', n, problem: error instanceof Error ? error.message.slice(0, 300) : 'it could not be started' });
        return;
      }
      this.#captures.set(n, process);
    }
    process.send(message);
  }
}

/** A machine that slept between offer and turn shows it on the clocks. */
async function typed(injector: Injector, { typing, since, stop }: Offer, leftMs: number, clock: Clock): Promise<TypeResult> {
  if ('keys' in typing) return injector.replay(typing.keys, stop.signal);
  const withinMs = Math.min(leftMs, typing.stroke.withinMs - elapsed(clock, since));
  if (withinMs <= 0) return { result: 'refused', reason: 'late' };
  return injector.type({ ...typing.stroke, withinMs }, stop.signal);
}
