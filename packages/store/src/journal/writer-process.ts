// The journal's own process: every write of the journal and every wait for the disk happens here, so that a slow disk never delays goods and
// a crash of SQLite does not take the till's reads along. It has nothing else to do, so it waits in read(2) itself: an event loop and the
// message channel of Node.js in front of that cost 0.2 ms of each loyalty scan.
import { readSync, writeSync } from 'node:fs';
import { errorCode } from '../state/atomic-file.js';
import { Desk } from './desk.js';
import { journalKeys } from './keys.js';
import { LineSplitter } from './line-splitter.js';
import type { Reply, Request, WriterSetup } from './protocol.js';
import { JournalWriter } from './writer.js';

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
  let desk: Desk | undefined;
  for (const lines of arrivals()) {
    const requests: Request[] = [];
    for (const line of lines) {
      if (desk === undefined) {
        const setup = JSON.parse(line) as WriterSetup;
        desk = new Desk(new JournalWriter({ ...setup, keys: journalKeys(Buffer.from(setup.key, 'base64')), warn: (failure) => send({ type: 'warning', failure }) }), send);
      } else requests.push(JSON.parse(line) as Request);
    }
    desk?.handle(requests);
  }
}

// Ctrl-C and a service manager signal the whole group: entries come until the daemon has finished what is in flight, and hangs up
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
run();
process.exit(0);
