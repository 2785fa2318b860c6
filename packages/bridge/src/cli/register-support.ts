import type { Command } from 'commander';
import type { Run } from './main.js';

/** What is handed to whoever helps. */
export function registerSupport(program: Command, run: Run): void {
  program
    .command('support [file]')
    .description('pack what a helper needs into a .zip file: versions, configuration, findings, journal, log; secrets, codes and numbers are masked')
    .action((file: string | undefined, _: unknown, command: Command) => run(command, async (cli) => (await import('./commands/support.js')).support(cli, file)));
}
