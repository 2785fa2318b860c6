// The console: how soon it can be used on a slow machine, and what ten browsers with it open cost the goods.
// Linux with gcc, socat, python3 and Chromium; not part of the whole run, which is to need no browser.
//   node test/bench/run.mjs console [--short]
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { RUN_IN_MS, shopOn, tokenFor } from './lib/daemon.mjs';
import { cDrivers, cpuSeconds, goodsRounds, orientation, pause, promise, ratio, rssMiB, startDaemon, startSocat } from './lib/kit.mjs';

const SCOPES = 'status:read,scan:read,scan:inject,cards:read,cards:write,config:read,config:write,clients:admin,support:read';
/** A till's computer against the one that measures. */
const SLOWER = 4;
/** Loyalty scans while goods are measured, so that the pages have something to show. */
const SCANS_PER_SECOND = 5;
const SETTLE_MS = 3000;

function browserPath() {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
    } catch {
      // the next name
    }
  }
  throw new Error('no Chromium on PATH: sh test/setup-debian.sh');
}

/** Once it yields, it stands for browsers on other machines: it gets the processor last. */
async function startBrowser(stops) {
  const server = await chromium.launchServer({ executablePath: browserPath(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  stops.push(() => server.close());
  const browser = await chromium.connect(server.wsEndpoint());
  return Object.assign(browser, { yield: () => execFileSync('renice', ['-n', '19', '-g', String(server.process().pid)], { stdio: 'ignore' }) });
}

/** A page of somebody who has signed in before, its cache empty. */
async function signedIn(browser, url, token) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const session = { token, clientId: 'bench', scopes: SCOPES.split(',') };
  await context.addInitScript(`sessionStorage.setItem('tillbridge.session', ${JSON.stringify(JSON.stringify(session))})`);
  const page = await context.newPage();
  return { context, page, open: () => page.goto(`${url}/#/live`) };
}

/** Milliseconds from the start of the navigation until the page has its heading and its scans, and the browser has time for a click. */
const USABLE = `new Promise((resolve) => {
  const look = () => {
    if (document.querySelector('main h1') === null || document.querySelector('.scan') === null) requestAnimationFrame(look);
    else setTimeout(() => resolve(performance.now()), 0);
  };
  look();
})`;

async function loads(browser, url, token, count) {
  const times = [];
  let bytes = 0;
  for (let i = 0; i < count; i += 1) {
    const { context, page, open } = await signedIn(browser, url, token);
    const debug = await context.newCDPSession(page);
    await debug.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await debug.send('Network.enable');
    bytes = 0;
    debug.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    await open();
    times.push(await page.evaluate(USABLE));
    await context.close();
  }
  times.sort((a, b) => a - b);
  return { count, p50Ms: Math.round(times[Math.floor(count / 2)]), maxMs: Math.round(times.at(-1)), bytes };
}

function scans(url, token) {
  let on = true;
  const done = (async () => {
    for (let i = 0; on; i += 1) {
      const code = `98${String(i).padStart(18, '0')}`;
      await globalThis.fetch(`${url}/v1/scans`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ code, reader: 'counter' }) });
      await pause(1000 / SCANS_PER_SECOND);
    }
  })();
  // what broke the daemon is told by whoever measured it
  done.catch(() => undefined);
  return () => ((on = false), done);
}

async function side(daemon, token, sides, goods) {
  const stop = scans(daemon.url, token);
  await pause(SETTLE_MS);
  const [began, cpu] = [performance.now(), cpuSeconds(daemon.pid)];
  const result = await goodsRounds(sides, goods);
  const cores = Number(((cpuSeconds(daemon.pid) - cpu) / ((performance.now() - began) / 1000)).toFixed(3));
  await stop();
  return { ...result, daemonCores: cores, mainRssMiB: rssMiB(daemon.pid) };
}

export async function run({ folder, goods, browsers, loads: count }) {
  const stops = [];
  try {
    const makeDriver = cDrivers(folder);
    const driver = await makeDriver();
    stops.push(driver.stop);
    const shop = shopOn(join(folder, 'shop'), driver.in, '{ port: 0 }');
    const daemon = await startDaemon(shop);
    stops.push(daemon.stop);
    await driver.open(shop.link);
    const socat = await startSocat(makeDriver, folder);
    stops.push(socat.stop);
    const token = await tokenFor(shop, daemon.url, 'console', SCOPES);
    const feeder = await tokenFor(shop, daemon.url, 'scans', 'scan:inject');
    const sides = { tillbridge: { driver }, socat };
    await pause(RUN_IN_MS);
    const alone = await side(daemon, feeder, sides, goods);
    const browser = await startBrowser(stops);
    const first = await loads(browser, daemon.url, token, count);
    await browser.yield();
    for (let i = 0; i < browsers; i += 1) await (await signedIn(browser, daemon.url, token)).open();
    const watched = await side(daemon, feeder, sides, goods);
    const times = (one) => [ratio(one.tillbridge.p50Us, one.socat.p50Us), ratio(one.tillbridge.p99Us, one.socat.p99Us)];
    const [[p50, p99], [alone50, alone99]] = [times(watched), times(alone)];
    return {
      figures: { first, alone, watched, browsers },
      promises: [
        promise('consoleUsable', `console usable on a processor ${SLOWER} x slower, p50 of ${count} first loads`, first.p50Ms, 1000, 'ms'),
        promise('consoleBytes', 'the same, bytes that came', first.bytes, 100_000, 'B'),
        promise('goodsWatchedP50', `goods with ${browsers} browsers on the console, PTY to PTY, p50 against socat`, p50, 1.6, 'x'),
        promise('goodsWatchedP99', 'the same, p99', p99, 3, 'x'),
        orientation('goodsAloneP50', 'the same with none, p50', alone50, 'x'),
        orientation('goodsAloneP99', 'the same with none, p99', alone99, 'x'),
        promise('watchedRss', `memory of the main process with ${browsers} browsers`, watched.mainRssMiB, 100, 'MiB'),
      ],
    };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}
