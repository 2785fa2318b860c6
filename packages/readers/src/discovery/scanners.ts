import { constants } from 'node:fs';
import { access as systemAccess, stat } from 'node:fs/promises';
import { TillbridgeError } from '@tillbridge/core';
import { builtInProfiles, profileOf, type DeviceMode, type DeviceProfile } from '../profiles/index.js';
import type { NodeFacts, UsbFacts, UsbMatch } from '../usb/identity.js';
import { KEYBOARD, OEM_PAGE, POS_SCANNER, listHidNodes, usagePage, type HidNode } from './hidraw.js';
import { listKeyboardNodes, type KeyboardNode } from './inputs.js';
import { listSerialDevices, type DiscoveryContext, type SerialDevice } from './list.js';
import { SYSTEM_ROOTS } from './roots.js';

export type Usable = 'yes' | 'busy' | 'noPermission' | 'wrongMode' | 'unknown';

/** A reader of the configuration that would read this device. */
export interface SuggestedReader {
  readonly type: 'serial' | 'hid' | 'keyboard';
  readonly path?: string;
  readonly match?: UsbMatch;
}

/** Something that looks like a scanner, whole: one row of `tillbridge devices`. */
export interface ScannerDevice extends Omit<UsbFacts, 'interface'> {
  /** Stays the same for this scanner: by its serial number, else by its socket, else by its path. */
  readonly key: string;
  /** The node that a reader would open. */
  readonly path: string;
  readonly stablePath?: string;
  /** The profile's name, else the product's. */
  readonly name: string;
  readonly mode: DeviceMode | 'unknown';
  /** Id of the profile. */
  readonly profile?: string;
  /** Every node of it. */
  readonly nodes: readonly { readonly kind: 'serial' | 'hid' | 'keyboard'; readonly path: string }[];
  readonly usable: Usable;
  /** The process that holds it, where that can be seen. */
  readonly heldBy?: number;
  /** Why it is not usable. */
  readonly problem?: TillbridgeError;
  /** How to bring it into a better mode, where its profile knows. */
  readonly switching: DeviceProfile['switching'];
  readonly reader?: SuggestedReader;
}

export interface ScannerContext extends DiscoveryContext {
  /** HID interfaces where there is no sysfs. */
  readonly listHid?: (signal?: AbortSignal) => Promise<readonly HidNode[]>;
  /** Rejects when this user may not open a node; default the system's own answer. */
  readonly access?: (path: string, rights: number) => Promise<void>;
}

type SerialNode = SerialDevice & { readonly kind: 'serial' };
type Node = SerialNode | HidNode | KeyboardNode;

/**
 * Everything that is connected and may be a scanner: serial ports, HID scanners, known scanners that type. One entry a device, whatever
 * the number of its interfaces. Linux: from sysfs, without udev and without privileges. Elsewhere: serial ports, and what `listHid` gives.
 * @throws TillbridgeError TB_NATIVE_MISSING (not on Linux); the reason of `signal` when it aborts.
 */
export async function listScanners(signal?: AbortSignal, context: ScannerContext = {}): Promise<readonly ScannerDevice[]> {
  const roots = context.roots ?? SYSTEM_ROOTS;
  const linux = (context.platform ?? process.platform) === 'linux';
  const profiles = context.profiles ?? builtInProfiles();
  const [ports, hid, keyboards] = await Promise.all([
    listSerialDevices(signal, { ...context, profiles }).catch((error: unknown) => {
      // where the serial package is missing, HID scanners are worth showing all the same
      if (context.listHid === undefined || signal?.aborted === true) throw error;
      return [];
    }),
    linux ? listHidNodes(roots, signal) : (context.listHid?.(signal) ?? []),
    linux ? listKeyboardNodes(roots, signal) : [],
  ]);
  const groups = grouped([...ports.map((port) => ({ ...port, kind: 'serial' as const })), ...hid, ...keyboards]);
  const judged = await Promise.all(groups.map((nodes) => judge(nodes, profiles, linux ? (context.access ?? systemAccess) : undefined)));
  return withKeys(judged.filter((device) => device !== undefined));
}

/** By the physical device. Ports without a USB device are one each. */
function grouped(nodes: readonly Node[]): readonly (readonly Node[])[] {
  const groups = new Map<string, Node[]>();
  for (const node of nodes) {
    const place = node.vid === undefined ? node.path : node.device;
    const group = groups.get(place);
    if (group === undefined) groups.set(place, [node]);
    else group.push(node);
  }
  return [...groups.values()];
}

/** Absent where nodes are not files: not on Linux. */
type Access = (path: string, rights: number) => Promise<void>;

type Judged = Omit<ScannerDevice, 'key' | 'reader'> & { readonly way?: SuggestedReader['type'] };

