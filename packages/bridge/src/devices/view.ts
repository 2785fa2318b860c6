import type { Language } from '@tillbridge/core';
import type { ScannerDevice } from '@tillbridge/readers/discovery';
import { adviceOf, MODES, NOTHING_FOUND, USABLE } from './advice.js';

/** A device as JSON shows it. `remedy` is the first step of `next`. */
export function deviceView(device: ScannerDevice, language: Language): Record<string, unknown> {
  const { problem } = device;
  const next = adviceOf(device).map((text) => text[language]);
  return {
    ...device,
    switching: undefined,
    ...(problem === undefined ? {} : { problem: { code: problem.code, message: problem.text(language) } }),
    next,
    remedy: next[0],
  };
}

/** The list for people: two or more lines a device. */
export function devicesText(devices: readonly ScannerDevice[], language: Language): string {
  // every PC has serial ports of its own: with nothing else there, nothing is plugged in
  const scanners = devices.some(({ mode }) => mode !== 'unknown');
  return [...devices.map((device) => deviceText(device, language)), ...(scanners ? [] : [NOTHING_FOUND[language]])].join('\n\n');
}

export function deviceText(device: ScannerDevice, language: Language): string {
  const { name, vid, pid, serial, port, path, profile, usable, problem } = device;
  const ids = vid === undefined ? [] : [`${vid}:${pid ?? '????'}`, ...(serial === undefined ? [] : [`serial ${serial}`]), ...(port === undefined ? [] : [`port ${port}`])];
  const head = [name === path ? path : `${name}  ${path}`, MODES[device.mode][language], ...ids, ...(profile === undefined ? [] : [`profile ${profile}`])].join('  ');
  const what = problem === undefined || usable !== 'wrongMode' ? [] : [problem.text(language)];
  const lines = [USABLE[usable][language], ...what].join(': ');
  return [head, `  ${lines}`, ...adviceOf(device).map((text) => `  -> ${text[language]}`)].join('\n');
}

/** A change of `--watch`, for people: one line. */
export function changeText(event: string, device: ScannerDevice, language: Language): string {
  const { name, path, mode, usable } = device;
  return `${event.padEnd(8)} ${name === path ? path : `${name}  ${path}`}  ${MODES[mode][language]}  ${USABLE[usable][language]}: ${adviceOf(device)[0]?.[language] ?? ''}`;
}

export type DeviceEvent = 'present' | 'added' | 'removed' | 'changed';

export interface DeviceChange {
  readonly event: DeviceEvent;
  readonly device: ScannerDevice;
}

/** What happened between two looks: removals first, so that a device that moved to another socket reads in order. */
export function changesOf(before: readonly ScannerDevice[], now: readonly ScannerDevice[]): readonly DeviceChange[] {
  const shape = ({ path, mode, usable, port, heldBy }: ScannerDevice): string => JSON.stringify([path, mode, usable, port, heldBy]);
  const known = new Map(before.map((device) => [device.key, device]));
  const here = new Set(now.map(({ key }) => key));
  return [
    ...before.filter(({ key }) => !here.has(key)).map((device) => ({ event: 'removed' as const, device })),
    ...now.flatMap((device): readonly DeviceChange[] => {
      const old = known.get(device.key);
      if (old === undefined) return [{ event: 'added', device }];
      return shape(old) === shape(device) ? [] : [{ event: 'changed', device }];
    }),
  ];
}
