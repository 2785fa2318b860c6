import { readdirSync, readFileSync } from 'node:fs';
import { silentLog, systemClock } from '@tillbridge/core';
import { createHidReader, type HidReaderOptions } from '@tillbridge/readers/hid';
import { listen, type Listening } from './listen.ts';
import type { Bench } from './group.ts';
import { until } from './group.ts';

/** Made-up goods codes that sort as they are numbered. */
export const code = (number: number): string => `46${String(number).padStart(11, '0')}`;
export const codes = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, index) => code(from + index));

/** A `hid` reader that is open; `ready()` waits for its scanner. Closed with the group. */
export function hidReader(bench: Bench, options: Omit<HidReaderOptions, 'id'>): Promise<Listening> {
  return listen(bench, createHidReader({ id: 'r', ...options }, { clock: systemClock, log: silentLog }));
}

/** Waits until it reads from a scanner; told by its last state, as it may have been ready before. */
export const untilReady = ({ sink }: Listening): Promise<true> => until('the reader to be ready', () => sink.statuses.at(-1) === 'ready');

export const droppedBy = ({ sink }: Listening, reason: string): number =>
  sink.calls.reduce((sum, call) => sum + (call.call === 'dropped' && call.reason === reason ? call.byteCount : 0), 0);

/** Processes that this one started and that run `entry`. */
export function helpers(entry: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const parent = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
        return Number(parent) === process.pid && readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').includes(entry);
      } catch {
        return false;
      }
    });
}

export const residentMiB = (pid: number): number => Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]) / 1024;
