import type { Command } from 'commander';
import type { Run } from './main.js';

export interface MobilePairOptions {
  readonly name?: string;
  readonly till?: string;
  readonly all?: boolean;
  readonly wait: boolean;
  readonly yes?: boolean;
}

export interface MobileRenameOptions {
  readonly till?: string;
}

export interface CaCreateOptions {
  readonly name?: string;
}

export interface CaConfirmOptions extends CaCreateOptions {
  readonly yes?: boolean;
}

/** The commands of the phones that scan, and of what they trust. */
export function registerMobile(program: Command, run: Run): void {
  const mobile = program.command('mobile').description('phones as scanners');
  const load = () => import('./commands/mobile.js');
  mobile
    .command('pair')
    .description('show a QR code with which one phone becomes a scanner')
    .option('--name <name>', 'how the phone is listed, whatever its user calls it')
    .option('--till <id>', 'the till that its scans go to')
    .option('--all', 'a QR code for each address of this machine, not for the best one alone')
    .option('--yes', 'take the phone that comes, without comparing the digits')
    .option('--no-wait', 'show the QR code and end')
    .action((options: MobilePairOptions, command: Command) => run(command, async (cli) => (await load()).pairPhone(cli, options)));
  mobile
    .command('list')
    .description('the paired phones')
    .action((_: unknown, command: Command) => run(command, async (cli) => (await load()).listPhones(cli)));
  mobile
    .command('rename <id> [name]')
    .description('give a phone another name, or send its scans to another till')
    .option('--till <id>', 'the till that its scans go to; `default`: as the configuration has it')
    .action((id: string, name: string | undefined, options: MobileRenameOptions, command: Command) => run(command, async (cli) => (await load()).renamePhone(cli, id, name, options)));
  mobile
    .command('revoke <id>')
    .description('forget a phone, at once')
    .action((id: string, _: unknown, command: Command) => run(command, async (cli) => (await load()).revokePhone(cli, id)));
  registerAuthority(program, run);
}

function registerAuthority(program: Command, run: Run): void {
  const ca = program.command('ca').description("the store's own certificate authority, for phones that shall not warn");
  const load = () => import('./commands/ca.js');
  ca.command('create')
    .description('make it; phones then trust the till after three steps on its page')
    .option('--name <name>', 'how phones list it')
    .action((options: CaCreateOptions, command: Command) => run(command, async (cli) => (await load()).createCa(cli, options)));
  ca.command('show')
    .description('its name, fingerprint and end, and where phones get it')
    .action((_: unknown, command: Command) => run(command, async (cli) => (await load()).showCa(cli)));
  ca.command('export <folder>')
    .description('write the certificate for Android, the profile for iPhones and the PEM file; never the key')
    .action((folder: string, _: unknown, command: Command) => run(command, async (cli) => (await load()).exportCa(cli, folder)));
  ca.command('rotate')
    .description('replace it; every phone has to trust the new one')
    .option('--name <name>', 'how phones list it')
    .option('--yes', 'that is meant')
    .action((options: CaConfirmOptions, command: Command) => run(command, async (cli) => (await load()).rotateCa(cli, options)));
  ca.command('remove')
    .description('go back to a certificate that signs itself')
    .option('--yes', 'that is meant')
    .action((options: CaConfirmOptions, command: Command) => run(command, async (cli) => (await load()).removeCa(cli, options)));
}
