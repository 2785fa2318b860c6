import { elapsed, instant, sleep, TillbridgeError, type Clock, type KeyEvent, type ProbeRow } from '@tillbridge/core';
import { fits } from '../guard.js';
import { refused, TYPED, uncertain, type Look, type RefusedReason, type Stroke, type TypeResult, type UncertainReason, type WindowGuard } from '../injector.js';
import { compileKeys, compileParts, heldModifiers, wrapped, type KeyGroup } from './key-inputs.js';
import type { LayoutHandle, WindowFacts, WindowHandle, Windows } from './windows.js';

/** How long a program is waited for that has not read its keys yet, milliseconds. */
const READ_MS = 300;

/** The window that gets the keys now. */
interface Front {
  readonly window: WindowHandle;
  readonly facts: WindowFacts;
  readonly layout: LayoutHandle;
}

/**
 * Types through SendInput. Windows has no way to hold the focus still, so the window is looked at right before each array and once more right
 * after it: when it is another one then, nobody can tell where the keys went.
 */
export class Typist {
  readonly #windows: Windows;
  readonly #clock: Clock;

  constructor(windows: Windows, clock: Clock) {
    this.#windows = windows;
    this.#clock = clock;
  }

  async type(stroke: Stroke, signal: AbortSignal): Promise<TypeResult> {
    const called = instant(this.#clock);
    const front = this.#front(stroke.guard);
    if (typeof front === 'string') return refused(front);
    const groups = compileParts(stroke.parts, stroke.mode, this.#windows, front.layout);
    if (typeof groups === 'string') return refused(groups);
    if (signal.aborted) return refused('withdrawn');
    if (stroke.withinMs <= 0 || elapsed(this.#clock, called) > stroke.withinMs) return refused('late');
    const arrays = stroke.keyDelayMs > 0 ? groups : [groups.flat()];
    for (const [index, array] of arrays.entries()) {
      if (index > 0) {
        await sleep(this.#clock, stroke.keyDelayMs, signal);
        if (isAborted(signal)) return uncertain('stopped');
      }
      const result = this.#send(array, index === 0 ? front : this.#again(front, stroke), stroke);
      if (result.result === 'uncertain') return result;
      if (result.result === 'refused') return index === 0 ? result : uncertain(torn(result.reason));
    }
    return TYPED;
  }

  replay(keys: readonly KeyEvent[], signal: AbortSignal): TypeResult {
    const front = this.#front(undefined);
    if (typeof front === 'string') return refused(front);
    const inputs = compileKeys(keys, this.#windows, front.layout);
    if (inputs === undefined) return refused('notCarried');
    if (signal.aborted) return refused('withdrawn');
    return judged(this.#windows.send(inputs), inputs.length);
  }

  look(guard: WindowGuard | undefined): Look {
    const windows = this.#windows;
    const handle = windows.foreground();
    const front = handle === undefined ? undefined : windows.facts(handle);
    const active = front === undefined ? undefined : windows.layoutOf(front.thread);
    const others = windows.layouts().filter((layout) => layout !== active);
    const layouts = [...(active === undefined ? [] : [active]), ...others];
    const targets = guard === undefined ? [] : this.#targets(guard);
    return {
      ...(front === undefined ? {} : { front: shown(front) }),
      inFront: front?.focus === true && (guard === undefined || fits(guard, front)),
      ...(guard === undefined ? {} : { present: targets.length > 0 }),
      layouts: layouts.map(layoutName),
      // characters need no layout; what the mode `vk` can is judged at the layout of the moment
      carries: { digits: true, latin: true, cyrillic: true, controls: true },
      rows: this.#rows(guard === undefined ? front : targets[0]),
    };
  }

  /** The window in front, when it may be typed into. */
  #front(guard: WindowGuard | undefined): Front | RefusedReason {
    const windows = this.#windows;
    if (!windows.hasInput()) return 'screenLocked';
    const window = windows.foreground();
    const facts = window === undefined ? undefined : windows.facts(window);
    if (window === undefined || facts === undefined) return 'noFocus';
    if (guard !== undefined && !fits(guard, facts)) return 'windowNotInFront';
    if (!facts.focus) return 'noFocus';
    // such keys are dropped without a word (learn.microsoft.com, SendInput: "neither GetLastError nor the return value will indicate")
    if (this.#elevated(facts.pid)) return 'windowElevated';
    return { window, facts, layout: windows.layoutOf(facts.thread) };
  }

  /** The same window on the same layout, for the characters behind the first. */
  #again(before: Front, { guard, mode }: Stroke): Front | RefusedReason {
    const front = this.#front(guard);
    if (typeof front === 'string') return front;
    if (guard !== undefined && front.window !== before.window) return 'windowNotInFront';
    return mode === 'vk' && front.layout !== before.layout ? 'notOnLayout' : front;
  }

  #send(array: KeyGroup, front: Front | RefusedReason, { guard, mode }: Stroke): TypeResult {
    if (typeof front === 'string') return refused(front);
    const windows = this.#windows;
    const inputs = wrapped(array, heldModifiers(windows), mode === 'vk' && windows.capsLock(), windows, front.layout);
    const result = judged(windows.send(inputs), inputs.length);
    if (result.result !== 'typed' || guard === undefined) return result;
    if (!this.#stillFront(front, (facts) => fits(guard, facts))) return uncertain('windowChanged');
    return this.#readBy(front, array.length) ? TYPED : uncertain('windowChanged');
  }

  /**
   * The keys wait in the queue of the window's program, and are lost when it loses the focus before it has read them. It reads one message a
   * round of its loop (a key, or the character made of it) and answers once a round: as many answers as there can be messages, and it has most
   * likely read them. False when another program came in front meanwhile; a dialog that Enter has opened is the same till's.
   */
  #readBy(front: Front, keys: number): boolean {
    const start = this.#clock.mono();
    for (let answer = 0; answer < 2 * keys; answer += 1) {
      const left = READ_MS - (this.#clock.mono() - start);
      if (left <= 0 || !this.#windows.answers(front.window, Math.ceil(left))) break;
      // looked at each time: the focus may go and come back
      if (!this.#stillFront(front, () => true)) return false;
    }
    return this.#stillFront(front, () => true);
  }

  #stillFront(before: Front, another: (facts: WindowFacts) => boolean): boolean {
    const windows = this.#windows;
    const now = windows.foreground();
    if (now === undefined || !windows.hasInput()) return false;
    if (now === before.window) return true;
    const facts = windows.facts(now);
    return facts?.pid === before.facts.pid && another(facts);
  }

  /** What may not be looked at counts as higher: at worst a number is refused that could have been typed. */
  #elevated(pid: number): boolean {
    const own = this.#windows.integrity('own') ?? 0;
    const other = this.#windows.integrity(pid);
    return other === undefined || other > own;
  }

  #rows(target: WindowFacts | undefined): readonly ProbeRow[] {
    const rows: ProbeRow[] = [];
    const add = (level: 'warn' | 'fail', id: string, error: TillbridgeError): void => {
      rows.push({ level, id: `sendinput.${id}`, text: error.text('en'), remedy: error.remedy('en') });
    };
    if (!this.#windows.hasInput()) add('warn', 'desktop', new TillbridgeError('TB_TILL_KEYBOARD_LOCKED'));
    if (target !== undefined && this.#elevated(target.pid)) add('fail', 'rights', new TillbridgeError('TB_TILL_KEYBOARD_ELEVATED', { process: target.process ?? '?' }));
    return rows;
  }

  #targets(guard: WindowGuard): readonly WindowFacts[] {
    return this.#windows.visible().flatMap((window) => {
      const facts = this.#windows.facts(window);
      return facts !== undefined && fits(guard, facts) ? [facts] : [];
    });
  }
}

/** What a refusal is worth behind the first character. */
function torn(reason: RefusedReason): UncertainReason {
  if (reason === 'failed') return 'failed';
  return reason === 'notOnLayout' ? 'stopped' : 'windowChanged';
}

/** A fresh look, which the compiler would otherwise take for the one before the pause. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** SendInput tells how many events it took: fewer than all, and the rest never comes. */
function judged(taken: number, all: number): TypeResult {
  if (taken >= all) return TYPED;
  return taken === 0 ? refused('failed') : uncertain('failed');
}

function shown({ title, class: className, process }: WindowFacts): Look['front'] {
  return { ...(title === undefined ? {} : { title }), ...(className === undefined ? {} : { class: className }), ...(process === undefined ? {} : { process }) };
}

/** The language of a layout in four hexadecimal digits, as Windows names them; the ones that tills have by name. */
function layoutName(layout: LayoutHandle): string {
  const language = layout & 0xffff;
  return NAMES[language] ?? language.toString(16).padStart(4, '0');
}

// learn.microsoft.com, "Windows language code identifiers"
const NAMES: Readonly<Record<number, string>> = { 0x0409: 'us', 0x0419: 'ru', 0x0809: 'gb', 0x0407: 'de', 0x040c: 'fr', 0x0422: 'ua', 0x0423: 'by', 0x043f: 'kz', 0x042b: 'am', 0x0437: 'ge', 0x0443: 'uz' };
