import type { DeviceWhere } from '../../discovery/index.js';
import { normalUsbId } from '../../profiles/usb-id.js';
import type { KeySuffix } from '../collect/read-end.js';
import type { HookPrefix } from '../../option-names/hook-prefixes.js';

/** What the helper needs to know to tell a scanner's keys from a hand's. */
export interface HookRule {
  /** Usage of the prefix key; 0: any key may begin a read. */
  readonly prefix: number;
  /** Modifiers that belong to it: bits 1 Ctrl, 2 Shift, 4 Alt. */
  readonly modifiers: number;
  /** What may end a read: bits 1 CR, 2 LF, 4 TAB, 8 ETX. 0: only a pause does. */
  readonly ends: number;
  /** A longer pause ends a read, or shows that a hand types; milliseconds. */
  readonly gapMs: number;
  /** Fewer keys than this are no read. */
  readonly least: number;
  /** Part of the device's name as Windows has it; empty: whatever keyboard. */
  readonly device: string;
}

const F13_USAGE = 0x68;
const KEY_B_USAGE = 0x05;
const CTRL = 1;
/** A pair ends with its LF: ended by the CR before it, a read would leave that LF to the programs, as Ctrl+J. */
const ENDS: Readonly<Record<KeySuffix, number>> = { CR: 1, LF: 2, CRLF: 2, TAB: 4, ETX: 8 };

/** With a prefix a read may be slow (500 ms between two keys): that it is one is known. */
const WITH_PREFIX_MS = 500;
/** Without a suffix the pause is what ends each read. */
const WITHOUT_SUFFIX_MS = 100;
/** The slowest scanner that was measured takes 19 ms a key (comments of NielsLeenheer/KeyboardBarcodeScanner); hands take 80 and more. */
const BY_PACE_MS = 35;
/** Shorter than any code of a shop, longer than what fingers roll over. */
const LEAST_BY_PACE = 4;

export interface HookOptions {
  readonly where: DeviceWhere;
  readonly prefix: HookPrefix;
  readonly suffix: readonly KeySuffix[];
  readonly gapMs: 'auto' | number;
}

/** The rule that a reader's options stand for. */
export function hookRule({ where, prefix, suffix, gapMs }: HookOptions): HookRule {
  const ends = suffix.reduce((bits, name) => bits | ENDS[name], 0);
  const byPace = prefix === 'none';
  const usual = byPace ? BY_PACE_MS : ends === 0 ? WITHOUT_SUFFIX_MS : WITH_PREFIX_MS;
  return { ...prefixKey(prefix), ends, gapMs: gapMs === 'auto' ? usual : gapMs, least: byPace ? LEAST_BY_PACE : 1, device: deviceName(where) };
}

function prefixKey(prefix: HookPrefix): Pick<HookRule, 'prefix' | 'modifiers'> {
  if (prefix === 'none') return { prefix: 0, modifiers: 0 };
  if (prefix === 'STX') return { prefix: KEY_B_USAGE, modifiers: CTRL };
  return { prefix: F13_USAGE + Number(prefix.slice(1)) - 13, modifiers: 0 };
}

/** Windows names a USB keyboard `\\?\HID#VID_05E0&PID_1200&MI_00#...` (Microsoft, "Standard USB identifiers"). */
function deviceName(where: DeviceWhere): string {
  if (!('match' in where)) return '';
  const { vid, pid } = where.match;
  return [...(vid === undefined ? [] : [`VID_${normalUsbId(vid)}`]), ...(pid === undefined ? [] : [`PID_${normalUsbId(pid)}`])].join('&');
}

/** The keys of the prefix, as they stand before a read that is typed again with it. */
export function prefixKeys({ prefix, modifiers }: HookRule): readonly { readonly usage: number; readonly down: boolean }[] {
  if (prefix === 0) return [];
  const press = (usage: number, down: boolean) => ({ usage, down });
  const held = (modifiers & CTRL) === 0 ? [] : [0xe0];
  return [...held.map((usage) => press(usage, true)), press(prefix, true), press(prefix, false), ...held.map((usage) => press(usage, false))];
}
