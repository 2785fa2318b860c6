// Start to READY beside a bare Node.js, and what the daemon takes while it has nothing to do.
import { join } from 'node:path';
import { shopOn } from './lib/daemon.mjs';
import { cDrivers, idleFigures, shared, startDaemon, startFigures } from './lib/kit.mjs';

export async function run({ folder, starts, idleSeconds }) {
  const driver = await cDrivers(folder)();
  try {
    const shop = shopOn(join(folder, 'idle'), driver.in);
    const start = await startFigures(shop, starts);
    const daemon = await startDaemon(shop);
    try {
      await driver.open(shop.link);
      const idle = await idleFigures(daemon.pid, idleSeconds);
      return {
        figures: { start, idle },
        promises: [
          shared('start', start.ratio),
          shared('mainRss', idle.mainRssMiB),
          shared('childRss', Math.max(0, ...idle.childrenRssMiB)),
          shared('cpu', idle.cpuPercent),
        ],
      };
    } finally {
      await daemon.stop();
    }
  } finally {
    await driver.stop();
  }
}
