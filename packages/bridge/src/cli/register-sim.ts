import type { Command } from 'commander';
import type { Run } from './main.js';
import type { SimNfcOptions } from './sim/nfc.js';

/** Stand-alone simulators for integrators, each with a control API and a dial of faults. */
export function registerSim(program: Command, run: Run): void {
  const sim = program.command('sim').description('simulated devices, steered by calls to a control address');
  sim
    .command('nfc')
    .description("a card or phone in pcscd's virtual reader (packages pcscd and vsmartcard-vpcd)")
    .option('--slot <host:port>', 'where the virtual reader listens', '127.0.0.1:35963')
    .option('--control <host:port>', 'where the control calls are taken; port 0: any free one', '127.0.0.1:0')
    .option('--card <file>', 'lay this card on the reader at once (JSON)')
    .action((options: SimNfcOptions, command: Command) => run(command, async (cli) => (await import('./sim/nfc.js')).simNfc(cli, options)));
}
