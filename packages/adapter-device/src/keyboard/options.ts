import type { Clock, Log, OutputTemplates, SuffixName } from '@tillbridge/core';
import type { KeyName, WindowGuard } from './injector.js';
import type { ControlName } from './text-plan.js';

/** A till that is typed into. */
export interface KeyboardTillOptions {
  /** The till's id. */
  readonly id: string;
  /** How numbers are written; see `compileOutput`. */
  readonly output: OutputTemplates;
  /** The window that loyalty numbers may go into; `none`: whatever has the focus, where somebody has decided so. */
  readonly window: WindowGuard | 'none';
  /** Milliseconds between two characters, 0 to 1000. Default 0. */
  readonly keyDelayMs?: number;
  /** Default unicode. */
  readonly mode?: 'unicode' | 'vk';
  /** Keys before a number, such as the one that opens the card's form. */
  readonly keysBefore?: readonly KeyName[];
  /** Control characters that the program can take. Default none: a read with another one is refused whole. */
  readonly controls?: readonly ControlName[];
  /** Put behind goods of readers that have no terminator of their own. Default CR, which is Enter. */
  readonly suffix?: SuffixName;
  /** Milliseconds of silence between a loyalty number and its neighbours. Default 0. */
  readonly gapMs?: number;
  /** Milliseconds that goods wait for the keyboard. Default 2000. */
  readonly backlogMs?: number;
  /** Milliseconds after its scan in which a number may be typed. */
  readonly expireMs: number;
  /** What the numbers consist of: what `doctor` holds against the layouts. Default digits. */
  readonly alphabet?: 'digits' | 'latin' | 'any';
}

export interface KeyboardContext {
  readonly clock: Clock;
  readonly log: Log;
  /** 0 <= x < 1, for the jitter of the back-off; default Math.random. */
  readonly random?: () => number;
}

export const KEYBOARD_DEFAULTS = { keyDelayMs: 0, mode: 'unicode', controls: [], suffix: 'CR', gapMs: 0, backlogMs: 2000, alphabet: 'digits' } as const;
