import { readdirSync, readFileSync } from 'node:fs';

/** What a process holds, by /proc (proc(5)). Linux. */
export interface ProcessFigures {
  /** Resident memory, MiB. */
  readonly rssMiB: number;
  readonly threads: number;
  readonly files: number;
}

export function figuresOf(pid: number): ProcessFigures {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'latin1');
  const field = (name: string): number => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? Number.NaN);
  return { rssMiB: field('VmRSS') / 1024, threads: field('Threads'), files: readdirSync(`/proc/${String(pid)}/fd`).length };
}

/** Growth of a row of figures per hour by least squares; `at` in ms. */
export function slopePerHour(row: readonly { readonly at: number; readonly value: number }[]): number {
  const n = row.length;
  const mean = (pick: (one: { readonly at: number; readonly value: number }) => number): number => row.reduce((sum, one) => sum + pick(one), 0) / n;
  const [at, value] = [mean((one) => one.at), mean((one) => one.value)];
  const spread = row.reduce((sum, one) => sum + (one.at - at) ** 2, 0);
  return spread === 0 ? 0 : (row.reduce((sum, one) => sum + (one.at - at) * (one.value - value), 0) / spread) * 3_600_000;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
