import { asTillbridgeError, isTillbridgeError, TillbridgeError, type ErrorCode } from '@tillbridge/core';
import { probeSerialPath, type SerialProbe } from '../discovery/probe.js';
import type { SystemRoots } from '../discovery/roots.js';

const BY_PROBE: Readonly<Record<Exclude<SerialProbe, 'ok'>, ErrorCode>> = {
  missing: 'TB_READER_NOT_FOUND',
  busy: 'TB_READER_BUSY',
  noPermission: 'TB_READER_NO_PERMISSION',
  notSerial: 'TB_READER_NOT_SERIAL',
};

/**
 * serialport's errors have no codes, only these texts (bindings-cpp: serialport_unix.cpp, serialport_win.cpp, linux.ts).
 * Windows says "Access denied" when another program has the port; Linux says "Permission denied" for a missing right.
 */
const BY_TEXT: readonly (readonly [RegExp, ErrorCode])[] = [
  [/cannot lock port|access denied|(resource|device or resource) busy|EBUSY/i, 'TB_READER_BUSY'],
  [/permission denied|operation not permitted|EACCES|EPERM/i, 'TB_READER_NO_PERMISSION'],
  [/no such file|no such device|file not found|ENOENT|ENXIO|ENODEV/i, 'TB_READER_NOT_FOUND'],
  [/is a directory|inappropriate ioctl|ENOTTY/i, 'TB_READER_NOT_SERIAL'],
  [/invalid (parity|data ?bits|stop ?bits|baud)|baud ?rate|unsupported|EINVAL|invalid argument/i, 'TB_READER_SETTINGS'],
];

export function openError(thrown: unknown, reader: string, path: string): TillbridgeError {
  if (isTillbridgeError(thrown)) return thrown;
  const problem = thrown instanceof Error ? thrown.message : String(thrown);
  const known = BY_TEXT.find(([pattern]) => pattern.test(problem));
  return asTillbridgeError(thrown, known?.[1] ?? 'TB_READER_OPEN_FAILED', { reader, path });
}

/** What the system shows before a port is opened: clearer than what the open would say. `busy` is left to the lock itself. */
export async function foreseenError(reader: string, path: string, roots: SystemRoots): Promise<TillbridgeError | undefined> {
  if (process.platform === 'win32') return undefined;
  const probe = await probeSerialPath(path, roots);
  return probe === 'ok' || probe === 'busy' ? undefined : new TillbridgeError(BY_PROBE[probe], { reader, path });
}
