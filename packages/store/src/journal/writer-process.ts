// The journal's own process: every write of the journal and every wait for the disk happens here, so that a slow disk never delays goods and
// a crash of SQLite does not take the till's reads along. It has nothing else to do, so it waits in read(2) itself: an event loop and the
// message channel of Node.js in front of that cost 0.2 ms of each loyalty scan.
import { readSync, writeSync } from 'node:fs';
import { errorCode } from '../state/atomic-file.js';
import { problemOf } from './database.js';
import { JournalFailure, type Failure } from './failure.js';
import { journalKeys } from './keys.js';
import { LineSplitter } from './line-splitter.js';
import type { Answers, Reply, Request, WriterSetup } from './protocol.js';
import type { NewRow } from './row.js';
import { JournalWriter } from './writer.js';

/** Entries of one transaction at most. */
const GROUP = 1000;
const STDIN = 0;
const STDOUT = 1;
const PIPE_BYTES = 65_536;
const AGAIN_MS = 1;

function send(reply: Reply): void {
  const bytes = Buffer.from(`${JSON.stringify(reply)}\n`);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(STDOUT, bytes, at);
  } catch {
    // the daemon is gone: nobody is left to be told
  }
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

function answer(writer: JournalWriter, request: Exclude<Request, { type: 'append' | 'rehearse' }>): Answers[keyof Answers] {
  switch (request.type) {
    case 'open':
      return writer.open(request.wall);
    case 'checkpoint':
      writer.checkpoint(request.wall);
      return null;
    case 'scrub':
      return writer.scrub(request.wall);
    case 'prune':
      return writer.prune(request.before, request.wall);
    case 'close':
      writer.close(request.wall);
      return null;
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
    if (request.type === 'rehearse') {
      writer.rehearse();
      continue;
    }
    try {
      send({ type: 'done', id: request.id, value: answer(writer, request) });
    } catch (error) {
      send({ type: 'failed', id: request.id, failure: failureOf(error) });
    }
  }
  flush();
}

/** Everything that has arrived, in one go: what came while the last transaction ran goes into the next. */
function* arrivals(): Generator<readonly string[]> {
  const lines = new LineSplitter();
  const buffer = Buffer.allocUnsafe(PIPE_BYTES);
  for (;;) {
    const count = readPipe(buffer);
    if (count === 0) return;
    yield lines.push(buffer.subarray(0, count));
  }
}

function readPipe(buffer: Buffer): number {
  for (;;) {
    try {
      return readSync(STDIN, buffer);
    } catch (error) {
      const code = errorCode(error);
      // Windows calls the end of a pipe an error
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      // a pipe that was made not to block: it is asked again
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, AGAIN_MS);
    }
  }
}

function run(): void {
  let writer: JournalWriter | undefined;
  for (const lines of arrivals()) {
    const requests: Request[] = [];
    for (const line of lines) {
      if (writer === undefined) {
        const setup = JSON.parse(line) as WriterSetup;
        writer = new JournalWriter({ ...setup, keys: journalKeys(Buffer.from(setup.key, 'base64')), warn: (failure) => send({ type: 'warning', failure }) });
      } else requests.push(JSON.parse(line) as Request);
    }
    if (writer !== undefined) handle(writer, requests);
  }
}

// Ctrl-C and a service manager signal the whole group: entries come until the daemon has finished what is in flight, and hangs up
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
run();
process.exit(0);
