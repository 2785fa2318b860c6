import {
  deadline,
  raceAbort,
  TillbridgeError,
  type FeedbackKind,
  type Log,
  type PartState,
  type Reader,
  type ReaderCapabilities,
  type ReaderSink,
} from '@tillbridge/core';
import type { Attempt } from '../connection/arrival.js';
import { keepConnected, type Connector } from '../connection/keep-connected.js';
import { ReaderRun } from '../connection/reader-run.js';
import type { HidNode } from '../discovery/hidraw.js';
import { describeDevice, type Located } from '../discovery/locate-node.js';
import { SYSTEM_ROOTS } from '../discovery/roots.js';
import { builtInProfiles, type DeviceProfile } from '../profiles/index.js';
import { LayoutChooser } from './choose-layout.js';
import { layoutOfDescriptor } from './descriptor-layout.js';
import { foreseenError, openError } from './errors.js';
import { feedbackBytes, hexBytes, isAnswered } from './feedback.js';
import { driverFinder, sysfsFinder, type HidFinder } from './find.js';
import { HidLink } from './hid-link.js';
import { HidHostClient } from './host-client.js';
import { namedLayout } from './layouts.js';
import type { HidReaderContext, HidReaderOptions } from './options.js';
import { ReportDriver } from './report-driver.js';

const FEEDBACK_BUDGET_MS = 300;
const DEFAULTS = { flushMs: 250, maxBytes: 8192 } as const;

/**
 * A USB scanner in HID POS mode (usage page 0x8C), read by node-hid in a process of its own. Reconnects by itself; see
 * {@link HidReaderOptions}.
 * @throws RangeError for values outside their ranges.
 */
export function createHidReader(options: HidReaderOptions, context: HidReaderContext): Reader {
  return new HidReader(options, context);
}

class HidReader implements Reader {
  readonly id: string;
  readonly kind = 'hid';
  readonly #options: HidReaderOptions;
  readonly #context: HidReaderContext;
  readonly #profiles: readonly DeviceProfile[];
  readonly #bounds: { readonly flushMs: number; readonly maxBytes: number };
  readonly #log: Log;
  readonly #run: ReaderRun;
  #link: HidLink | undefined;
  #driver: ReportDriver | undefined;
  #writing = false;
  /** What was to see of the device before the last attempt. */
  #seen: string | undefined;