async function judge(nodes: readonly Node[], profiles: readonly DeviceProfile[], access: Access | undefined): Promise<Judged | undefined> {
  const facts = nodes[0];
  if (facts === undefined) return undefined;
  const serial = nodes.find((node) => node.kind === 'serial');
  const hid = nodes.filter((node) => node.kind === 'hid');
  const pos = hid.find(({ usages }) => usages.includes(POS_SCANNER));
  const keyboard = nodes.find((node) => node.kind === 'keyboard');
  // where keyboards are no nodes of their own, their HID interface tells of them
  const types = keyboard !== undefined || hid.some(({ usages }) => usages.includes(KEYBOARD));
  const seen: readonly DeviceMode[] = [
    ...(serial === undefined ? [] : ['serial' as const]),
    ...(pos === undefined ? [] : ['hidPos' as const]),
    ...(types ? ['keyboard' as const] : []),
    ...(hid.length === 0 ? [] : ['vendor' as const, 'oem' as const]),
  ];
  const profile = seen.map((mode) => profileOf(profiles, facts, [mode])).find((found) => found !== undefined);
  const oem = hid.some(({ usages }) => usages.some((usage) => usagePage(usage) === OEM_PAGE));
  const looks = serial !== undefined || pos !== undefined || oem || profile !== undefined || (types && LIKELY_NAME.test(facts.product ?? ''));
  if (!looks) return undefined;
  const mode = profile?.mode ?? (serial !== undefined ? (serial.vid === undefined ? 'unknown' : 'serial') : pos !== undefined ? 'hidPos' : types ? 'keyboard' : 'oem');
  const readable = pos ?? (mode === 'vendor' && profile?.layout !== undefined ? hid[0] : undefined);
  const base = {
    ...identityOf(facts),
    name: profile?.name ?? facts.product ?? (serial === undefined ? '' : serial.path),
    mode,
    ...(profile === undefined ? {} : { profile: profile.id }),
    nodes: nodes.map(({ kind, path }) => ({ kind, path })),
    switching: profile?.switching ?? [],
  } as const;
  if (serial !== undefined) return { ...base, ...place(serial), ...serialState(serial), way: 'serial' };
  if (readable !== undefined) return { ...base, ...place(readable), ...(await nodeState(readable.path, access)), way: 'hid' };
  if (keyboard !== undefined && access !== undefined) return { ...base, ...place(keyboard), ...(await nodeState(keyboard.path, access)), way: 'keyboard' };
  return { ...base, ...place(facts), usable: 'wrongMode', problem: wrongMode(mode, base.name) };
}

/** A keyboard of unknown make that says what it is. Never claimed by itself. */
const LIKELY_NAME = /bar ?code|scanner|imager/i;

function identityOf({ vid, pid, serial, port, product, manufacturer }: UsbFacts): Omit<UsbFacts, 'interface'> {
  return {
    ...(vid === undefined ? {} : { vid }),
    ...(pid === undefined ? {} : { pid }),
    ...(serial === undefined ? {} : { serial }),
    ...(port === undefined ? {} : { port }),
    ...(product === undefined ? {} : { product }),
    ...(manufacturer === undefined ? {} : { manufacturer }),
  };
}

function place({ path, stablePath }: NodeFacts): { readonly path: string; readonly stablePath?: string } {
  return stablePath === undefined ? { path } : { path, stablePath };
}

type State = Pick<ScannerDevice, 'usable' | 'heldBy' | 'problem'>;

function serialState({ usable, heldBy, problem }: SerialDevice): State {
  return { usable, ...(heldBy === undefined ? {} : { heldBy }), ...(problem === undefined ? {} : { problem }) };
}

/** A HID interface or an evdev node: no program can lock the first, and who grabbed the second shows only when it is opened. */
async function nodeState(path: string, access: Access | undefined): Promise<State> {
  if (access === undefined) return { usable: 'unknown' };
  const rights = path.includes('hidraw') ? constants.R_OK | constants.W_OK : constants.R_OK;
  const there = await stat(path).then(
    () => true,
    () => false,
  );
  if (!there) return { usable: 'unknown' };
  const allowed = await access(path, rights).then(
    () => true,
    () => false,
  );
  return allowed ? { usable: 'yes' } : { usable: 'noPermission', problem: new TillbridgeError('TB_READER_USB_NO_PERMISSION', { reader: '-', path }) };
}

function wrongMode(mode: ScannerDevice['mode'], device: string): TillbridgeError {
  if (mode === 'keyboard') return new TillbridgeError('TB_READER_USB_KEYBOARD_MODE', { device });
  return new TillbridgeError(mode === 'oem' ? 'TB_READER_USB_OEM_MODE' : 'TB_READER_USB_VENDOR_MODE', { device });
}

/** Keys and entries for the configuration need to know of the others: what two devices share tells neither. */
function withKeys(devices: readonly Judged[]): readonly ScannerDevice[] {
  const ids = ({ vid, pid }: Judged): string => `${vid ?? ''}:${pid ?? ''}`;
  const count = (same: (other: Judged) => boolean): number => devices.filter(same).length;
  return devices.map((device) => {
    const { way, ...shown } = device;
    const { vid, pid, serial, port, path, stablePath } = device;
    if (vid === undefined || pid === undefined) return { ...shown, key: path, ...(way === undefined ? {} : { reader: { type: way, path: stablePath ?? path } }) };
    const bySerial = serial !== undefined && count((other) => ids(other) === ids(device) && other.serial === serial) === 1;
    const alone = count((other) => ids(other) === ids(device)) === 1;
    const key = bySerial ? `${ids(device)}:${serial}` : `${ids(device)}@${port ?? path}`;
    const match = { vid, pid, ...(bySerial ? { serial } : !alone && port !== undefined ? { port } : {}) };
    // two of a kind with neither a serial number nor a socket: only the path is left
    const where = bySerial || alone || port !== undefined ? { match } : { path: stablePath ?? path };
    return { ...shown, key, ...(way === undefined ? {} : { reader: { type: way, ...where } }) };
  });
}
