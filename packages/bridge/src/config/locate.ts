import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

/** What the default places depend on. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** The user's id; `undefined` where the system has none. */
  readonly uid: number | undefined;
  readonly cwd: string;
  readonly home: string;
}

const FILE = 'tillbridge.yaml';

/** Where the configuration is looked for when nobody names it, in this order. */
export function configCandidates(around: Surroundings): readonly string[] {
  if (around.platform === 'win32') {
    return [
      win32.join(around.cwd, FILE),
      win32.join(around.home, '.config', 'tillbridge', FILE),
      win32.join(programData(around.env), 'Tillbridge', FILE),
    ];
  }
  return [posix.join(around.cwd, FILE), posix.join('/etc/tillbridge', FILE), posix.join(around.home, '.config/tillbridge', FILE)];
}

/** The first candidate that exists. */
export function locateConfig(around: Surroundings, exists: (path: string) => boolean): string | undefined {
  return configCandidates(around).find(exists);
}

/** The state folder when `--state` does not name one. */
export function defaultStateFolder(env: Surroundings['env'], platform: string, uid: number | undefined, home: string = env['HOME'] ?? homedir()): string {
  const named = env['TILLBRIDGE_STATE'];
  if (named !== undefined && named !== '') return named;
  if (platform === 'win32') return win32.join(programData(env), 'Tillbridge', 'state');
  return uid === 0 ? '/var/lib/tillbridge' : posix.join(home, '.local/state/tillbridge');
}

/** The name under which a cashier program finds the port of a till, when nobody chooses one. */
export function defaultLink(around: Omit<Surroundings, 'cwd'>, till: string): string {
  if (around.uid === 0) return posix.join('/run/tillbridge', till);
  const runtime = around.env['XDG_RUNTIME_DIR'];
  return posix.join(runtime === undefined || runtime === '' ? posix.join(around.home, '.local/state') : runtime, 'tillbridge', till);
}

function programData(env: Surroundings['env']): string {
  return env['ProgramData'] ?? env['PROGRAMDATA'] ?? 'C:\\ProgramData';
}
