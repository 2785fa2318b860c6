import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { OWN_KEYBOARD_NAME, TillbridgeError } from '@tillbridge/core';

/** A keyboard that the kernel made for us. Calls throw errors of the system. */
export interface UinputKeyboard {
  /** Writes whole events; throws when the kernel did not take them all. */
  write(events: Uint8Array): void;
  close(): void;
}

// include/uapi/linux/uinput.h; the numbers of ioctl are those of x86 and ARM (asm-generic/ioctl.h)
const UI_SET_EVBIT = 0x4004_5564n;
const UI_SET_KEYBIT = 0x4004_5565n;
const UI_DEV_SETUP = 0x405c_5503n;
const UI_DEV_CREATE = 0x5501n;
const UI_DEV_DESTROY = 0x5502n;
/** struct uinput_setup: an id of 8 bytes, a name of 80, a number of 4. */
const SETUP_BYTES = 92;
const BUS_VIRTUAL = 0x06;
/** Keys of a full keyboard: what has fewer is no keyboard to some compositors. */
const KEY_LAST = 194;

/**
 * Makes a keyboard.
 *
 * @throws {TillbridgeError} `TB_NATIVE_MISSING` without koffi; errors of the system where the device is not there or not ours to write.
 */
export async function makeKeyboard(path: string): Promise<UinputKeyboard> {
  const { default: koffi } = await import('koffi').catch((cause: unknown) => {
    throw new TillbridgeError('TB_NATIVE_MISSING', { package: 'koffi', purpose: 'transport: uinput' }, { cause });
  });
  // null: the C library that this process runs on already, whatever its file is called (glibc, musl)
  const ioctl = koffi.load(null).func('int ioctl(int, ulong, ...)') as unknown as (fd: number, request: bigint, type: string, value: unknown) => number;
  const fd = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  const call = (request: bigint, type: string, value: unknown): void => {
    if (ioctl(fd, request, type, value) < 0) throw new Error(`ioctl 0x${request.toString(16)} failed with errno ${String(koffi.errno())}`);
  };
  try {
    call(UI_SET_EVBIT, 'int', 0);
    call(UI_SET_EVBIT, 'int', 1);
    for (let key = 1; key <= KEY_LAST; key += 1) call(UI_SET_KEYBIT, 'int', key);
    const setup = Buffer.alloc(SETUP_BYTES);
    setup.writeUInt16LE(BUS_VIRTUAL, 0);
    setup.write(OWN_KEYBOARD_NAME, 8, 'latin1');
    call(UI_DEV_SETUP, 'void *', setup);
    call(UI_DEV_CREATE, 'int', 0);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  return {
    write: (events) => {
      if (writeSync(fd, events) !== events.length) throw new Error('the kernel took a part of the keys');
    },
    close: () => {
      try {
        call(UI_DEV_DESTROY, 'int', 0);
      } finally {
        closeSync(fd);
      }
    },
  };
}
