import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { TillbridgeError } from '@tillbridge/core';
import { builtInProfiles } from '@tillbridge/readers/profiles';
import { udevRules } from '../../devices/udev-rules.js';
import { realMachine, runProgram } from '../../service/real-machine.js';
import { applySteps, type Applied, type StepReport } from '../../service/steps.js';
import { installSteps, PACKAGED_UNITS, parseStatus, STATUS_COMMAND, uninstallSteps, type ServiceStatus } from '../../service/systemd-plan.js';
import { DEVICE_GROUP } from '../../service/systemd-units.js';
import { askServiceHost, installedCommand, statusOfServiceHost } from '../../service/windows-host.js';
import { ExitError, type Cli, type Text } from '../cli.js';
import { existingConfig } from '../find-config.js';
import type { InstallOptions, UninstallOptions } from '../register-service.js';

/** Where the service looks, whoever installs it. */
const LINUX_CONFIG = '/etc/tillbridge/tillbridge.yaml';
const LINUX_STATE = '/var/lib/tillbridge';

export async function install(cli: Cli, options: InstallOptions): Promise<void> {
  const dryRun = options.dryRun === true;
  if (process.platform === 'win32') {
    const args = ['install', ...(options.agent === false ? ['--no-agent'] : []), ...(options.start ? [] : ['--no-start']), ...places(cli)];
    report(cli, await askServiceHost(args, dryRun), dryRun);
    return;
  }
  needsSystemd('install', dryRun);
  const config = cli.options.config === undefined ? LINUX_CONFIG : resolve(cli.options.config);
  const state = cli.options.state === undefined ? LINUX_STATE : resolve(cli.options.state);
  const steps = installSteps({
    exec: options.exec === undefined ? installedCommand(process) : [resolve(options.exec)],
    config,
    state,
    rules: udevRules(builtInProfiles(), [], DEVICE_GROUP),
    agent: options.agent === true,
    start: options.start,
    packaged: PACKAGED_UNITS.some((path) => existsSync(path)),
  });
  report(cli, applySteps(realMachine, steps, dryRun), dryRun);
  if (!existsSync(config) && !cli.json) cli.err(cli.say(noConfig(config)));
}

const noConfig = (path: string): Text => ({
  en: `there is no configuration yet: the service waits for ${path} (tillbridge init --config ${path})`,
  ru: `настроек пока нет: служба ждёт ${path} (tillbridge init --config ${path})`,
});

export async function uninstall(cli: Cli, options: UninstallOptions): Promise<void> {
  const dryRun = options.dryRun === true;
  if (process.platform === 'win32') {
    report(cli, await askServiceHost(['uninstall'], dryRun), dryRun);
    return;
  }
  needsSystemd('uninstall', dryRun);
  if (PACKAGED_UNITS.some((path) => existsSync(path))) throw new TillbridgeError('TB_SERVICE_PACKAGED', { package: 'tillbridge' });
  report(cli, applySteps(realMachine, uninstallSteps(), dryRun), dryRun);
}

export async function status(cli: Cli): Promise<void> {
  const found = process.platform === 'win32' ? await statusOfServiceHost() : statusOfSystemd();
  cli.result(found, () => cli.say(statusText(found)));
  if (!found.running) throw new ExitError(3);
}

function statusOfSystemd(): ServiceStatus {
  needsManager();
  const { ok, stdout, output } = runProgram(STATUS_COMMAND);
  if (!ok) throw new TillbridgeError('TB_SERVICE_NO_MANAGER', { problem: output });
  return parseStatus(stdout);
}

function statusText({ installed, enabled, running, pid, restarts, state }: ServiceStatus): Text {
  if (!installed) return { en: 'not installed', ru: 'не установлена' };
  const many = restarts === undefined ? '' : String(restarts);
  return {
    en: [state, running && pid !== undefined ? `pid ${String(pid)}` : '', enabled ? 'starts with the machine' : 'does not start with the machine', many === '' ? '' : `restarted ${many} times`].filter((part) => part !== '').join(', '),
    ru: [state, running && pid !== undefined ? `pid ${String(pid)}` : '', enabled ? 'запускается вместе с машиной' : 'не запускается вместе с машиной', many === '' ? '' : `перезапусков: ${many}`].filter((part) => part !== '').join(', '),
  };
}

/** A configuration and state that the caller named; without, the service has its own default places. */
function places(cli: Cli): readonly string[] {
  const config = cli.options.config === undefined ? undefined : existingConfig(cli.options.config);
  return [...(config === undefined ? [] : ['--config', resolve(config)]), ...(cli.options.state === undefined ? [] : ['--state', resolve(cli.options.state)])];
}

function needsManager(): void {
  // sd_booted(3)
  if (process.platform !== 'linux') throw new TillbridgeError('TB_SERVICE_NO_MANAGER', { problem: process.platform });
  if (!existsSync('/run/systemd/system')) throw new TillbridgeError('TB_SERVICE_NO_MANAGER', { problem: 'systemd does not run here' });
}

function needsSystemd(what: string, dryRun: boolean): void {
  if (dryRun && process.platform === 'linux') return;
  needsManager();
  if (process.getuid?.() !== 0) throw new TillbridgeError('TB_SERVICE_NEEDS_ADMIN', { what: `service ${what}` });
}

const WORDS: Readonly<Record<StepReport['result'], Text>> = {
  done: { en: 'done', ru: 'сделано' },
  already: { en: 'already so', ru: 'уже так' },
  would: { en: 'would do', ru: 'будет сделано' },
  skipped: { en: 'not possible here, goes on without', ru: 'здесь невозможно, дальше без этого' },
};

/** Says exactly what was done. @throws {TillbridgeError} `TB_SERVICE_STEP_FAILED` */
function report(cli: Cli, { reports, failed }: Applied, dryRun: boolean): void {
  const lines = reports.map(({ step, result }) => `${cli.say(WORDS[result])}: ${step}`);
  if (failed === undefined || !cli.json) cli.result({ dryRun, steps: reports }, () => lines.join('\n'));
  if (failed !== undefined) throw new TillbridgeError('TB_SERVICE_STEP_FAILED', failed);
}
