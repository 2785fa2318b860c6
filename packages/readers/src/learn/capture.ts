import { raceAbort, TillbridgeError, type Cancel, type Clock, type Log, type Reader, type ReaderSink } from '@tillbridge/core';
import type { SpawnHost } from '@tillbridge/child-host';
import { HidHostClient } from '../hid/host-client.js';
import { openError } from '../hid/errors.js';
import { createKeyboardReader } from '../keyboard/index.js';
import { createSerialReader } from '../serial/index.js';
import type { Capture } from './infer-profile.js';

/** A scan is over after this silence, milliseconds: longer than any scanner pauses. */
const SILENCE_MS = 400;
/** Scans that wait to be taken: more is a scanner in presentation mode. */
const MAX_WAITING = 8;
/** Reports of one scan; the longest code has fewer. */
const MAX_REPORTS = 200;

export interface CaptureContext {
  readonly clock: Clock;
  readonly log: Log;
  /** How helper processes are made; for tests. */
  readonly spawn?: SpawnHost;
}

/** A device whose scans are taken as they come, nothing interpreted. */
export interface CaptureSource {
  /** The next scan. Rejects with the reason of `signal` when it aborts, or with what ended the device. */
  next(signal: AbortSignal): Promise<Capture>;
  close(): Promise<void>;
}

/** Opens a device for learning. A keyboard is taken away from the other programs meanwhile. @throws TillbridgeError when it cannot be opened */
export async function createCapture(node: { readonly kind: 'serial' | 'hid' | 'keyboard'; readonly path: string }, context: CaptureContext): Promise<CaptureSource> {
  return node.kind === 'hid' ? captureHid(node.path, context) : captureReader(node.kind, node.path, context);
}

/** Scans on their way to whoever asks for the next. */
class Waiting {
  readonly #scans: Capture[] = [];
  #taker: ((scan: Capture) => void) | undefined;
  #fail: (reason: TillbridgeError) => void = () => undefined;
  readonly #failed: Promise<never>;

  constructor() {
    this.#failed = new Promise((_, reject) => (this.#fail = reject));
    this.#failed.catch(() => undefined);
  }

  put(scan: Capture): void {
    const taker = this.#taker;
    this.#taker = undefined;
    if (taker !== undefined) taker(scan);
    else if (this.#scans.length < MAX_WAITING) this.#scans.push(scan);
  }

  fail(reason: TillbridgeError): void {
    this.#fail(reason);
  }

  async next(signal: AbortSignal): Promise<Capture> {
    const ready = this.#scans.shift();
    if (ready !== undefined) return ready;
    const scan = new Promise<Capture>((resolve) => (this.#taker = resolve));
    const got = await raceAbort(Promise.race([scan, this.#failed]), signal, () => undefined);
    this.#taker = undefined;
    if (got === undefined) throw signal.reason;
    return got;
  }
}

async function captureHid(path: string, { clock, log, spawn }: CaptureContext): Promise<CaptureSource> {
  const waiting = new Waiting();
  const client = new HidHostClient({ reader: 'learn', clock, log, random: () => 0, spawn });
  let reports: Uint8Array[] = [];
  let cancel: Cancel = () => undefined;
  const over = (): void => {
    waiting.put({ kind: 'hid', reports });
    reports = [];
  };
  const closing = new AbortController();
  try {
    await client.open(
      { path, onOpen: [], onClose: [] },
      {
        report: (bytes) => {
          if (reports.length < MAX_REPORTS) reports.push(Uint8Array.from(bytes));
          cancel();
          cancel = clock.timer(SILENCE_MS, over);
        },
        gap: () => undefined,
        featureFailed: () => undefined,
        ended: () => waiting.fail(new TillbridgeError('TB_READER_VANISHED', { reader: 'learn', path })),
      },
      closing.signal,
    );
  } catch (error) {
    await client.stop();
    throw openError(error, 'learn', path);
  }
  return {
    next: (signal) => waiting.next(signal),
    close: async () => {
      cancel();
      await client.stop();
    },
  };
}

async function captureReader(kind: 'serial' | 'keyboard', path: string, context: CaptureContext): Promise<CaptureSource> {
  const waiting = new Waiting();
  const stop = new AbortController();
  const reader = makeReader(kind, path, context);
  const sink: ReaderSink = {
    read: ({ bytes, keys = [] }) => waiting.put(kind === 'serial' ? { kind, bytes } : { kind, bytes, keys }),
    tail: () => undefined,
    quiet: () => undefined,
    resumed: () => undefined,
    dropped: () => undefined,
    state: ({ status, reason }) => {
      if (reason !== undefined && (status === 'retrying' || status === 'failed')) waiting.fail(reason);
    },
  };
  await reader.open(sink, stop.signal);
  const { status, reason } = reader.state;
  if (status !== 'ready') {
    await reader.close();
    throw reason ?? new TillbridgeError('TB_READER_OPEN_FAILED', { reader: 'learn', path, problem: status });
  }
  return { next: (signal) => waiting.next(signal), close: () => reader.close() };
}

/** Nothing ends a read but silence: what the scanner puts behind a code is to be seen. */
function makeReader(kind: 'serial' | 'keyboard', path: string, { clock, log, spawn }: CaptureContext): Reader {
  const where = { path };
  if (kind === 'serial') return createSerialReader({ id: 'learn', where, framing: { suffix: [], idleMs: SILENCE_MS, quietMs: 0 } }, { clock, log });
  return createKeyboardReader({ id: 'learn', where, suffix: [], gapMs: SILENCE_MS }, { clock, log, ...(spawn === undefined ? {} : { spawn }) });
}
