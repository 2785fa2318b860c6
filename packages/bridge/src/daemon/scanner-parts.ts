import type { Clock, Log, Reader } from '@tillbridge/core';
import type { DeviceWhere } from '@tillbridge/readers/discovery';
import type { DeviceMode, DeviceProfile } from '@tillbridge/readers/profiles';
import type { Hotplug } from '@tillbridge/readers/usb';
import type { HidReaderConfig, KeyboardReaderConfig, SerialReaderConfig } from '../config/index.js';
import { throughAgent } from '../agent/place.js';
import type { ScannerPorts } from './scanner-support.js';

// Each family of readers is loaded by the function that makes one: a till with one scanner keeps the code of the others out of memory.

type Placed = SerialReaderConfig | HidReaderConfig | KeyboardReaderConfig;

export async function serialReader(config: SerialReaderConfig, ports: ScannerPorts): Promise<Reader> {
  const { createSerialReader } = await import('@tillbridge/readers/serial');
  const { id, baudRate, dataBits, parity, stopBits, rtscts, dtr } = config;
  const where = whereOf(config);
  const line = { baudRate, dataBits, parity, stopBits, rtscts, ...(dtr === undefined ? {} : { dtr }) };
  const feedback = feedbackOf(await namedProfile(where, ports, 'serial'));
  return twinned(ports, (context) => createSerialReader({ id, where, ...line, framing: config.framing, ...feedback }, { ...context, ...watching(where, ports) }));
}

export async function hidReader(config: HidReaderConfig, ports: ScannerPorts): Promise<Reader> {
  const { createHidReader } = await import('@tillbridge/readers/hid');
  const { id, layout, redirect, flushMs } = config;
  const where = whereOf(config);
  return twinned(ports, (context) => createHidReader({ id, where, layout, redirect, flushMs }, { ...context, ...watching(where, ports) }));
}

export async function keyboardReader(config: KeyboardReaderConfig, ports: ScannerPorts): Promise<Reader> {
  const { createKeyboardReader } = await import('@tillbridge/readers/keyboard');
  const { id, suffix, access, gs, fallbackCharset, prefix, keepPrefix } = config;
  const where = whereOf(config);
  // Windows: a service has no keyboard, the agent in the cashier's session has
  const spawn = process.platform === 'win32' && ports.agents !== undefined && throughAgent(config.agent) ? { spawn: await ports.agents.capture() } : {};
  // what was learned of this scanner is a better start than knowing nothing
  const gapMs = config.gapMs === 'auto' ? ((await namedProfile(where, ports, 'keyboard'))?.keys?.gapMs ?? 'auto') : config.gapMs;
  return twinned(ports, (context) => createKeyboardReader({ id, where, suffix, gapMs, access, gs, fallbackCharset, prefix, keepPrefix }, { ...context, ...watching(where, ports), ...spawn }));
}

function whereOf({ path, match }: Placed): DeviceWhere {
  return path !== undefined ? { path } : match !== undefined ? { match } : { auto: true };
}

/** A path tells by itself when it comes: USB's own events, and the memory for them, are for those that are looked for. */
function watching(where: DeviceWhere, { scanners: { hotplug } }: ScannerPorts): { readonly hotplug?: Hotplug } {
  return 'path' in where ? {} : { hotplug };
}

/** The profile of a device that the configuration names by both ids. */
async function namedProfile(where: DeviceWhere, { scanners: { profiles } }: ScannerPorts, mode: DeviceMode): Promise<DeviceProfile | undefined> {
  if (!('match' in where)) return undefined;
  const { vid, pid, serial } = where.match;
  if (vid === undefined || pid === undefined) return undefined;
  const { builtInProfiles, mergeProfiles, normalUsbId, profileOf } = await import('@tillbridge/readers/profiles');
  return profileOf(mergeProfiles(profiles, builtInProfiles()), { vid: normalUsbId(vid), pid: normalUsbId(pid), serial }, [mode]);
}

/** The user's profiles and those of the product; `undefined` where there are none of the user's. */
async function merged(own: readonly DeviceProfile[]): Promise<readonly DeviceProfile[] | undefined> {
  if (own.length === 0) return undefined;
  const { builtInProfiles, mergeProfiles } = await import('@tillbridge/readers/profiles');
  return mergeProfiles(own, builtInProfiles());
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
async function twinned({ clock, log, scanners }: ScannerPorts, make: (context: ReaderPorts) => Reader): Promise<Reader> {
  const profiles = await merged(scanners.profiles);
  const now: { device: string | undefined } = { device: undefined };
  return scanners.twins.wrap(
    make({ clock, log, ...(profiles === undefined ? {} : { profiles }), onDevice: (device) => (now.device = device) }),
    () => now.device,
  );
}
