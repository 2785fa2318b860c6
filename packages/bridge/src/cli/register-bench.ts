import type { Command } from 'commander';
import { wholeNumber, type Run } from './main.js';

export interface BenchOptions {
  readonly seconds: number;
  readonly cards: number;
  readonly dir?: string;
}

/** What is promised, measured here. */
export function registerBench(program: Command, run: Run): void {
  program
    .command('bench')
    .description('measure the promises on this machine: goods, loyalty scans, start, memory, look-ups; PASS or MISS for each')
    .option('--seconds <n>', 'how long to measure, about', wholeNumber(10, 600), 45)
    .option('--cards <n>', 'how many made-up cards the table gets', wholeNumber(1000, 10_000_000), 200_000)
    .option('--dir <folder>', 'measure on the disk of this folder; default that of the state folder')
    .action((options: BenchOptions, command: Command) => run(command, async (cli) => (await import('./bench/bench.js')).bench(cli, options)));
}
