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
import type { SpawnHost } from '@tillbridge/child-host';
import { dirname, sep } from 'node:path';
import { arrivalOf } from '../connection/arrival.js';
import { keepConnected, type Connector } from '../connection/keep-connected.js';
import { ReaderRun } from '../connection/reader-run.js';
import { describeDevice } from '../discovery/index.js';
import { SYSTEM_ROOTS, type SystemRoots } from '../discovery/roots.js';
import { createFramingDriver } from '../framing/index.js';
import { builtInProfiles, type DeviceProfile } from '../profiles/index.js';
import { createKeyCollector, type CollectorOptions } from './collect/key-collector.js';
import { noHelper, unsupported } from './errors.js';
import { HostedKeyboard, type KeyLink } from './hosted-keyboard.js';
import type { KeyboardTarget } from './host/protocol.js';
import type { KeyboardReaderContext, KeyboardReaderOptions } from './options.js';
import { findTarget, lookAtKeyboards } from './target.js';
import { giveBack } from './usb-nodes.js';
import { helperHost, startHelperProgram } from './windows/helper-host.js';
import { helperPath } from './windows/helper-path.js';
import { hookRule, type HookRule } from './windows/rule.js';
import { withPrefix } from './windows/with-prefix.js';

/** Longer than the process waits for a moment in which no key is down. */
const OPEN_BUDGET_MS = 6000;
/** How often a keyboard is asked for that another program has. */
const GRABBED_MS = 2000;
/** How often the helper for Windows is asked for a keyboard that is not there: the asking is a list in memory. */
const ABSENT_MS = 500;

/**
 * A scanner in keyboard mode, on Linux and Windows: its keys come here and reach no other program. Reconnects by itself; see
 * {@link KeyboardReaderOptions}. On Windows the scanner is known by the prefix key that it was set up to type.
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
  /** Windows: which keys are the scanner's. */
  readonly #rule: HookRule | undefined;
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
    const { where, prefix = 'F13', suffix = ['CR', 'LF', 'TAB', 'ETX'], gapMs = 'auto' } = options;
    this.#rule = (context.platform ?? process.platform) === 'win32' ? hookRule({ where, prefix, suffix, gapMs }) : undefined;
    this.#collect = {
      suffix,
      // what the helper hands over is a read, however slowly it was typed
      gapMs: this.#rule?.gapMs ?? gapMs,
      certain: this.#rule !== undefined,
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
    const { clock, random = Math.random } = this.#context;
    const { where } = this.#options;
    const spawn = this.#spawn();
    if (spawn instanceof TillbridgeError) {
      this.#run.state.set('failed', spawn);
      settled(spawn);
      return;
    }
    const host = new HostedKeyboard({ reader: this.id, clock, log: this.#log, random, ...spawn });
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

  /** How the process that takes the keys is made on this system, or why there is none. */
  #spawn(): { readonly spawn?: SpawnHost } | TillbridgeError {
    const { platform = process.platform, spawn } = this.#context;
    if (spawn !== undefined && this.#rule !== undefined) return { spawn };
    if (this.#rule !== undefined) {
      const path = helperPath();
      return path === undefined ? noHelper(this.id) : { spawn: helperHost(startHelperProgram(path)) };
    }
    this.#profiles ??= this.#context.profiles ?? builtInProfiles();
    if (platform !== 'linux') return unsupported(this.id, platform, this.#options.where, this.#profiles);
    return spawn === undefined ? {} : { spawn };
  }

  #connector(sink: ReaderSink, host: HostedKeyboard): Connector<KeyLink> {
    const { clock, hotplug } = this.#context;
    const { where } = this.#options;
    // one for all connections: what it learned of the scanner's pace stays true
    const rule = this.#rule;
    const driver = createFramingDriver(createKeyCollector(this.#collect), clock, rule === undefined || this.#options.keepPrefix !== true ? sink : withPrefix(sink, rule));
    const folder = 'path' in where ? dirname(where.path) : `${this.#roots.dev}/input`;
    const concerns = (name: string): boolean => ('path' in where ? where.path.split(sep).includes(name) : name.startsWith('event') || name === 'input');
    const look = (): Promise<string | undefined> => lookAtKeyboards(where, { roots: this.#roots });
    return {
      connect: (signal) => this.#connect(host, signal),
      arrival: async (reason, signal) => {
        if (rule !== undefined) {
          await (reason.code === 'TB_READER_NOT_FOUND' || reason.code === 'TB_READER_VANISHED' ? sleep(clock, ABSENT_MS, signal) : new Promise(() => undefined));
          return;
        }
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

  async #find(): Promise<{ readonly target: KeyboardTarget; readonly device: string | undefined }> {
    const { where, access = 'auto' } = this.#options;
    // what Windows calls it is for texts; its helper looks for the keyboard itself
    if (this.#rule !== undefined) return { target: { access: 'hook', path: describeDevice(where), rule: this.#rule }, device: undefined };
    this.#seen = await lookAtKeyboards(where, { roots: this.#roots });
    return findTarget(where, access, { reader: this.id, roots: this.#roots, profiles: this.#profiles ?? [] });
  }

  async #connect(host: HostedKeyboard, signal: AbortSignal): Promise<KeyLink> {
    const { clock } = this.#context;
    const { target, device } = await this.#find();
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
