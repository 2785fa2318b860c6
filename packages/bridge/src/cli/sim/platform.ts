import { systemClock } from '@tillbridge/core';
import { isSimulatedPreset, platformOf, SIMULATED_PRESETS } from '@tillbridge/testkit/platform';
import type { Cli } from '../cli.js';
import { startControl } from './control-server.js';
import { PlatformControl } from './platform-simulator.js';
import { addressOf, untilStopped, usage } from './stand-alone.js';

export interface SimPlatformOptions {
  readonly listen: string;
  readonly control: string;
  readonly tls?: boolean;
}

/** What to write instead of a preset to see which there are. */
const LIST = 'list';

/**
 * A simulated loyalty platform: does what the control API says, until Ctrl-C. Prints one line `READY pid=N control=URL url=URL`; `url` is
 * `baseUrl` of the translator.
 */
export async function simPlatform(cli: Cli, preset: string, options: SimPlatformOptions): Promise<void> {
  if (preset === LIST) {
    await list(cli);
    return;
  }
  if (!isSimulatedPreset(preset)) throw usage(`there is no simulated platform ${JSON.stringify(preset.slice(0, 60))}: tillbridge sim platform ${LIST} names those that there are`);
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

async function list(cli: Cli): Promise<void> {
  const platforms = await Promise.all(SIMULATED_PRESETS.map(async (preset) => ({ preset, title: (await platformOf(preset)).title })));
  if (cli.json) cli.out(JSON.stringify({ platforms }));
  else for (const { preset, title } of platforms) cli.out(`${preset.padEnd(20)}  ${title}`);
}
