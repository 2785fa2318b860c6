import {
  deadline,
  raceAbort,
  sleep,
  TillbridgeError,
  type Log,
  type PartState,
  type Reader,
  type ReaderCapabilities,
  type ReaderSink,
} from '@tillbridge/core';
import { dirname, sep } from 'node:path';
import { arrivalOf } from '../connection/arrival.js';
import { keepConnected, type Connector } from '../connection/keep-connected.js';
import { ReaderRun } from '../connection/reader-run.js';
import { describeDevice } from '../discovery/index.js';
import { SYSTEM_ROOTS, type SystemRoots } from '../discovery/roots.js';
import { createFramingDriver } from '../framing/index.js';
import { builtInProfiles, type DeviceProfile } from '../profiles/index.js';
import { createKeyCollector, type CollectorOptions } from './collect/key-collector.js';
import { unsupported } from './errors.js';
import { HostedKeyboard, type KeyLink } from './hosted-keyboard.js';
import type { KeyboardReaderContext, KeyboardReaderOptions } from './options.js';
import { findTarget, lookAtKeyboards } from './target.js';
import { giveBack } from './usb-nodes.js';

/** Longer than the process waits for a moment in which no key is down. */
const OPEN_BUDGET_MS = 6000;
/** How often a keyboard is asked for that another program has. */
const GRABBED_MS = 2000;

/**
 * A scanner in keyboard mode, on Linux: its keys come here and reach no other program. Reconnects by itself; see {@link KeyboardReaderOptions}.
 * Elsewhere `open` rejects with TB_READER_KEYBOARD_UNSUPPORTED and the ways out.
 * @throws RangeError for a `gapMs` or `maxBytes` below 1.
 */
export function createKeyboardReader(options: KeyboardReaderOptions, context: KeyboardReaderContext): Reader {
  return new KeyboardReader(options, context);
}

class KeyboardReader implements Reader {
  readonly id: string;
  readonly kind = 'keyboard';
  /** A keyboard has no way back: nothing can be told to it. */
  readonly capabilities: ReaderCapabilities = { feedback: false };
  readonly #options: KeyboardReaderOptions;
  readonly #context: KeyboardReaderContext;
  readonly #collect: CollectorOptions;
  readonly #roots: SystemRoots;
  readonly #log: Log;
  readonly #run: ReaderRun;
  #profiles: readonly DeviceProfile[] | undefined;
  /** Which physical device the last attempt was for. */
  #device: string | undefined;
  /** What was to see of keyboards before the last attempt. */
  #seen: string | undefined;
  /** The interface on the bus that was claimed last. */
  #claimed: string | undefined;

  constructor(options: KeyboardReaderOptions, context: KeyboardReaderContext) {
    this.id = options.id;
    this.#options = options;
    this.#context = context;
    this.#collect = {
      suffix: options.suffix ?? ['CR', 'LF', 'TAB', 'ETX'],
      gapMs: options.gapMs ?? 'auto',
      gs: options.gs ?? ['ctrl', 'f8', 'alt'],
      codePage: options.fallbackCharset === 'latin1' ? 'windows-1252' : 'windows-1251',
      maxBytes: options.maxBytes ?? 8192,
    };
    createKeyCollector(this.#collect);
    this.#roots = context.roots ?? SYSTEM_ROOTS;
    this.#log = context.log.child({ reader: options.id });
    this.#run = new ReaderRun(context.clock);
  }

  get state(): PartState {
    return this.#run.value;
  }

  open(sink: ReaderSink, signal: AbortSignal): Promise<void> {
    return this.#run.open(sink, signal, (until, settled) => this.#keep(sink, until, settled));
  }

  feedback(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return this.#run.close();
  }

  async #keep(sink: ReaderSink, signal: AbortSignal, settled: (fatal?: TillbridgeError) => void): Promise<void> {
    const { clock, random = Math.random, platform = process.platform, spawn } = this.#context;
    const { where } = this.#options;
    this.#profiles ??= this.#context.profiles ?? builtInProfiles();
    if (platform !== 'linux') {
      const error = unsupported(this.id, platform, where, this.#profiles);
      this.#run.state.set('failed', error);
      settled(error);
      return;
    }
    const host = new HostedKeyboard({ reader: this.id, clock, log: this.#log, random, spawn });
    const context = { reader: this.id, device: describeDevice(where), clock, log: this.#log, state: this.#run.state, random };
    try {
      await keepConnected(this.#connector(sink, host), context, signal, settled);
    } finally {
      await host.stop();
      // a claim ends with its process (usb 3 cannot take back a transfer that waits); only then can the kernel's driver have it
      if (this.#claimed !== undefined) await giveBack(this.#roots, this.#claimed);
      this.#claimed = undefined;
    }
  }

  #connector(sink: ReaderSink, host: HostedKeyboard): Connector<KeyLink> {
    const { clock, hotplug } = this.#context;
    const { where } = this.#options;
    // one for all connections: what it learned of the scanner's pace stays true
    const driver = createFramingDriver(createKeyCollector(this.#collect), clock, sink);
    const folder = 'path' in where ? dirname(where.path) : `${this.#roots.dev}/input`;
    const concerns = (name: string): boolean => ('path' in where ? where.path.split(sep).includes(name) : name.startsWith('event') || name === 'input');
    const look = (): Promise<string | undefined> => lookAtKeyboards(where, { roots: this.#roots });
    return {
      connect: (signal) => this.#connect(host, signal),
      arrival: async (reason, signal) => {
        const arrived = arrivalOf({ look, folder, concerns }, { reason, seen: this.#seen }, { clock, hotplug }, signal);
        // nothing tells when another program lets go
        await (reason.code === 'TB_READER_KEYBOARD_GRABBED' ? Promise.race([arrived, sleep(clock, GRABBED_MS, signal)]) : arrived);
      },
      up: (link) => {
        this.#context.onDevice?.(this.#device);
        this.#log.info('the reader is connected');
        link.start((news) => driver.push(news));
      },
      down: () => {
        this.#context.onDevice?.(undefined);
        driver.end();
      },
    };
  }

  async #connect(host: HostedKeyboard, signal: AbortSignal): Promise<KeyLink> {
    const { clock } = this.#context;
    const { where, access = 'auto' } = this.#options;
    this.#seen = await lookAtKeyboards(where, { roots: this.#roots });
    const { target, device } = await findTarget(where, access, { reader: this.id, roots: this.#roots, profiles: this.#profiles ?? [] });
    this.#claimed = target.access === 'usb' ? target.name : undefined;
    const budget = deadline(clock, OPEN_BUDGET_MS, signal);
    const opening = host.open(target, budget.signal);
    const link = await raceAbort(opening, budget.signal, () => undefined).finally(() => budget.dispose());
    this.#device = device;
    if (link !== undefined) return link;
    void opening.then((late) => late.close(), () => undefined);
    throw new TillbridgeError('TB_READER_OPEN_TIMEOUT', { reader: this.id, path: target.path, timeoutMs: OPEN_BUDGET_MS });
  }
}
