import { InvalidArgumentError, type Command } from 'commander';
import type { Run } from './main.js';

/** `devices` and what belongs to it. */
export function registerDevices(program: Command, run: Run): void {
  const devices = program
    .command('devices')
    .description('every scanner-like device: its mode, whether it is usable as it is, and what to do if not')
    .option('--watch', 'go on and print changes')
    .action((options: { watch?: boolean }, command: Command) => run(command, async (cli) => (await import('./commands/devices.js')).devices(cli, options)));
  devices
    .command('rules')
    .description('print udev rules that let users open exactly the known scanners (Linux)')
    .option('--group <name>', 'the group that may open them, beside who is logged in at the machine', groupName, 'dialout')
    .action((options: { group: string }, command: Command) => run(command, async (cli) => (await import('./commands/devices.js')).rules(cli, options)));
  devices
    .command('learn')
    .description('scan three shown codes: the scanner gets a profile in the configuration folder')
    .option('--path <path>', 'the device: /dev/hidraw0, /dev/input/event5, /dev/ttyACM0, COM3; default the one that is scanned with')
    .option('--bars', 'for scanners that read bars only: Code 128 instead of QR')
    .option('--sheet <file>', 'write the codes as a page to print, and end')
    .option('--name <name>', 'name of the scanner in its profile')
    .action((options: LearnOptions, command: Command) => run(command, async (cli) => (await import('./commands/devices-learn.js')).learn(cli, options)));
}

export interface LearnOptions {
  readonly path?: string;
  readonly bars?: boolean;
  readonly sheet?: string;
  readonly name?: string;
}

/** What useradd(8) takes: anything else would end the rule and begin another. */
function groupName(text: string): string {
  if (!/^[a-z_][a-z0-9_-]{0,31}$/.test(text)) throw new InvalidArgumentError('it is the name of a group.');
  return text;
}
