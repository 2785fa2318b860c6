import { TillbridgeError } from '@tillbridge/core';

/** An address in this process. */
export type Address = bigint;

/** A C function that is called on a thread of its own, so that what it calls back finds our event loop free. */
export type AsyncCall = (...args: readonly unknown[]) => Promise<unknown>;

/** The little of a foreign function interface that a host of add-ins needs. */
export interface NativeBinding {
  load(path: string): { readonly call: (name: string, result: string, args: readonly string[]) => AsyncCall; readonly has: (name: string) => boolean };
  /** A function behind an address. */
  at(address: Address, result: string, args: readonly string[]): AsyncCall;
  /** A C function that runs `fn` on our thread, whatever thread calls it. Lives as long as the process. */
  callback(result: string, args: readonly string[], fn: (...args: readonly unknown[]) => unknown): Address;
  /** Zeroed memory. */
  alloc(bytes: number): Address;
  free(address: Address): void;
  /** The memory at an address. */
  view(address: Address, bytes: number): Buffer;
}

interface Koffi {
  load(path: string): { func(name: string, result: string, args: readonly string[]): KoffiFunction };
  proto(name: string, result: string, args: readonly string[]): unknown;
  pointer(type: unknown): unknown;
  register(fn: (...args: readonly unknown[]) => unknown, type: unknown): Address;
  decode(address: Address, type: unknown): KoffiFunction;
  alloc(type: string, length: number): Address;
  free(address: Address): void;
  view(address: Address, length: number): ArrayBuffer;
}

interface KoffiFunction {
  readonly async: (...args: readonly unknown[]) => void;
}

/** @throws {TillbridgeError} `TB_NATIVE_MISSING` without koffi. */
export async function loadNativeBinding(): Promise<NativeBinding> {
  const { default: loaded } = await import('koffi').catch((cause: unknown) => {
    throw new TillbridgeError('TB_NATIVE_MISSING', { package: 'koffi', purpose: 'the simulated 1C' }, { cause });
  });
  // its own types know addresses as `any`
  const koffi = loaded as unknown as Koffi;
  let protos = 0;
  const proto = (result: string, args: readonly string[]): unknown => koffi.proto(`onec_${String((protos += 1))}_${String(process.hrtime.bigint())}`, result, args);
  return {
    load: (path) => {
      const library = koffi.load(path);
      const find = (name: string, result: string, args: readonly string[]): KoffiFunction => library.func(name, result, args);
      return {
        call: (name, result, args) => promised(find(name, result, args)),
        has: (name) => {
          try {
            find(name, 'int', []);
            return true;
          } catch {
            return false;
          }
        },
      };
    },
    at: (address, result, args) => promised(koffi.decode(address, proto(result, args))),
    callback: (result, args, fn) => koffi.register(fn, koffi.pointer(proto(result, args))),
    alloc: (bytes) => {
      const address = koffi.alloc('uint8', bytes);
      Buffer.from(koffi.view(address, bytes)).fill(0);
      return address;
    },
    free: (address) => koffi.free(address),
    view: (address, bytes) => Buffer.from(koffi.view(address, bytes)),
  };
}

function promised(fn: KoffiFunction): AsyncCall {
  return (...args) =>
    new Promise((resolve, reject) => {
      fn.async(...args, (error: unknown, result: unknown) => {
        if (error === null || error === undefined) resolve(result);
        else reject(error instanceof Error ? error : new Error('a native call failed'));
      });
    });
}
