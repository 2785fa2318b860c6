// What the groups on scanners in keyboard mode share.
// cashier program would have heard.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { silentLog, systemClock, type Reader } from '@tillbridge/core';
import { createKeyboardReader, type KeyboardReaderOptions } from '@tillbridge/readers/keyboard';
import { chordsOf } from '../../../packages/readers/src/keyboard/testing/typist.js';
import { ConsoleWitness } from './console-witness.ts';
import { until, type Bench } from './group.ts';
import { listen, type Listening } from './listen.ts';
import type { Rig } from './rig.ts';
import { inputNode, untilInput } from './system.ts';
import { keyboardReports, KEYBOARD_DESCRIPTOR } from '../players/scanner-reports.ts';

export const IDS = { vid: 0x0c2e, pid: 0x0b61 };
export const match = { vid: '0c2e', pid: '0b61' };
export const WEDGE = { name: 'Bench Wedge', ...IDS, descriptor: KEYBOARD_DESCRIPTOR };
export const functions = [{ kind: 'hid' as const, descriptor: KEYBOARD_DESCRIPTOR, boot: 'keyboard' as const }];
export const code = (number: number): string => `46${String(number).padStart(11, '0')}`;

/** Pauses of emulated time mean nothing: only a long one ends a read. */
const GAP_MS = 1500;
export const keyboardReader = (options: KeyboardReaderOptions): Reader => createKeyboardReader({ gapMs: GAP_MS, ...options }, { clock: systemClock, log: silentLog });

const opened: Reader[] = [];

/** The processes that hold keyboards for `parent`, by what they run. */
export function helpers(parent = process.pid): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const above = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
        return Number(above) === parent && readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').includes('keyboard-host');
      } catch {
        return false;
      }
    });
}

export const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
export const residentMiB = (pid: number): number => Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]) / 1024;
export const droppedBy = ({ sink }: Listening, reason: string): number =>
  sink.calls.reduce((sum, call) => sum + (call.call === 'dropped' && call.reason === reason ? call.byteCount : 0), 0);

/** Opens a reader for the time of one check. */
export async function opening(bench: Bench, options: KeyboardReaderOptions): Promise<Listening> {
  const reader = keyboardReader(options);
  opened.push(reader);
  return listen(bench, reader);
}

/** A check with devices of its own: whatever happens in it, nothing of it is left for the next. */
export async function checkKeyboard(bench: Bench, name: string, body: (plug: Rig['plug']) => Promise<unknown>, must = false): Promise<void> {
  const plugged: { close(): Promise<void> }[] = [];
  const plug: Rig['plug'] = async (kind, spec) => {
    const device = await bench.rig.plug(kind, spec);
    // every kind has it, which the compiler cannot see through a type parameter
    plugged.push(device as unknown as { close(): Promise<void> });
    return device;
  };
  await bench[must ? 'must' : 'check'](name, async () => {
    try {
      return await body(plug);
    } finally {
      for (const reader of opened.splice(0)) await reader.close();
      for (const device of plugged) await device.close().catch(() => undefined);
      await until('the devices to go', () => ['Bench Wedge', 'Bench Table', 'Left', 'Right', 'Quick', 'Claimed', 'QEMU QEMU USB Keyboard'].every((input) => inputNode(input) === undefined));
    }
  });
}

export async function reading(bench: Bench, options: Omit<KeyboardReaderOptions, 'id'>): Promise<Listening> {
  const listening = await opening(bench, { id: 'counter', ...options });
  await listening.ready();
  return listening;
}

/**
 * Sends at the pace of a scanner: the kernel's queue of a keyboard holds 64 events, about twenty reports, and what comes in one piece runs
 * over before an emulated processor gets round to reading it.
 */
export async function paced(scanner: { send(...reports: Uint8Array[]): Promise<void> }, ...reports: readonly Uint8Array[]): Promise<void> {
  for (let at = 0; at < reports.length; at += 6) {
    await scanner.send(...reports.slice(at, at + 6));
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
export const type = (scanner: Parameters<typeof paced>[0], text: string): Promise<void> => paced(scanner, ...keyboardReports(text));
/** The same through the first function of a device on the bus. */
export const onBus = (scanner: { send(index: number, ...data: Uint8Array[]): Promise<void> }): Parameters<typeof paced>[0] => ({ send: (...reports) => scanner.send(0, ...reports) });

/** Boot reports for bytes as a scanner types them, Alt codes included. */
export function reportsOf(bytes: Uint8Array): Uint8Array[] {
  return [...bytes].flatMap(chordsOf).flatMap((chord) => {
    const [first = 0, ...rest] = chord;
    if (rest.length === 0) return [Uint8Array.of(0, 0, first, 0, 0, 0, 0, 0), new Uint8Array(8)];
    const modifier = 1 << (first - 0xe0);
    const keys = rest.flatMap((usage) => [Uint8Array.of(modifier, 0, usage, 0, 0, 0, 0, 0), Uint8Array.of(modifier, 0, 0, 0, 0, 0, 0, 0)]);
    return [Uint8Array.of(modifier, 0, 0, 0, 0, 0, 0, 0), ...keys, new Uint8Array(8)];
  });
}

/** Another process with a reader of its own, as a daemon would have: says `ready` when it holds the keyboard. */
export async function holder(bench: Bench): Promise<{ readonly child: ChildProcess; readonly helper: number }> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), 'hold'], { stdio: ['ignore', 'pipe', 'inherit'] });
  bench.after(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  await until('the other process to hold the keyboard', () => said.includes('ready'));
  const [helper] = helpers(child.pid);
  assert.ok(helper !== undefined, 'it has a helper');
  return { child, helper };
}

export async function hold(): Promise<void> {
  const nothing = (): void => undefined;
  const sink = { read: nothing, tail: nothing, quiet: nothing, resumed: nothing, dropped: nothing };
  const state = ({ status }: { readonly status: string }): void => {
    if (status === 'ready') process.stdout.write('ready\n');
  };
  await keyboardReader({ id: 'other', where: { match } }).open({ ...sink, state }, new AbortController().signal);
}

export interface Console {
  readonly witness: ConsoleWitness;
  /** Another keyboard types this line, and the console hears it. */
  readonly mark: (line: string) => Promise<void>;
  /** The console heard nothing but a later mark of another keyboard. */
  readonly heardNothing: () => Promise<void>;
}

/** Who listens to what is typed, and a keyboard of its own to mark the time with. */
export async function watchConsole(bench: Bench): Promise<Console> {
  const witness = new ConsoleWitness();
  bench.after(() => witness.close());
  const marker = await bench.rig.plug('uhid', { name: 'Bench Marker', vid: 0x1235, pid: 9, descriptor: KEYBOARD_DESCRIPTOR });
  await untilInput('Bench Marker');
  let marks = 0;
  const mark = async (line: string): Promise<void> => {
    await type(marker, `${line}\n`);
    await witness.hears(`${line}\n`);
  };
  const heardNothing = async (): Promise<void> => {
    marks += 1;
    await mark(`mark${String(marks)}`);
    assert.equal(witness.heard, `mark${String(marks)}\n`);
    witness.forget();
  };
  return { witness, mark, heardNothing };
}
