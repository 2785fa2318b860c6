import { constants, type Stats } from 'node:fs';
import { access, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SYSTEM_ROOTS, type SystemRoots } from './roots.js';

/** `busy`: another program holds its lock. Programs that open a port without locking it cannot be seen this way. */
export type SerialProbe = 'missing' | 'busy' | 'noPermission' | 'notSerial' | 'ok';

/** Says what opening a serial port would meet, without opening it: opening moves DTR, and some devices reset on that. POSIX only. */
export async function probeSerialPath(path: string, roots: SystemRoots = SYSTEM_ROOTS): Promise<SerialProbe> {
  let found: Stats;
  try {
    found = await stat(path);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? 'noPermission' : 'missing';
  }
  if (!found.isCharacterDevice() || !(await isTty(found.rdev, roots))) return 'notSerial';
  try {
    await access(path, constants.R_OK | constants.W_OK);
  } catch {
    return 'noPermission';
  }
  return (await lockHolder(found, roots)) === undefined ? 'ok' : 'busy';
}

/** The process that holds a lock on this device (`flock`, which serialport and pyserial use); Linux only, else `undefined`. */
export async function lockHolder(device: Pick<Stats, 'dev' | 'ino'>, roots: SystemRoots = SYSTEM_ROOTS): Promise<number | undefined> {
  const locks = await readFile(join(roots.proc, 'locks'), 'utf8').catch(() => '');
  const { major, minor } = numbers(device.dev);
  // "1: FLOCK  ADVISORY  WRITE 7048 00:1a:3 0 EOF": pid, then major:minor in hex and the inode in decimal (proc(5))
  for (const line of locks.split('\n')) {
    const match = /^\d+: FLOCK +\w+ +\w+ +(\d+) +([0-9a-f]+):([0-9a-f]+):(\d+) /.exec(line);
    if (match === null) continue;
    const same = parseInt(match[2] ?? '', 16) === major && parseInt(match[3] ?? '', 16) === minor && Number(match[4]) === device.ino;
    if (same) return Number(match[1]);
  }
  return undefined;
}

/** PTYs have the fixed majors 136 to 143 (kernel: devices.txt); the others say in sysfs what they are. Unknown counts as a tty. */
async function isTty(rdev: number, roots: SystemRoots): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const { major, minor } = numbers(rdev);
  if (major >= 136 && major <= 143) return true;
  const shown = await realpath(join(roots.sys, `dev/char/${String(major)}:${String(minor)}`)).catch(() => undefined);
  return shown === undefined ? major !== 1 : shown.includes('/tty/');
}

/** Linux's 64-bit dev_t (gnu_dev_major, gnu_dev_minor), as far as it fits a double. */
function numbers(dev: number): { readonly major: number; readonly minor: number } {
  const value = BigInt(dev);
  return {
    major: Number(((value >> 8n) & 0xfffn) | ((value >> 32n) & 0xfffff000n)),
    minor: Number((value & 0xffn) | ((value >> 12n) & 0xffffff00n)),
  };
}
