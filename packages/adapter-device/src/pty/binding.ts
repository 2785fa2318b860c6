import { constants } from 'node:fs';
import { TillbridgeError } from '@tillbridge/core';

/** Bits of poll(2); the same on every Linux. */
export const POLLIN = 0x01;
export const POLLHUP = 0x10;

/** The few C calls behind a PTY. One small interface, so that a test can stand in and another FFI can take koffi's place. */
export interface PtyBinding {
  /** A new PTY: its non-blocking master and the path of its slave. Throws an `Error` that names the call and its errno. */
  openMaster(): { readonly fd: number; readonly slave: string };
  /** No echo, no line editing, no translation of CR or LF: the bytes as they are. */
  makeRaw(fd: number): void;
  /** What is true of `fd` right now; `events` is what is asked for, POLLHUP always is. */
  poll(fd: number, events: number): number;
  /** Bytes waiting in the terminal's input queue. */
  unread(fd: number): number;
  /** Drops the terminal's input queue. */
  discard(fd: number): void;
  /** Undoes TIOCEXCL, which outlives the program that set it. */
  unlock(fd: number): void;
}

const FIONREAD = 0x541b;
const TIOCNXCL = 0x540d;
const TCFLSH = 0x540b;
const TCIFLUSH = 0;
const O_CLOEXEC = 0o2000000;
/** struct termios has 60 bytes with glibc and musl; room to spare for a libc that differs. */
const TERMIOS_ROOM = 256;

/**
 * Loads the C library's PTY calls through koffi.
 *
 * @throws {TillbridgeError} `TB_NATIVE_UNSUPPORTED` outside Linux, `TB_NATIVE_MISSING` without koffi.
 */
export async function loadPtyBinding(platform: NodeJS.Platform = process.platform): Promise<PtyBinding> {
  if (platform !== 'linux') {
    throw new TillbridgeError('TB_NATIVE_UNSUPPORTED', {
      feature: 'transport: pty',
      platform,
      alternative: 'use `transport: port` with a pair of serial ports',
    });
  }
  const { default: koffi } = await import('koffi').catch((cause: unknown) => {
    throw new TillbridgeError('TB_NATIVE_MISSING', { package: 'koffi', purpose: 'transport: pty' }, { cause });
  });
  // null: the C library that this process runs on already, whatever its file is called (glibc, musl)
  const libc = koffi.load(null);
  const openpt = libc.func('int posix_openpt(int)') as unknown as (flags: number) => number;
  const grantpt = libc.func('int grantpt(int)') as unknown as (fd: number) => number;
  const unlockpt = libc.func('int unlockpt(int)') as unknown as (fd: number) => number;
  const ptsname = libc.func('int ptsname_r(int, void *, size_t)') as unknown as (fd: number, name: Buffer, size: number) => number;
  const tcgetattr = libc.func('int tcgetattr(int, void *)') as unknown as (fd: number, termios: Buffer) => number;
  const tcsetattr = libc.func('int tcsetattr(int, int, void *)') as unknown as (fd: number, when: number, termios: Buffer) => number;
  const cfmakeraw = libc.func('void cfmakeraw(void *)') as unknown as (termios: Buffer) => void;
  const poll = libc.func('int poll(void *, ulong, int)') as unknown as (fds: Buffer, count: number, ms: number) => number;
  const ioctl = libc.func('int ioctl(int, ulong, ...)') as unknown as (fd: number, request: number, type: string, value: unknown) => number;
  const close = libc.func('int close(int)') as unknown as (fd: number) => number;

  const check = (call: string, result: number): number => {
    if (result !== 0) throw new Error(`${call} failed with errno ${String(koffi.errno())}`);
    return result;
  };
  const pollfd = Buffer.alloc(8);
  const count = Buffer.alloc(4);

  return {
    openMaster: () => {
      const fd = openpt(constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK | O_CLOEXEC);
      if (fd < 0) throw new Error(`posix_openpt failed with errno ${String(koffi.errno())}`);
      try {
        check('grantpt', grantpt(fd));
        check('unlockpt', unlockpt(fd));
        const name = Buffer.alloc(128);
        check('ptsname_r', ptsname(fd, name, name.length));
        return { fd, slave: name.toString('latin1', 0, name.indexOf(0)) };
      } catch (error) {
        close(fd);
        throw error;
      }
    },
    makeRaw: (fd) => {
      const termios = Buffer.alloc(TERMIOS_ROOM);
      check('tcgetattr', tcgetattr(fd, termios));
      cfmakeraw(termios);
      check('tcsetattr', tcsetattr(fd, 0, termios));
    },
    poll: (fd, events) => {
      pollfd.writeInt32LE(fd, 0);
      pollfd.writeInt32LE(events, 4);
      return poll(pollfd, 1, 0) > 0 ? pollfd.readUInt16LE(6) : 0;
    },
    unread: (fd) => {
      check('ioctl FIONREAD', ioctl(fd, FIONREAD, 'void *', count));
      return count.readInt32LE(0);
    },
    discard: (fd) => {
      check('ioctl TCFLSH', ioctl(fd, TCFLSH, 'int', TCIFLUSH));
    },
    unlock: (fd) => {
      check('ioctl TIOCNXCL', ioctl(fd, TIOCNXCL, 'int', 0));
    },
  };
}
