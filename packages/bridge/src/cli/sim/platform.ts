import { systemClock } from '@tillbridge/core';
import { isSimulatedPreset, SIMULATED_PRESETS } from '@tillbridge/testkit/platform';
import type { Cli } from '../cli.js';
import { startControl } from './control-server.js';
import { PlatformControl } from './platform-simulator.js';
import { addressOf, untilStopped, usage } from './stand-alone.js';

export interface SimPlatformOptions {
  readonly listen: string;
  readonly control: string;
  readonly tls?: boolean;
}

/**
 * A simulated loyalty platform: does what the control API says, until Ctrl-C. Prints one line `READY pid=N control=URL url=URL`; `url` is
 * `baseUrl` of the translator.
 */
export async function simPlatform(cli: Cli, preset: string, options: SimPlatformOptions): Promise<void> {
  if (!isSimulatedPreset(preset)) throw usage(`there is no preset ${JSON.stringify(preset.slice(0, 60))}; there are ${SIMULATED_PRESETS.join(', ')}`);
  const platform = await PlatformControl.start({ preset, address: addressOf('--listen', options.listen), tls: options.tls === true }, systemClock);
  try {
    const control = await startControl(addressOf('--control', options.control), platform.routes, cli.lang);
    try {
      const { url } = platform;
      if (cli.json) cli.out(JSON.stringify({ ready: true, pid: process.pid, control: control.url, url }));
      else cli.out(`READY pid=${process.pid} control=${control.url} url=${url}`);
      await untilStopped();
    } finally {
      await control.close();
    }
  } finally {
    await platform.close();
  }
}
