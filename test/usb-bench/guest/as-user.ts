import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { TREE } from './system.ts';

/** The number of a group of the system. */
export function groupId(name: string): number {
  const line = readFileSync('/etc/group', 'utf8').split('\n').find((each) => each.startsWith(`${name}:`));
  return Number(line?.split(':')[2]);
}

/** Somebody without any rights of his own. */
export const NOBODY_IN_PARTICULAR = { uid: 1000, gid: 1000 } as const;

/** Runs the built command line. */
export async function tillbridge(argv: readonly string[], user?: { readonly uid: number; readonly gid: number }): Promise<string> {
  const options = { ...user, cwd: '/run', env: { ...process.env, HOME: '/run', LANG: 'C.UTF-8' }, maxBuffer: 1 << 24 };
  const { stdout } = await promisify(execFile)('node', [`${TREE}/packages/bridge/bin/tillbridge.cjs`, ...argv], options);
  return stdout;
}

/** Runs a group's file again as somebody else, with a task for it, and gives what it printed. */
export async function asUser(file: string, user: { readonly uid: number; readonly gid: number }, task: unknown): Promise<string> {
  const env = { ...process.env, HOME: '/run', BENCH_TASK: JSON.stringify(task) };
  const { stdout } = await promisify(execFile)('node', [file], { ...user, cwd: '/run', env, timeout: 120_000, killSignal: 'SIGKILL' });
  return stdout.trim();
}

/** The task of a file that runs as somebody else; `null` in the group itself. */
export const task = (): unknown => JSON.parse(process.env['BENCH_TASK'] ?? 'null');
