import { fromHex, toHex } from '../wire/bytes.js';
import type { UidOptions } from './uid-options.js';

/**
 * The number that a UID gives by a rule, or `undefined` when the rule does not fit this UID: no match of `extract`, fewer bytes than
 * `take` or `3+5` need. Pure; the same UID and rule always give the same number.
 */
export function formatUid(uid: Uint8Array, options: UidOptions): string | undefined {
  const ordered = options.byteOrder === 'reversed' ? uid.toReversed() : uid;
  const take = options.take ?? (options.format === '3+5' ? -3 : undefined);
  if (take !== undefined && Math.abs(take) > ordered.length) return undefined;
  const kept = take === undefined ? ordered : take < 0 ? ordered.slice(take) : ordered.slice(0, take);
  const masked = options.mask === undefined ? kept : applyMask(kept, fromHex(options.mask));
  const text = render(masked, options);
  if (text === undefined) return undefined;
  const extracted = options.extract === undefined ? text : extract(text, options.extract);
  return extracted === undefined ? undefined : `${options.prefix ?? ''}${extracted}${options.suffix ?? ''}`;
}

/** The mask is aligned at the last byte; bytes to the left of it are cleared, as a number masked by `$00FFFFFF` loses them. */
function applyMask(bytes: Uint8Array, mask: Uint8Array): Uint8Array {
  return bytes.map((byte, at) => byte & (mask[at + mask.length - bytes.length] ?? 0));
}

function render(bytes: Uint8Array, { format = 'hex', pad = 0, separator }: UidOptions): string | undefined {
  switch (format) {
    case 'hex':
      return hex(bytes, separator).toUpperCase().padStart(pad, '0');
    case 'hexLower':
      return hex(bytes, separator).padStart(pad, '0');
    case 'dec':
      return decimal(bytes).padStart(pad, '0');
    case 'dec10':
      return decimal(bytes).padStart(Math.max(10, pad), '0');
    case '3+5':
      return wiegand(bytes, separator ?? ',');
  }
}

function hex(bytes: Uint8Array, separator = ''): string {
  return Array.from(bytes, (byte) => toHex(Uint8Array.of(byte))).join(separator);
}

function decimal(bytes: Uint8Array): string {
  return bytes.length === 0 ? '0' : BigInt(`0x${toHex(bytes)}`).toString();
}

/** Wiegand-26: facility code of one byte in three digits, card number of two bytes in five. */
function wiegand(bytes: Uint8Array, separator: string): string | undefined {
  const [facility, high, low] = bytes;
  if (facility === undefined || high === undefined || low === undefined || bytes.length !== 3) return undefined;
  return `${String(facility).padStart(3, '0')}${separator}${String(high * 256 + low).padStart(5, '0')}`;
}

function extract(text: string, expression: string): string | undefined {
  const match = new RegExp(expression).exec(text);
  return match?.groups?.['value'] ?? match?.[1] ?? match?.[0];
}
