import { TillbridgeError, type ErrorCode } from '@tillbridge/core';
import type { DeviceWhere } from '../discovery/index.js';
import { profileOf, type DeviceMode, type DeviceProfile } from '../profiles/index.js';
import { normalUsbId } from '../profiles/usb-id.js';
import type { HostReport, OpenFailure } from './host/protocol.js';

const BY_FAILURE: Readonly<Record<OpenFailure, ErrorCode>> = {
  grabbed: 'TB_READER_KEYBOARD_GRABBED',
  noPermission: 'TB_READER_USB_NO_PERMISSION',
  missing: 'TB_READER_NOT_FOUND',
  notKeyboard: 'TB_READER_KEYBOARD_NOT_ONE',
  noNative: 'TB_NATIVE_MISSING',
  other: 'TB_READER_OPEN_FAILED',
};

/** What the process said, as the catalogue says it. */
export function openRefused(reader: string, path: string, report: Extract<HostReport, { kind: 'failed' }>): TillbridgeError {
  const { failure, problem, package: missing } = report;
  return new TillbridgeError(BY_FAILURE[failure], { reader, path, problem, package: missing, purpose: '`type: keyboard`' });
}

export function gone(reader: string, path: string): TillbridgeError {
  return new TillbridgeError('TB_READER_VANISHED', { reader, path });
}

/** Windows: the helper is part of the product and is not there. */
export function noHelper(reader: string): TillbridgeError {
  return new TillbridgeError('TB_READER_KEYBOARD_NO_HELPER', { reader });
}

/** Modes that are read on every system, as manuals and users call them. */
const WAYS: readonly (readonly [DeviceMode, string])[] = [
  ['serial', 'USB-COM'],
  ['hidPos', 'HID POS'],
];
const SHOWN_MAKES = 5;

/**
 * Keyboards cannot be taken from the system here: says so, with the modes that can be read and the configuration codes that lead there; of the
 * device that is meant where its profile is known, else of the commonest makes.
 */
export function unsupported(reader: string, platform: NodeJS.Platform, where: DeviceWhere, profiles: readonly DeviceProfile[]): TillbridgeError {
  return new TillbridgeError('TB_READER_KEYBOARD_UNSUPPORTED', { reader, platform: NAMES[platform] ?? platform, codes: codesFor(where, profiles) });
}

const NAMES: Readonly<Partial<Record<NodeJS.Platform, string>>> = { win32: 'Windows', darwin: 'macOS' };

function codesFor(where: DeviceWhere, profiles: readonly DeviceProfile[]): string {
  const known = 'match' in where ? profileOf(profiles, { vid: normalUsbId(where.match.vid ?? ''), pid: normalUsbId(where.match.pid ?? '') }, ['keyboard']) : undefined;
  const makes = known === undefined ? profiles.filter(({ mode }) => mode === 'keyboard') : [known];
  const lines = new Set<string>();
  for (const { name, switching } of makes) {
    const ways = WAYS.flatMap(([mode, shown]) => {
      const command = switching.find(({ to }) => to === mode)?.command;
      return command === undefined ? [] : [`${command} = ${shown}`];
    });
    if (ways.length > 0) lines.add(`${name}: ${ways.join(', ')}`);
  }
  return [...lines].slice(0, SHOWN_MAKES).join('; ') || 'USB-COM, HID POS';
}
