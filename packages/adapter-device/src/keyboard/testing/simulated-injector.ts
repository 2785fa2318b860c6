import { elapsed, instant, sleep, TillbridgeError, type Clock, type KeyEvent } from '@tillbridge/core';
import { fits } from '../guard.js';
import { refused, TYPED, uncertain, type FrontWindow, type Injector, type InjectorCapabilities, type InjectorSource, type Look, type Stroke, type StrokePart, type TypeResult, type WindowGuard } from '../injector.js';

/** A window that remembers what was typed into it. */
export class SimulatedWindow implements FrontWindow {
  readonly title: string;
  readonly class: string;
  readonly process: string;
  received = '';
  readonly keys: KeyEvent[] = [];

  constructor(title: string, className: string, process: string) {
    this.title = title;
    this.class = className;
    this.process = process;
  }
}

const KEYS: Readonly<Record<string, string>> = { Enter: '\r', Tab: '\t', Escape: '\u001b', Backspace: '\b' };

/** A desktop with windows, a focus and a keyboard: what a test puts in place of a screen. */
export class SimulatedDesktop implements InjectorSource {
  readonly place = 'simulated';
  readonly windows: SimulatedWindow[] = [];
  front: SimulatedWindow | undefined;
  locked = false;
  /** What the keyboard can type, one character at a time. */
  carries: (character: string) => boolean = () => true;
  capabilities: InjectorCapabilities = { guard: true, atomic: true, text: 'unicode' };
  /** Called before each character: a test moves the focus here. */
  beforeCharacter: (index: number) => void = () => undefined;
  /** What `open` meets; undefined: it connects. */
  fault: TillbridgeError | undefined;
  opened = 0;
  readonly clock: Clock;
  #current: SimulatedInjector | undefined;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  window(title: string, className = title, process = title): SimulatedWindow {
    const made = new SimulatedWindow(title, className, process);
    this.windows.push(made);
    return made;
  }

  open(): Promise<Injector> {
    this.opened += 1;
    if (this.fault !== undefined) return Promise.reject(this.fault);
    this.#current = new SimulatedInjector(this);
    return Promise.resolve(this.#current);
  }

  /** The screen dies. */
  break(reason = new TillbridgeError('TB_TILL_KEYBOARD_LOST', { place: this.place, problem: 'it ended' })): void {
    this.#current?.lose(reason);
  }
}

class SimulatedInjector implements Injector {
  readonly #desktop: SimulatedDesktop;
  readonly ended: Promise<TillbridgeError>;
  #lose: (reason: TillbridgeError) => void = () => undefined;
  #over = false;

  constructor(desktop: SimulatedDesktop) {
    this.#desktop = desktop;
    this.ended = new Promise((resolve) => (this.#lose = resolve));
  }

  get capabilities(): InjectorCapabilities {
    return this.#desktop.capabilities;
  }

  lose(reason: TillbridgeError): void {
    this.#over = true;
    this.#lose(reason);
  }

  async type({ parts, guard, keyDelayMs, withinMs }: Stroke, signal: AbortSignal): Promise<TypeResult> {
    const desktop = this.#desktop;
    const called = instant(desktop.clock);
    const no = this.#refusal(guard, signal);
    if (no !== undefined) return no;
    const characters = parts.flatMap(charactersOf);
    if (!characters.every(desktop.carries)) return refused('notCarried');
    if (elapsed(desktop.clock, called) > withinMs || withinMs <= 0) return refused('late');
    for (const [index, character] of characters.entries()) {
      desktop.beforeCharacter(index);
      if (index > 0 && keyDelayMs > 0) await sleep(desktop.clock, keyDelayMs, signal);
      const stop = index === 0 ? undefined : this.#refusal(guard, signal);
      if (stop?.result === 'refused') return uncertain(stop.reason === 'notConnected' ? 'connectionLost' : stop.reason === 'withdrawn' ? 'stopped' : 'windowChanged');
      if (desktop.front !== undefined) desktop.front.received += character;
    }
    return TYPED;
  }

  replay(keys: readonly KeyEvent[], signal: AbortSignal): Promise<TypeResult> {
    const no = this.#refusal(undefined, signal);
    if (no !== undefined) return Promise.resolve(no);
    this.#desktop.front?.keys.push(...keys);
    return Promise.resolve(TYPED);
  }

  look(guard: WindowGuard | undefined): Promise<Look> {
    const { front, windows, carries } = this.#desktop;
    const can = (text: string): boolean => Array.from(text).every(carries);
    return Promise.resolve({
      ...{ front, layouts: ['us'], rows: [] },
      inFront: guard === undefined || (front !== undefined && fits(guard, front)),
      present: guard === undefined || windows.some((window) => fits(guard, window)),
      carries: { digits: can('0123456789'), latin: can('AZaz'), cyrillic: can('Яя'), controls: can('\u001d') },
    });
  }

  close(): Promise<void> {
    this.lose(new TillbridgeError('TB_TILL_KEYBOARD_LOST', { place: this.#desktop.place, problem: 'closed' }));
    return Promise.resolve();
  }

  #refusal(guard: WindowGuard | undefined, signal: AbortSignal): TypeResult | undefined {
    const { front, locked, capabilities } = this.#desktop;
    if (this.#over) return refused('notConnected');
    if (signal.aborted) return refused('withdrawn');
    if (locked) return refused('screenLocked');
    if (guard === undefined) return undefined;
    if (!capabilities.guard) return refused('notCarried');
    if (front === undefined) return refused('noFocus');
    return fits(guard, front) ? undefined : refused('windowNotInFront');
  }
}

function charactersOf(part: StrokePart): readonly string[] {
  if ('text' in part) return Array.from(part.text);
  if ('control' in part) return [String.fromCharCode(part.control)];
  return [KEYS[part.key] ?? ''];
}
