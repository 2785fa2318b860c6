import type { Injector, InjectorCapabilities, Look, Stroke, TypeResult, WindowGuard } from '@tillbridge/adapter-device/keyboard';
import { TillbridgeError, type Cancel, type Clock, type KeyEvent } from '@tillbridge/core';
import { errorOfWire, type AgentMessage, type DaemonMessage, type KeyboardWish, type Typing } from './messages.js';
import { TypingExchange } from './typing-exchange.js';

/** The agent opens a keyboard, or looks at its desktop, within this time, in ms. */
const ANSWER_MS = 8000;
const CLOSE_MS = 1500;

export type Send = (message: DaemonMessage) => boolean;

/** A keyboard of the agent's session. */
export class RemoteKeyboard implements Injector {
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
