import { deadline, elapsed, instant, keyOfUsage, raceAbort, sleep, TillbridgeError, type Clock, type Instant, type KeyEvent } from '@tillbridge/core';
import { refused, TYPED, uncertain, type Injector, type InjectorCapabilities, type InjectorSource, type Look, type RefusedReason, type Stroke, type TypeResult, type UncertainReason, type WindowGuard } from '../injector.js';
import { Burst } from './burst.js';
import { planKeys, unitsOf, type Unit } from './key-plan.js';
import { anyFits, frontWindow, shown, topFits } from './windows.js';
import { connectX, XLost, type XServer, type XServerOptions } from './x-server.js';

/** How long the server may take to answer, and be kept from everybody else, before the connection is given up, in milliseconds. */
const ANSWER_MS = 2000;

/** X keycodes are the kernel's numbers and 8 (xkeyboard-config, keycodes/evdev). */
const EVDEV_OFFSET = 8;

/** `xtest`: types into the window of an X screen that has the focus. */
export function xtestSource(options: XServerOptions, clock: Clock): InjectorSource {
  return { place: options.display, open: async (signal) => new XtestInjector(await connectX(options, clock, signal), clock, options.display) };
}

/** Why a burst did not happen. */
class Refusal extends Error {
  readonly reason: RefusedReason;

  constructor(reason: RefusedReason) {
    super(reason);
    this.reason = reason;
  }
}

const AFTER_FIRST: Readonly<Partial<Record<RefusedReason, UncertainReason>>> = {
  windowNotInFront: 'windowChanged',
  noFocus: 'windowChanged',
  screenLocked: 'windowChanged',
  notConnected: 'connectionLost',
};

export class XtestInjector implements Injector {
  readonly capabilities: InjectorCapabilities = { guard: true, atomic: true, text: 'layout' };
  readonly ended: Promise<TillbridgeError>;
  readonly #x: XServer;
  readonly #clock: Clock;

  constructor(x: XServer, clock: Clock, place: string) {
    this.#x = x;
    this.#clock = clock;
    this.ended = x.ended.then(() => new TillbridgeError('TB_TILL_KEYBOARD_LOST', { place, problem: 'the X server ended the connection' }));
  }

  async type(stroke: Stroke, signal: AbortSignal): Promise<TypeResult> {
    const called = instant(this.#clock);
    const units = unitsOf(stroke.parts);
    if (units === undefined) return refused('notCarried');
    // one burst for all, or one for each character
    const bursts = stroke.keyDelayMs === 0 ? [units] : units.map((unit) => [unit]);
    for (const [index, burst] of bursts.entries()) {
      if (index > 0) await sleep(this.#clock, stroke.keyDelayMs, signal);
      const result = await this.#burst(burst, index === 0 ? units : burst, stroke, called, index > 0, signal);
      if (result.result !== 'typed') return index > 0 && result.result === 'refused' ? uncertain(AFTER_FIRST[result.reason] ?? 'stopped') : result;
    }
    return TYPED;
  }

  replay(keys: readonly KeyEvent[], signal: AbortSignal): Promise<TypeResult> {
    const edges = keys.map(({ usage, down }) => ({ keycode: (keyOfUsage(usage) ?? -EVDEV_OFFSET) + EVDEV_OFFSET, down }));
    if (edges.some(({ keycode }) => keycode <= EVDEV_OFFSET || keycode > 255)) return Promise.resolve(refused('notCarried'));
    return this.#grabbed(signal, async (burst) => {
      // the keys as they were: with the layout and the locks of the moment, but without what somebody holds down
      await burst.prepare(undefined, edges.map(({ keycode }) => keycode));
      burst.play(edges);
    });
  }

