import type { Address, AsyncCall, NativeBinding } from './binding.js';
import type { HostObject, HostTables } from './host-tables.js';
import { putString, putVariant, takeString, takeVariant, VARIANT_BYTES, type Value } from './variant.js';

/** Slots of the component's tables behind their two destructors, in the order of the published headers. */
const INIT_DONE = { init: 2, setMemManager: 3, getInfo: 4, done: 5 } as const;
const EXTENDER = {
  registerExtensionAs: 2,
  getNMethods: 10,
  findMethod: 11,
  getMethodName: 12,
  getNParams: 13,
  hasRetVal: 15,
  callAsProc: 16,
  callAsFunc: 17,
} as const;
const SET_LOCALE = 2;

/** The bases of `IComponentBase`, each with a table of its own. */
const BASES = { initDone: 0n, extender: 8n, locale: 16n } as const;

export interface Called {
  /** What CallAsFunc itself said; false is a runtime error in 1C. */
  readonly ok: boolean;
  readonly result: Value;
  /** The parameters afterwards: OUT ones have new values. */
  readonly params: readonly Value[];
}

/** One object of an add-in, called through its tables as 1C does. Every call runs on a thread of its own; one at a time, as on the UI thread. */
export class NativeComponent {
  readonly #native: NativeBinding;
  readonly #tables: HostTables;
  readonly #base: Address;
  readonly #host: HostObject;
  readonly #functions = new Map<string, AsyncCall>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(native: NativeBinding, tables: HostTables, base: Address, host: HostObject) {
    this.#native = native;
    this.#tables = tables;
    this.#base = base;
    this.#host = host;
  }

  get address(): Address {
    return this.#base;
  }

  /** Init and setMemManager, in either order: hosts differ. */
  async start(order: 'initFirst' | 'memoryFirst', locale: string): Promise<boolean> {
    const init = (): Promise<unknown> => this.#call('initDone', INIT_DONE.init, 'bool', ['void *'], this.#host.connection);
    const memory = (): Promise<unknown> => this.#call('initDone', INIT_DONE.setMemManager, 'bool', ['void *'], this.#host.memory);
    const steps = order === 'initFirst' ? [init, memory] : [memory, init];
    for (const step of steps) if ((await step()) !== true) return false;
    await this.#withString(locale, (text) => this.#call('locale', SET_LOCALE, 'void', ['void *'], text));
    return true;
  }

  async info(): Promise<number> {
    return Number(await this.#call('initDone', INIT_DONE.getInfo, 'long', []));
  }

  async done(): Promise<void> {
    await this.#call('initDone', INIT_DONE.done, 'void', []);
    this.#tables.forget(this.#host);
  }

  /** The name under which the object is created: `AddIn.Library.Name`. */
  async extensionName(): Promise<string> {
    const slot = this.#native.alloc(8);
    try {
      if ((await this.#call('extender', EXTENDER.registerExtensionAs, 'bool', ['void *'], slot)) !== true) return '';
      return this.#takeOwned(this.#native.view(slot, 8).readBigUInt64LE());
    } finally {
      this.#native.free(slot);
    }
  }

  async methodCount(): Promise<number> {
    return Number(await this.#call('extender', EXTENDER.getNMethods, 'long', []));
  }

  /** @param language 0: English, 1: the local one. */
  async methodName(method: number, language: 0 | 1): Promise<string> {
    const at = (await this.#call('extender', EXTENDER.getMethodName, 'void *', ['long', 'long'], method, language)) as Address | null;
    return at === null ? '' : this.#takeOwned(at);
  }

  async findMethod(name: string): Promise<number> {
    return this.#withString(name, async (text) => Number(await this.#call('extender', EXTENDER.findMethod, 'long', ['void *'], text)));
  }

  async paramCount(method: number): Promise<number> {
    return Number(await this.#call('extender', EXTENDER.getNParams, 'long', ['long'], method));
  }

  async returnsValue(method: number): Promise<boolean> {
    return (await this.#call('extender', EXTENDER.hasRetVal, 'bool', ['long'], method)) === true;
  }

  callAsFunc(method: number, params: readonly Value[]): Promise<Called> {
    return this.#withParams(params, async (at) => {
      const result = this.#native.alloc(VARIANT_BYTES);
      const ok = await this.#call('extender', EXTENDER.callAsFunc, 'bool', ['long', 'void *', 'void *', 'long'], method, result, at, params.length);
      const value = this.#takeValue(result);
      this.#native.free(result);
      return { ok: ok === true, result: value };
    });
  }

  callAsProc(method: number, params: readonly Value[]): Promise<Called> {
    return this.#withParams(params, async (at) => {
      const ok = await this.#call('extender', EXTENDER.callAsProc, 'bool', ['long', 'void *', 'long'], method, at, params.length);
      return { ok: ok === true, result: undefined };
    });
  }

  async #withParams(params: readonly Value[], call: (at: Address) => Promise<Omit<Called, 'params'>>): Promise<Called> {
    const at = this.#native.alloc(VARIANT_BYTES * Math.max(1, params.length));
    const slot = (i: number): Address => at + BigInt(i * VARIANT_BYTES);
    const given = params.map((value, i) => putVariant(this.#native, slot(i), value));
    const called = await call(at);
    const after = params.map((_, i) => {
      const { value, text } = takeVariant(this.#native, slot(i));
      const own = given[i];
      // rewritten in place: the new text is the manager's
      if (text !== undefined && text !== own && text !== 0n) this.#tables.release(text);
      if (own !== undefined) this.#native.free(own);
      return value;
    });
    this.#native.free(at);
    return { ...called, params: after };
  }

  #takeValue(at: Address): Value {
    const { value, text } = takeVariant(this.#native, at);
    if (text !== undefined && text !== 0n) this.#tables.release(text);
    return value;
  }

  #takeOwned(at: Address): string {
    const text = takeString(this.#native, at);
    if (at !== 0n) this.#tables.release(at);
    return text;
  }

  async #withString<T>(text: string, use: (at: Address) => Promise<T>): Promise<T> {
    const at = putString(this.#native, text);
    try {
      return await use(at);
    } finally {
      this.#native.free(at);
    }
  }

  #call(base: keyof typeof BASES, slot: number, result: string, types: readonly string[], ...args: readonly unknown[]): Promise<unknown> {
    const self = this.#base + BASES[base];
    const key = `${base} ${String(slot)}`;
    let fn = this.#functions.get(key);
    if (fn === undefined) {
      const table = this.#native.view(self, 8).readBigUInt64LE();
      fn = this.#native.at(this.#native.view(table + BigInt(slot * 8), 8).readBigUInt64LE(), result, ['void *', ...types]);
      this.#functions.set(key, fn);
    }
    const run = fn;
    const done = this.#turn.then(() => run(self, ...args));
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
