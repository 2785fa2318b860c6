import { onTestFinished } from 'vitest';
import { driver, linuxHost } from './built.js';
import { OneC, type Value } from './client.js';
import { Daemon } from './daemon.js';

export interface Till {
  readonly daemon: Daemon;
  readonly client: OneC;
  /** What Open gave to 1C. */
  readonly device: string;
}

/** A daemon and a 1C client, each ended with the test. */
export async function startParts(command = linuxHost(), argv: readonly string[] = []): Promise<{ readonly daemon: Daemon; readonly client: OneC }> {
  const daemon = await new Daemon().listen();
  const client = new OneC(command, argv);
  onTestFinished(async () => {
    await client.process.kill();
    await daemon.die();
  });
  return { daemon, client };
}

/** A till whose driver is connected. */
export async function startTill(parameters: Readonly<Record<string, Value>> = {}): Promise<Till> {
  const { daemon, client } = await startParts();
  await client.attach(driver('linux64'));
  const device = await client.open({ EquipmentType: 'СканерШтрихкода', Port: daemon.port, Token: 'secret', ...parameters });
  await daemon.waitForCount('hello', 1);
  return { daemon, client, device };
}
