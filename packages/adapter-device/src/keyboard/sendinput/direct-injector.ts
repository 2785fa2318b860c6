import { TillbridgeError, type KeyEvent } from '@tillbridge/core';
import { refused, type Injector, type InjectorSource, type Look, type Stroke, type TypeResult, type WindowGuard } from '../injector.js';
import { loadWindows } from './koffi-windows.js';
import { CAPABILITIES, PLACE, type SendInputOptions } from './options.js';
import { Typist } from './typist.js';
import type { Windows } from './windows.js';

/** Types from this very process: for the agent, which is a process for nothing else. */
export function sendInputHere(options: Pick<SendInputOptions, 'till' | 'clock'>, load: () => Promise<Windows> = loadWindows): InjectorSource {
  return {
    place: PLACE,
    open: async () => {
      const windows = await load();
      if (!windows.interactive()) throw new TillbridgeError('TB_TILL_KEYBOARD_NO_DESKTOP', { till: options.till });
      return new DirectInjector(new Typist(windows, options.clock));
    },
  };
}

class DirectInjector implements Injector {
  readonly capabilities = CAPABILITIES;
  readonly ended: Promise<TillbridgeError>;
  readonly #typist: Typist;
  readonly #closing = new AbortController();
  #end: (reason: TillbridgeError) => void = () => undefined;

  constructor(typist: Typist) {
    this.#typist = typist;
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }

  async type(stroke: Stroke, signal: AbortSignal): Promise<TypeResult> {
    if (this.#closing.signal.aborted) return refused('notConnected');
    return this.#typist.type(stroke, AbortSignal.any([signal, this.#closing.signal]));
  }

  replay(keys: readonly KeyEvent[], signal: AbortSignal): Promise<TypeResult> {
    return Promise.resolve(this.#closing.signal.aborted ? refused('notConnected') : this.#typist.replay(keys, signal));
  }

  look(guard: WindowGuard | undefined): Promise<Look> {
    return Promise.resolve(this.#typist.look(guard));
  }

  close(): Promise<void> {
    this.#closing.abort();
    this.#end(new TillbridgeError('TB_TILL_KEYBOARD_LOST', { place: PLACE, problem: 'closed' }));
    return Promise.resolve();
  }
}
