import { Option, type Command } from 'commander';
import type { Run } from './main.js';
import type { SimNfcOptions } from './sim/nfc.js';
import type { SimPlatformOptions } from './sim/platform.js';
import type { SimRotatingOptions } from './sim/rotating.js';
import type { SimTillOnecOptions } from './sim/till-1c.js';
import type { SimTillIikoOptions } from './sim/till-iiko.js';
import type { SimTillRkeeperOptions } from './sim/till-rkeeper.js';

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
  sim
    .command('till-1c')
    .description('a workplace of 1C:Enterprise with the compiled driver in it, the forms of a cashier, and an OData interface (Linux x64)')
    .option('--driver <file>', 'ZIP of the driver, or its library; default: that of the installed adapter')
    .option('--connect <host:port>', "the daemon's port for drivers: `listen` of the till", '127.0.0.1:7844')
    .option('--token <text>', 'secrets.token of the till; made up for the simulator', 'made-up-token-of-the-simulator')
    .addOption(new Option('--profile <kind>', 'how the configuration speaks to drivers').choices(['classic', '3.x', '4.3', '4.3-idLast']).default('3.x'))
    .option('--extension', 'our configuration extension is installed: it confirms cards')
    .option('--port <path>', 'serial port or pseudo-terminal that the stock driver reads; ours is not connected then')
    .addOption(new Option('--suffix <number>', 'what the stock driver cuts at: 13 (CR), 10 (LF), 3338 (CR LF)').choices(['13', '10', '3338']).default('13'))
    .option('--control <host:port>', 'where the control calls are taken; port 0: any free one', '127.0.0.1:0')
    .action((options: SimTillOnecOptions, command: Command) => run(command, async (cli) => (await import('./sim/till-1c.js')).simTillOnec(cli, options)));
  sim
    .command('till-rkeeper')
    .description('an r_keeper restaurant: cash server with XML interface, two stations, cards')
    .option('--listen <host:port>', 'where the XML interface of the cash server answers; port 0: any free one', '127.0.0.1:0')
    .option('--control <host:port>', 'where the control calls are taken; port 0: any free one', '127.0.0.1:0')
    .addOption(new Option('--tls <kind>', 'modern: TLS 1.2 and up; tls10: TLS 1.0 only; off: plain HTTP').choices(['modern', 'tls10', 'off']).default('modern'))
    .option('--user <name>', 'login of the XML interface', 'tillbridge')
    .option('--password <text>', 'its password; made up for the simulator', 'secret')
    .option('--port <path>', 'serial port or pseudo-terminal that station 1 reads as its scanner')
    .option('--farcards <url>', 'processing server that decides over cards and books paid checks, as behind ExtDllHTTP')
    .action((options: SimTillRkeeperOptions, command: Command) => run(command, async (cli) => (await import('./sim/till-rkeeper.js')).simTillRkeeper(cli, options)));
  sim
    .command('till-iiko')
    .description('a restaurant with iiko: tills with their plugin, iikoCard POS server, cloud')
    .option('--terminals <number>', 'how many tills, named CASH-1 and so on', '1')
    .addOption(new Option('--api <level>', 'version of the plugin API on the tills').choices(['V8', 'V9', 'V10']).default('V9'))
    .option('--daemon <url>', 'where the plugin of CASH-1 finds the daemon, such as http://127.0.0.1:7843/iiko/v1; others by POST /plugins')
    .option('--secret-file <path>', 'file with the secret of that till')
    .option('--pos <host:port>', 'where the iikoCard POS server answers; port 0: any free one', '127.0.0.1:0')
    .option('--user <name>', 'login of the POS server', 'pos')
    .option('--password <text>', 'its password; made up for the simulator', 'secret')
    .option('--cloud <host:port>', 'where the cloud answers; port 0: any free one', '127.0.0.1:0')
    .option('--control <host:port>', 'where the control calls are taken; port 0: any free one', '127.0.0.1:0')
    .option('--port <path>', 'serial port or pseudo-terminal that CASH-1 reads as its reader')
    .action((options: SimTillIikoOptions, command: Command) => run(command, async (cli) => (await import('./sim/till-iiko.js')).simTillIiko(cli, options)));
  sim
    .command('platform <preset>')
    .description('a loyalty platform that speaks as the preset expects, with its errors; list: names those that there are')
    .option('--listen <host:port>', 'where the platform answers; port 0: any free one', '127.0.0.1:0')
    .option('--control <host:port>', 'where the control calls are taken; port 0: any free one', '127.0.0.1:0')
    .option('--tls', 'HTTPS with a certificate of its own; GET /certificate gives it')
    .action((preset: string, options: SimPlatformOptions, command: Command) => run(command, async (cli) => (await import('./sim/platform.js')).simPlatform(cli, preset, options)));
  sim
    .command('rotating')
    .description('an issuer of rotating codes: its key set, codes of any guest and moment, keys that change and are revoked')
    .option('--issuer <name>', 'name of the issuer', 'example-issuer')
    .option('--step <seconds>', 'length of a time step', '30')
    .option('--control <host:port>', 'where the key set is and the control calls are taken; port 0: any free one', '127.0.0.1:0')
    .action((options: SimRotatingOptions, command: Command) => run(command, async (cli) => (await import('./sim/rotating.js')).simRotating(cli, options)));
}
