import { elapsed, instant, raceAbort, type Clock, type KeyEvent } from '@tillbridge/core';
import { refused, type Injector, type InjectorSource, type Look, type Stroke, type TypeResult, type WindowGuard } from './injector.js';

/** Who types now. A machine has one focus, so one of these serves all its keyboard tills. */
export class TypingTurn {
  #last: Promise<void> = Promise.resolve();

  /** Runs `work` when everything before it is over; `givenUp` instead when `signal` aborts while it waits. */
  async take<T>(signal: AbortSignal, work: () => Promise<T>, givenUp: () => T): Promise<T> {
    const before = this.#last;
    let done: () => void = () => undefined;
    const mine = new Promise<void>((resolve) => (done = resolve));
    this.#last = before.then(() => mine);
    await raceAbort(before, signal, () => undefined);
    try {
      return signal.aborted ? givenUp() : await work();
    } finally {
      done();
    }
  }
}

/** Puts all typing through one turn: a delivery is never interleaved with another, nor with goods. The one place where that is done. */
export function inTurn(source: InjectorSource, turn: TypingTurn, clock: Clock): InjectorSource {
  return {
    place: source.place,
    open: async (signal) => new TurnInjector(await source.open(signal), turn, clock),
    ...(source.arrival === undefined ? {} : { arrival: (signal) => source.arrival?.(signal) ?? Promise.resolve() }),
  };
}

class TurnInjector implements Injector {
  readonly #inner: Injector;
  readonly #turn: TypingTurn;
  readonly #clock: Clock;

  constructor(inner: Injector, turn: TypingTurn, clock: Clock) {
    this.#inner = inner;
    this.#turn = turn;
    this.#clock = clock;
  }

  get capabilities(): Injector['capabilities'] {
    return this.#inner.capabilities;
  }

  get ended(): Injector['ended'] {
    return this.#inner.ended;
  }

  type(stroke: Stroke, signal: AbortSignal): Promise<TypeResult> {
    const called = instant(this.#clock);
    // its time counts from this call, however long it waits for its turn
    const work = (): Promise<TypeResult> => this.#inner.type({ ...stroke, withinMs: stroke.withinMs - elapsed(this.#clock, called) }, signal);
    return this.#turn.take(signal, work, () => refused('withdrawn'));
  }

  replay(keys: readonly KeyEvent[], signal: AbortSignal): Promise<TypeResult> {
    return this.#turn.take(signal, () => this.#inner.replay(keys, signal), () => refused('withdrawn'));
  }

  look(guard: WindowGuard | undefined, signal: AbortSignal): Promise<Look> {
    return this.#inner.look(guard, signal);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}
