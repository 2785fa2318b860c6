// The journal's own process: every write of the journal and every wait for the disk happens here, so that a slow disk never delays goods and
// a crash of SQLite does not take the till's reads along.
import { problemOf } from './database.js';
import { JournalFailure, type Failure } from './failure.js';
import { journalKeys } from './keys.js';
import type { Answers, Reply, Request, WriterSetup } from './protocol.js';
import type { NewRow } from './row.js';
import { JournalWriter } from './writer.js';

/** Entries of one transaction at most. */
const GROUP = 1000;

function send(reply: Reply): void {
  // the daemon may be gone by now: nobody is left to be told
  if (process.connected) process.send?.(reply, () => undefined);
}

function failureOf(error: unknown): Failure {
  if (error instanceof JournalFailure) return { code: error.code, params: error.params };
  return { code: 'TB_JOURNAL_UNAVAILABLE', params: { problem: problemOf(error) } };
}

function append(writer: JournalWriter, group: readonly (Request & { type: 'append' })[]): void {
  const last = group.at(-1);
  if (last === undefined) return;
  const rows: NewRow[] = group.flatMap((request) => request.rows);
  try {
    send({ type: 'appended', upTo: last.id, seq: writer.append(rows, last.wall) });
  } catch (error) {
    send({ type: 'refused', upTo: last.id, failure: failureOf(error) });
    return;
  }
  try {
    writer.tidy(last.wall);
  } catch (error) {
    // the entries are durable; what failed is tried again with the next ones
    send({ type: 'warning', failure: failureOf(error) });
  }
}

function answer(writer: JournalWriter, request: Exclude<Request, { type: 'append' }>): Answers[keyof Answers] {
  switch (request.type) {
    case 'open':
      return writer.open(request.wall);
    case 'checkpoint':
      writer.checkpoint(request.wall);
      return undefined;
    case 'scrub':
      return writer.scrub(request.wall);
    case 'prune':
      return writer.prune(request.before, request.wall);
    case 'close':
      writer.close(request.wall);
      return undefined;
  }
}

function handle(writer: JournalWriter, requests: readonly Request[]): void {
  let group: (Request & { type: 'append' })[] = [];
  let rows = 0;
  const flush = (): void => {
    append(writer, group);
    group = [];
    rows = 0;
  };
  for (const request of requests) {
    if (request.type === 'append') {
      if (rows + request.rows.length > GROUP) flush();
      group.push(request);
      rows += request.rows.length;
      continue;
    }
    flush();
    try {
      send({ type: 'done', id: request.id, value: answer(writer, request) });
    } catch (error) {
      send({ type: 'failed', id: request.id, failure: failureOf(error) });
    }
  }
  flush();
}

/** What arrived while the last transaction ran goes into one. */
function work(writer: JournalWriter): (request: Request) => void {
  let waiting: Request[] = [];
  return (request) => {
    waiting.push(request);
    if (waiting.length > 1) return;
    // behind every message that this turn of the event loop hands out
    queueMicrotask(() => {
      const requests = waiting;
      waiting = [];
      handle(writer, requests);
    });
  };
}

// Ctrl-C and a service manager signal the whole group: entries come until the daemon has finished what is in flight, and hangs up
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.once('disconnect', () => process.exit(0));
process.once('message', (first) => {
  const setup = first as WriterSetup;
  const writer = new JournalWriter({ ...setup, keys: journalKeys(setup.key), warn: (failure) => send({ type: 'warning', failure }) });
  const take = work(writer);
  process.on('message', (message) => take(message as Request));
});
