import type { KeyEvent } from '@tillbridge/core';
import type { DeviceMode, DeviceProfile, Terminator } from '../profiles/index.js';
import { inferGap, inferGsKey } from './infer-keys.js';
import { inferLayout, type LearntLayout } from './infer-layout.js';
import { inferAround, type Around, type TextTrouble } from './infer-text.js';

/** What came from the device for one scan. */
export type Capture =
  | { readonly kind: 'hid'; readonly reports: readonly Uint8Array[] }
  | { readonly kind: 'keyboard'; readonly bytes: Uint8Array; readonly keys: readonly KeyEvent[] }
  | { readonly kind: 'serial'; readonly bytes: Uint8Array };

export interface LearnSample {
  readonly expected: Uint8Array;
  readonly capture: Capture;
}

export interface LearnDevice {
  readonly vid: string;
  readonly pid: string;
  readonly serial?: string | undefined;
  readonly name: string;
  /** Its HID interface says that it is a scanner. */
  readonly posUsage: boolean;
}

export type LearnTrouble = TextTrouble | 'noLayout' | 'mixed';

export interface Learnt {
  readonly profile: DeviceProfile;
  readonly around: Around;
  /** The bytes behind each read that no suffix of a configuration stands for. */
  readonly oddSuffix?: Uint8Array;
}

/** A profile from scans of known codes, all of one kind. Pure. */
export function inferProfile(device: LearnDevice, samples: readonly LearnSample[]): Learnt | LearnTrouble {
  const kind = samples[0]?.capture.kind;
  if (kind === undefined || samples.some(({ capture }) => capture.kind !== kind)) return 'mixed';
  return kind === 'hid' ? hidProfile(device, samples) : textProfile(device, kind, samples);
}

function hidProfile(device: LearnDevice, samples: readonly LearnSample[]): Learnt | LearnTrouble {
  const reports = samples.flatMap(({ expected, capture }) => (capture.kind === 'hid' ? [{ expected, reports: capture.reports }] : []));
  const learnt: LearntLayout | LearnTrouble = inferLayout(reports);
  if (typeof learnt === 'string') return learnt;
  const profile = profileOf(device, device.posUsage ? 'hidPos' : 'vendor', learnt.around);
  return { profile: { ...profile, layout: learnt.layout }, around: learnt.around };
}

function textProfile(device: LearnDevice, kind: 'keyboard' | 'serial', samples: readonly LearnSample[]): Learnt | LearnTrouble {
  const around = inferAround(samples.map(({ expected, capture }) => ({ expected, got: capture.kind === 'hid' ? new Uint8Array() : capture.bytes })));
  if (typeof around === 'string') return around;
  const suffix = suffixOf(around.suffix);
  const odd = suffix === undefined ? { oddSuffix: around.suffix } : {};
  const base = profileOf(device, kind, around);
  if (kind === 'serial') return { profile: { ...base, ...(suffix === undefined ? {} : { framing: { suffix } }) }, around, ...odd };
  const scans = samples.flatMap(({ capture }) => (capture.kind === 'keyboard' ? [capture.keys] : []));
  const gapMs = inferGap(scans);
  const gs = samples.flatMap(({ expected, capture }) => (capture.kind === 'keyboard' && expected.includes(0x1d) ? [inferGsKey(capture.keys)] : [])).find((key) => key !== undefined);
  const keys = {
    ...(suffix === undefined ? {} : { suffix: [...new Set(suffix.map((name) => (name === 'CRLF' ? 'CR' : name)))] }),
    ...(gapMs === undefined ? {} : { gapMs }),
    ...(around.gs !== 'kept' || gs === undefined ? {} : { gs: [gs] }),
  };
  return { profile: { ...base, ...(Object.keys(keys).length === 0 ? {} : { keys }) }, around, ...odd };
}

const SUFFIXES: readonly (readonly [hex: string, name: Terminator])[] = [['0d', 'CR'], ['0a', 'LF'], ['0d0a', 'CRLF'], ['09', 'TAB'], ['03', 'ETX']];

/** As the configuration names it; empty: none. `undefined`: it has no name for these bytes. */
function suffixOf(bytes: Uint8Array): readonly Terminator[] | undefined {
  if (bytes.length === 0) return [];
  const hex = Buffer.from(bytes).toString('hex');
  const name = SUFFIXES.find(([known]) => known === hex)?.[1];
  return name === undefined ? undefined : [name];
}

function profileOf({ vid, pid, serial, name }: LearnDevice, mode: DeviceMode, { prefix, aim }: Around): DeviceProfile {
  return {
    id: `learned-${vid}-${pid}-${mode.toLowerCase()}`,
    name,
    vid,
    pid: [pid],
    mode,
    ...(serial === undefined ? {} : { serial }),
    ...(prefix.length === 0 ? {} : { prefix: Buffer.from(prefix).toString('latin1') }),
    aim,
    switching: [],
    basis: 'learned',
    source: 'scanned with `tillbridge devices learn`',
    tested: ['device'],
  };
}