  look(guard: WindowGuard | undefined, signal: AbortSignal): Promise<Look> {
    return raceAbort(this.#look(guard), signal, () => {
      throw new XLost('the server does not answer');
    });
  }

  async #look(guard: WindowGuard | undefined): Promise<Look> {
    const x = this.#x;
    const [map, state, names, front] = [await x.keymap(), await x.state(), await x.layoutNames(), await frontWindow(x)];
    const groups = Array.from({ length: map.groups }, (_, group) => group);
    const has = (text: string): boolean => groups.some((group) => Array.from(text).every((character) => map.press(character, group) !== undefined));
    const top = front.focus === 'window' ? front.top : undefined;
    const active = names[state.group];
    return {
      front: top === undefined ? undefined : shown(top),
      inFront: guard === undefined || (top !== undefined && topFits(guard, top)),
      present: guard === undefined ? undefined : await anyFits(x, guard),
      layouts: [...(active === undefined ? [] : [active]), ...names.filter((_, i) => i !== state.group)],
      carries: { digits: has('0123456789'), latin: has('ABCXYZabcxyz'), cyrillic: has('АБВабв'), controls: planKeys([{ control: 0x1d }], map, state.group) !== undefined },
      rows: [],
    };
  }

  close(): Promise<void> {
    this.#x.close();
    return Promise.resolve();
  }

  async #burst(units: readonly Unit[], wanted: readonly Unit[], stroke: Stroke, called: Instant, begun: boolean, signal: AbortSignal): Promise<TypeResult> {
    const { guard, withinMs } = stroke;
    const tooLate = (): void => {
      if (signal.aborted) throw new Refusal('withdrawn');
      if (!begun && (withinMs <= 0 || elapsed(this.#clock, called) > withinMs)) throw new Refusal('late');
    };
    try {
      tooLate();
      // looked at without a grab first: waiting for a window must not slow the others down
      if (guard !== undefined && !begun) await this.#answered(this.#check(guard));
    } catch (error) {
      return refusal(error);
    }
    return this.#grabbed(signal, async (burst) => {
      if (guard !== undefined) await this.#check(guard);
      const state = await this.#x.state();
      const map = await this.#x.keymap();
      if (planKeys(wanted, map, state.group) === undefined) throw new Refusal('notOnLayout');
      const plan = planKeys(units, map, state.group);
      if (plan === undefined) throw new Refusal('notOnLayout');
      const edges = plan.units.flat();
      if (!(await burst.prepare(plan.group, edges.map(({ keycode }) => keycode)))) throw new Refusal('failed');
      tooLate();
      burst.play(edges);
    });
  }

  async #check(guard: WindowGuard): Promise<void> {
    const front = await frontWindow(this.#x);
    if (front.focus === 'none') throw new Refusal('noFocus');
    if (front.top === undefined || !topFits(guard, front.top)) throw new Refusal('windowNotInFront');
    if (await this.#x.grabbed()) throw new Refusal('screenLocked');
  }

  /** Runs `work` while the server serves nobody else, and puts everything back. */
  async #grabbed(signal: AbortSignal, work: (burst: Burst) => Promise<void>): Promise<TypeResult> {
    if (this.#x.over) return refused('notConnected');
    if (signal.aborted) return refused('withdrawn');
    const burst = new Burst(this.#x);
    const whole = async (): Promise<void> => {
      this.#x.grab();
      try {
        await work(burst);
      } finally {
        await burst.restore();
      }
    };
    try {
      await this.#answered(whole());
      return TYPED;
    } catch (error) {
      if (!burst.played) return refusal(error);
      return uncertain(error instanceof XLost ? 'connectionLost' : 'failed');
    }
  }

  /** A server that hangs is given up: what it was told to do in a grab ends with the connection. */
  async #answered<T>(work: Promise<T>): Promise<T> {
    const limit = deadline(this.#clock, ANSWER_MS);
    try {
      return await raceAbort(work, limit.signal, () => {
        this.#x.close();
        throw new XLost('the server does not answer');
      });
    } finally {
      limit.dispose();
    }
  }
}

function refusal(error: unknown): TypeResult {
  if (error instanceof Refusal) return refused(error.reason);
  return refused(error instanceof XLost ? 'notConnected' : 'failed');
}
