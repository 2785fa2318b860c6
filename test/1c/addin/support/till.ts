import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { needs } from '../../../support/needs.js';
import type { OneC, Value } from './client.js';
import { Daemon } from './daemon.js';
import { PLATFORMS, type Platform } from './platforms.js';

export interface Parts {
  readonly daemon: Daemon;
  readonly client: OneC;
}

export interface Till extends Parts {
  /** What Open gave to 1C. */
  readonly device: string;
}

export interface Bench {
  readonly platform: Platform;
  /** A daemon and a 1C client, each ended with the test. */
  readonly startParts: () => Promise<Parts>;
  /** A till whose driver is connected. */
  readonly startTill: (parameters?: Readonly<Record<string, Value>>) => Promise<Till>;
}

async function startParts(platform: Platform): Promise<Parts> {
  const daemon = await new Daemon().listen();
  const client = platform.start();
  onTestFinished(async () => {
    await client.process.kill();
    await daemon.die();
  });
  return { daemon, client };
}

async function startTill(platform: Platform, parameters: Readonly<Record<string, Value>>): Promise<Till> {
  const { daemon, client } = await startParts(platform);
  await client.attach(platform.library());
  const device = await client.open({ EquipmentType: 'СканерШтрихкода', Port: daemon.port, Token: 'secret', ...parameters });
  await daemon.waitForCount('hello', 1);
  return { daemon, client, device };
}

/** The same suite on every platform that the driver is built for. */
export function onEveryPlatform(name: string, suite: (bench: Bench) => void): void {
  for (const platform of PLATFORMS) {
    needs(...platform.parts)(`the driver for 1C on ${platform.name}: ${name}`, () => {
      // compilers on a busy machine take their time, and no test shall
      beforeAll(platform.begin, 300_000);
      afterAll(platform.end);
      suite({ platform, startParts: () => startParts(platform), startTill: (parameters = {}) => startTill(platform, parameters) });
    });
  }
}