  constructor(options: HidReaderOptions, context: HidReaderContext) {
    this.id = options.id;
    this.#options = options;
    this.#context = context;
    this.#profiles = context.profiles ?? builtInProfiles();
    this.#bounds = {
      flushMs: inRange('flushMs', options.flushMs ?? DEFAULTS.flushMs, 50, 5000),
      maxBytes: inRange('maxBytes', options.maxBytes ?? DEFAULTS.maxBytes, 64, 65_536),
    };
    this.#log = context.log.child({ reader: options.id });
    this.#run = new ReaderRun(context.clock);
  }

  /** Feedback depends on the device that is connected: only one whose commands are known from a document gets any. */
  get capabilities(): ReaderCapabilities {
    return { feedback: this.#feedbackBytes('good') !== undefined || this.#feedbackBytes('bad') !== undefined };
  }

  get state(): PartState {
    return this.#run.value;
  }

  open(sink: ReaderSink, signal: AbortSignal): Promise<void> {
    return this.#run.open(sink, signal, (until, settled) => this.#keep(sink, until, settled));
  }

  async feedback(kind: FeedbackKind): Promise<void> {
    const bytes = this.#feedbackBytes(kind);
    const link = this.#link;
    // a device that is still busy with the last one gets no queue of beeps
    if (bytes === undefined || link === undefined || this.#writing) return;
    this.#writing = true;
    if (isAnswered(bytes)) this.#driver?.expectReply(FEEDBACK_BUDGET_MS);
    const write = link.write(bytes, this.#run.signal).catch(() => undefined).finally(() => (this.#writing = false));
    const budget = deadline(this.#context.clock, FEEDBACK_BUDGET_MS);
    await raceAbort(write, budget.signal, () => undefined);
    budget.dispose();
  }

  close(): Promise<void> {
    return this.#run.close();
  }

  #feedbackBytes(kind: FeedbackKind): Uint8Array | undefined {
    return feedbackBytes(this.#link?.located.profile, this.#driver?.layout?.layout, kind);
  }

  async #keep(sink: ReaderSink, signal: AbortSignal, settled: (fatal?: TillbridgeError) => void): Promise<void> {
    const { clock, random = Math.random, spawn } = this.#context;
    if (signal.aborted) return;
    const client = new HidHostClient({ reader: this.id, clock, log: this.#log, random, spawn });
    const device = describeDevice(this.#options.where);
    try {
      await keepConnected(this.#connector(client, sink, signal), { reader: this.id, device, clock, log: this.#log, state: this.#run.state, random }, signal, settled);
    } finally {
      await client.stop();
    }
  }

  #connector(client: HidHostClient, sink: ReaderSink, closing: AbortSignal): Connector<HidLink> {
    const finder = this.#finder(client);
    return {
      connect: (signal) => this.#connect(client, finder, closing, signal),
      arrival: async (reason, signal) => {
        // the device was not the trouble
        if (reason.code === 'TB_READER_HID_HOST') return client.whenUp(signal);
        const last: Attempt = { reason, seen: this.#seen };
        return finder.arrival(last, { clock: this.#context.clock, hotplug: this.#context.hotplug }, signal);
      },
      up: (link) => this.#up(link, sink),
      down: () => {
        this.#link = undefined;
        this.#context.onDevice?.(undefined);
        this.#driver?.end();
        this.#driver = undefined;
      },
    };
  }

  /** Whether devices are files of the system, or names that only the driver knows. */
  get #bySysfs(): boolean {
    return (this.#context.finder ?? (process.platform === 'linux' ? 'sysfs' : 'driver')) === 'sysfs';
  }

  #finder(client: HidHostClient): HidFinder {
    const options = { reader: this.id, where: this.#options.where, profiles: this.#profiles };
    return this.#bySysfs ? sysfsFinder(options, this.#context.roots ?? SYSTEM_ROOTS) : driverFinder(options, (vids, signal) => client.list(vids, signal));
  }

  async #connect(client: HidHostClient, finder: HidFinder, closing: AbortSignal, signal: AbortSignal): Promise<HidLink> {
    this.#seen = await finder.look(signal);
    let path = describeDevice(this.#options.where);
    try {
      const located = await finder.find(signal);
      path = located.node.path;
      const foreseen = await foreseenError(this.id, located.node, this.#bySysfs);
      if (foreseen !== undefined) throw foreseen;
      const link = new HidLink(client, located, this.id, closing);
      const redirect = this.#options.redirect === 'off' ? undefined : located.profile?.redirect;
      const on = redirect === undefined ? [] : [hexBytes(redirect.on)];
      // one that only knows HID POS has nothing to be given back
      const off = redirect === undefined || located.profile?.mode !== 'keyboard' ? [] : [hexBytes(redirect.off)];
      await link.open(on, off, (problem) => this.#redirectFailed(located, problem));
      return link;
    } catch (error) {
      throw openError(error, this.id, path);
    }
  }

  #up(link: HidLink, sink: ReaderSink): void {
    const { clock } = this.#context;
    const { node, profile } = link.located;
    const { layout = 'auto' } = this.#options;
    const driver = new ReportDriver({
      ...this.#bounds,
      chooser: new LayoutChooser({
        configured: layout === 'auto' ? undefined : namedLayout(layout),
        descriptor: node.descriptor === undefined ? undefined : layoutOfDescriptor(node.descriptor),
        profile: profile?.layout === undefined || profile.layout === 'auto' ? undefined : namedLayout(profile.layout),
      }),
      clock,
      sink,
      unknownLayout: () => {
        const error = new TillbridgeError('TB_READER_HID_LAYOUT_UNKNOWN', { reader: this.id, path: node.path });
        this.#log.warn('a report could not be read', { error });
      },
      reply: (bytes) => this.#log.debug('an answer to a command was left out', { bytes }),
    });
    this.#driver = driver;
    this.#link = link;
    this.#context.onDevice?.(node.device);
    this.#log.info('the reader is connected', { profile: profile?.id, layout: driver.layout?.layout.name, basis: driver.layout?.basis });
    link.start({
      report: (bytes, wall) => driver.push(bytes, wall),
      gap: (byteCount) => {
        this.#log.warn('reads were lost', { error: new TillbridgeError('TB_READER_HID_FLOOD', { reader: this.id, path: node.path, bytes: byteCount }) });
        driver.gap(byteCount);
      },
    });
  }

  /** Scanners that only know HID POS refuse it, as their guide foresees; one in keyboard mode goes on typing. */
  #redirectFailed({ node, profile }: Located<HidNode>, problem: string): void {
    if (profile?.mode !== 'keyboard') {
      this.#log.debug('the scanner does not know the redirection', { problem });
      return;
    }
    const way = profile.switching.find(({ to }) => to === 'hidPos' || to === 'serial');
    const error = new TillbridgeError('TB_READER_USB_KEYBOARD_MODE', { device: node.product ?? node.path, howEn: way?.en, howRu: way?.ru });
    this.#log.warn('the scanner could not be told to report here', { error, problem });
  }
}

function inRange(name: string, value: number, from: number, to: number): number {
  if (Number.isInteger(value) && value >= from && value <= to) return value;
  throw new RangeError(`${name} must be a whole number from ${String(from)} to ${String(to)}`);
}
