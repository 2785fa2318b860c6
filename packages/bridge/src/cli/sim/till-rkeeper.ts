import { systemClock, TillbridgeError } from '@tillbridge/core';
import { parseHostPort, type HostPort } from '../../config/host-port.js';
import type { Cli } from '../cli.js';
import { startControl } from './control-server.js';
import { RkeeperSimulator } from './rkeeper-simulator.js';

export interface SimTillRkeeperOptions {
  readonly listen: string;
  readonly control: string;
  readonly tls: 'modern' | 'tls10' | 'off';
  readonly user: string;
  readonly password: string;
  readonly port?: string;
  readonly farcards?: string;
}

/**
 * A simulated restaurant: does what the control API says, until Ctrl-C. Prints one line `READY pid=N control=URL url=URL`; `url` is what the
 * till's configuration wants.
 */
export async function simTillRkeeper(cli: Cli, options: SimTillRkeeperOptions): Promise<void> {
  const { tls, user, password, port, farcards } = options;
  if (farcards !== undefined && !/^https?:$/.test(URL.parse(farcards)?.protocol ?? '')) throw usage('--farcards: it is an address such as http://127.0.0.1:7845/s/far');
  const simulator = await RkeeperSimulator.start(
    { address: addressOf('--listen', options.listen), tls, user, password, ...(port === undefined ? {} : { port }), ...(farcards === undefined ? {} : { farcards }) },
    systemClock,
  );
  try {
    const control = await startControl(addressOf('--control', options.control), simulator.routes, cli.lang);
    try {
      const { url } = simulator;
      if (cli.json) cli.out(JSON.stringify({ ready: true, pid: process.pid, control: control.url, url }));
      else cli.out(`READY pid=${process.pid} control=${control.url} url=${url}`);
      await untilStopped();
    } finally {
      await control.close();
    }
  } finally {
    await simulator.close();
  }
}

function usage(problem: string): TillbridgeError {
  return new TillbridgeError('TB_CONFIG_USAGE', { problem });
}

function addressOf(option: string, text: string): HostPort {
  const address = parseHostPort(text);
  if (address === undefined) throw usage(`${option}: it is HOST:PORT`);
  return address;
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
