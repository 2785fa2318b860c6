import type { Clock, FallbackCharset, Log } from '@tillbridge/core';
import type { SpawnHost } from '@tillbridge/child-host';
import type { Hotplug } from '../connection/arrival.js';
import type { DeviceWhere } from '../discovery/index.js';
import type { SystemRoots } from '../discovery/roots.js';
import type { DeviceProfile } from '../profiles/index.js';
import type { KeySuffix } from './collect/read-end.js';
import type { GsKeys } from './decode/key-decoder.js';
import type { HookPrefix } from '../option-names/hook-prefixes.js';

/** How keys are taken: `evdev` with an exclusive grab, `usb` by claiming the interface from the kernel's driver, `auto`: evdev where the system has it. */
export type KeyboardAccess = 'auto' | 'evdev' | 'usb';

export interface KeyboardReaderOptions {
  readonly id: string;
  readonly where: DeviceWhere;
  /** Typed bytes that may end a read: Enter and Ctrl+M are CR, Ctrl+J is LF, Ctrl+C is ETX. Default all; empty: only a pause does. */
  readonly suffix?: readonly KeySuffix[];
  /** The pause that ends a read: milliseconds, at least 1; default `auto`: learned from how the scanner types. */
  readonly gapMs?: 'auto' | number;
  /** Keys that stand for GS (0x1D); default all of ctrl (Ctrl+]), f8, alt (Alt+029). */
  readonly gs?: readonly GsKeys[];
  /** Default `auto`. */
  readonly access?: KeyboardAccess;
  /** Windows: the key that the scanner types before each read. Default F13. */
  readonly prefix?: HookPrefix;
  /** Windows: goods are typed again with the prefix, for a till program that wants one. Default false. */
  readonly keepPrefix?: boolean;
  /** Whose code page Alt codes mean; default windows-1251. */
  readonly fallbackCharset?: FallbackCharset;
  /** The longest read: bytes, at least 1; default 8192. */
  readonly maxBytes?: number;
}

export interface KeyboardReaderContext {
  readonly clock: Clock;
  readonly log: Log;
  /** 0 <= x < 1, for the jitter of the back-off; default Math.random. */
  readonly random?: () => number;
  /** Where the system shows its devices; for tests. */
  readonly roots?: SystemRoots;
  readonly hotplug?: Hotplug;
  /** Told which physical device is read, at each connection, and `undefined` when it is gone. */
  readonly onDevice?: (device: string | undefined) => void;
  /** What is known of scanners; default the built-in profiles. */
  readonly profiles?: readonly DeviceProfile[];
  /** Default: that of this machine. */
  readonly platform?: NodeJS.Platform;
  /** How the process that holds the keyboard is made; default: here, by what this package brings. */
  readonly spawn?: SpawnHost;
}
