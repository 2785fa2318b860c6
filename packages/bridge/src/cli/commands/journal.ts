import { sleep, systemClock, TillbridgeError, type JournalRow, type OutcomeName } from '@tillbridge/core';
import { openJournalReader, problemText, stateFolderAt, verifyJournal, type JournalReader, type RowQuery } from '@tillbridge/store';
import { parseSince } from '../../query.js';
import { ExitError, type Cli } from '../cli.js';
import type { JournalOptions } from '../register.js';

const DEFAULT_LIMIT = 50;
/** How often `--follow` looks for new rows, in ms. */
const FOLLOW_MS = 200;
const PAGE = 500;

/** Reads the journal file itself: works with and without a daemon. */
export async function journal(cli: Cli, options: JournalOptions): Promise<void> {
  const since = options.since === undefined ? undefined : parseSince(options.since, systemClock.wall());
  if (options.since !== undefined && since === undefined) {
    throw new TillbridgeError('TB_CONFIG_USAGE', { problem: `--since: "${options.since}" is neither ISO 8601 nor a span such as 15m` });
  }
  const outcome = options.outcome as OutcomeName | undefined;
  const filter = { ...(since === undefined ? {} : { since }), ...(outcome === undefined ? {} : { outcome }) };
  const reader = openJournalReader(stateFolderAt(cli.statePath));
  try {
    let last = 0;
    const print = (row: JournalRow): void => {
      last = row.seq;
      cli.out(cli.json ? JSON.stringify(row) : rowText(row));
    };
    // `--since` without a limit means all of it, in pages; else the newest ones
    if (since !== undefined && options.limit === undefined) printAll(reader, filter, print);
    else for (const row of reader.rows({ ...filter, limit: options.limit ?? DEFAULT_LIMIT })) print(row);
    if (options.follow === true) await follow((afterSeq) => reader.rows({ ...filter, afterSeq, limit: PAGE }), print, () => last);
  } finally {
    reader.close();
  }
}

function printAll(reader: JournalReader, filter: RowQuery, print: (row: JournalRow) => void): void {
  let after = 0;
  for (;;) {
    const page = reader.rows({ ...filter, afterSeq: after, limit: PAGE });
    for (const row of page) print(row);
    const end = page.at(-1);
    // a damaged file may lead back
    if (end === undefined || page.length < PAGE || end.seq <= after) return;
    after = end.seq;
  }
}

async function follow(rows: (afterSeq: number) => readonly JournalRow[], print: (row: JournalRow) => void, last: () => number): Promise<void> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  while (!stop.signal.aborted) {
    for (const row of rows(last())) print(row);
    await sleep(systemClock, FOLLOW_MS, stop.signal);
  }
}

function rowText(row: JournalRow): string {
  const why = [row.reason, row.evidence].filter((word) => word !== undefined).join(', ');
  const end = why === '' ? row.outcome : `${row.outcome} (${why})`;
  return `${String(row.seq).padStart(6)}  ${row.time}  ${row.reader} > ${row.till}  ${row.kind.padEnd(6)}  ${row.code} > ${row.number ?? '-'}  ${end}`;
}

export function verify(cli: Cli): void {
  const result = verifyJournal(stateFolderAt(cli.statePath));
  if (result.ok) {
    cli.result(result, () => `ok ${result.entries} entries`);
    return;
  }
  const { seq, problem } = result.firstBad;
  const why = problemText(problem, cli.lang);
  cli.result(result, () => cli.say({ en: `first bad entry: ${seq}: ${why}`, ru: `первая неверная запись: ${seq}: ${why}` }));
  throw new ExitError(1);
}
