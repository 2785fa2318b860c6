// Goods from one PTY to another beside plain relays, then loyalty scans with a full card table beside bare durable commits.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cardOf, codeOf, writeCards } from './lib/cards-file.mjs';
import { pause, start } from './lib/child.mjs';
import { importCards, QUIET_MS, rssMiB, startDaemon, writeShop } from './lib/daemon.mjs';
import { compile, startDriver } from './lib/driver.mjs';
import { promise, ratio, summary } from './lib/stats.mjs';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const GOODS_GAP_US = 3000;
/** Longer than quietMs, or two loyalty reads would be one frame's neighbours; and the time a delivery takes to be filed. */
const LOYALTY_GAP_US = 60_000;
/** What is not there when a number expires is wrong; before that it is slow. */
const LOYALTY = { gapUs: LOYALTY_GAP_US, waitMs: 5500 };

const goodsScans = (count) => Array.from({ length: count }, (_, i) => [`460${String(i).padStart(10, '0')}\r`, `460${String(i).padStart(10, '0')}\r`]);
const loyaltyScan = (number) => [`${codeOf(number)}\r`, `${cardOf(number)}\r`];

export async function startSocat(driverProgram, folder) {
  const driver = await startDriver(driverProgram, folder);
  const link = join(folder, 'socat-out');
  const socat = start('socat', [`${driver.in},raw,echo=0`, `pty,raw,echo=0,link=${link}`]);
  for (let i = 0; !existsSync(link) && i < 500; i += 1) await pause(10);
  await driver.open(link);
  return { driver, stop: async () => [await driver.stop(), await socat.stop()] };
}

async function startRelay(driverProgram, folder, command, argv) {
  const driver = await startDriver(driverProgram, folder, { pair: true });
  const relay = start(command, [...argv, driver.in, driver.out]);
  await relay.until(/^ready$/);
  return { driver, stop: async () => [await driver.stop(), await relay.stop()] };
}

export async function startCommits(folder) {
  const commits = start(process.execPath, ['--disable-warning=ExperimentalWarning', path('native/commits.mjs'), join(folder, 'commits.db')]);
  await commits.until(/^ready$/);
  return commits;
}

export async function goodsRounds(sides, { rounds, perRound, warmUp }) {
  const times = Object.fromEntries(Object.keys(sides).map((name) => [name, []]));
  for (const { driver } of Object.values(sides)) await driver.batch(goodsScans(warmUp), { gapUs: 1000, mayMiss: 1 });
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, { driver }] of Object.entries(sides)) times[name].push(...(await driver.batch(goodsScans(perRound), { gapUs: GOODS_GAP_US })));
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, summary(list)]));
}

export async function loyaltyRounds(driver, commits, { rounds, perRound, rows }) {
  const times = { loyalty: [], goods: [], commit: [] };
  // far apart and none twice: the same code within duplicateMs is one scan
  let last = Math.floor(Math.random() * rows);
  const next = () => loyaltyScan((last = (last + 7919) % rows));
  await driver.batch(Array.from({ length: 50 }, next), LOYALTY);
  for (let round = 0; round < rounds; round += 1) {
    times.loyalty.push(...(await driver.batch(Array.from({ length: perRound }, next), LOYALTY)));
    commits.tell(`${perRound} ${LOYALTY_GAP_US / 1000}`);
    times.commit.push(...(await commits.until(/^done$/, 600_000)).trim().split('\n').slice(0, -1).map(Number));
    // at the pace of the loyalty scans: goods after a pause cost more than goods in a row
    times.goods.push(...(await driver.batch(goodsScans(perRound), LOYALTY)));
  }
  return times;
}

export function loyaltyFigures(times) {
  const goods = summary(times.goods);
  const commit = summary(times.commit);
  const beyond = summary(times.loyalty.map((time) => time - QUIET_MS * 1e6 - goods.p50Us * 1000));
  return { loyalty: summary(times.loyalty), goods, commit, beyondGoodsAndQuiet: beyond };
}

export async function run({ folder, rows, goods, loyalty }) {
  const driverProgram = compile('../native/driver.c', folder);
  const relayProgram = compile('../../support/far-end/relay.c', folder);
  const driver = await startDriver(driverProgram, folder);
  const shop = writeShop(join(folder, 'shop'), driver.in);
  const cardsFile = join(folder, 'cards.csv');
  await writeCards(cardsFile, rows, 'random');
  await importCards(shop, cardsFile);
  const daemon = await startDaemon(shop);
  const sides = { tillbridge: { driver, stop: async () => [await daemon.stop(), await driver.stop()] } };
  let commits;
  try {
    await driver.open(shop.link);
    sides.socat = await startSocat(driverProgram, folder);
    sides.cRelay = await startRelay(driverProgram, folder, relayProgram, []);
    sides.nodeTtyRelay = await startRelay(driverProgram, folder, process.execPath, [path('native/relay.mjs')]);
    commits = await startCommits(folder);
    const goodsFigures = await goodsRounds(sides, goods);
    const figures = loyaltyFigures(await loyaltyRounds(driver, commits, { ...loyalty, rows }));
    const { tillbridge, socat } = goodsFigures;
    const { beyondGoodsAndQuiet: beyond, commit } = figures;
    return {
      figures: { goods: goodsFigures, loyalty: { rows, quietMs: QUIET_MS, ...figures }, mainRssAfterLoadMiB: rssMiB(daemon.pid) },
      promises: [
        promise('goodsP50', 'goods, PTY to PTY, p50 against socat', ratio(tillbridge.p50Us, socat.p50Us), 1.6, 'x'),
        promise('goodsP99', 'goods, PTY to PTY, p99 against socat', ratio(tillbridge.p99Us, socat.p99Us), 3, 'x'),
        promise('loyaltyP50', `loyalty scan, ${rows} cards, beyond goods and quietMs, p50 against a durable commit`, ratio(beyond.p50Us, commit.p50Us), 2, 'x'),
        promise('loyaltyP99', 'the same, p99', ratio(beyond.p99Us, commit.p99Us), 3, 'x'),
      ],
    };
  } finally {
    await commits?.stop();
    for (const side of Object.values(sides)) await side.stop();
  }
}
