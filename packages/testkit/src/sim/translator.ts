import { sleep, type Clock, type Code, type Translation, type TranslationContext, type Translator, type TranslatorCapabilities } from '@tillbridge/core';

/** One scripted answer. */
export interface TranslatorBehaviour {
  /** `throw`: the translator fails. A function sees the code. */
  readonly answer: Translation | 'throw' | ((code: Code, context: TranslationContext) => Translation);
  /** Time until the answer, in ms; absent: in the same turn, as a local table does. `hang`: never. */
  readonly afterMs?: number | 'hang';
  /** Whether an abort ends the wait; default true. */
  readonly honoursAbort?: boolean;
}

/** A translator in memory that answers by script. */
export class SimulatedTranslator implements Translator {
  readonly id: string;
  readonly type = 'simulated';
  readonly capabilities: TranslatorCapabilities;
  /** Codes asked for, in order. */
  readonly asked: Code[] = [];
  /** Answers of the next calls, in order; `behaviour` when it is empty. */
  readonly script: TranslatorBehaviour[] = [];
  behaviour: TranslatorBehaviour;
  closed = false;
  readonly #clock: Clock;

  /** `ahead`: it may be asked about a read that may still turn out to be goods. */
  constructor(id: string, clock: Clock, behaviour: TranslatorBehaviour = { answer: { result: 'notFound' } }, ahead = false) {
    this.id = id;
    this.capabilities = { remote: false, hosts: [], ahead };
    this.#clock = clock;
    this.behaviour = behaviour;
  }

  translate(code: Code, context: TranslationContext, signal: AbortSignal): Translation | Promise<Translation> {
    this.asked.push(code);
    const { answer, afterMs, honoursAbort = true } = this.script.shift() ?? this.behaviour;
    const give = (): Translation => {
      if (answer === 'throw') throw new Error('the simulated translator failed');
      return typeof answer === 'function' ? answer(code, context) : answer;
    };
    if (afterMs === undefined) return give();
    const wait = afterMs === 'hang' ? Number.MAX_SAFE_INTEGER : afterMs;
    return sleep(this.#clock, wait, honoursAbort ? signal : undefined).then(() =>
      honoursAbort && signal.aborted ? { result: 'unavailable', reason: 'aborted' } : give(),
    );
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}
