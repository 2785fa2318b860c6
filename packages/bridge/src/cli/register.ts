import { OUTCOMES, NUMBER_KINDS, SYMBOLOGIES } from '@tillbridge/core';
import { Option, type Command } from 'commander';
import { wholeNumber, type Run } from './main.js';
import { registerDevices } from './register-devices.js';

const kind = (): Option => new Option('--kind <kind>', 'take the code for this kind, whatever the rules say').choices([...NUMBER_KINDS, 'goods']);
const symbology = (): Option => new Option('--symbology <name>', 'the symbology that a scanner would report').choices(SYMBOLOGIES);

/** Every command but `cards`. */
export function registerCommands(program: Command, run: Run): void {
  registerSetUp(program, run);
  registerDevices(program, run);
  registerDaemon(program, run);
  registerScans(program, run);
  registerJournal(program, run);
  registerFlight(program, run);
}

function registerSetUp(program: Command, run: Run): void {
  program
    .command('demo')
    .description('the whole job with nothing configured: simulated scanner, simulated till, a small card table')
    .option('--once', 'run a scripted checkout, print a summary and exit')
    .action((options: { once?: boolean }, command: Command) => run(command, async (cli) => (await import('./demo/demo.js')).demo(cli, options)));
  program
    .command('init')
    .description('write a commented tillbridge.yaml')
    .option('--till <adapter>', 'virtual-com, virtual-com:LINK, 1c, 1c:LINK, rkeeper, rkeeper:LINK, iiko:rmsDiscountCard, keyboard:PROGRAM, client or webhook:URL')
    .option('--reader <type>', 'serial, serial:PORT, hid, keyboard, mobile or tcp:HOST:PORT')
    .option('--yes', 'ask nothing')
    .option('--force', 'overwrite an existing file')
    .action((options: InitOptions, command: Command) => run(command, async (cli) => (await import('./commands/init.js')).init(cli, options)));
  const config = program.command('config').description('check, describe or show the configuration');
  config
    .command('check')
    .description('all errors at once, with file, line and column')
    .action((_: unknown, command: Command) => run(command, async (cli) => (await import('./commands/config.js')).check(cli)));
  config
    .command('schema')
    .description('the JSON Schema of the configuration')
    .action((_: unknown, command: Command) => run(command, async (cli) => (await import('./commands/config.js')).schema(cli)));
  config
    .command('show')
    .description('the effective configuration, secrets hidden, and the hosts that may be contacted')
    .action((_: unknown, command: Command) => run(command, async (cli) => (await import('./commands/config.js')).show(cli)));
  program
    .command('doctor')
    .description('check everything that could stop a sale')
    .action((_: unknown, command: Command) => run(command, async (cli) => (await import('./commands/doctor.js')).doctor(cli)));
}

export interface InitOptions {
  readonly till?: string;
  readonly reader?: string;
  readonly yes?: boolean;
  readonly force?: boolean;
}

function registerDaemon(program: Command, run: Run): void {
  program
    .command('run')
    .description('the daemon in the foreground')
    .action((_: unknown, command: Command) => run(command, async (cli) => (await import('./commands/run.js')).run(cli)));
  program
    .command('status')
    .description('what the running daemon does')
    .action((_: unknown, command: Command) => run(command, async (cli) => (await import('./commands/control.js')).status(cli)));
  program
    .command('stop')
    .description('finish what is in flight and stop the daemon')
    .action((_: unknown, command: Command) => run(command, async (cli) => (await import('./commands/control.js')).stop(cli)));
  program
    .command('reload')
    .description('apply the changed parts of the configuration')
    .action((_: unknown, command: Command) => run(command, async (cli) => (await import('./commands/control.js')).reload(cli)));
}

export interface TranslateOptions {
  readonly kind?: string;
  readonly symbology?: string;
  readonly reader?: string;
  readonly reveal?: boolean;
  readonly hex?: boolean;
  readonly trace?: boolean;
}

export interface ScanOptions extends TranslateOptions {
  readonly wait?: boolean;
}

function registerScans(program: Command, run: Run): void {
  program
    .command('translate <code>')
    .description('how a code is classified and translated, step by step; delivers nothing')
    .addOption(kind())
    .addOption(symbology())
    .option('--reader <id>', 'as if this reader had read it; default the first')
    .option('--hex', 'the code is given in hexadecimal')
    .option('--trace', 'name each request to a platform and the rule that decided about its answer')
    .option('--reveal', 'show code and number in full')
    .action((code: string, options: TranslateOptions, command: Command) =>
      run(command, async (cli) => (await import('./commands/translate.js')).translate(cli, code, options)),
    );
  program
    .command('scan <code>')
    .description('feed a scan to the running daemon')
    .addOption(kind())
    .addOption(symbology())
    .option('--reader <id>', 'as if this reader had read it; default the first')
    .option('--hex', 'the code is given in hexadecimal')
    .option('--wait', 'wait for the outcome; exit 0 when the till has the number')
    .action((code: string, options: ScanOptions, command: Command) =>
      run(command, async (cli) => (await import('./commands/scan.js')).scan(cli, code, options)),
    );
}

export interface RecordOptions {
  readonly for?: number;
}

function registerFlight(program: Command, run: Run): void {
  program
    .command('record <file>')
    .description('flight recorder: writes what the running daemon reads and does to a file, codes and numbers as pseudonyms')
    .option('--for <seconds>', 'end after this time; default: with Ctrl-C', wholeNumber(1, 86_400))
    .action((file: string, options: RecordOptions, command: Command) => run(command, async (cli) => (await import('./commands/record.js')).record(cli, file, options)));
  program
    .command('replay <file>')
    .description('plays a recording through the real pipeline and compares; exit 1 where something differs')
    .action((file: string, _: unknown, command: Command) => run(command, async (cli) => (await import('./replay/replay.js')).replayFile(cli, file)));
}

export interface JournalOptions {
  readonly follow?: boolean;
  readonly since?: string;
  readonly outcome?: string;
  readonly limit?: number;
}

function registerJournal(program: Command, run: Run): void {
  const journal = program
    .command('journal')
    .description('what happened to each loyalty scan')
    .option('--follow', 'go on and print new entries')
    .option('--since <time>', 'from this time on: ISO 8601, or 15m, 2h, 3d')
    .addOption(new Option('--outcome <outcome>', 'only this outcome').choices(OUTCOMES))
    .option('--limit <n>', 'the newest N entries', wholeNumber(1, 10_000))
    .action((options: JournalOptions, command: Command) => run(command, async (cli) => (await import('./commands/journal.js')).journal(cli, options)));
  journal
    .command('verify')
    .description('prove the hash chain and its keyed checkpoints')
    .action((_: unknown, command: Command) => run(command, async (cli) => (await import('./commands/journal.js')).verify(cli)));
}
