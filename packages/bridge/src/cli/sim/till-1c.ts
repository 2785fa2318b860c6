import { systemClock, TillbridgeError } from '@tillbridge/core';
import type { DriverProfile } from '@tillbridge/testkit/1c';
import { parseHostPort, type HostPort } from '../../config/host-port.js';
import type { Cli } from '../cli.js';
import { startControl } from './control-server.js';
import { OnecSimulator } from './onec-simulator.js';

export interface SimTillOnecOptions {
  readonly driver?: string;
  readonly connect: string;
  readonly token: string;
  readonly profile: DriverProfile;
  readonly extension?: boolean;
  readonly port?: string;
  readonly suffix: string;
  readonly control: string;
}

/** A simulated workplace of 1C: does what the control API says, until Ctrl-C. Prints one line `READY pid=N control=URL odata=URL`. */
export async function simTillOnec(cli: Cli, options: SimTillOnecOptions): Promise<void> {
  const { driver, profile, token, extension = false, port, suffix } = options;
  const simulator = await OnecSimulator.start(
    { ...(driver === undefined ? {} : { driver }), ...(port === undefined ? {} : { port }), connect: addressOf('--connect', options.connect), token, profile, extension, suffix: Number(suffix) },
    systemClock,
  );
  try {
    const control = await startControl(addressOf('--control', options.control), simulator.routes, cli.lang);
    try {
      const { odataUrl } = simulator;
      if (cli.json) cli.out(JSON.stringify({ ready: true, pid: process.pid, control: control.url, odata: odataUrl }));
      else cli.out(`READY pid=${process.pid} control=${control.url} odata=${odataUrl}`);
      await untilStopped();
    } finally {
      await control.close();
    }
  } finally {
    await simulator.close();
  }
}

function addressOf(option: string, text: string): HostPort {
  const address = parseHostPort(text);
  if (address === undefined) throw new TillbridgeError('TB_CONFIG_USAGE', { problem: `${option}: it is HOST:PORT` });
  return address;
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
