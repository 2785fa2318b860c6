import { fileURLToPath } from 'node:url';
import { startChild, type RunningChild } from './child.js';

/** The committed bin file of the built command line. */
export const bin = fileURLToPath(new URL('../../packages/bridge/bin/tillbridge.cjs', import.meta.url));

export interface CliSettings {
  /** Added to the environment of this process; `undefined` takes a variable out. Language defaults to English. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** The Node.js to run it with; default the one that runs the tests. */
  readonly node?: string;
}

export interface RunSettings extends CliSettings {
  readonly input?: string;
  /** Default 60000. */
  readonly timeoutMs?: number;
}

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the built `tillbridge` and leaves it running; the caller stops it. */
export function startCli(args: readonly string[], settings: CliSettings = {}): RunningChild {
  const env = { ...process.env, LC_ALL: 'C.UTF-8', LANG: 'C.UTF-8', ...settings.env };
  return startChild(settings.node ?? process.execPath, [bin, ...args], { env, ...(settings.cwd === undefined ? {} : { cwd: settings.cwd }) });
}

/** Runs the built `tillbridge` to its end. @throws Error with what it printed when it is not done in time. */
export async function runCli(args: readonly string[], settings: RunSettings = {}): Promise<CliResult> {
  const timeoutMs = settings.timeoutMs ?? 60_000;
  const cli = startCli(args, settings);
  cli.child.stdin.end(settings.input ?? '');
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort();
    cli.child.kill('SIGKILL');
  }, timeoutMs);
  const { code } = await cli.exited.finally(() => clearTimeout(timer));
  if (late.signal.aborted) throw new Error(`tillbridge ${args.join(' ')} took more than ${String(timeoutMs)} ms:\n${cli.stdout()}\n${cli.stderr()}`);
  return { code, stdout: cli.stdout(), stderr: cli.stderr() };
}
