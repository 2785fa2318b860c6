import type { Step } from './steps.js';
import { AGENT_UNIT, agentUnit, DAEMON_UNIT, daemonUnit, SERVICE_USER } from './systemd-units.js';

/** Where things go on a Linux machine; a package has the same below `/usr/lib`. */
export const UNIT_FILE = `/etc/systemd/system/${DAEMON_UNIT}`;
export const AGENT_FILE = `/etc/systemd/user/${AGENT_UNIT}`;
export const RULES_FILE = '/etc/udev/rules.d/70-tillbridge.rules';
/** Units that a package brought: they are the package's. */
export const PACKAGED_UNITS: readonly string[] = [`/usr/lib/systemd/system/${DAEMON_UNIT}`, `/lib/systemd/system/${DAEMON_UNIT}`];

export interface LinuxPlan {
  /** What the units start: program and first arguments, absolute. */
  readonly exec: readonly string[];
  readonly config: string;
  readonly state: string;
  /** udev rules for the known scanners. */
  readonly rules: string;
  readonly agent: boolean;
  /** False: the service is registered and not started. */
  readonly start: boolean;
  /** The unit came with a package: nothing is written, it is only switched on. */
  readonly packaged: boolean;
}

/** What `service install` does on Linux, in order. */
export function installSteps(plan: LinuxPlan): readonly Step[] {
  return [
    ...(plan.packaged ? [] : ownFiles(plan)),
    { do: 'run', argv: ['systemctl', 'enable', DAEMON_UNIT], unless: ['systemctl', 'is-enabled', '--quiet', DAEMON_UNIT] },
    ...(plan.agent ? ([{ do: 'run', argv: ['systemctl', '--global', 'enable', AGENT_UNIT], unless: ['systemctl', '--global', 'is-enabled', '--quiet', AGENT_UNIT] }] as const) : []),
    ...(plan.start ? startSteps() : []),
  ];
}

function ownFiles({ exec, config, state, rules }: LinuxPlan): readonly Step[] {
  return [
    {
      do: 'run',
      argv: ['useradd', '--system', '--user-group', '--home-dir', state, '--no-create-home', '--shell', '/usr/sbin/nologin', '--comment', 'Tillbridge', SERVICE_USER],
      unless: ['getent', 'passwd', SERVICE_USER],
    },
    { do: 'write', path: UNIT_FILE, mode: 0o644, content: daemonUnit({ exec, config, state }) },
    { do: 'write', path: AGENT_FILE, mode: 0o644, content: agentUnit({ exec }) },
    { do: 'run', argv: ['systemctl', 'daemon-reload'] },
    { do: 'write', path: RULES_FILE, mode: 0o644, content: rules },
    // a machine without udev has no scanners that come and go
    { do: 'run', argv: ['udevadm', 'control', '--reload'], optional: true },
    { do: 'run', argv: ['udevadm', 'trigger', '--action=change'], optional: true },
  ];
}

/** Running and nothing changed: it stays. A changed unit starts anew. */
function startSteps(): readonly Step[] {
  return [
    { do: 'run', argv: ['systemctl', 'try-restart', DAEMON_UNIT] },
    { do: 'run', argv: ['systemctl', 'start', DAEMON_UNIT], unless: ['systemctl', 'is-active', '--quiet', DAEMON_UNIT] },
  ];
}

/** What `service uninstall` does on Linux. Configuration, state and user stay: they are the store's. */
export function uninstallSteps(): readonly Step[] {
  return [
    { do: 'run', argv: ['systemctl', 'disable', '--now', DAEMON_UNIT], always: true, optional: true },
    { do: 'run', argv: ['systemctl', '--global', 'disable', AGENT_UNIT], always: true, optional: true },
    { do: 'remove', path: UNIT_FILE },
    { do: 'remove', path: AGENT_FILE },
    { do: 'remove', path: RULES_FILE },
    { do: 'run', argv: ['systemctl', 'daemon-reload'] },
    { do: 'run', argv: ['udevadm', 'control', '--reload'], optional: true },
  ];
}

/** What the system says of the service. */
export interface ServiceStatus {
  readonly manager: 'systemd' | 'windows';
  readonly installed: boolean;
  /** Starts with the machine. */
  readonly enabled: boolean;
  readonly running: boolean;
  readonly pid?: number;
  /** How often the manager has started it again since it was started by hand or with the machine. */
  readonly restarts?: number;
  /** The manager's own word: active, activating, failed, inactive. */
  readonly state: string;
}

export const STATUS_COMMAND: readonly string[] = ['systemctl', 'show', DAEMON_UNIT, '--property=LoadState,ActiveState,UnitFileState,MainPID,NRestarts'];

/** Reads `systemctl show`: `Key=value` lines (systemctl(1)). */
export function parseStatus(output: string): ServiceStatus {
  const values = new Map(output.split('\n').map((line) => [line.slice(0, Math.max(0, line.indexOf('='))), line.slice(line.indexOf('=') + 1).trim()] as const));
  const pid = Number(values.get('MainPID'));
  const restarts = Number(values.get('NRestarts'));
  const state = values.get('ActiveState') ?? 'unknown';
  return {
    manager: 'systemd',
    installed: values.get('LoadState') === 'loaded',
    enabled: values.get('UnitFileState') === 'enabled',
    running: state === 'active' || state === 'reloading',
    ...(pid > 0 ? { pid } : {}),
    ...(Number.isInteger(restarts) && values.has('NRestarts') ? { restarts } : {}),
    state,
  };
}
