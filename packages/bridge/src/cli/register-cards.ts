import { NUMBER_KINDS } from '@tillbridge/core';
import { Option, type Command } from 'commander';
import type { Run } from './main.js';

export interface ImportOptions {
  readonly replace?: boolean;
  readonly strict?: boolean;
}

export interface AddOptions {
  readonly kind?: string;
  readonly cardState?: string;
  readonly expires?: string;
}

/** The commands of the local card table. */
export function registerCards(program: Command, run: Run): void {
  const cards = program.command('cards').description('the local card table');
  const load = () => import('./commands/cards.js');
  cards
    .command('import <file>')
    .description('CSV with header or JSON Lines: code,card[,kind][,state][,expires]')
    .option('--replace', 'swap the whole table in one step')
    .option('--strict', 'refuse the file when a line is bad')
    .action((file: string, options: ImportOptions, command: Command) => run(command, async (cli) => (await load()).importFile(cli, file, options)));
  cards
    .command('add <code> <card>')
    .description('add or change one card')
    .addOption(new Option('--kind <kind>', 'what the number is').choices(NUMBER_KINDS).default('card'))
    .addOption(new Option('--card-state <state>', 'state of the card').choices(['active', 'inactive', 'blocked']).default('active'))
    .option('--expires <time>', 'when the code stops being valid, ISO 8601')
    .action((code: string, card: string, options: AddOptions, command: Command) => run(command, async (cli) => (await load()).add(cli, code, card, options)));
  cards
    .command('remove <code>')
    .description('remove one card')
    .action((code: string, _: unknown, command: Command) => run(command, async (cli) => (await load()).remove(cli, code)));
  cards
    .command('get <code>')
    .description('show one card')
    .action((code: string, _: unknown, command: Command) => run(command, async (cli) => (await load()).get(cli, code)));
  cards
    .command('export')
    .description('the whole table as CSV; with --json as JSON Lines')
    .action((_: unknown, command: Command) => run(command, async (cli) => (await load()).exportAll(cli)));
  cards
    .command('stats')
    .description('how many cards there are')
    .action((_: unknown, command: Command) => run(command, async (cli) => (await load()).stats(cli)));
}
