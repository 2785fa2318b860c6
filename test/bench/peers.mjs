// Goods through other programs, in turns with ours and with the floor, all in one run. What cannot be had here is named.
//   node test/bench/run.mjs peers [--short]
import { join } from 'node:path';
import { RUN_IN_MS, shopOn } from './lib/daemon.mjs';
import { cDrivers, goodsRounds, orientation, pause, ratio, startDaemon } from './lib/kit.mjs';
import { PEERS } from './lib/peers.mjs';

export async function run({ folder, goods }) {
  const stops = [];
  try {
    const makeDriver = cDrivers(folder);
    const driver = await makeDriver();
    stops.push(driver.stop);
    const shop = shopOn(join(folder, 'shop'), driver.in);
    const daemon = await startDaemon(shop);
    stops.push(daemon.stop);
    await driver.open(shop.link);
    const sides = { tillbridge: { driver } };
    const missing = {};
    for (const { id, open } of PEERS) {
      if (open === undefined) continue;
      try {
        const side = await open(makeDriver, folder);
        stops.push(side.stop);
        // one that mangles or loses what it carries is no peer
        await side.driver.batch([['first\r', 'first\r'], ['4600000000000\r', '4600000000000\r']], { gapUs: 20_000, mayMiss: 1 });
        sides[id] = side;
      } catch (error) {
        missing[id] = error.message.split('\n')[0];
        process.stderr.write(`${id}: ${error.message}\n`);
      }
    }
    await pause(RUN_IN_MS);
    const times = await goodsRounds(sides, goods);
    const against = (id, other) => ratio(times[id].p50Us, times[other].p50Us);
    return {
      figures: { sides: times, missing },
      promises: [
        orientation('floorRatio', 'goods, p50 against the floor, a minimal C relay', against('tillbridge', 'cRelay'), 'x'),
        ...Object.keys(times).filter((id) => !['tillbridge', 'socat', 'cRelay'].includes(id)).map((id) => orientation(`peer.${id}`, `goods through ${PEERS.find((peer) => peer.id === id).name}, p50 against socat`, against(id, 'socat'), 'x')),
      ],
    };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}
