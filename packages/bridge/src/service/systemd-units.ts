// What systemd is told of the daemon and of the agent. Pure text; `systemd-analyze verify` and its security score are held by a test.

/** Names that the system uses for us. */
export const SERVICE_USER = 'tillbridge';
/** Debian's group of serial ports; `tillbridge devices rules` gives the known scanners to it too. */
export const DEVICE_GROUP = 'dialout';
export const DAEMON_UNIT = 'tillbridge.service';
export const AGENT_UNIT = 'tillbridge-agent.service';

/** What `StateDirectory=` makes; another folder has to be opened for the service. */
const USUAL_STATE = '/var/lib/tillbridge';

/** systemd.exec(5), ProtectHome=: what it hides. */
const isInHome = (path: string): boolean => /^\/(?:home|root|run\/user)\//.test(path);

/** What a unit starts. */
export interface UnitCommand {
  /** Program and its first arguments, absolute. */
  readonly exec: readonly string[];
}

export interface DaemonUnit extends UnitCommand {
  readonly config: string;
  readonly state: string;
}

/** systemd.service(5), "Command lines": quotes and escapes as in C; `%` and `$` stand for themselves when doubled. */
export function unitWord(word: string): string {
  const escaped = word.replace(/[%$]/g, '$&$&').replace(/["\\]/g, '\\$&');
  return /^[\w@%+=:,./$-]+$/.test(escaped) ? escaped : `"${escaped}"`;
}

const commandLine = (words: readonly string[]): string => words.map(unitWord).join(' ');

/**
 * The daemon as a system service.
 *
 * - `Restart=always` without a start limit: it never gives up, whatever ended the daemon.
 * - `NotifyAccess=all`: Node.js has no datagram sockets of the local family, so the notices come from `systemd-notify`, a child.
 * - Devices: scanners (`hidraw`, `ttyACM`, `ttyUSB`, `ttyS`, `input`, USB), pseudo terminals and uinput; `PrivateDevices=` would hide them all.
 * - `ProtectHome=yes` would hide a runtime, configuration or state in a home folder from the service: then homes can be read, not written.
 * - No `MemoryDenyWriteExecute=`: V8 compiles to memory that it then executes. No `IPAddressDeny=`: which hosts may be contacted is in the
 *   configuration (`tillbridge config show`), not known here.
 */
export function daemonUnit({ exec, config, state }: DaemonUnit): string {
  return `[Unit]
Description=Tillbridge: loyalty codes between scanner and till
Documentation=https://github.com/tillbridge/tillbridge
After=network.target systemd-udevd.service
StartLimitIntervalSec=0

[Service]
Type=notify
NotifyAccess=all
${state === USUAL_STATE ? '' : `ExecStartPre=-+/bin/mkdir -p ${unitWord(state)}\n`}# what root did by hand in the state folder (cards import) stays readable for the daemon
ExecStartPre=-+/bin/chown -R --no-dereference ${SERVICE_USER}:${SERVICE_USER} ${unitWord(state)}
ExecStart=${commandLine([...exec, '--config', config, '--state', state, 'run'])}
# a small system has no /bin/kill
ExecReload=/bin/sh -c "kill -HUP \${MAINPID}"
Restart=always
RestartSec=2
WatchdogSec=60
TimeoutStartSec=180
TimeoutStopSec=15
KillMode=mixed

User=${SERVICE_USER}
Group=${SERVICE_USER}
SupplementaryGroups=${DEVICE_GROUP}
StateDirectory=tillbridge
StateDirectoryMode=0700
RuntimeDirectory=tillbridge
RuntimeDirectoryMode=0755
RuntimeDirectoryPreserve=restart
LogsDirectory=tillbridge
LogsDirectoryMode=0750
UMask=0077

${HARDENING}
ProtectHome=${[...exec, config, state].some(isInHome) ? 'read-only' : 'yes'}
${state === USUAL_STATE ? '' : `ReadWritePaths=-${unitWord(state)}\n`}DevicePolicy=closed
${DEVICES.map((device) => `DeviceAllow=${device}`).join('\n')}

[Install]
WantedBy=multi-user.target
`;
}

const DEVICES = [
  '/dev/ptmx rw',
  'char-pts rw',
  'char-ttyACM rw',
  'char-ttyUSB rw',
  'char-ttyS rw',
  'char-hidraw rw',
  'char-input rw',
  'char-usb_device rw',
  '/dev/uinput rw',
] as const;

const HARDENING = `NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
PrivateTmp=yes
PrivateMounts=yes
ProtectProc=invisible
ProcSubset=pid
ProtectClock=yes
ProtectHostname=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
RemoveIPC=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
# a port that the configuration gives to a group
SystemCallFilter=@chown
SystemCallErrorNumber=EPERM
# netlink: udev tells of plugged devices
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK`;

/** The agent of whoever is logged in at the desktop: types into windows, which a system service cannot. */
export function agentUnit({ exec }: UnitCommand): string {
  return `[Unit]
Description=Tillbridge agent: types into the cashier program of this desktop
Documentation=https://github.com/tillbridge/tillbridge
PartOf=graphical-session.target
After=graphical-session.target
StartLimitIntervalSec=0

[Service]
ExecStart=${commandLine([...exec, 'agent'])}
Restart=always
RestartSec=2
TimeoutStopSec=10
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
UMask=0077

[Install]
WantedBy=graphical-session.target
`;
}
