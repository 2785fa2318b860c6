import { TillbridgeError, type OutcomeName } from '@tillbridge/core';
import { parseSince } from '../query.js';

export interface RowsQuery {
  /** Only rows after this `seq`, or from this time on. */
  readonly since?: string | undefined;
  readonly outcome?: OutcomeName | undefined;
  readonly limit?: number | undefined;
}

/** `since`: the seq of a row, a time of ISO 8601 or a span such as 15m. @throws {TillbridgeError} `TB_API_BAD_REQUEST` */
export function sinceOf(text: string, now: number): { readonly afterSeq: number } | { readonly since: number } {
  if (/^\d{1,15}$/.test(text)) return { afterSeq: Number(text) };
  const since = parseSince(text, now);
  if (since === undefined) throw new TillbridgeError('TB_API_BAD_REQUEST', { problem: 'since is the seq of a row, a time of ISO 8601 or a span such as 15m' });
  return { since };
}
