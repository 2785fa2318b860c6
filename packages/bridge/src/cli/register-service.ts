import type { Command } from 'commander';
import type { Run } from './main.js';

export interface InstallOptions {
  readonly dryRun?: boolean;
  /** `undefined`: as is usual on this system. */
  readonly agent?: boolean;
  readonly start: boolean;
  readonly exec?: string;
}

export interface UninstallOptions {
  readonly dryRun?: boolean;
}

/** `service`: the daemon under the system's own service manager. */
export function registerService(program: Command, run: Run): void {
  const service = program.command('service').description('the daemon as a service of the system: a systemd unit, or a Windows service and an agent at log-on');
  const load = () => import('./commands/service.js');
  service
    .command('install')
    .description('register and start the service; doing it again changes nothing')
    .option('--agent', 'start the agent for whoever logs in (default on Windows)')
    .option('--no-agent', 'no agent: nothing types or captures keys')
    .option('--no-start', 'register the service and leave it stopped')
    .option('--exec <program>', 'what the service starts, where that is not this very program')
    .option('--dry-run', 'only say what would be done')
    .action((options: InstallOptions, command: Command) => run(command, async (cli) => (await load()).install(cli, options)));
  service
    .command('uninstall')
    .description('stop the service and take it out; configuration and state stay')
    .option('--dry-run', 'only say what would be done')
    .action((options: UninstallOptions, command: Command) => run(command, async (cli) => (await load()).uninstall(cli, options)));
  service
    .command('status')
    .description('whether the service is there, starts with the machine and runs; exit 3 when it does not run')
    .action((_: unknown, command: Command) => run(command, async (cli) => (await load()).status(cli)));
}
