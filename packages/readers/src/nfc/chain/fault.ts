import { TillbridgeError, type ErrorCode, type ErrorParams } from '@tillbridge/core';
import type { CardUnread, GuestHint } from './types.js';

export type FaultReason = Exclude<CardUnread['reason'], 'noCode'>;

/** Ends a way of reading. Thrown inside of the chain only; callers get a {@link CardUnread}. */
export class CardFault extends Error {
  readonly reason: FaultReason;
  readonly problem: TillbridgeError | undefined;
  readonly hint: GuestHint | undefined;

  constructor(reason: FaultReason, problem?: TillbridgeError, hint?: GuestHint) {
    super(problem?.message ?? reason);
    this.reason = reason;
    this.problem = problem;
    this.hint = hint;
  }

  /** Whether the next way may still be tried: only after an answer that broke the rules of this one. */
  get final(): boolean {
    return this.reason !== 'failed';
  }
}

function fault(reason: FaultReason, code: ErrorCode, params: ErrorParams, hint?: GuestHint, cause?: unknown): CardFault {
  return new CardFault(reason, new TillbridgeError(code, params, cause === undefined ? undefined : { cause }), hint);
}

export const removed = (step: string): CardFault => fault('removed', 'TB_READER_NFC_REMOVED', { step }, 'holdLonger');
export const timedOut = (step: string, timeoutMs: number): CardFault => fault('timeout', 'TB_READER_NFC_NO_ANSWER', { step, timeoutMs }, 'holdLonger');
export const aborted = (): CardFault => new CardFault('aborted');
export const badStatus = (step: string, status: string): CardFault => fault('failed', 'TB_READER_NFC_STATUS', { step, status });
export const badData = (step: string, problem: string): CardFault => fault('failed', 'TB_READER_NFC_PROTOCOL', { step, problem });
export const tooMuch = (step: string, limit: number): CardFault => fault('refused', 'TB_READER_NFC_TOO_MUCH', { step, limit });
export const refused = (code: ErrorCode, params: ErrorParams = {}): CardFault => fault('refused', code, params);
export const failed = (code: ErrorCode, params: ErrorParams = {}): CardFault => fault('failed', code, params);

const HINTS = { unlockPhone: 'TB_READER_NFC_UNLOCK', choosePass: 'TB_READER_NFC_CHOOSE', openApp: 'TB_READER_NFC_OPEN_APP' } as const;

/** The guest can mend it. */
export function hinted(hint: keyof typeof HINTS): CardFault {
  return fault('hint', HINTS[hint], {}, hint);
}
