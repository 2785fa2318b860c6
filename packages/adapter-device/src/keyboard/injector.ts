import type { KeyEvent, ProbeRow, TillbridgeError } from '@tillbridge/core';

/** Which window a loyalty number may go into. All that is given must fit; at least one is. */
export interface WindowGuard {
  /** Part of the window's title, in any case; between slashes a regular expression. */
  readonly title?: string;
  /** Class of the window: either word of WM_CLASS on X11, the window class on Windows. In any case. */
  readonly class?: string;
  /** Name of the program's file, with or without `.exe`, in any case. */
  readonly process?: string;
}

/** Keys that a number may need beside its characters. */
export type KeyName = 'Enter' | 'Tab' | 'Escape' | 'Backspace' | 'F1' | 'F2' | 'F3' | 'F4' | 'F5' | 'F6' | 'F7' | 'F8' | 'F9' | 'F10' | 'F11' | 'F12';

/**
 * A piece of what is typed. `text`: printable characters only. `control`: a code below 0x20 that reaches the program as such (GS is 0x1d),
 * as Ctrl and a key or as a character, whatever the transport can do.
 */
export type StrokePart = { readonly text: string } | { readonly key: KeyName } | { readonly control: number };

/** One text to be typed without a gap. As good as the code itself: never logged. */
export interface Stroke {
  readonly parts: readonly StrokePart[];
  /** Undefined: whatever has the focus. */
  readonly guard?: WindowGuard | undefined;
  /** Milliseconds between two characters, 0 to 1000. 0: all at once, as atomically as the system can. */
  readonly keyDelayMs: number;
  /** `unicode`: characters whatever the layout. `vk`: key codes, for programs that read keys. Transports that know one way only use that. */
  readonly mode: 'unicode' | 'vk';
  /** Milliseconds after the call from which on nothing may be typed any more; looked at right before the first key. */
  readonly withinMs: number;
}

/** Why nothing was typed. */
export type RefusedReason =
  /** another window is in front; worth waiting for */
  | 'windowNotInFront'
  /** nothing has the focus; worth waiting for */
  | 'noFocus'
  /** the screen is locked, or a program has taken all input for itself; worth waiting for */
  | 'screenLocked'
  /** no active or lockable layout has the characters */
  | 'notOnLayout'
  /** this transport never types such a character or key */
  | 'notCarried'
  /** the window belongs to a program with higher rights (Windows: integrity level) */
  | 'windowElevated'
  /** `withinMs` was over */
  | 'late'
  /** its signal aborted first */
  | 'withdrawn'
  /** the connection to the screen, device or agent was down */
  | 'notConnected'
  /** the system refused */
  | 'failed';

/** Why it cannot be told what arrived. */
export type UncertainReason =
  /** another window came in front while it was typed */
  | 'windowChanged'
  /** the connection broke in between */
  | 'connectionLost'
  /** withdrawn, or the layout changed, after the first character */
  | 'stopped'
  | 'failed';

/** How typing ended. `refused`: not a single key. `uncertain`: never repeat it. */
export type TypeResult =
  | { readonly result: 'typed' }
  | { readonly result: 'refused'; readonly reason: RefusedReason }
  | { readonly result: 'uncertain'; readonly reason: UncertainReason };

export interface InjectorCapabilities {
  /** Whether a {@link WindowGuard} can be held; where not, a stroke with one is refused. */
  readonly guard: boolean;
  /** Whether nothing can come between the look at the window and the last key (while `keyDelayMs` is 0). */
  readonly atomic: boolean;
  /** What it may be able to type, whatever the layouts of the moment say. */
  readonly text: 'unicode' | 'layout' | 'digits';
}

/** The window that would get the keys. The title may hold anything, a guest's name too: shown by `doctor`, never logged. */
export interface FrontWindow {
  readonly title?: string;
  readonly class?: string;
  readonly process?: string;
}

/** What `doctor` wants to know. */
export interface Look {
  readonly front?: FrontWindow | undefined;
  /** Whether the front window fits the guard. */
  readonly inFront: boolean;
  /** Whether any window on the screen fits; undefined: cannot be told. */
  readonly present?: boolean | undefined;
  /** Keyboard layouts by name, the active one first; empty where they cannot be told. */
  readonly layouts: readonly string[];
  readonly carries: { readonly digits: boolean; readonly latin: boolean; readonly cyrillic: boolean; readonly controls: boolean };
  /** What else this transport knows of itself, for `doctor`; ids start with the transport's name. */
  readonly rows: readonly ProbeRow[];
}

/**
 * A keyboard that types into other programs, connected. Calls may overlap: they are put in a row by {@link inTurn}, which everybody wraps
 * around it; an implementation need not.
 */
export interface Injector {
  readonly capabilities: InjectorCapabilities;
  /** Settles when the connection is over, with why; never rejects. */
  readonly ended: Promise<TillbridgeError>;
  /**
   * Types, whole or not at all as far as it can. Never rejects, and settles soon after `signal` aborts: `refused`, or `uncertain` once a
   * key went out.
   */
  type(stroke: Stroke, signal: AbortSignal): Promise<TypeResult>;
  /** Plays keys as they were read, at once, to whatever has the focus. Keys that this keyboard does not have are refused whole (`notCarried`). */
  replay(keys: readonly KeyEvent[], signal: AbortSignal): Promise<TypeResult>;
  /** Changes nothing. */
  look(guard: WindowGuard | undefined, signal: AbortSignal): Promise<Look>;
  /** Lets go of every key and of the connection. Idempotent, never rejects, bounded to 2 s. */
  close(): Promise<void>;
}

/** Connects to a screen, a device or an agent; keeps its own time budget and releases what it holds when `signal` aborts. */
export interface InjectorSource {
  /** What it is connected to, for texts: `:0`, `/dev/uinput`, the name of a pipe. */
  readonly place: string;
  /** @throws {TillbridgeError} which is `retryable` where trying again can help. */
  open(signal: AbortSignal): Promise<Injector>;
  /** Resolves when it looks worth opening again before the back-off is over, or never; gives up when `signal` aborts. */
  arrival?(signal: AbortSignal): Promise<void>;
}

export function refused(reason: RefusedReason): TypeResult {
  return { result: 'refused', reason };
}

export function uncertain(reason: UncertainReason): TypeResult {
  return { result: 'uncertain', reason };
}

export const TYPED: TypeResult = { result: 'typed' };
