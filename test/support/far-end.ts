import { fileURLToPath } from 'node:url';
import { startChild } from './child.js';
import { waitFor } from './wait-for.js';

const python = fileURLToPath(new URL('./far-end/reader.py', import.meta.url));

/** Bytes as the far end got them in one read. */
export interface Received {
  /** When the read returned: nanoseconds of the system's monotonic clock, the one of `process.hrtime.bigint()`. */
  readonly t: bigint;
  readonly bytes: Buffer;
}

/** What a cashier program does with its scanner's port. */
export interface FarEnd {
  readonly pid: number;
  /** All reads so far, in order. */
  reads(): readonly Received[];
  /** All bytes so far. */
  received(): Buffer;
  /** Waits until at least `count` bytes have arrived and gives all of them. */
  waitForBytes(count: number, timeoutMs?: number): Promise<Buffer>;
  /** Waits until the bytes so far end with or contain `text` (Latin-1) and gives all of them. */
  waitForText(text: string, timeoutMs?: number): Promise<Buffer>;
  /** Names of the errors met, for example `EIO` after a hang-up. */
  errors(): readonly string[];
  /** Stops reading with the port open: what is written meanwhile stays in the queue. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  close(): Promise<void>;
  open(): Promise<void>;
  /** Throws away what waits unread, as programs do when they open a sale. */
  flush(): Promise<void>;
  /** How many bytes wait unread in the port's queue. */
  queued(): Promise<number>;
  /** Writes to the device, as programs do to beep. */
  write(bytes: Uint8Array): Promise<void>;
  /** Ends the program. */
  quit(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

export interface FarEndSettings {
  /** A reader compiled by `buildFarEnd`; default the Python one (the part `python3`). */
  readonly program?: string;
  /** Start with the port closed. */
  readonly closed?: boolean;
  /** How long each call waits: milliseconds, default 30000. */
  readonly timeoutMs?: number;
}

interface Line {
  readonly t: string;
  readonly hex?: string;
  readonly event?: string;
  readonly error?: string;
  readonly command?: string;
  readonly count?: number;
}

/** `t` has more digits than a double keeps: it is read as text. */
function parseLine(text: string): Line {
  return JSON.parse(text.replace(/"t":(\d+)/, '"t":"$1"')) as Line;
}

/** What the program has printed so far, each line parsed once. */
class Transcript {
  readonly #print: () => string;
  readonly #reads: Received[] = [];
  readonly #others: Line[] = [];
  #from = 0;
  #byteCount = 0;

  constructor(print: () => string) {
    this.#print = print;
  }

  #catchUp(): void {
    const text = this.#print();
    const end = text.lastIndexOf('\n') + 1;
    if (end <= this.#from) return;
    for (const line of text.slice(this.#from, end - 1).split('\n').map(parseLine)) {
      if (line.hex === undefined) {
        this.#others.push(line);
        continue;
      }
      const bytes = Buffer.from(line.hex, 'hex');
      this.#reads.push({ t: BigInt(line.t), bytes });
      this.#byteCount += bytes.length;
    }
    this.#from = end;
  }

  get reads(): readonly Received[] {
    this.#catchUp();
    return [...this.#reads];
  }

  get byteCount(): number {
    this.#catchUp();
    return this.#byteCount;
  }

  received(): Buffer {
    this.#catchUp();
    return Buffer.concat(this.#reads.map((read) => read.bytes));
  }

  events(name: string): readonly Line[] {
    this.#catchUp();
    return this.#others.filter((line) => line.event === name);
  }
}

/** Starts a program that reads the tty at `path` and knows nothing of what writes there. Resolves when the port is open. */
export async function startFarEnd(path: string, settings: FarEndSettings = {}): Promise<FarEnd> {
  const timeoutMs = settings.timeoutMs ?? 30_000;
  const argv = [path, ...(settings.closed === true ? ['--closed'] : [])];
  const child = settings.program === undefined ? startChild('python3', [python, ...argv]) : startChild(settings.program, argv);

  const transcript = new Transcript(() => child.stdout());
  const alive = (): void => {
    if (child.child.exitCode !== null || child.child.signalCode !== null) throw new Error(`the far end has ended: ${child.stderr()}`);
  };

  /** Sends a command and waits until the program says that it did it. */
  const tell = async (command: string): Promise<void> => {
    const word = command.split(' ')[0];
    const before = transcript.events('did').length;
    child.child.stdin.write(`${command}\n`);
    await waitFor(`the far end to ${String(word)}`, () => (alive(), transcript.events('did').length > before), timeoutMs);
  };
  const kill = async (): Promise<void> => {
    await child.kill();
  };

  if (settings.closed !== true) {
    try {
      await waitFor(`the far end to open ${path}`, () => (alive(), transcript.events('opened').length + transcript.events('error').length > 0), timeoutMs);
      if (transcript.events('opened').length === 0) throw new Error(`the far end could not open ${path}: ${child.stdout()}`);
    } catch (error) {
      await kill();
      throw error;
    }
  }
  return {
    pid: child.pid,
    reads: () => transcript.reads,
    received: () => transcript.received(),
    waitForBytes: async (count, ms = timeoutMs) => {
      const arrived = (): Buffer | false => transcript.byteCount >= count && transcript.received();
      return waitFor(`${String(count)} bytes at the far end`, () => (alive(), arrived()), ms).catch((error: unknown) => {
        throw new Error(`${String(transcript.byteCount)} of ${String(count)} bytes arrived`, { cause: error });
      });
    },
    waitForText: (text, ms = timeoutMs) => {
      const wanted = Buffer.from(text, 'latin1');
      let seen = -1;
      const found = (): Buffer | false => {
        if (transcript.byteCount === seen) return false;
        seen = transcript.byteCount;
        const all = transcript.received();
        return all.includes(wanted) && all;
      };
      return waitFor('the text at the far end', () => (alive(), found()), ms);
    },
    errors: () => transcript.events('error').flatMap((line) => line.error ?? []),
    pause: () => tell('pause'),
    resume: () => tell('resume'),
    close: () => tell('close'),
    open: () => tell('open'),
    flush: () => tell('flush'),
    queued: async () => {
      await tell('queued');
      return transcript.events('queued').at(-1)?.count ?? 0;
    },
    write: (bytes) => tell(`write ${Buffer.from(bytes).toString('hex')}`),
    quit: async () => {
      child.child.stdin.end('quit\n');
      await child.exited;
    },
    kill,
  };
}
