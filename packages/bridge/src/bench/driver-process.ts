// The scanner and the cashier program at once, where no compiler is: what test/bench/native/driver.c is for `npm run bench`, with the same
// commands. It waits in poll(2) itself, so no event loop of its own stands in what is measured.
//   in: `open PATH`, `batch FILE GAP_US WAIT_MS`; each answered by lines that end with `done`
import { closeSync, constants, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { openPty, type Pty } from '@tillbridge/adapter-device';
import { systemClock } from '@tillbridge/core';

const POLLIN = 0x01;
const MOST = 4096;
const FLAGS = constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK;

/** Milliseconds to wait for input at most; whether there is some. */
type Wait = (fd: number, ms: number) => boolean;

async function loadWait(): Promise<Wait> {
  const { default: koffi } = await import('koffi');
  const poll = koffi.load(null).func('int poll(void *, ulong, int)') as unknown as (fds: Buffer, count: number, ms: number) => number;
  const pollfd = Buffer.alloc(8);
  return (fd, ms) => {
    pollfd.writeInt32LE(fd, 0);
    pollfd.writeInt32LE(POLLIN, 4);
    return poll(pollfd, 1, ms) > 0 && (pollfd.readUInt16LE(6) & POLLIN) !== 0;
  };
}

const now = (): number => systemClock.mono() * 1e6;
const asleep = new Int32Array(new SharedArrayBuffer(4));

class BlockingDriver {
  readonly #scanner: Pty;
  readonly #wait: Wait;
  readonly #got = Buffer.alloc(MOST);
  #till = -1;

  constructor(scanner: Pty, wait: Wait) {
    this.#scanner = scanner;
    this.#wait = wait;
  }

  open(path: string): void {
    if (this.#till >= 0) closeSync(this.#till);
    this.#till = openSync(path, FLAGS);
  }

  batch(file: string, gapUs: number, waitMs: number): string {
    const scans = readFileSync(file, 'latin1').trim().split('\n').map((line) => line.split(' ').map((hex) => Buffer.from(hex, 'hex')));
    return scans.map(([read = Buffer.alloc(0), wanted = Buffer.alloc(0)]) => {
      // the calling thread has nothing else to do: no event loop runs in this process
      Atomics.wait(asleep, 0, 0, gapUs / 1000);
      while (this.#wait(this.#till, 0) && readSync(this.#till, this.#got) > 0);
      return Math.round(this.#one(read, wanted, waitMs));
    }).join('\n');
  }

  /** Nanoseconds, or -1 when something else came, or nothing in time. */
  #one(read: Buffer, wanted: Buffer, waitMs: number): number {
    const start = now();
    let end = start;
    if (this.#scanner.write(read) !== read.length) return -1;
    let length = 0;
    while (length < wanted.length) {
      if (!this.#wait(this.#till, waitMs)) return -1;
      const count = readSync(this.#till, this.#got, length, MOST - length, null);
      end = now();
      if (count <= 0) return -1;
      length += count;
    }
    return this.#got.subarray(0, length).equals(wanted) ? end - start : -1;
  }
}

/** Lines of standard input, read as they come. */
function* commands(): Generator<string> {
  const buffer = Buffer.alloc(MOST);
  let text = '';
  for (let count = readSync(0, buffer); count > 0; count = readSync(0, buffer)) {
    text += buffer.toString('utf8', 0, count);
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
      yield text.slice(0, end);
      text = text.slice(end + 1);
    }
  }
}

const scanner = await openPty();
const driver = new BlockingDriver(scanner, await loadWait());
const say = (text: string): void => void writeSync(1, `${text}\n`);
say(`in ${scanner.path}\ndone`);
for (const line of commands()) {
  const [word, path = '', gapUs, waitMs] = line.split(' ');
  if (word === 'open') driver.open(line.slice('open '.length));
  else if (word === 'batch') say(driver.batch(path, Number(gapUs), Number(waitMs)));
  else throw new Error(`unknown command: ${line}`);
  say('done');
}
scanner.close();
process.exit(0);
