import type { Command } from 'commander';
import type { Run } from './main.js';

export interface AgentCommandOptions {
  readonly socket?: string;
  readonly key?: string;
}

/** `agent`: what runs in the cashier's session. */
export function registerAgent(program: Command, run: Run): void {
  const agent = program
    .command('agent')
    .description("types and reads keys in the cashier's session for a daemon that runs as a service; starts at log-on, ends with the session")
    .option('--socket <path>', 'where the daemon listens: a socket, or a named pipe; default: looked for')
    .option('--key <file>', 'the key by which both know each other; default: looked for')
    .action((options: AgentCommandOptions, command: Command) => run(command, async (cli) => (await import('./commands/agent.js')).agent(cli, options)));
  agent
    .command('allow <user>')
    .description('let the agent of this user talk to the daemon: gives the user a copy of the key (as administrator or root)')
    .action((user: string, _: unknown, command: Command) => run(command, async (cli) => (await import('./commands/agent-allow.js')).allow(cli, user)));
}
