import type { Command } from 'commander';
import type { Run } from './main.js';

export interface ConsoleOptions {
  readonly open?: boolean;
  readonly viewOnly?: boolean;
  readonly reveal?: boolean;
}

/** The page for the administrator. */
export function registerConsole(program: Command, run: Run): void {
  program
    .command('console')
    .description('sign in to the console, the page for the administrator: shows an address and a code, both good once and for two minutes')
    .option('--open', 'open it in the browser of this session')
    .option('--view-only', 'to look, not to change')
    .option('--reveal', 'also to see codes and numbers in full, and to give programs the right to')
    .action((options: ConsoleOptions, command: Command) => run(command, async (cli) => (await import('./commands/console.js')).openConsole(cli, options)));
}
