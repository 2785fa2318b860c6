import { readFileSync } from 'node:fs';
import { systemClock, TillbridgeError } from '@tillbridge/core';
import { parseHostPort, type HostPort } from '../../config/host-port.js';
import type { Cli } from '../cli.js';
import { startControl } from './control-server.js';
import { NfcSimulator } from './nfc-simulator.js';

export interface SimNfcOptions {
  readonly slot: string;
  readonly control: string;
  readonly card?: string;
}

/**
 * A simulated card reader's card: lies in a slot of pcscd's virtual reader and does what the control API says, until Ctrl-C.
 * Prints one line `READY pid=N control=URL slot=HOST:PORT`.
 */
export async function simNfc(cli: Cli, options: SimNfcOptions): Promise<void> {
  const slot = addressOf('--slot', options.slot);
  const simulator = new NfcSimulator(slot, systemClock);
  const control = await startControl(addressOf('--control', options.control), simulator.routes, cli.lang);
  try {
    if (options.card !== undefined) await simulator.insert(cardFile(options.card));
    if (cli.json) cli.out(JSON.stringify({ ready: true, pid: process.pid, control: control.url, slot: options.slot }));
    else cli.out(`READY pid=${process.pid} control=${control.url} slot=${options.slot}`);
    await untilStopped();
  } finally {
    await simulator.close();
    await control.close();
  }
}

function addressOf(option: string, text: string): HostPort {
  const address = parseHostPort(text);
  if (address === undefined) throw new TillbridgeError('TB_CONFIG_USAGE', { problem: `${option}: it is HOST:PORT` });
  return address;
}

function cardFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    throw new TillbridgeError('TB_CONFIG_USAGE', { problem: `--card ${path}: ${error instanceof SyntaxError ? 'it is not JSON' : 'it cannot be read'}` });
  }
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
