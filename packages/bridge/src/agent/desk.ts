import type { Injector, InjectorSource } from '@tillbridge/adapter-device/keyboard';
import { printable, TillbridgeError, type Clock, type OutcomeName, type PartState } from '@tillbridge/core';
import type { HostProcess, ProcessEvents, SpawnHost } from '@tillbridge/child-host';
import type { AboutAgent } from './greeting.js';
import { encode, type AgentMessage, type DaemonMessage, type KeyboardWish } from './messages.js';
import { RemoteKeyboard, type Send } from './remote-keyboard.js';

/** The desk's hold on the connection to the agent. */
export interface AgentSession {
  readonly about: AboutAgent;
  /** False when it cannot leave any more. */
  send(text: string): boolean;
}

const NO_AGENT = 'the agent of the cashier’s session is not connected';

/** Where the daemon's tills and readers find the agent: hands out keyboards and captures, keeps track of what is open with it. */
export class AgentDesk {
  readonly #clock: Clock;
  readonly #version: string;
  #session: AgentSession | undefined;
  #since: number;
  #next = 1;
  readonly #keyboards = new Map<number, RemoteKeyboard>();
  readonly #captures = new Map<number, RemoteCapture>();
  #waiting: (() => void)[] = [];
  #onChange: ((state: PartState) => void) | undefined;

  /** `version`: of this product, which an agent's should be too. */
  constructor(clock: Clock, version: string) {
    this.#clock = clock;
    this.#version = version;
    this.#since = clock.wall();
  }

  get occupied(): boolean {
    return this.#session !== undefined;
  }

  get about(): AboutAgent | undefined {
    return this.#session?.about;
  }

  get state(): PartState {
    const session = this.#session;
    if (session === undefined) return { status: 'retrying', since: this.#since, reason: missing() };
    const { pid, version, session: place, integrity } = session.about;
    const facts = [`pid ${String(pid)}`, version, ...(place === '' ? [] : [place]), ...(integrity === '' ? [] : [`integrity ${integrity}`])];
    const other = version === this.#version ? {} : { reason: new TillbridgeError('TB_TILL_AGENT_VERSION', { agent: version, daemon: this.#version }) };
    return { status: 'ready', since: this.#since, detail: printable(facts.join(', ')), ...other };
  }

  listen(onChange: (state: PartState) => void): void {
    this.#onChange = onChange;
  }

  /** An agent is there. */
  attach(session: AgentSession): void {
    this.#session = session;
    this.#changed();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) go();
  }

  /** It is gone: whatever was open with it is over. */
  detach(): void {
    if (this.#session === undefined) return;
    this.#session = undefined;
    const lost = new TillbridgeError('TB_TILL_AGENT_LOST');
    for (const keyboard of [...this.#keyboards.values()]) keyboard.over(lost);
    for (const capture of [...this.#captures.values()]) capture.over(NO_AGENT);
    this.#keyboards.clear();
    this.#captures.clear();
    this.#changed();
  }

  take(message: AgentMessage): void {
    if (message.t === 'captured') this.#captures.get(message.n)?.heard(message.message);
    else if (message.t === 'captureOver') this.#captures.get(message.n)?.over(message.problem);
    else for (const keyboard of [...this.#keyboards.values()]) if (keyboard.take(message)) return;
  }

  /** Lets the cashier know how a number ended; lost where there is no agent. */
  say(till: string, outcome: OutcomeName, reason: string): void {
    this.#send({ t: 'say', till, outcome, reason });
  }

  /** A keyboard in the cashier's session: `open` says at once where there is no agent, `arrival` when one has come. */
  keyboard(wish: KeyboardWish): InjectorSource {
    let missed = false;
    return {
      place: `the agent (${wish.transport})`,
      open: (signal) => {
        missed = !this.occupied;
        return this.#openKeyboard(wish, signal);
      },
      // an agent that is there and cannot open it is no reason to hurry
      arrival: (signal) => (missed && this.occupied ? Promise.resolve() : this.#arrival(signal)),
    };
  }

  /** Resolves when an agent comes, or when `signal` aborts. */
  #arrival(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        signal.removeEventListener('abort', done);
        this.#waiting = this.#waiting.filter((one) => one !== done);
        resolve();
      };
      signal.addEventListener('abort', done, { once: true });
      this.#waiting.push(done);
    });
  }

  /** Makes the process that takes a scanner's keys, in the cashier's session. */
  capture(): SpawnHost {
    return (events) => {
      const n = this.#number();
      const capture = new RemoteCapture(n, events, (message) => this.#send(message), () => this.#captures.delete(n));
      this.#captures.set(n, capture);
      // as with a process that cannot be started: told after the caller has its handle
      if (!this.occupied) this.#clock.timer(0, () => capture.over(NO_AGENT));
      return capture;
    };
  }

  async #openKeyboard(wish: KeyboardWish, signal: AbortSignal): Promise<Injector> {
    if (!this.occupied) throw missing();
    const keyboard = new RemoteKeyboard(this.#number(), this.#clock, (message) => this.#send(message), () => this.#number(), (n) => this.#keyboards.delete(n));
    this.#keyboards.set(keyboard.n, keyboard);
    await keyboard.open(wish, signal);
    return keyboard;
  }

  #send(message: DaemonMessage): boolean {
    return this.#session?.send(encode(message)) === true;
  }

  #number(): number {
    return this.#next++;
  }

  #changed(): void {
    this.#since = this.#clock.wall();
    this.#onChange?.(this.state);
  }
}

function missing(): TillbridgeError {
  return new TillbridgeError('TB_TILL_AGENT_MISSING');
}

/** The process that takes a scanner's keys, in the agent's session: here it looks like any other helper process. */
class RemoteCapture implements HostProcess {
  readonly #n: number;
  readonly #events: ProcessEvents;
  readonly #sendOn: Send;
  readonly #forget: () => void;
  #over = false;

  constructor(n: number, events: ProcessEvents, send: Send, forget: () => void) {
    this.#n = n;
    this.#events = events;
    this.#sendOn = send;
    this.#forget = forget;
  }

  send(message: unknown): boolean {
    return !this.#over && this.#sendOn({ t: 'capture', n: this.#n, message });
  }

  kill(): void {
    this.#sendOn({ t: 'captureEnd', n: this.#n });
    this.over('it was ended');
  }

  heard(message: unknown): void {
    if (!this.#over) this.#events.message(message);
  }

  over(problem: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#forget();
    this.#events.exit(problem);
  }
}
