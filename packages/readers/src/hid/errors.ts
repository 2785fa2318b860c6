import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { asTillbridgeError, TillbridgeError, type ErrorCode } from '@tillbridge/core';
import { scannerRank, type HidNode } from '../discovery/hidraw.js';
import { HidFailure } from './host-client.js';

/** Generic Desktop, keyboard. */
const KEYBOARD = 0x01_0006;

/** hidapi has no codes, only texts: of the system on Linux (strerror), of its own elsewhere. */
const BY_TEXT: readonly (readonly [RegExp, ErrorCode])[] = [
  [/permission denied|access (is )?denied|not permitted|EACCES|EPERM/i, 'TB_READER_USB_NO_PERMISSION'],
  [/no such (file|device)|not found|ENOENT|ENODEV|ENXIO/i, 'TB_READER_NOT_FOUND'],
  [/busy|exclusive|EBUSY/i, 'TB_READER_BUSY'],
];

export function openError(thrown: unknown, reader: string, path: string): TillbridgeError {
  if (thrown instanceof HidFailure) {
    const { driver, message: problem } = thrown;
    if (driver === 'notInstalled') return new TillbridgeError('TB_NATIVE_MISSING', { package: 'node-hid', purpose: '`type: hid`' }, { cause: thrown });
    if (driver === 'notLoadable') return new TillbridgeError('TB_READER_HID_DRIVER', { reader, problem }, { cause: thrown });
    const known = BY_TEXT.find(([pattern]) => pattern.test(problem));
    return new TillbridgeError(known?.[1] ?? 'TB_READER_OPEN_FAILED', { reader, path, problem }, { cause: thrown });
  }
  return asTillbridgeError(thrown, 'TB_READER_OPEN_FAILED', { reader, path });
}

/** What can be said before a device is opened: clearer than what the open would say. `files`: devices are files of the system (Linux). */
export async function foreseenError(reader: string, node: HidNode, files: boolean): Promise<TillbridgeError | undefined> {
  const { path } = node;
  // on Windows a keyboard opens and fails with the first read (hidapi windows/hid.c)
  if (scannerRank(node) === 0 && node.usages.includes(KEYBOARD)) return new TillbridgeError('TB_READER_HID_KEYBOARD', { reader, path });
  if (!files) return undefined;
  const code = await access(path, constants.R_OK | constants.W_OK).then(
    () => undefined,
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined),
  );
  if (code === 'EACCES' || code === 'EPERM') return new TillbridgeError('TB_READER_USB_NO_PERMISSION', { reader, path });
  return code === 'ENOENT' ? new TillbridgeError('TB_READER_NOT_FOUND', { reader, path }) : undefined;
}
