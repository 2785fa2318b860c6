import { TillbridgeError, type Language, type LogLevel } from '@tillbridge/core';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { productVersion } from '../version.js';
import { nearestName } from '../config/hint.js';
import { Cli, ExitError, type GlobalOptions } from './cli.js';
import { registerAgent } from './register-agent.js';
import { registerBench } from './register-bench.js';
import { giveToOwner } from './owner.js';
import { registerCards } from './register-cards.js';
import { registerClients } from './register-clients.js';
import { registerMobile } from './register-mobile.js';
import { registerNfc } from './register-nfc.js';
import { registerReceipts } from './register-receipts.js';
import { registerConsole } from './register-console.js';
import { registerCommands } from './register.js';
import { registerService } from './register-service.js';
import { registerSim } from './register-sim.js';
import { registerSupport } from './register-support.js';

/** Runs the command line and sets the process's exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = createProgram();
  // `... | head`: whoever reads has seen enough. On stderr there is nobody left to tell.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  process.stderr.on('error', () => undefined);
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    process.exitCode = failed(program, error);
  }
}

/** The whole command line; the reference page of the commands is made from it. */
export function createProgram(): Command {
  const program = new Command('tillbridge')
    .description("universal loyalty codes in, the store's own card numbers out")
    .version(productVersion(), '-V, --version')
    .addOption(new Option('-c, --config <file>', 'configuration file'))
    .addOption(new Option('--state <dir>', 'state folder').env('TILLBRIDGE_STATE'))
    .addOption(new Option('--json', 'print results as JSON'))
    .addOption(new Option('--log-level <level>', 'least level to log').choices(['debug', 'info', 'warn', 'error'] satisfies LogLevel[]))
    .addOption(new Option('--lang <language>', 'language of messages').choices(['en', 'ru'] satisfies Language[]))
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  registerCommands(program, run);
  registerCards(program, run);
  registerReceipts(program, run);
  registerClients(program, run);
  registerConsole(program, run);
  registerMobile(program, run);
  registerNfc(program, run);
  registerSim(program, run);
  registerService(program, run);
  registerSupport(program, run);
  registerAgent(program, run);
  registerBench(program, run);
  program.allowExcessArguments().action(() => {
    const [name] = program.args;
    if (name === undefined) throw new CommanderError(2, 'commander.help', 'a command is needed');
    const near = nearestName(name, program.commands.map((command) => command.name()));
    throw new CommanderError(2, 'commander.unknownCommand', `there is no command "${name}"${near === undefined ? '' : `; did you mean "${near}"?`}`);
  });
  return program;
}

/** Runs one command with its context; a command module is loaded only when it is called. */
export type Run = (command: Command, work: (cli: Cli) => Promise<void> | void) => Promise<void>;

const run: Run = async (command, work) => {
  const cli = new Cli(command.optsWithGlobals<GlobalOptions>());
  try {
    await work(cli);
  } catch (error) {
    throw new ExitError(cli.fail(error));
  } finally {
    giveToOwner(cli.statePath);
  }
};

function failed(program: Command, error: unknown): number {
  if (error instanceof ExitError) return error.exitCode;
  const cli = new Cli(program.opts<GlobalOptions>());
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    const problem = error.code === 'commander.help' ? missingCommand(program) : error.message.replace(/^error: /, '').split('\n').join(' ');
    return cli.fail(new TillbridgeError('TB_CONFIG_USAGE', { problem }));
  }
  return cli.fail(error);
}

/** `config` or `cards` without what to do with it. */
function missingCommand(program: Command): string {
  const group = program.commands.find((command) => command.name() === program.args[0]);
  const names = (group ?? program).commands.map((command) => command.name()).join(', ');
  return group === undefined ? 'a command is needed' : `${group.name()} needs one of: ${names}`;
}

/** A whole number option within bounds. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) throw new InvalidArgumentError(`it is a whole number from ${min} to ${max}.`);
    return value;
  };
}
