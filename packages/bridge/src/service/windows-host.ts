import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TillbridgeError } from '@tillbridge/core';
import { runProgram } from './real-machine.js';
import type { Applied, StepReport } from './steps.js';
import type { ServiceStatus } from './systemd-plan.js';

// On Windows a small C program (windows/service.c) speaks with the service control manager: `sc.exe` answers in the system's language, and
// neither it nor Node.js can be a service. It prints one line a step: RESULT <tab> STEP, and `error <tab> STEP <tab> PROBLEM`.

/** The environment variable in which our launchers name themselves. */
export const LAUNCHER = 'TILLBRIDGE_LAUNCHER';

/** What starts this program again: the launcher of a distribution, else Node.js with the command's file. */
export function installedCommand(process: { readonly env: NodeJS.ProcessEnv; readonly execPath: string; readonly argv: readonly string[] }): readonly string[] {
  const launcher = process.env[LAUNCHER];
  if (launcher !== undefined && launcher !== '') return [launcher];
  return [process.execPath, ...process.argv.slice(1, 2)];
}

/** The service host beside the launcher. @throws {TillbridgeError} `TB_SERVICE_NO_HOST` */
function serviceHost(): string {
  const path = join(dirname(process.env[LAUNCHER] ?? process.execPath), 'tillbridge-service.exe');
  if (!existsSync(path)) throw new TillbridgeError('TB_SERVICE_NO_HOST', { path });
  return path;
}

/** ERROR_ACCESS_DENIED (winerror.h), the exit code of the host where it may not do a thing. */
const ACCESS_DENIED = 5;

/** @throws {TillbridgeError} area SERVICE */
export function askServiceHost(args: readonly string[], dryRun: boolean): Promise<Applied> {
  const { code, stdout, output } = runProgram([serviceHost(), ...args, ...(dryRun ? ['--dry-run'] : [])]);
  if (code === ACCESS_DENIED) throw new TillbridgeError('TB_SERVICE_NEEDS_ADMIN', { what: `service ${args[0] ?? ''}` });
  const applied = parseSteps(stdout);
  if (code !== 0 && applied.failed === undefined) throw new TillbridgeError('TB_SERVICE_STEP_FAILED', { step: args[0] ?? '', problem: output });
  return Promise.resolve(applied);
}

const RESULTS: readonly string[] = ['done', 'already', 'would', 'skipped'] satisfies StepReport['result'][];
const isResult = (word: string): word is StepReport['result'] => RESULTS.includes(word);

/** Reads what the service host says of its steps. */
export function parseSteps(stdout: string): Applied {
  const rows = stdout.split(/\r?\n/).map((line) => line.split('\t'));
  const reports = rows.flatMap(([result = '', step = '']) => (isResult(result) ? [{ step, result }] : []));
  const error = rows.find(([result]) => result === 'error');
  return error === undefined ? { reports } : { reports, failed: { step: error[1] ?? '', problem: error[2] ?? '' } };
}

/** @throws {TillbridgeError} `TB_SERVICE_NO_HOST` */
export function statusOfServiceHost(): Promise<ServiceStatus> {
  return Promise.resolve(parseHostStatus(runProgram([serviceHost(), 'status']).stdout));
}

/** Reads `state`, `start` and `pid`, one `name<tab>value` a line. */
export function parseHostStatus(stdout: string): ServiceStatus {
  const values = new Map(stdout.split(/\r?\n/).map((line) => line.split('\t')).map(([name = '', value = '']) => [name, value] as const));
  const state = values.get('state') ?? 'absent';
  const pid = Number(values.get('pid'));
  return { manager: 'windows', installed: state !== 'absent', enabled: values.get('start') === 'auto', running: state === 'running', ...(pid > 0 ? { pid } : {}), state };
}
