// The promises beside 500 requests a second and 50 readers of events: goods against a plain socat relay, loyalty scans against bare durable
// commits, look-ups in the daemon's card table, the daemon's memory. Everything that is compared runs under the same load.
//   node test/bench/run.mjs load [--short]
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openCards } from '@tillbridge/store';
import { importCards, shopOn, tokenFor } from './lib/daemon.mjs';
import { cDrivers, childrenOf, cpuSeconds, goodsRounds, loyaltyFigures, loyaltyRounds, orientation, pause, promise, QUIET_MS, ratio, rssMiB, sampler, start, startCommits, startDaemon, startSocat, writeCards } from './lib/kit.mjs';

const CROWD = fileURLToPath(new URL('../support/api-load.mjs', import.meta.url));
/** Fewer would be refused: each may ask 50 times a second. */
const CLIENTS = 12;
const SCOPES = 'status:read,scan:read,scan:inject,goods:read';
const SETTLE_MS = 3000;
const LOOKUPS = 20_000;
const PACED = 4000;

async function startCrowd(url, tokens, perSecond, sockets) {
  const crowd = start(process.execPath, [CROWD, url, String(perSecond), String(sockets)]);
  for (const token of tokens) crowd.tell(token);
  crowd.tell('');
  await crowd.until(/^ready$/);
  return {
    /** Ends it; what it saw. */
    seen: async () => {
      crowd.tell('stop');
      return JSON.parse((await crowd.until(/^\{/)).trim());
    },
    stop: () => crowd.stop(),
  };
}

async function tokensFor(shop, daemon) {
  const tokens = [];
  for (let i = 0; i < CLIENTS; i += 1) tokens.push(await tokenFor(shop, daemon.url, `client ${i}`, SCOPES));
  return tokens;
}

/** Goods through a bare Node.js relay that serves such a crowd too: what is above this is ours, what is below it nobody gets in one process. */
async function floorRounds(makeDriver, socat, { goods, perSecond, sockets }) {
  const driver = await makeDriver({ pair: true });
  const relay = start(process.execPath, [fileURLToPath(new URL('native/api-relay.mjs', import.meta.url)), driver.in, driver.out]);
  const stops = [driver.stop, () => relay.stop()];
  try {
    const url = /^ready (\S+)/m.exec(await relay.until(/^ready /))[1];
    const crowd = await startCrowd(url, ['none'], perSecond, sockets);
    stops.push(crowd.stop);
    await pause(SETTLE_MS);
    const { result, cores } = await share(relay.pid, () => goodsRounds({ relay: { driver }, socat }, goods));
    return { ...result, cores };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** In one go, as without load (cards.mjs), and with a pause before each twenty: the first one behind a pause finds nothing in the caches. */
async function lookups(file, rows) {
  const cards = openCards({ file });
  try {
    sampler(cards, rows).sample(LOOKUPS);
    const inOneGo = sampler(cards, rows);
    inOneGo.sample(LOOKUPS);
    const paced = sampler(cards, rows);
    for (let i = 0; i < PACED / 20; i += 1) {
      paced.sample(20);
      await pause(2);
    }
    return { ...inOneGo.result(), paced: paced.result() };
  } finally {
    cards.close();
  }
}

async function share(pid, work) {
  const before = [performance.now(), cpuSeconds(pid)];
  const result = await work();
  const cores = (cpuSeconds(pid) - before[1]) / ((performance.now() - before[0]) / 1000);
  return { result, cores: Number(cores.toFixed(2)) };
}

const memory = (daemon) => ({ mainRssMiB: rssMiB(daemon.pid), childrenRssMiB: childrenOf(daemon.pid).map(rssMiB) });

function promises({ quiet, floor, busy }, { rows, perSecond }) {
  const beside = `beside ${perSecond} requests/s`;
  const { tillbridge, socat } = busy.goods;
  const { beyondGoodsAndQuiet: beyond, commit } = busy.loyalty;
  return [
    promise('apiRss', 'idle memory of the main process with the API', quiet.memory.mainRssMiB, 100, 'MiB'),
    promise('goodsBusyP50', `goods ${beside}, PTY to PTY, p50 against socat`, ratio(tillbridge.p50Us, socat.p50Us), 1.6, 'x'),
    promise('goodsBusyP99', 'the same, p99', ratio(tillbridge.p99Us, socat.p99Us), 3, 'x'),
    orientation('goodsBusyFloor', 'the same, p50, through a bare Node.js relay that serves as many requests', ratio(floor.relay.p50Us, floor.socat.p50Us), 'x'),
    promise('loyaltyBusyP50', `loyalty scan ${beside}, ${rows} cards, beyond goods and quietMs, p50 against a durable commit`, ratio(beyond.p50Us, commit.p50Us), 2, 'x'),
    promise('loyaltyBusyP99', 'the same, p99', ratio(beyond.p99Us, commit.p99Us), 3, 'x'),
    promise('lookupBusy', `look-up p99 ${beside}`, busy.lookup.p99Us, 50, 'us'),
    orientation('lookupBusyPaced', 'the same, twenty at a time with pauses of 2 ms: each first one finds cold caches', busy.lookup.paced.p99Us, 'us'),
    promise('lookupBusyWrong', `wrong look-ups ${beside}`, busy.lookup.wrong + busy.lookup.paced.wrong, 0, ''),
    promise('busyRss', `memory of the main process after ${perSecond} requests/s`, busy.memory.mainRssMiB, 100, 'MiB'),
    promise('busyChildRss', 'the same, largest child process', Math.max(0, ...busy.memory.childrenRssMiB), 60, 'MiB'),
    promise('refused', `requests that were not answered with 200, of ${busy.crowd.requests}`, busy.crowd.requests - (busy.crowd.statuses[200] ?? 0), 0, ''),
  ];
}

export async function run({ folder, rows, goods, loyalty, perSecond, sockets }) {
  const stops = [];
  try {
    const makeDriver = cDrivers(folder);
    const driver = await makeDriver();
    stops.push(driver.stop);
    const shop = shopOn(join(folder, 'shop'), driver.in, '{ port: 0 }');
    const file = join(folder, 'cards.csv');
    await writeCards(file, rows, 'random');
    await importCards(shop, file);
    const daemon = await startDaemon(shop);
    stops.push(daemon.stop);
    await driver.open(shop.link);
    const socat = await startSocat(makeDriver, folder);
    stops.push(socat.stop);
    const floor = await floorRounds(makeDriver, socat, { goods, perSecond, sockets });
    const commits = await startCommits(folder);
    stops.push(commits.stop);
    const sides = { tillbridge: { driver }, socat };
    await pause(SETTLE_MS);
    const quiet = { memory: memory(daemon), goods: await goodsRounds(sides, goods) };
    const crowd = await startCrowd(daemon.url, await tokensFor(shop, daemon), perSecond, sockets);
    stops.push(crowd.stop);
    await pause(SETTLE_MS);
    const { result: goodsBusy, cores } = await share(daemon.pid, () => goodsRounds(sides, goods));
    const loyaltyBusy = loyaltyFigures(await loyaltyRounds(driver, commits, { ...loyalty, rows }));
    const lookup = await lookups(join(shop.state, 'cards.db'), rows);
    const atEnd = memory(daemon);
    const busy = { goods: goodsBusy, loyalty: { quietMs: QUIET_MS, ...loyaltyBusy }, lookup, memory: atEnd, daemonCores: cores, crowd: await crowd.seen() };
    return { figures: { quiet, floor, busy }, promises: promises({ quiet, floor, busy }, { rows, perSecond }) };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}
