import type { Address, NativeBinding } from './binding.js';

/** What the add-in tells its host. Answers at once: on real 1C these only put things into queues. */
export interface HostSink {
  addError(code: number, source: string, text: string): boolean;
  setEventBufferDepth(depth: number): boolean;
  eventBufferDepth(): number;
  externalEvent(source: string, event: string, data: string): boolean;
  cleanEventBuffer(): void;
}

/** What an add-in is given: `IAddInDefBaseEx` and `IMemoryManager`. */
export interface HostObject {
  readonly connection: Address;
  readonly memory: Address;
}

/**
 * The interfaces that 1C gives to an add-in, as tables of C functions in the order of the published headers, two destructor slots first as
 * GCC lays them out. The memory manager is our own: it knows what was taken and not given back.
 */
export class HostTables {
  /** Calls on objects that were never given out or are gone: a defect of the add-in. */
  stray = 0;
  readonly #native: NativeBinding;
  readonly #sinks = new Map<Address, HostSink>();
  readonly #blocks = new Map<Address, number>();
  readonly #connectionTable: Address;
  readonly #memoryTable: Address;
  #frees = 0;
  #wrongFrees = 0;

  constructor(native: NativeBinding) {
    this.#native = native;
    this.#connectionTable = this.#table(this.#connectionMethods());
    this.#memoryTable = this.#table(this.#memoryMethods());
  }

  /** Blocks that the add-in took and that nobody gave back; frees of what was never taken. */
  get memory(): { readonly blocks: number; readonly bytes: number; readonly frees: number; readonly wrongFrees: number } {
    const bytes = [...this.#blocks.values()].reduce((sum, size) => sum + size, 0);
    return { blocks: this.#blocks.size, bytes, frees: this.#frees, wrongFrees: this.#wrongFrees };
  }

  create(sink: HostSink): HostObject {
    const connection = this.#object(this.#connectionTable);
    this.#sinks.set(connection, sink);
    return { connection, memory: this.#object(this.#memoryTable) };
  }

  /** Calls on it are stray from now on. Its memory stays: whoever calls late must not crash the test. */
  forget({ connection }: HostObject): void {
    this.#sinks.delete(connection);
  }

  /** Gives a block of the manager back, as 1C does with what a method returned. */
  release(block: Address): void {
    if (!this.#blocks.delete(block)) {
      this.#wrongFrees += 1;
      return;
    }
    this.#frees += 1;
    this.#native.free(block);
  }

  #connectionMethods(): readonly Address[] {
    const method = (result: string, args: readonly string[], fn: (sink: HostSink, ...args: readonly unknown[]) => unknown, otherwise: unknown): Address =>
      this.#native.callback(result, ['void *', ...args], (self, ...rest) => {
        const sink = this.#sinks.get(self as Address);
        if (sink !== undefined) return fn(sink, ...rest);
        this.stray += 1;
        return otherwise;
      });
    const text = (value: unknown): string => (typeof value === 'string' ? value : '');
    return [
      // AddError(code, source, text, scode)
      method('bool', ['uint16', 'str16', 'str16', 'long'], (sink, code, source, problem) => sink.addError(Number(code), text(source), text(problem)), false),
      // Read, Write, RegisterProfileAs: settings that 1C keeps for an add-in; not offered
      method('bool', ['void *', 'void *', 'void *', 'void *'], () => false, false),
      method('bool', ['void *', 'void *'], () => false, false),
      method('bool', ['void *'], () => false, false),
      method('bool', ['long'], (sink, depth) => sink.setEventBufferDepth(Number(depth)), false),
      method('long', [], (sink) => sink.eventBufferDepth(), 0),
      method('bool', ['str16', 'str16', 'str16'], (sink, source, event, data) => sink.externalEvent(text(source), text(event), text(data)), false),
      method('void', [], (sink) => sink.cleanEventBuffer(), undefined),
      // SetStatusLine, ResetStatusLine
      method('bool', ['void *'], () => true, false),
      method('void', [], () => undefined, undefined),
      // GetInterface: no message boxes, no platform information
      method('void *', ['int'], () => null, null),
    ];
  }

  #memoryMethods(): readonly Address[] {
    return [
      this.#native.callback('bool', ['void *', 'void *', 'ulong'], (_, out, bytes) => {
        const block = this.#native.alloc(Math.max(1, Number(bytes)));
        this.#blocks.set(block, Number(bytes));
        this.#native.view(out as Address, 8).writeBigUInt64LE(block);
        return true;
      }),
      this.#native.callback('void', ['void *', 'void *'], (_, out) => {
        const slot = this.#native.view(out as Address, 8);
        this.release(slot.readBigUInt64LE());
        slot.writeBigUInt64LE(0n);
      }),
    ];
  }

  #table(methods: readonly Address[]): Address {
    const destructor = this.#native.callback('void', ['void *'], () => {
      this.stray += 1;
    });
    const slots = [destructor, destructor, ...methods];
    const table = this.#native.alloc(slots.length * 8);
    const view = this.#native.view(table, slots.length * 8);
    slots.forEach((address, i) => view.writeBigUInt64LE(address, i * 8));
    return table;
  }

  #object(table: Address): Address {
    const object = this.#native.alloc(16);
    this.#native.view(object, 8).writeBigUInt64LE(table);
    return object;
  }
}
