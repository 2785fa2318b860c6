import type { HostProtocol } from '@tillbridge/child-host';
import type { KeyNews } from '../collect/key-collector.js';
import type { HookRule } from '../windows/rule.js';

// What goes between the reader and the process that holds the keyboard.

/** Which keyboard, and how it is taken. */
export type KeyboardTarget =
  | { readonly access: 'evdev'; readonly path: string }
  /** `name`: the interface in sysfs; `bus` and `address`: as the kernel numbers USB devices (busnum and devnum there). */
  | { readonly access: 'usb'; readonly path: string; readonly name: string; readonly bus: number; readonly address: number; readonly interface: number }
  /** Windows: by a hook, which takes the keys of all keyboards and tells the scanner's by the rule. `path`: for texts. */
  | { readonly access: 'hook'; readonly path: string; readonly rule: HookRule };

export type HostCommand =
  | { readonly kind: 'open'; readonly attempt: number; readonly target: KeyboardTarget }
  | { readonly kind: 'close'; readonly attempt: number };

/** Why a keyboard could not be taken. */
export type OpenFailure = 'grabbed' | 'noPermission' | 'missing' | 'notKeyboard' | 'noNative' | 'other';

/** Every report names the attempt that it belongs to: what an attempt that was given up says late is nobody's. */
export type HostReport =
  | { readonly kind: 'opened'; readonly attempt: number }
  | { readonly kind: 'failed'; readonly attempt: number; readonly failure: OpenFailure; readonly problem: string; readonly package?: string }
  /** Numbered from 0: a gap means that keys were lost on the way. */
  | { readonly kind: 'keys'; readonly attempt: number; readonly seq: number; readonly news: readonly KeyNews[] }
  | { readonly kind: 'gone'; readonly attempt: number; readonly problem: string }
  | { readonly kind: 'closed'; readonly attempt: number };

export interface KeyboardProtocol extends HostProtocol {
  readonly setup: null;
  readonly command: HostCommand;
  readonly report: HostReport;
}
