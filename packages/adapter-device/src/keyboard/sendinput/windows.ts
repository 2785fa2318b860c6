import type { FrontWindow } from '../injector.js';

/** An event for SendInput (winuser.h, KEYBDINPUT): either a virtual key with its scan code, or with KEYEVENTF_UNICODE a UTF-16 unit in `scan`. */
export interface KeyInput {
  readonly vk: number;
  readonly scan: number;
  readonly flags: number;
}

/** winuser.h */
export const KEYEVENTF_EXTENDEDKEY = 0x0001;
export const KEYEVENTF_KEYUP = 0x0002;
export const KEYEVENTF_UNICODE = 0x0004;
export const KEYEVENTF_SCANCODE = 0x0008;

/** An HWND as a number: its low 32 bits name the window on every Windows. */
export type WindowHandle = number;

/** What is known of a window. */
export interface WindowFacts extends FrontWindow {
  readonly pid: number;
  /** Has the keyboard layout that keys in the window go by. */
  readonly thread: number;
  /** Of the window in front: whether it can be seen and something in it has the focus. Without that, as right after a change, keys do not become characters. */
  readonly focus: boolean;
}

/** A key and the modifiers that it takes: bit 0 Shift, bit 1 Ctrl, bit 2 Alt, as VkKeyScanEx gives them. */
export interface KeyOfCharacter {
  readonly vk: number;
  readonly shift: number;
}

/** A keyboard layout (HKL) as a number; the low 16 bits are its language. */
export type LayoutHandle = number;

/**
 * The calls of Windows that typing takes, and nothing that decides. One small interface, so that a test can play Windows and another FFI can
 * take koffi's place. All of them return at once, but for `answers`.
 */
export interface Windows {
  /** GetForegroundWindow; undefined while no window is in front. */
  foreground(): WindowHandle | undefined;
  /** Undefined when the window is gone. */
  facts(window: WindowHandle): WindowFacts | undefined;
  /** SendMessageTimeout with WM_NULL: whether the window's program looks for messages within that time. A program that hangs does not. */
  answers(window: WindowHandle, withinMs: number): boolean;
  /** The windows that can be seen on this desktop, at most 500. */
  visible(): readonly WindowHandle[];
  /** Whether the desktop of this process is the one that has mouse and keyboard: not so while the screen is locked or a UAC question is shown. */
  hasInput(): boolean;
  /** Whether this process can have a screen at all: a service has none (session 0). */
  interactive(): boolean;
  /** Integrity level of a process (the last part of its mandatory label: 0x2000 medium, 0x3000 high); undefined when it may not be looked at. */
  integrity(process: number | 'own'): number | undefined;
  /** The layout of a thread. */
  layoutOf(thread: number): LayoutHandle;
  /** All layouts of this session. */
  layouts(): readonly LayoutHandle[];
  /** VkKeyScanEx: the key that types this UTF-16 unit; undefined when the layout has none. */
  keyOf(unit: number, layout: LayoutHandle): KeyOfCharacter | undefined;
  /** ToUnicodeEx: what a key types; undefined for nothing and for a dead key, which waits for the next one. Changes no state. */
  typedBy(key: KeyOfCharacter, layout: LayoutHandle): string | undefined;
  /** MapVirtualKeyEx: the scan code of a virtual key; 0xe0 in the second byte for an extended one. */
  scanOf(vk: number, layout: LayoutHandle): number;
  /** MapVirtualKeyEx: the virtual key of a scan code. */
  vkOf(scan: number, layout: LayoutHandle): number;
  /** GetAsyncKeyState: whether a key is down at this moment. */
  held(vk: number): boolean;
  /** Whether Caps Lock is on. */
  capsLock(): boolean;
  /** SendInput, all as one array and with our mark: how many of them the system took. */
  send(inputs: readonly KeyInput[]): number;
}
