import { TillbridgeError, type Cancel, type Clock } from '@tillbridge/core';
import type { Hello, ScreenState } from './contract.js';
import { openOrder } from './screen.js';
import { SESSION_TRANSITIONS, type SessionEffect, type SessionEvent, type SessionState } from './session-states.js';

/** A plugin that is not heard of for this long is gone, in ms: its long poll comes back every 25 s. */
export const SILENCE_MS = 90_000;
/** Processes that were put out are remembered this many, so that two plugins of one terminal do not take turns for ever. */
const REMEMBERED = 16;

/** The plugin that has the till. */
export interface Session {
  readonly id: string;
  readonly hello: Hello;
  readonly screen: ScreenState;
  /** The `seq` from which on every report of this process came and showed the order of `screen`: what was scanned since then is for that. */
  readonly since: number;
  /** Unix time in milliseconds of the last word of it. */
  readonly seen: number;
}

/** What somebody else was that wanted the till too. */
export interface Rival {
  readonly terminal: string;
  /** Unix time in milliseconds. */
  readonly at: number;
}

/** `afterUnseen`: there were screens in between that never arrived here, with other orders perhaps. */
export type ScreenNews = 'old' | 'next' | 'afterUnseen';

export interface SessionPorts {
  readonly till: string;
  readonly clock: Clock;
  readonly newId: () => string;
  /** The session is another one, or none: calls of the older one are over. `unseen`: the cashier may have been elsewhere meanwhile. */
  readonly changed: (unseen: boolean) => void;
  /** Somebody else wants the till too. */
  readonly contested: () => void;
}

/** Keeps one session for one till: who has it, who was put out, who is gone. */
export class SessionKeeper {
  readonly #ports: SessionPorts;
  #state: SessionState = 'none';
  #session: Session | undefined;
  #rival: Rival | undefined;
  /** Sessions that were put out, by id, with the instance that had them. */
  readonly #out = new Map<string, string>();
  #cancelSilence: Cancel = () => undefined;

  constructor(ports: SessionPorts) {
    this.#ports = ports;
  }

  /** The plugin that has the till and is there. */
  get live(): Session | undefined {
    return this.#state === 'live' ? this.#session : undefined;
  }

  /** The last plugin that had it, there or not. */
  get last(): Session | undefined {
    return this.#session;
  }

  /** The last one that was refused or put out. */
  get rival(): Rival | undefined {
    return this.#rival;
  }

  /** @throws {TillbridgeError} `TB_TILL_IIKO_TWO_PLUGINS` */
  hello(hello: Hello): Session {
    const { newId, clock, changed } = this.#ports;
    const before = this.#session;
    const effect = this.#handle(this.#eventOf(hello));
    if (effect === 'refuse') {
      this.#noteRival(hello);
      throw this.#twoPlugins();
    }
    if (effect === 'replace' && before !== undefined) this.#putOut(before, hello);
    const id = effect === 'resume' && before !== undefined ? before.id : newId();
    // a hello that was overtaken by a newer screen of the same process brings an old one
    const screen = effect === 'resume' && before !== undefined && before.screen.seq > hello.screen.seq ? before.screen : hello.screen;
    const unseen = before !== undefined && (effect !== 'resume' || hello.screen.seq > before.screen.seq + 1);
    const session = { id, hello, screen, since: sinceOf(unseen ? undefined : before, screen), seen: clock.wall() };
    this.#session = session;
    this.#watch();
    changed(unseen);
    return session;
  }

  /** The session of a call. @throws {TillbridgeError} `TB_TILL_IIKO_HELLO_AGAIN`, `TB_TILL_IIKO_TWO_PLUGINS` */
  call(id: string): Session {
    const session = this.#session;
    const effect = this.#handle(session?.id === id ? 'call' : this.#out.has(id) ? 'lostCall' : 'strangeCall');
    if (effect === 'refuse') {
      // put out, and still there: a terminal that was started anew would be silent
      this.#noteRival(session?.hello);
      throw this.#twoPlugins();
    }
    if (effect !== 'serve' || session === undefined) throw new TillbridgeError('TB_TILL_IIKO_HELLO_AGAIN', { till: this.#ports.till });
    this.#session = { ...session, seen: this.#ports.clock.wall() };
    this.#watch();
    return this.#session;
  }

  /** What the plugin shows now; an older word that came late is ignored. */
  screen(screen: ScreenState): ScreenNews {
    const session = this.#session;
    if (session === undefined || screen.seq < session.screen.seq) return 'old';
    const unseen = screen.seq > session.screen.seq + 1;
    this.#session = { ...session, screen, since: sinceOf(unseen ? undefined : session, screen) };
    return unseen ? 'afterUnseen' : 'next';
  }

  stop(): void {
    this.#handle('stop');
    this.#cancelSilence();
    this.#session = undefined;
    this.#ports.changed(false);
  }

  #eventOf({ instance, terminalId, takeOver }: Hello): SessionEvent {
    const current = this.#session?.hello;
    if (current?.instance === instance) return 'sameProcess';
    if (takeOver) return 'takeOver';
    if ([...this.#out.values()].includes(instance)) return 'putOut';
    return current?.terminalId === terminalId ? 'restarted' : 'otherTerminal';
  }

  #handle(event: SessionEvent): SessionEffect {
    const { to, effect } = SESSION_TRANSITIONS[this.#state][event];
    this.#state = to;
    return effect;
  }

  #putOut(before: Session, by: Hello): void {
    if (before.hello.terminalId !== by.terminalId) this.#noteRival(before.hello);
    this.#out.set(before.id, before.hello.instance);
    for (const [id, instance] of this.#out) if (instance === by.instance || this.#out.size > REMEMBERED) this.#out.delete(id);
  }

  #noteRival(hello: Hello | undefined): void {
    this.#rival = { terminal: hello === undefined ? '?' : nameOf(hello), at: this.#ports.clock.wall() };
    this.#ports.contested();
  }

  #watch(): void {
    this.#cancelSilence();
    this.#cancelSilence = this.#ports.clock.timer(SILENCE_MS, () => {
      if (this.#handle('silence') === 'lose') this.#ports.changed(false);
    }, { ref: false });
  }

  #twoPlugins(): TillbridgeError {
    return new TillbridgeError('TB_TILL_IIKO_TWO_PLUGINS', { till: this.#ports.till, terminal: this.#session === undefined ? '?' : nameOf(this.#session.hello) });
  }
}

/** `before`: the session that this screen goes on from without a gap. */
function sinceOf(before: Session | undefined, screen: ScreenState): number {
  return before !== undefined && openOrder(before.screen) === openOrder(screen) ? before.since : screen.seq;
}

/** How people know the terminal. */
export function nameOf({ terminalName, terminalId }: Pick<Hello, 'terminalName' | 'terminalId'>): string {
  return terminalName === undefined || terminalName === '' ? terminalId : terminalName;
}
