import { readFileSync } from 'node:fs';
import { systemClock } from '@tillbridge/core';
import type { FrontApiLevel } from '@tillbridge/testkit/iiko';
import type { Cli } from '../cli.js';
import { startControl } from './control-server.js';
import { IikoSimulator } from './iiko-simulator.js';
import { addressOf, untilStopped, usage } from './stand-alone.js';

export interface SimTillIikoOptions {
  readonly terminals: string;
  readonly api: FrontApiLevel;
  readonly daemon?: string;
  readonly secretFile?: string;
  readonly pos: string;
  readonly user: string;
  readonly password: string;
  readonly cloud: string;
  readonly control: string;
  readonly port?: string;
}

const MAX_TERMINALS = 8;

/**
 * A simulated restaurant with iiko: does what the control API says, until Ctrl-C. Prints one line `READY pid=N control=URL pos=URL cloud=URL`;
 * the last two are what the till's configuration wants.
 */
export async function simTillIiko(cli: Cli, options: SimTillIikoOptions): Promise<void> {
  const { api, user, password, port } = options;
  const simulator = await IikoSimulator.start(
    { api, user, password, terminals: terminalsOf(options), pos: addressOf('--pos', options.pos), cloud: addressOf('--cloud', options.cloud), ...(port === undefined ? {} : { port }) },
    systemClock,
  );
  try {
    await connectFirst(simulator, options);
    const control = await startControl(addressOf('--control', options.control), simulator.routes, cli.lang);
    try {
      const { posUrl: pos, cloudUrl: cloud } = simulator;
      if (cli.json) cli.out(JSON.stringify({ ready: true, pid: process.pid, control: control.url, pos, cloud }));
      else cli.out(`READY pid=${process.pid} control=${control.url} pos=${pos} cloud=${cloud}`);
      await untilStopped();
    } finally {
      await control.close();
    }
  } finally {
    await simulator.close();
  }
}

function terminalsOf({ terminals }: SimTillIikoOptions): number {
  const count = Number(terminals);
  if (!Number.isInteger(count) || count < 1 || count > MAX_TERMINALS) throw usage(`--terminals: 1 to ${MAX_TERMINALS}`);
  return count;
}

async function connectFirst(simulator: IikoSimulator, { daemon, secretFile }: SimTillIikoOptions): Promise<void> {
  if (daemon === undefined) return;
  if (secretFile === undefined) throw usage('--daemon: it goes with --secret-file');
  let secret: string;
  try {
    secret = readFileSync(secretFile, 'utf8').trim();
  } catch (error) {
    throw usage(`--secret-file: ${error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be read'}`);
  }
  await simulator.connect({ terminal: 'CASH-1', url: daemon, secret });
}
