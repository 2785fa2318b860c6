import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { eventSize, keyUpEvents } from '../decode/input-events.js';
import { constants as os } from 'node:os';
import type { Cancel } from '@tillbridge/core';
import { OpenRefused } from './key-source.js';

/** The system calls on /dev/input/event*. One small interface, so that a test can stand in. Calls throw errors with an errno `code`. */
export interface EvdevBinding {
  /** Opens for reading, and writing where that is allowed; reads never wait. */
  open(path: string): number;
  /** Whether digits and Enter are among its keys. */
  typesDigits(fd: number): boolean;
  /** Bit n: key number n is down. */
  keysDown(fd: number): Uint8Array;
  /** Lets keys come up for everybody who listens, as if their fingers had left them (evdev.c: what is written is an event of the device). */
  letUp(fd: number, bitmap: Uint8Array): void;
  /** Events carry the monotonic clock from now on. */
  useMonotonicTime(fd: number): void;
  /** Takes the keyboard for this descriptor alone. Throws EBUSY when another has it. */
  grab(fd: number): void;
  ungrab(fd: number): void;
  /** Bytes read; 0 when there are none now. Throws ENODEV when the device is gone. */
  read(fd: number, into: Uint8Array): number;
  /** Calls back whenever there may be something to read, or the device went. */
  watch(fd: number, readable: () => void): Cancel;
  close(fd: number): void;
}

// include/uapi/linux/input.h; _IOC numbers as on x86 and ARM (include/uapi/asm-generic/ioctl.h)
const EVIOCGRAB = 0x40044590;
const EVIOCSCLOCKID = 0x400445a0;
/** Bytes for the bits of all keys: KEY_MAX is 0x2ff. */
const KEY_BYTES = 0x300 / 8;
const EVIOCGKEY = (2 * 0x40000000 + KEY_BYTES * 0x10000 + 0x4518) >>> 0;
const EVIOCGBIT_KEY = (2 * 0x40000000 + KEY_BYTES * 0x10000 + 0x4521) >>> 0;
const CLOCK_MONOTONIC = 1;
// include/uapi/asm-generic/fcntl.h
const F_SETFL = 4;
const F_SETOWN = 8;
const O_ASYNC = 0o20000;
/** Keys that whatever types a code has: 1 to 0 and Enter (linux/input-event-codes.h). */
const NEEDED_KEYS = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 28] as const;

/**
 * Reading waits for nothing and takes no thread: the kernel signals new events with SIGIO (fcntl(2), O_ASYNC), also when the device goes.
 * A read that waits would hold the grab for as long as it does, and a process cannot end in the middle of one. Needs a process of its own:
 * SIGIO ends one that does not listen.
 * @throws OpenRefused where koffi is not installed.
 */
export async function loadEvdevBinding(): Promise<EvdevBinding> {
  const { default: koffi } = await import('koffi').catch((cause: unknown) => {
    throw new OpenRefused('noNative', cause instanceof Error ? cause.message : String(cause), 'koffi');
  });
  // null: the C library that this process runs on already, whatever its file is called (glibc, musl)
  const libc = koffi.load(null);
  const ioctl = libc.func('int ioctl(int, ulong, ...)') as unknown as (fd: number, request: number, type: string, value: unknown) => number;
  const fcntl = libc.func('int fcntl(int, int, ...)') as unknown as (fd: number, command: number, type: string, value: number) => number;
  const check = (call: string, result: number): void => {
    if (result >= 0) return;
    const errno = koffi.errno();
    const code = Object.entries(os.errno).find(([, number]) => number === errno)?.[0] ?? `errno ${String(errno)}`;
    throw Object.assign(new Error(`${call}: ${code}`), { code });
  };
  const readable = new Set<() => void>();
  // never taken off: a signal that is on its way would end the process
  process.on('SIGIO', () => {
    for (const tell of readable) tell();
  });

  return {
    open: (path) => {
      try {
        return openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
        return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      }
    },
    typesDigits: (fd) => {
      const bits = new Uint8Array(KEY_BYTES);
      check('EVIOCGBIT', ioctl(fd, EVIOCGBIT_KEY, 'void *', bits));
      return NEEDED_KEYS.every((key) => (((bits[key >> 3] ?? 0) >> (key & 7)) & 1) === 1);
    },
    keysDown: (fd) => {
      const bits = new Uint8Array(KEY_BYTES);
      check('EVIOCGKEY', ioctl(fd, EVIOCGKEY, 'void *', bits));
      return bits;
    },
    letUp: (fd, bitmap) => {
      writeSync(fd, keyUpEvents(bitmap, eventSize()));
    },
    useMonotonicTime: (fd) => {
      check('EVIOCSCLOCKID', ioctl(fd, EVIOCSCLOCKID, 'void *', Int32Array.of(CLOCK_MONOTONIC)));
    },
    grab: (fd) => check('EVIOCGRAB', ioctl(fd, EVIOCGRAB, 'int', 1)),
    ungrab: (fd) => check('EVIOCGRAB', ioctl(fd, EVIOCGRAB, 'int', 0)),
    read: (fd, into) => {
      try {
        return readSync(fd, into);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
        throw error;
      }
    },
    watch: (fd, tell) => {
      readable.add(tell);
      check('F_SETOWN', fcntl(fd, F_SETOWN, 'int', process.pid));
      check('F_SETFL', fcntl(fd, F_SETFL, 'int', constants.O_NONBLOCK | O_ASYNC));
      return () => readable.delete(tell);
    },
    close: (fd) => closeSync(fd),
  };
}
