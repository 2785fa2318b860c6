import type { Command } from 'commander';
import type { Run } from './main.js';

export interface PairOptions {
  readonly name: string;
  readonly scope: string;
  readonly till?: string;
}

/** The commands of the programs that may use the API. */
export function registerClients(program: Command, run: Run): void {
  const clients = program.command('clients').description('programs that may use the local API');
  const load = () => import('./commands/clients.js');
  clients
    .command('pair')
    .description('show a code with which a program gets its token')
    .requiredOption('--name <name>', 'how the program is listed')
    .requiredOption('--scope <list>', 'what it may do, such as scan:read,delivery:front')
    .option('--till <id>', 'the till that `delivery` and `till` in the list are for')
    .action((options: PairOptions, command: Command) => run(command, async (cli) => (await load()).pair(cli, options)));
  clients
    .command('list')
    .description('the paired programs')
    .action((_: unknown, command: Command) => run(command, async (cli) => (await load()).listClients(cli)));
  clients
    .command('revoke <id>')
    .description('take the rights of a program, at once')
    .action((id: string, _: unknown, command: Command) => run(command, async (cli) => (await load()).revoke(cli, id)));
}
