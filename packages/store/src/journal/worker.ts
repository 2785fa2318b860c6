// The journal's thread: every write of the journal and every wait for the disk happens here, so that a slow disk never delays goods.
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { problemOf } from './database.js';
import { JournalFailure, type Failure } from './failure.js';
import { journalKeys } from './keys.js';
import type { Answers, Reply, Request, WorkerSetup } from './protocol.js';
import type { NewRow } from './row.js';
import { JournalWriter } from './writer.js';

/** Entries of one transaction at most. */
const GROUP = 1000;

const port = parentPort;
if (port === null) throw new Error('this file is started as a worker thread');

const setup = workerData as WorkerSetup;
const send = (reply: Reply): void => port.postMessage(reply);
const writer = new JournalWriter({
  ...setup,
  keys: journalKeys(setup.key),
  warn: (failure) => send({ type: 'warning', failure }),
});

function failureOf(error: unknown): Failure {
  if (error instanceof JournalFailure) return { code: error.code, params: error.params };
  return { code: 'TB_JOURNAL_UNAVAILABLE', params: { problem: problemOf(error) } };
}

function append(group: readonly (Request & { type: 'append' })[]): void {
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

function answer(request: Exclude<Request, { type: 'append' }>): Answers[keyof Answers] {
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

function handle(requests: readonly Request[]): void {
  let group: (Request & { type: 'append' })[] = [];
  let rows = 0;
  const flush = (): void => {
    append(group);
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
      send({ type: 'done', id: request.id, value: answer(request) });
    } catch (error) {
      send({ type: 'failed', id: request.id, failure: failureOf(error) });
    }
    if (request.type === 'close') port?.close();
  }
  flush();
}

port.on('message', (first: Request) => {
  // what arrived while the last transaction ran goes into one
  const requests = [first];
  for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) requests.push(next.message as Request);
  handle(requests);
});
