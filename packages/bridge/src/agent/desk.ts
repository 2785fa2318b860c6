import type { Injector, InjectorCapabilities, InjectorSource, Look, Stroke, TypeResult, WindowGuard } from '@tillbridge/adapter-device/keyboard';
import { printable, TillbridgeError, type Cancel, type Clock, type KeyEvent, type OutcomeName, type PartState } from '@tillbridge/core';
import type { HostProcess, ProcessEvents, SpawnHost } from '@tillbridge/child-host';
import type { AboutAgent } from './greeting.js';
import { encode, errorOfWire, type AgentMessage, type DaemonMessage, type KeyboardWish, type Typing } from './messages.js';
import { TypingExchange } from './typing-exchange.js';

/** The desk's hold on the connection to the agent. */
export interface AgentSession {
  readonly about: AboutAgent;
  /** False when it cannot leave any more. */
  send(text: string): boolean;
}

/** A till that asks for its keyboard again waits so long for an agent to come, in ms: it then has it at once, and not after its own back-off. */
const ARRIVAL_MS = 8000;
/** The agent opens a keyboard, or looks at its desktop, within this time, in ms. */
const ANSWER_MS = 8000;
const CLOSE_MS = 1500;

const NO_DAEMON_YET = 'the agent of the cashier’s session is not connected';

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
    for (const capture of [...this.#captures.values()]) capture.over(NO_DAEMON_YET);
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

  /** A keyboard in the cashier's session. Its first `open` says at once that there is no agent, later ones wait a while for one. */
  keyboard(wish: KeyboardWish): InjectorSource {
    let asked = false;
    return {
      place: `the agent (${wish.transport})`,
      open: async (signal) => {
        if (asked) await this.#arrival(signal);
        asked = true;
        return this.#openKeyboard(wish, signal);
      },
    };
  }

  /** Makes the process that takes a scanner's keys, in the cashier's session. */
  capture(): SpawnHost {
    return (events) => {
      const n = this.#number();
      const capture = new RemoteCapture(n, events, (message) => this.#send(message), () => this.#captures.delete(n));
      this.#captures.set(n, capture);
      // as with a process that cannot be started: told after the caller has its handle
      if (!this.occupied) this.#clock.timer(0, () => capture.over(NO_DAEMON_YET));
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

  #arrival(signal: AbortSignal): Promise<void> {
    if (this.occupied || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        cancel();
        signal.removeEventListener('abort', done);
        this.#waiting = this.#waiting.filter((one) => one !== done);
        resolve();
      };
      const cancel = this.#clock.timer(ARRIVAL_MS, done);
      signal.addEventListener('abort', done, { once: true });
      this.#waiting.push(done);
    });
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

type Send = (message: DaemonMessage) => boolean;

/** A keyboard of the agent's session. */
class RemoteKeyboard implements Injector {
  readonly n: number;
  readonly ended: Promise<TillbridgeError>;
  readonly #clock: Clock;
  readonly #send: Send;
  readonly #number: () => number;
  readonly #forget: (n: number) => void;
  readonly #exchanges = new Map<number, TypingExchange>();
  readonly #looks = new Map<number, (look: Look | TillbridgeError) => void>();
  #capabilities: InjectorCapabilities = { guard: false, atomic: false, text: 'digits' };
  #opened: { readonly resolve: () => void; readonly reject: (error: TillbridgeError) => void } | undefined;
  #end: (reason: TillbridgeError) => void = () => undefined;
  #over = false;

  constructor(n: number, clock: Clock, send: Send, number: () => number, forget: (n: number) => void) {
    this.n = n;
    this.#clock = clock;
    this.#send = send;
    this.#number = number;
    this.#forget = forget;
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }

  get capabilities(): InjectorCapabilities {
    return this.#capabilities;
  }

  async open(wish: KeyboardWish, signal: AbortSignal): Promise<void> {
    const answer = new Promise<void>((resolve, reject) => (this.#opened = { resolve, reject }));
    const giveUp = (): void => this.over(new TillbridgeError('TB_TILL_AGENT_LOST'));
    const cancel = this.#clock.timer(ANSWER_MS, giveUp);
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted || !this.#send({ t: 'open', n: this.n, wish })) giveUp();
    try {
      await answer;
    } catch (error) {
      this.#send({ t: 'close', n: this.n });
      throw error;
    } finally {
      cancel();
      signal.removeEventListener('abort', giveUp);
    }
  }

  type(stroke: Stroke, signal: AbortSignal): Promise<TypeResult> {
    const characters = stroke.parts.reduce((count, part) => count + ('text' in part ? part.text.length : 1), 0);
    return this.#exchange({ stroke }, stroke.withinMs, characters * stroke.keyDelayMs, signal);
  }

  replay(keys: readonly KeyEvent[], signal: AbortSignal): Promise<TypeResult> {
    return this.#exchange({ keys }, ANSWER_MS, 0, signal);
  }

  async look(guard: WindowGuard | undefined, signal: AbortSignal): Promise<Look> {
    const n = this.#number();
    let forget: Cancel = () => undefined;
    const answer = await new Promise<Look | TillbridgeError>((resolve) => {
      const lost = (): void => resolve(new TillbridgeError('TB_TILL_AGENT_LOST'));
      const cancel = this.#clock.timer(ANSWER_MS, lost);
      forget = () => {
        cancel();
        signal.removeEventListener('abort', lost);
        this.#looks.delete(n);
      };
      this.#looks.set(n, resolve);
      signal.addEventListener('abort', lost, { once: true });
      if (this.#over || !this.#send({ t: 'look', n, keyboard: this.n, guard: guard ?? null })) lost();
    });
    forget();
    if (answer instanceof TillbridgeError) throw answer;
    return answer;
  }

  async close(): Promise<void> {
    if (this.#over) return;
    const under = [...this.#exchanges.values()].map(({ result }) => result);
    this.#send({ t: 'close', n: this.n });
    // the agent ends what is under way, and says how; one that does not is not waited for
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.timer(CLOSE_MS, resolve);
      void Promise.all(under).then(() => {
        cancel();
        resolve();
      });
    });
    this.over(new TillbridgeError('TB_TILL_AGENT_LOST'));
  }

  /** Nothing comes of it any more. */
  over(reason: TillbridgeError): void {
    if (this.#over) return;
    this.#over = true;
    this.#forget(this.n);
    this.#opened?.reject(reason);
    for (const exchange of [...this.#exchanges.values()]) exchange.lost();
    for (const answer of [...this.#looks.values()]) answer(reason);
    this.#end(reason);
  }

  /** True when the message was for this keyboard. */
  take(message: AgentMessage): boolean {
    switch (message.t) {
      case 'opened':
        if (message.n !== this.n) return false;
        this.#capabilities = message.capabilities;
        this.#opened?.resolve();
        return true;
      case 'notOpened':
      case 'ended':
        if (message.n !== this.n) return false;
        this.over(errorOfWire(message.error));
        return true;
      case 'ready':
        this.#exchanges.get(message.n)?.ready();
        return this.#exchanges.has(message.n);
      case 'typed':
        this.#exchanges.get(message.n)?.typed(message.result);
        return this.#exchanges.has(message.n);
      case 'looked':
        this.#looks.get(message.n)?.(message.look);
        return this.#looks.has(message.n);
      case 'captured':
      case 'captureOver':
        return false;
    }
  }

  async #exchange(typing: Typing, withinMs: number, typingMs: number, signal: AbortSignal): Promise<TypeResult> {
    if (this.#over) return { result: 'refused', reason: 'notConnected' };
    const n = this.#number();
    const exchange = new TypingExchange({ n, keyboard: this.n, typing, withinMs, typingMs, clock: this.#clock, send: this.#send, signal });
    this.#exchanges.set(n, exchange);
    exchange.start();
    const result = await exchange.result;
    this.#exchanges.delete(n);
    return result;
  }
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
