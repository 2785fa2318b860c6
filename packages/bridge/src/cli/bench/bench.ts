import { existsSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { TillbridgeError } from '@tillbridge/core';
import { lockHolder, stateFolderAt } from '@tillbridge/store/state';
import { isWritable, placeBeside } from '../../bench/place.js';
import { planOf } from '../../bench/plan.js';
import { runBench, type BenchResult } from '../../bench/run.js';
import { productVersion } from '../../version.js';
import { ExitError, type Cli } from '../cli.js';
import type { BenchOptions } from '../register-bench.js';
import { report } from './report.js';

/** The promises measured on this machine, beside relays and durable commits of the same run; exit 1 where one is missed or could not be measured. */
export async function bench(cli: Cli, { seconds, cards, dir }: BenchOptions): Promise<void> {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    const state = stateFolderAt(cli.statePath);
    const result = await runBench({
      plan: planOf(seconds, cards),
      dir: dir === undefined ? folderBeside(state.path) : writableFolder(dir),
      command: [process.execPath, process.argv[1] ?? ''],
      socat: onPath('socat'),
      linux: process.platform === 'linux',
      daemonRuns: existsSync(state.path) && lockHolder(state) !== undefined,
      signal: stop.signal,
      onPart: (part) => cli.err(`${part} ...`),
    });
    if (stop.signal.aborted) throw new ExitError(1);
    const ok = result.broken.length === 0 && result.promises.every(({ kept }) => kept);
    cli.result({ ok, version: productVersion(), ...inOneLanguage(cli, result) }, () => report(cli, result));
    if (!ok) throw new ExitError(1);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

function inOneLanguage(cli: Cli, { promises, broken, notes, ...rest }: BenchResult): Record<string, unknown> {
  return {
    ...rest,
    promises: promises.map(({ id, value, bound, unit, atLeast, kept, ...text }) => ({ id, text: cli.say(text), value, bound, unit, atLeast, kept })),
    broken: broken.map(({ part, problem }) => ({ part, problem })),
    notes: notes.map(({ id, ...text }) => ({ id, text: cli.say(text) })),
  };
}

/** Not in the state folder: what lies there is the shop's. */
function folderBeside(state: string): string {
  const place = placeBeside(state, [tmpdir(), '/var/tmp', homedir()]);
  if (place === undefined) throw new TillbridgeError('TB_CONFIG_USAGE', { problem: `no folder on the disk of ${state} may be written to: name one with --dir` });
  return place;
}

function writableFolder(path: string): string {
  if (isWritable(path)) return resolve(path);
  throw new TillbridgeError('TB_CONFIG_USAGE', { problem: `--dir: ${path} is no folder that may be written to` });
}

function onPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)));
}
