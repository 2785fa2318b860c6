import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Machine } from './steps.js';

/** A start may wait for the daemon to be up, in ms (`TimeoutStartSec` of the unit, and a little). */
const RUN_MS = 200_000;

/** This machine. */
export const realMachine: Machine = {
  read: (path) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
  },
  write: (path, content, mode) => {
    mkdirSync(dirname(path), { recursive: true });
    const temporary = `${path}.new`;
    writeFileSync(temporary, content, { mode });
    // the umask took part in the creation
    chmodSync(temporary, mode);
    renameSync(temporary, path);
  },
  remove: (path) => rmSync(path, { force: true }),
  run: (argv) => {
    const { ok, output } = runProgram(argv);
    return { ok, problem: output };
  },
};

/** Runs a program to its end; its output, the error stream first. */
export function runProgram(argv: readonly string[]): { readonly ok: boolean; readonly code: number | null; readonly stdout: string; readonly output: string } {
  const [command = '', ...rest] = argv;
  const { status, stdout, stderr, error } = spawnSync(command, rest, { encoding: 'utf8', timeout: RUN_MS, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  if (error !== undefined) return { ok: false, code: null, stdout: '', output: error.message };
  return { ok: status === 0, code: status, stdout, output: `${stderr}${stdout}`.trim().slice(0, 2000) };
}
