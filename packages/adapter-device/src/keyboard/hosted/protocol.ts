import type { KeyEvent } from '@tillbridge/core';
import type { HostProtocol } from '@tillbridge/child-host';
import type { Look, Stroke, TypeResult, WindowGuard } from '../injector.js';

// What goes between the daemon and a process that types through native calls. Both are always of one build.

/** Every command has a number, and what is reported names it. */
export type TypingCommand =
  /** `sentAt`: the wall clock of the sender, so that the way here counts against `withinMs`. */
  | { readonly kind: 'type'; readonly call: number; readonly stroke: Stroke; readonly sentAt: number }
  | { readonly kind: 'replay'; readonly call: number; readonly keys: readonly KeyEvent[] }
  | { readonly kind: 'look'; readonly call: number; readonly guard?: WindowGuard | undefined }
  /** Takes a stroke back, as far as that can be done. */
  | { readonly kind: 'withdraw'; readonly call: number };

export type TypingReport =
  /** The first: whether this process can type at all. */
  | { readonly kind: 'opened' }
  | { readonly kind: 'failed'; readonly failure: TypingFailure; readonly problem: string }
  | { readonly kind: 'done'; readonly call: number; readonly result: TypeResult }
  | { readonly kind: 'looked'; readonly call: number; readonly look: Look };

/** Why a process cannot type at all. */
export type TypingFailure = 'noDesktop' | 'noNative' | 'noDevice' | 'other';

export interface TypingProtocol<Setup = null> extends HostProtocol {
  readonly setup: Setup;
  readonly command: TypingCommand;
  readonly report: TypingReport;
}
