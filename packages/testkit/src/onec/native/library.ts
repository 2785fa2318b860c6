import { loadNativeBinding, type Address, type AsyncCall, type NativeBinding } from './binding.js';
import { NativeComponent } from './component.js';
import { HostTables, type HostSink } from './host-tables.js';
import { putString, takeString } from './variant.js';

/** Interfaces that this host offers; 1C asks before it makes the first object. */
const CAPABILITIES = 3;

/** A compiled Native API add-in in this process, loaded as the 1C client loads it. */
export class NativeLibrary {
  readonly tables: HostTables;
  /** Names of its classes. */
  readonly classes: readonly string[];
  readonly #native: NativeBinding;
  readonly #getClassObject: AsyncCall;
  readonly #destroyObject: AsyncCall;

  private constructor(native: NativeBinding, classes: readonly string[], calls: { readonly getClassObject: AsyncCall; readonly destroyObject: AsyncCall }) {
    this.#native = native;
    this.tables = new HostTables(native);
    this.classes = classes;
    this.#getClassObject = calls.getClassObject;
    this.#destroyObject = calls.destroyObject;
  }

  /** @throws {Error} of the loader, or because an export is missing. @throws {TillbridgeError} `TB_NATIVE_MISSING` */
  static async load(path: string): Promise<NativeLibrary> {
    const native = await loadNativeBinding();
    const library = native.load(path);
    const names = takeString(native, (await library.call('GetClassNames', 'void *', [])()) as Address | null);
    if (library.has('SetPlatformCapabilities')) await library.call('SetPlatformCapabilities', 'int', ['int'])(CAPABILITIES);
    const getClassObject = library.call('GetClassObject', 'long', ['void *', 'void *']);
    const destroyObject = library.call('DestroyObject', 'long', ['void *']);
    return new NativeLibrary(native, names.split('|').filter((name) => name !== ''), { getClassObject, destroyObject });
  }

  /** A new object; `undefined` where the library has no such class. */
  async create(className: string, sink: HostSink): Promise<NativeComponent | undefined> {
    const name = putString(this.#native, className);
    const slot = this.#native.alloc(8);
    try {
      const made = Number(await this.#getClassObject(name, slot));
      const base = this.#native.view(slot, 8).readBigUInt64LE();
      return made === 0 || base === 0n ? undefined : new NativeComponent(this.#native, this.tables, base, this.tables.create(sink));
    } finally {
      this.#native.free(name);
      this.#native.free(slot);
    }
  }

  /** @returns whether the library says that the object is gone */
  async destroy(component: NativeComponent): Promise<boolean> {
    const slot = this.#native.alloc(8);
    this.#native.view(slot, 8).writeBigUInt64LE(component.address);
    const left = Number(await this.#destroyObject(slot));
    this.#native.free(slot);
    return left === 0;
  }
}
