import type { Clock, Log, Reader } from '@tillbridge/core';
import {
  builtInProfiles,
  createHidReader,
  createHotplug,
  createKeyboardReader,
  createSerialReader,
  createTwinFilter,
  mergeProfiles,
  normalUsbId,
  profileOf,
  type DeviceMode,
  type DeviceProfile,
  type DeviceWhere,
  type Hotplug,
  type TwinFilter,
} from '@tillbridge/readers';
import type { HidReaderConfig, KeyboardReaderConfig, SerialReaderConfig } from '../config/index.js';

/** What the scanners of one bridge share. */
export interface ScannerSupport {
  /** All of them, the user's own first; `undefined`: those of the product, which whoever needs them loads (a megabyte that most daemons never need). */
  readonly profiles: readonly DeviceProfile[] | undefined;
  readonly hotplug: Hotplug;
  readonly twins: TwinFilter;
}

export interface ScannerPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly scanners: ScannerSupport;
}

export function createScannerSupport({ clock, log }: { readonly clock: Clock; readonly log: Log }, own: readonly DeviceProfile[]): ScannerSupport {
  const profiles = own.length === 0 ? undefined : mergeProfiles(own, builtInProfiles());
  return { profiles, hotplug: createHotplug({ clock, log }), twins: createTwinFilter({ clock, log }) };
}

type Placed = SerialReaderConfig | HidReaderConfig | KeyboardReaderConfig;

export function serialReader(config: SerialReaderConfig, ports: ScannerPorts): Reader {
  const { id, baudRate, dataBits, parity, stopBits, rtscts, dtr } = config;
  const where = whereOf(config);
  const line = { baudRate, dataBits, parity, stopBits, rtscts, ...(dtr === undefined ? {} : { dtr }) };
  const feedback = feedbackOf(namedProfile(where, ports, 'serial'));
  return twinned(ports, (context) => createSerialReader({ id, where, ...line, framing: config.framing, ...feedback }, { ...context, ...watching(where, ports) }));
}

export function hidReader(config: HidReaderConfig, ports: ScannerPorts): Reader {
  const { id, layout, redirect, flushMs } = config;
  const where = whereOf(config);
  return twinned(ports, (context) => createHidReader({ id, where, layout, redirect, flushMs }, { ...context, ...watching(where, ports) }));
}

export function keyboardReader(config: KeyboardReaderConfig, ports: ScannerPorts): Reader {
  const { id, suffix, access, gs, fallbackCharset } = config;
  const where = whereOf(config);
  // what was learned of this scanner is a better start than knowing nothing
  const gapMs = config.gapMs === 'auto' ? (namedProfile(where, ports, 'keyboard')?.keys?.gapMs ?? 'auto') : config.gapMs;
  return twinned(ports, (context) => createKeyboardReader({ id, where, suffix, gapMs, access, gs, fallbackCharset }, { ...context, ...watching(where, ports) }));
}

function whereOf({ path, match }: Placed): DeviceWhere {
  return path !== undefined ? { path } : match !== undefined ? { match } : { auto: true };
}

/** A path tells by itself when it comes: USB's own events, and the memory for them, are for those that are looked for. */
function watching(where: DeviceWhere, { scanners: { hotplug } }: ScannerPorts): { readonly hotplug?: Hotplug } {
  return 'path' in where ? {} : { hotplug };
}

/** The profile of a device that the configuration names by both ids. */
function namedProfile(where: DeviceWhere, { scanners: { profiles } }: ScannerPorts, mode: DeviceMode): DeviceProfile | undefined {
  if (!('match' in where)) return undefined;
  const { vid, pid, serial } = where.match;
  if (vid === undefined || pid === undefined) return undefined;
  return profileOf(profiles ?? builtInProfiles(), { vid: normalUsbId(vid), pid: normalUsbId(pid), serial }, [mode]);
}

/** Only what a document says is ever sent to a device. */
function feedbackOf(profile: DeviceProfile | undefined): { readonly feedback?: { readonly good?: Uint8Array; readonly bad?: Uint8Array } } {
  if (profile?.feedback === undefined || profile.basis !== 'document') return {};
  const { good, bad } = profile.feedback;
  const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
  return { feedback: { ...(good === undefined ? {} : { good: bytes(good) }), ...(bad === undefined ? {} : { bad: bytes(bad) }) } };
}

interface ReaderPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly profiles?: readonly DeviceProfile[];
  readonly onDevice: (device: string | undefined) => void;
}

/** One read through two interfaces of a scanner is one scan. */
function twinned({ clock, log, scanners: { profiles, twins } }: ScannerPorts, make: (context: ReaderPorts) => Reader): Reader {
  const now: { device: string | undefined } = { device: undefined };
  return twins.wrap(
    make({ clock, log, ...(profiles === undefined ? {} : { profiles }), onDevice: (device) => (now.device = device) }),
    () => now.device,
  );
}
