import { systemClock } from '@tillbridge/core';
import type { Cli } from '../cli.js';
import { startControl } from './control-server.js';
import { RkeeperSimulator } from './rkeeper-simulator.js';
import { addressOf, untilStopped, usage } from './stand-alone.js';

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
