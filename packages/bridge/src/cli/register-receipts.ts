import { Option, type Command } from 'commander';
import { wholeNumber, type Run } from './main.js';

/** As the outbox has them; that is loaded when one of these commands runs. */
const STATES = ['kept', 'waiting', 'done', 'skipped', 'dead'] as const;

export interface ReceiptsOptions {
  readonly only?: (typeof STATES)[number];
  readonly limit?: number;
}

/** What became of closed sales, and what to do with those that nobody takes. */
export function registerReceipts(program: Command, run: Run): void {
  const receipts = program.command('receipts').description('closed sales on their way to the loyalty platform');
  const load = () => import('./commands/receipts.js');
  receipts
    .command('list')
    .description('where receipts stand, the newest last')
    .addOption(new Option('--only <state>', 'only those that stand there').choices(STATES))
    .option('--limit <n>', 'the newest N; default 100', wholeNumber(1, 10_000))
    .action((options: ReceiptsOptions, command: Command) => run(command, async (cli) => (await load()).list(cli, options)));
  receipts
    .command('retry [id...]')
    .description('try dead letters again: these, or all')
    .option('--all', 'all of them')
    .action((ids: string[], options: { all?: boolean }, command: Command) => run(command, async (cli) => (await load()).retry(cli, ids, options)));
  receipts
    .command('drop <id>')
    .description('give a dead letter up: it is not reported')
    .action((id: string, _: unknown, command: Command) => run(command, async (cli) => (await load()).drop(cli, id)));
}
