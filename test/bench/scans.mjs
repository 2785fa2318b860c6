// Goods from one PTY to another beside plain relays, then loyalty scans with a full card table beside bare durable commits.
import { join } from 'node:path';
import { importCards, RUN_IN_MS, shopOn } from './lib/daemon.mjs';
import { cDrivers, compile, goodsPromises, goodsRounds, inWords, loyaltyFigures, loyaltyPromises, loyaltyRounds, pause, QUIET_MS, rssMiB, startCommits, startDaemon, startNodeRelay, startRelay, startSocat, writeCards } from './lib/kit.mjs';

export async function run({ folder, rows, goods, loyalty }) {
  const stops = [];
  const kept = async (opening) => {
    const opened = await opening;
    stops.push(() => opened.stop());
    return opened;
  };
  try {
    const makeDriver = cDrivers(folder);
    const driver = await kept(makeDriver());
    const shop = shopOn(join(folder, 'shop'), driver.in);
    const cardsFile = join(folder, 'cards.csv');
    await writeCards(cardsFile, rows, 'random');
    await importCards(shop, cardsFile);
    const daemon = await kept(startDaemon(shop));
    await driver.open(shop.link);
    const sides = {
      tillbridge: { driver },
      socat: await kept(startSocat(makeDriver, folder)),
      cRelay: await kept(startRelay(makeDriver, compile('../../support/far-end/relay.c', folder), [])),
      nodeTtyRelay: await kept(startNodeRelay(makeDriver, folder, 'events')),
    };
    const commits = await kept(startCommits(folder));
    await pause(RUN_IN_MS);
    const goodsFigures = await goodsRounds(sides, goods);
    const figures = loyaltyFigures(await loyaltyRounds(driver, commits, { ...loyalty, rows }));
    return {
      figures: { goods: goodsFigures, loyalty: { rows, quietMs: QUIET_MS, ...figures }, mainRssAfterLoadMiB: rssMiB(daemon.pid) },
      promises: [...goodsPromises(goodsFigures.tillbridge, goodsFigures.socat, 'socat'), ...loyaltyPromises(figures, rows)].map(inWords),
    };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}
