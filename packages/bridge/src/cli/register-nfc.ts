import type { Command } from 'commander';
import { wholeNumber, type Run } from './main.js';

export interface NfcOptions {
  readonly device?: string;
  readonly reader?: string;
  readonly timeout: number;
}

export interface LearnOptions extends NfcOptions {
  readonly number?: readonly string[];
}

/** The commands for contactless cards. */
export function registerNfc(program: Command, run: Run): void {
  const nfc = program.command('nfc').description('contactless cards: find out how their numbers are made, look at one');
  const load = () => import('./commands/nfc.js');
  const shared = (command: Command): Command =>
    command
      .option('--reader <id>', 'use the settings of this reader of the configuration')
      .option('--device <name>', 'part of the PC/SC name of the reader; default any contactless one')
      .option('--timeout <seconds>', 'how long to wait for a card', wholeNumber(1, 600), 60);
  shared(nfc.command('learn'))
    .description('present a known card, type its number, get the rule for `uid`')
    .option('--number <number>', 'the number of the card that is presented; again for a second card', (value: string, all: readonly string[] | undefined) => [...(all ?? []), value])
    .action((options: LearnOptions, command: Command) => run(command, async (cli) => (await load()).learn(cli, options)));
  shared(nfc.command('dump'))
    .description('what a card answers, step by step and masked, for support')
    .action((options: NfcOptions, command: Command) => run(command, async (cli) => (await load()).dump(cli, options)));
}
