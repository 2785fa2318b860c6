/** Where a new subscriber begins, and what it is told to be missing. */
export interface Begin {
  /** The last event that it is taken to have. */
  readonly cursor: number;
  readonly gap: { readonly from: number; readonly to: number } | undefined;
}

/** What the hub has: events after `start` belong to this run, those from `first` to `last` are kept. */
export interface Kept {
  readonly start: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Where somebody goes on who had everything up to `since`. Nobody can say whether events of another run of the daemon were missed, so
 * that counts as a gap; a number from the future means that the clock was set back between two runs: nothing of this run was seen.
 */
export function beginAt(since: number | undefined, { start, first, last }: Kept): Begin {
  if (since === undefined) return { cursor: last, gap: undefined };
  const had = since > last ? start : since;
  const otherRun = since > last || since < start;
  if (!otherRun && had + 1 >= first) return { cursor: had, gap: undefined };
  const to = first - 1;
  // the whole of this run is kept: what may be missing lies before it
  const from = Math.min(since > last ? start : had + 1, to);
  return { cursor: to, gap: { from, to } };
}
