import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { controlSocketPath } from '@tillbridge/store/state';

/** Name of the shared key's file in `keys/` of the state folder. */
export const AGENT_KEY = 'agent.key';

/** What decides where daemon and agent meet. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
}

export const thisMachine = (): Machine => ({ platform: process.platform, env: process.env, home: homedir() });

/** Where a daemon listens for its agent, and who may open that. */
export interface ListenPlace {
  readonly path: string;
  /** Rights of the socket's file. 0666 only in a service's own runtime folder, where daemon and agent are different users: the key tells friend from foe. */
  readonly mode: number;
}

/**
 * Where this daemon listens. Windows: a named pipe. Elsewhere a socket: beside the control socket, for its own user alone; under a service
 * manager that gives a runtime folder (systemd, RuntimeDirectory=) in that, since the cashier is another user than the service.
 */
export function listenPlace(statePath: string, machine: Machine = thisMachine()): ListenPlace {
  if (machine.platform === 'win32') return { path: pipeName(statePath), mode: 0o600 };
  const [runtime] = (machine.env['RUNTIME_DIRECTORY'] ?? '').split(':');
  if (runtime?.startsWith('/') === true) return { path: join(runtime, 'agent.sock'), mode: 0o666 };
  return { path: besideControl(statePath), mode: 0o600 };
}

/** Where an agent looks for its daemon, in this order; those that are not there are passed over. */
export function daemonPlaces(statePath: string, machine: Machine = thisMachine()): readonly string[] {
  if (machine.platform === 'win32') return [pipeName(statePath)];
  return [besideControl(statePath), '/run/tillbridge/agent.sock'];
}

function pipeName(statePath: string): string {
  // Windows compares paths without case
  const hash = createHash('sha256').update(statePath.toLowerCase()).digest('hex').slice(0, 16);
  return `\\\\.\\pipe\\tillbridge-agent-${hash}`;
}

/** The control socket's own rules for short paths hold for this one too. */
function besideControl(statePath: string): string {
  const control = controlSocketPath({ path: statePath });
  return control.endsWith('control.sock') ? join(dirname(control), 'agent.sock') : control.replace(/\.sock$/, '-agent.sock');
}

/** Where an agent looks for the key, in this order: that of the state folder where it may read it, else the copy that was made for its user. */
export function keyPlaces(statePath: string, machine: Machine = thisMachine()): readonly string[] {
  return [join(statePath, 'keys', AGENT_KEY), copiedKey(machine)];
}

/** Where `agent allow` puts the copy for a user. */
export function copiedKey({ platform, env, home }: Machine): string {
  if (platform === 'win32') return join(env['ProgramData'] ?? 'C:\\ProgramData', 'Tillbridge', 'agent', AGENT_KEY);
  return join(home, '.config', 'tillbridge', AGENT_KEY);
}

/** Services run in a session without a desktop (Windows, session 0): only a logon sets the session's name. */
export function withoutDesktop({ platform, env }: Machine): boolean {
  if (platform === 'win32') return (env['SESSIONNAME'] ?? '') === '' || env['SESSIONNAME'] === 'Services';
  return (env['DISPLAY'] ?? '') === '';
}

/** Whether a till or a reader goes through the agent: as configured, and by `auto` where this process has no desktop of its own. */
export function throughAgent(agent: boolean | 'auto', machine: Machine = thisMachine()): boolean {
  return agent === 'auto' ? withoutDesktop(machine) : agent;
}
