import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applySteps, type Machine, type Step } from './steps.js';
import { installSteps, parseStatus, uninstallSteps } from './systemd-plan.js';
import { daemonUnit, unitWord } from './systemd-units.js';

/** A machine with files, a user table and systemctl's memory. */
class PlayedMachine implements Machine {
  readonly files = new Map<string, string>();
  readonly ran: string[] = [];
  readonly flags = new Set<string>();
  failing = '';

  read(path: string): string | undefined {
    return this.files.get(path);
  }
  write(path: string, content: string): void {
    this.files.set(path, content);
  }
  remove(path: string): void {
    this.files.delete(path);
  }
  run(argv: readonly string[]): { ok: boolean; problem: string } {
    const line = argv.join(' ');
    if (this.failing !== '' && line.startsWith(this.failing)) return { ok: false, problem: 'refused' };
    const asked = /^(?:getent passwd|systemctl (--global )?is-enabled --quiet|systemctl is-active --quiet) (.+)$/.exec(line);
    if (asked !== null) return { ok: this.flags.has(`${line.includes('is-active') ? 'active' : line.includes('getent') ? 'user' : 'enabled'} ${asked[2] ?? ''}`), problem: '' };
    this.ran.push(line);
    const unit = argv.at(-1) ?? '';
    if (line.startsWith('useradd')) this.flags.add(`user ${unit}`);
    if (line.includes(' enable')) this.flags.add(`enabled ${unit}`);
    if (line.includes('systemctl start')) this.flags.add(`active ${unit}`);
    return { ok: true, problem: '' };
  }
}

const PLAN = { exec: ['/opt/till bridge/bin/tillbridge'], config: '/etc/tillbridge/tillbridge.yaml', state: '/var/lib/tillbridge', rules: '# rules\n', agent: true, start: true, packaged: false };

describe('installing the service on Linux', () => {
  it('writes the files, registers and starts; a second time changes nothing', () => {
    const machine = new PlayedMachine();
    const first = applySteps(machine, installSteps(PLAN), false);
    expect(first.failed).toBeUndefined();
    expect([...machine.files.keys()]).toEqual(['/etc/systemd/system/tillbridge.service', '/etc/systemd/user/tillbridge-agent.service', '/etc/udev/rules.d/70-tillbridge.rules']);
    expect(machine.files.get('/etc/systemd/system/tillbridge.service')).toContain('ExecStart="/opt/till bridge/bin/tillbridge" --config /etc/tillbridge/tillbridge.yaml --state /var/lib/tillbridge run\n');
    expect(machine.flags).toEqual(new Set(['user tillbridge', 'enabled tillbridge.service', 'enabled tillbridge-agent.service', 'active tillbridge.service']));
    const before = machine.ran.length;
    const again = applySteps(machine, installSteps(PLAN), false);
    expect(again.reports.map(({ result }) => result)).toEqual(again.reports.map(() => 'already'));
    expect(machine.ran).toHaveLength(before);
  });

  it('restarts what runs when the unit has changed', () => {
    const machine = new PlayedMachine();
    applySteps(machine, installSteps(PLAN), false);
    machine.ran.length = 0;
    applySteps(machine, installSteps({ ...PLAN, config: '/srv/till.yaml' }), false);
    expect(machine.ran).toEqual(['systemctl daemon-reload', 'udevadm control --reload', 'udevadm trigger --action=change', 'systemctl try-restart tillbridge.service']);
  });

  it('does nothing in a dry run, and says what', () => {
    const machine = new PlayedMachine();
    const { reports } = applySteps(machine, installSteps(PLAN), true);
    expect(machine.files.size + machine.ran.length).toBe(0);
    expect(reports.every(({ result }) => result === 'would')).toBe(true);
    expect(reports.map(({ step }) => step)).toContain('systemctl start tillbridge.service');
  });

  it('stops at a step that fails and names it; what is optional is skipped', () => {
    const machine = new PlayedMachine();
    machine.failing = 'udevadm';
    expect(applySteps(machine, installSteps(PLAN), false).failed).toBeUndefined();
    machine.failing = 'systemctl start';
    machine.flags.clear();
    const { failed } = applySteps(machine, installSteps(PLAN), false);
    expect(failed).toEqual({ step: 'systemctl start tillbridge.service', problem: 'refused' });
  });

  it('only switches on what a package brought', () => {
    const steps: readonly Step[] = installSteps({ ...PLAN, packaged: true });
    expect(steps.some((step) => step.do === 'write')).toBe(false);
  });

  it('is taken back without touching configuration and state', () => {
    const machine = new PlayedMachine();
    applySteps(machine, installSteps(PLAN), false);
    machine.files.set('/etc/tillbridge/tillbridge.yaml', 'version: 1');
    applySteps(machine, uninstallSteps(), false);
    expect([...machine.files.keys()]).toEqual(['/etc/tillbridge/tillbridge.yaml']);
  });
});

describe('the unit', () => {
  it('opens another state folder for the service, and only that', () => {
    const usual = daemonUnit({ exec: ['/x'], config: '/c', state: '/var/lib/tillbridge' });
    expect(usual).not.toMatch(/ReadWritePaths|mkdir/);
    const other = daemonUnit({ exec: ['/x'], config: '/c', state: '/srv/till state' });
    expect(other).toContain('\nReadWritePaths=-"/srv/till state"\n');
    expect(other.indexOf('mkdir -p "/srv/till state"')).toBeLessThan(other.indexOf('chown'));
  });
});

describe('homes', () => {
  const usual = { exec: ['/opt/tillbridge/bin/tillbridge'], config: '/etc/tillbridge/tillbridge.yaml', state: '/var/lib/tillbridge' };
  it('are hidden from the service', () => expect(daemonUnit(usual)).toContain('\nProtectHome=yes\n'));
  it.each([
    ['the runtime', { exec: ['/home/kassa/.nvm/versions/node/v24.0.0/bin/node', '/usr/lib/tillbridge/cli.js'] }],
    ['the program', { exec: ['/usr/bin/node', join('/root', 'till', 'cli.js')] }],
    ['the configuration', { config: '/home/kassa/till.yaml' }],
    ['the state', { state: '/home/касса/состояние' }],
  ])('can be read where %s lies in one', (_, over) => {
    const unit = daemonUnit({ ...usual, ...over });
    expect(unit).toContain('\nProtectHome=read-only\n');
    expect(unit).not.toContain('ProtectHome=yes');
  });
});

describe('a word of a unit file', () => {
  it.each([
    ['/usr/bin/tillbridge', '/usr/bin/tillbridge'],
    ['/opt/till bridge', '"/opt/till bridge"'],
    ['/opt/100%/$HOME', '/opt/100%%/$$HOME'],
    ['a"b\\c', '"a\\"b\\\\c"'],
  ])('%s', (word, written) => expect(unitWord(word)).toBe(written));
});

describe("systemctl's answer", () => {
  it('is read', () => {
    expect(parseStatus('LoadState=loaded\nActiveState=active\nUnitFileState=enabled\nMainPID=42\nNRestarts=3\n')).toEqual({ manager: 'systemd', installed: true, enabled: true, running: true, pid: 42, restarts: 3, state: 'active' });
    expect(parseStatus('LoadState=not-found\nActiveState=inactive\nUnitFileState=\nMainPID=0\n')).toEqual({ manager: 'systemd', installed: false, enabled: false, running: false, state: 'inactive' });
    expect(parseStatus('')).toEqual({ manager: 'systemd', installed: false, enabled: false, running: false, state: 'unknown' });
  });
});
