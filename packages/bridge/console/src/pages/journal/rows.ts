import type { NumberKind, OutcomeName } from '@tillbridge/core';

/** A row as `GET /v1/journal` gives it; masked. */
export interface JournalRow {
  readonly seq: number;
  readonly time: string;
  readonly scanId: string;
  readonly reader: string;
  readonly till: string;
  readonly kind: NumberKind;
  readonly code: string;
  readonly number: string | null;
  readonly outcome: OutcomeName;
  readonly reason?: string;
  readonly evidence?: string;
}

export interface JournalPageAnswer {
  readonly rows: readonly JournalRow[];
  readonly next: number | null;
}

export interface ScanEntry {
  readonly seq: number;
  readonly time: string;
  readonly type: 'captured' | 'delivering' | 'outcome' | 'discarded' | 'segment';
  readonly outcome?: string;
  readonly reason?: string;
  readonly evidence?: string;
}

/** What the form holds, as it stands in the page's address. */
export interface Filter {
  readonly since: string;
  readonly until: string;
  readonly outcome: string;
  readonly reader: string;
  readonly till: string;
  readonly text: string;
}

export const NO_FILTER: Filter = { since: '', until: '', outcome: '', reader: '', till: '', text: '' };

export function filterOf(query: URLSearchParams): Filter {
  const names = Object.keys(NO_FILTER) as (keyof Filter)[];
  return Object.fromEntries(names.map((name) => [name, (query.get(name) ?? '').slice(0, 200)])) as unknown as Filter;
}

/** In the order in which they are offered; one that is forgotten does not compile. */
const ORDER: Readonly<Record<OutcomeName, number>> = {
  applied: 0, alreadyApplied: 1, sent: 2, rejected: 3, notFound: 4, blocked: 5, unavailable: 6, expired: 7, superseded: 8, failed: 9, unknown: 10,
};

export const OUTCOME_NAMES = Object.keys(ORDER) as readonly OutcomeName[];

export const isOutcome = (text: string): text is OutcomeName => Object.hasOwn(ORDER, text);
