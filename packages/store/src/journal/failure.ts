import type { ErrorCode, ErrorParams } from '@tillbridge/core';

/** An error of the catalogue as data: what crosses from the journal's process, which stays small by not loading the catalogue. */
export interface Failure {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

/** Carries a {@link Failure} through the code that runs in the journal's process. */
export class JournalFailure extends Error implements Failure {
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams, cause?: unknown) {
    super(code, { cause });
    this.name = 'JournalFailure';
    this.code = code;
    this.params = params;
  }
}
