import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PROBES } from '../support/parts.js';
import { chaos, type ChaosReport } from './chaos.js';
import { merged } from './judge/merged.js';
import { FAULTS, isFault, isTrouble, TROUBLE_NAMES, type TroubleName } from './plan/faults.js';
import { makePlan, type PlanOptions } from './plan/make-plan.js';
import type { Plan } from './plan/plan.js';

const USAGE = `node test/chaos/run.ts --seed N [--scans N] [--shops N] [--only FAULT,...] [--without FAULT,...] [--minutes M] [--plan] [--json FILE]
node test/chaos/run.ts --replay FILE
  --scans    reads in all, goods and loyalty (default 2000)
  --shops    so many daemons side by side share them, each with a seed of its own (default 1)
  --only     these faults alone: ${TROUBLE_NAMES.join(', ')}
  --minutes  ends after the round that is under way then (as Ctrl-C does), and judges what was done
  --plan     prints the plan and does nothing
  --json     writes the report there
  --replay   plays the plan of a file that a failing run has written`;

const OPTIONS = {
  seed: { type: 'string' },
  scans: { type: 'string', default: '2000' },
  shops: { type: 'string', default: '1' },
  only: { type: 'string' },
  without: { type: 'string', default: '' },
  minutes: { type: 'string', default: '0' },
  plan: { type: 'boolean', default: false },
  json: { type: 'string' },
  replay: { type: 'string' },
} as const;

/** @returns the exit code: 0 every promise kept, 1 not, 2 wrong usage, 4 a part is missing */
export async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...argv], options: OPTIONS });
  const names = (text: string): readonly string[] => text.split(',').filter((name) => name !== '');
  const [seed, scans, shops] = [Number(values.seed ?? (values.replay === undefined ? NaN : 0)), Number(values.scans), Number(values.shops)];
  const chosen = names(values.only ?? TROUBLE_NAMES.join(','));
  const wrong = [...chosen, ...names(values.without)].filter((name) => !isTrouble(name));
  if (![seed, scans, shops].every(Number.isSafeInteger) || scans < 1 || shops < 1 || wrong.length > 0) {
    console.error(wrong.length > 0 ? `no such fault: ${wrong.join(', ')}\n${USAGE}` : USAGE);
    return 2;
  }
  const only = chosen.filter(isTrouble).filter((name) => !names(values.without).includes(name));
  const plan = values.replay === undefined ? makePlan(optionsOf(seed, scans, only)) : (JSON.parse(readFileSync(values.replay, 'utf8')) as { plan: Plan }).plan;
  if (values.plan) {
    console.log(JSON.stringify(plan, null, 2));
    return 0;
  }
  const missing = missingParts(plan);
  if (missing.length > 0) {
    console.error(`these parts are missing: ${missing.join(', ')}. Leave out what needs them with --without, or install them: sh test/setup-debian.sh`);
    return 4;
  }
  const signal = stopSignal(Number(values.minutes));
  const report =
    shops === 1
      ? await one(plan, replayOf(values, seed, scans), signal)
      : merged(await Promise.all(Array.from({ length: shops }, (_, i) => beside({ seed: seed + i, scans: Math.ceil(scans / shops), only, at: i }, signal))));
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(report, null, 2));
  print(report);
  return report.wrong === 0 ? 0 : 1;
}

/** Aborts at Ctrl-C, SIGTERM, and after `minutes` if there are any. */
function stopSignal(minutes: number): AbortSignal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort());
  if (minutes > 0) setTimeout(() => stop.abort(), minutes * 60_000).unref();
  return stop.signal;
}

const optionsOf = (seed: number, scans: number, only: readonly TroubleName[]): PlanOptions => ({ seed, scans, only });

const replayOf = (values: { readonly only?: string | undefined; readonly without: string }, seed: number, scans: number): string =>
  `node test/chaos/run.ts --seed ${String(seed)} --scans ${String(scans)}${values.only === undefined ? '' : ` --only ${values.only}`}${values.without === '' ? '' : ` --without ${values.without}`}`;

function missingParts(plan: Plan): readonly string[] {
  const needs = new Set(plan.rounds.flatMap(({ faults }) => faults.map(({ fault }) => (isFault(fault) ? FAULTS[fault].needs : 'nothing'))));
  const parts = ['linux', ...(needs.has('root') || needs.has('preload') ? (['root'] as const) : []), ...(needs.has('preload') ? (['gcc'] as const) : [])] as const;
  return parts.filter((part) => !PROBES[part]());
}

/** One shop in this process. What fails is written down, with how to play it again. */
async function one(plan: Plan, again: string, signal: AbortSignal): Promise<ChaosReport> {
  const { report, observed } = await chaos(plan, { signal, say: (line) => console.error(`seed ${String(plan.seed)}: ${line}`) });
  if (report.wrong > 0) {
    const folder = join(tmpdir(), 'tillbridge-chaos');
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `seed-${String(plan.seed)}.json`);
    writeFileSync(file, JSON.stringify({ plan, report, observed }));
    console.error(`seed ${String(plan.seed)}: ${String(report.wrong)} findings, written to ${file}\nagain: ${again}\n   or: node test/chaos/run.ts --replay ${file}`);
  }
  return report;
}

interface Share {
  readonly seed: number;
  readonly scans: number;
  readonly only: readonly string[];
  readonly at: number;
}

/** One shop in a process of its own, so that each has a core. */
async function beside({ seed, scans, only, at }: Share, signal: AbortSignal): Promise<ChaosReport> {
  const file = join(tmpdir(), `tillbridge-chaos-${String(process.pid)}-${String(at)}.json`);
  const [, script = ''] = process.argv;
  const child = spawn(process.execPath, [script, '--seed', String(seed), '--scans', String(scans), '--only', only.join(','), '--json', file], { stdio: ['ignore', 'ignore', 'inherit'] });
  // Ctrl-C reaches the child by itself as well: twice is once
  signal.addEventListener('abort', () => child.kill('SIGTERM'));
  await new Promise((resolve) => child.once('exit', resolve));
  const report = JSON.parse(readFileSync(file, 'utf8')) as ChaosReport;
  rmSync(file);
  return report;
}

function print({ findings, loyalty: { outcomes, ...loyalty }, goods, troubles, ...report }: ChaosReport): void {
  const show = (value: object): string => Object.entries(value).map(([name, count]) => `${name} ${typeof count === 'object' ? JSON.stringify(count) : String(count)}`).join(', ');
  console.log(`seed ${String(report.seed)}: ${String(report.scans)} reads in ${String(report.seconds)} s, ${String(report.wrong)} findings`);
  for (const [name, value] of Object.entries({ goods, loyalty, outcomes, faults: troubles, damages: report.damages })) console.log(`${name}: ${show(value)}`);
  for (const { promise, what } of findings) console.log(`${promise}: ${what}`);
}
