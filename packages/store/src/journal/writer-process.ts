// The journal's own process: every write of the journal and every wait for the disk happens here, so that a slow disk never delays goods and
// a crash of SQLite does not take the till's reads along. It has nothing else to do, so it waits in read(2) itself: an event loop and the
// message channel of Node.js in front of that cost 0.2 ms of each loyalty scan.
import { readSync, writeSync } from 'node:fs';
import { Patience } from '@tillbridge/core';
import { errorCode } from '../state/atomic-file.js';
import { BellEar } from './bell.js';
import { Desk } from './desk.js';
import { journalKeys } from './keys.js';
import { LineSplitter } from './line-splitter.js';
import type { Reply, Request, WriterSetup } from './protocol.js';
import { JournalWriter } from './writer.js';

const STDIN = 0;
const STDOUT = 1;
const PIPE_BYTES = 65_536;
const AGAIN_MS = 1;
/**
 * Prepared entries are waited for without sleeping from this long before their commit is expected until this long after it, in ms. No longer:
 * on a busy machine who does not sleep is made to, and just then.
 */
const EARLY_MS = 0.8;
const LATE_MS = 2;
/** Before that in naps, in ms: others may ask for something. */
const NAP_MS = 0.5;
/** Nothing of ours takes half a millisecond between two looks. */
const PATIENCE = { preemptedMs: 0.5, sitOut: 32 };
/** However long it was said to take. */
const LONGEST_MS = 10;

function send(reply: Reply): void {
  const bytes = Buffer.from(`${JSON.stringify(reply)}\n`);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(STDOUT, bytes, at);
  } catch {
    // the daemon is gone: nobody is left to be told
  }
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
      nap(AGAIN_MS);
    }
  }
}

function nap(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** Whether a request has been posted; gives up when others have been kept out of the journal for too long. */
function expectRequest(ear: BellEar, received: number, dueMs: number, patience: Patience): boolean {
  let longest = 0;
  let last = performance.now();
  let came = true;
  while (!ear.beyond(received)) {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    const left = dueMs - now;
    came = left >= -LATE_MS;
    if (!came) break;
    if (left > EARLY_MS) {
      nap(Math.min(NAP_MS, left - EARLY_MS));
      last = performance.now();
    }
  }
  patience.waited(longest);
  return came;
}

function run(): void {
  let desk: Desk | undefined;
  let ear: BellEar | undefined;
  let received = 0;
  const patience = new Patience(PATIENCE);
  for (const lines of arrivals()) {
    const requests: Request[] = [];
    for (const line of lines) {
      if (desk === undefined) {
        const setup = JSON.parse(line) as WriterSetup;
        desk = new Desk(new JournalWriter({ ...setup, keys: journalKeys(Buffer.from(setup.key, 'base64')), warn: (failure) => send({ type: 'warning', failure }) }), send);
        if (setup.bell) ear = new BellEar();
      } else requests.push(JSON.parse(line) as Request);
    }
    if (desk === undefined) continue;
    received = (received + requests.length) | 0;
    const arrived = performance.now();
    desk.handle(requests);
    const { dueInMs } = desk;
    if (dueInMs === undefined || ear === undefined || !patience.awake()) continue;
    if (!expectRequest(ear, received, arrived + Math.min(LONGEST_MS, dueInMs), patience)) desk.late();
  }
}

// Ctrl-C and a service manager signal the whole group: entries come until the daemon has finished what is in flight, and hangs up
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
run();
process.exit(0);
