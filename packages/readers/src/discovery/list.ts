import { stat } from 'node:fs/promises';
import { deadline, raceAbort, systemClock, TillbridgeError, type Clock } from '@tillbridge/core';
import { loadSerialport } from '../serial/native.js';
import { builtInProfiles, normalUsbId, profileOf, type DeviceProfile } from '../profiles/index.js';
import { lockHolder, probeSerialPath } from './probe.js';
import { SYSTEM_ROOTS, type SystemRoots } from './roots.js';
import { listPorts, type PortFacts } from './sysfs.js';

/** A serial port for `tillbridge devices`, `doctor`, and readers that are found by `match` or `auto`. */
export interface SerialDevice extends PortFacts {
  /** Set when this is known to be a scanner. */
  readonly known?: { readonly name: string; readonly mode: 'usb-com' };
  readonly usable: 'yes' | 'busy' | 'noPermission' | 'unknown';
  /** The process that holds it, where that can be seen. */
  readonly heldBy?: number;
  /** Why it is not usable: text and remedy in both languages. */
  readonly problem?: TillbridgeError;
  /** What to do about it, in English; the same as `problem.remedy('en')`. */
  readonly remedy?: string;
}

export interface DiscoveryContext {
  readonly roots?: SystemRoots;
  readonly clock?: Clock;
  /** Default: that of this machine. */
  readonly platform?: NodeJS.Platform;
  /** What is known about scanners; default what ships with the product. */
  readonly profiles?: readonly DeviceProfile[];
}

const LIST_BUDGET_MS = 5000;

/**
 * Lists the serial ports of this machine. Linux: from sysfs, without udev. Elsewhere through serialport, within 5 s.
 * @throws TillbridgeError TB_NATIVE_MISSING (not on Linux); the reason of `signal` when it aborts.
 */
export async function listSerialDevices(signal?: AbortSignal, context: DiscoveryContext = {}): Promise<readonly SerialDevice[]> {
  const roots = context.roots ?? SYSTEM_ROOTS;
  const linux = (context.platform ?? process.platform) === 'linux';
  const ports = linux ? await listPorts(roots, signal) : await listThroughLibrary(context.clock ?? systemClock, signal);
  const profiles = context.profiles ?? builtInProfiles();
  return Promise.all(ports.map((port) => judge(port, linux, roots, profiles)));
}

async function judge(port: PortFacts, linux: boolean, roots: SystemRoots, profiles: readonly DeviceProfile[]): Promise<SerialDevice> {
  const known = profileOf(profiles, port, ['serial']);
  const base = { ...port, ...(known === undefined ? {} : { known: { name: known.name, mode: 'usb-com' as const } }) };
  if (!linux) return { ...base, usable: 'unknown' };
  const probe = await probeSerialPath(port.path, roots);
  if (probe === 'ok') return { ...base, usable: 'yes' };
  if (probe !== 'busy' && probe !== 'noPermission') return { ...base, usable: 'unknown' };
  const problem = new TillbridgeError(probe === 'busy' ? 'TB_READER_BUSY' : 'TB_READER_NO_PERMISSION', { reader: '-', path: port.path });
  const found = await stat(port.path).catch(() => undefined);
  const heldBy = probe === 'busy' && found !== undefined ? await lockHolder(found, roots) : undefined;
  return { ...base, usable: probe, ...(heldBy === undefined ? {} : { heldBy }), problem, remedy: problem.remedy('en') };
}

async function listThroughLibrary(clock: Clock, signal?: AbortSignal): Promise<readonly PortFacts[]> {
  const serialport = await loadSerialport();
  const budget = deadline(clock, LIST_BUDGET_MS, signal);
  try {
    const ports = await raceAbort(serialport.SerialPort.list(), budget.signal, () => []);
    signal?.throwIfAborted();
    return ports.map((port) => {
      const vid = normalUsbId(port.vendorId ?? '');
      const pid = normalUsbId(port.productId ?? '');
      // Windows makes one up from the socket, with an ampersand in it, for a device that has none
      const serial = port.serialNumber?.includes('&') === true ? undefined : port.serialNumber;
      return {
        path: port.path,
        device: port.path,
        ...(vid === undefined ? {} : { vid }),
        ...(pid === undefined ? {} : { pid }),
        ...(serial === undefined ? {} : { serial }),
        ...(port.manufacturer === undefined ? {} : { product: port.manufacturer }),
      };
    });
  } finally {
    budget.dispose();
  }
}
