// From a code to its external event in a host of 1C's kind that has the compiled driver loaded: products through the built daemon (network scanner
// in, event out), numbers from the adapter's `deliver` to the event. Linux x64 with gcc.
//   node scripts/build.mjs --quiet && node test/bench/onec.mjs
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { AddinListeners, AddinTill } from '@tillbridge/adapter-1c';
import { compileOutput, instant, NativeNumber, Secret, silentLog, systemClock } from '@tillbridge/core';
import { NativeLibrary, OnecClient } from '@tillbridge/testkit/1c';
import { buildLibrary } from '../../packages/adapter-1c/addin/build.mjs';
import { pause, promise, summary } from './lib/kit.mjs';

const bin = fileURLToPath(new URL('../../packages/bridge/bin/tillbridge.cjs', import.meta.url));
const TOKEN = 'made-up-token-of-the-bench';
/** Bound of the promise, in microseconds. */
const BOUND_US = 5000;
const GAP_MS = 5;
const never = new globalThis.AbortController().signal;
const now = () => Number(process.hrtime.bigint());

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

async function openDaemon(folder, ports) {
  const config = join(folder, 'tillbridge.yaml');
  const readers = [{ id: 'net', type: 'tcp', listen: `127.0.0.1:${ports.reader}` }];
  const tills = [{ id: 'front', adapter: '1c', transport: 'addin', listen: `127.0.0.1:${ports.till}`, secrets: { token: '${env:ONEC_TOKEN}' } }];
  writeFileSync(config, JSON.stringify({ version: 1, readers, tills, api: 'off', log: { level: 'warn' } }));
  const child = spawn(process.execPath, [bin, '--config', config, '--state', join(folder, 'state'), 'run'], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ONEC_TOKEN: TOKEN } });
  const exited = once(child, 'close');
  await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', resolve);
    exited.then(([code]) => reject(new Error(`the daemon ended with ${code}`)));
  });
  return () => (child.kill('SIGTERM'), exited);
}

/** Sends one after another; nanoseconds until each is heard. */
async function timed(client, count, send) {
  const times = [];
  for (let i = 0; i < count; i += 1) {
    const code = `29${String(i).padStart(11, '0')}`;
    const heard = new Promise((resolve) => {
      const off = client.onEvent(({ data }) => {
        if (data !== code) return;
        resolve(now());
        off();
      });
    });
    const start = now();
    send(code, i);
    times.push((await heard) - start);
    await pause(GAP_MS);
  }
  return times;
}

async function connected(library, port) {
  const client = await OnecClient.start({ clock: systemClock, library });
  await client.connect({ Port: port, Token: TOKEN });
  return client;
}

async function goods(library, folder, count) {
  const ports = { reader: await freePort(), till: await freePort() };
  const stop = await openDaemon(folder, ports);
  const scanner = connect(ports.reader, '127.0.0.1').setNoDelay(true);
  const client = await connected(library, ports.till);
  // the first product that is heard shows that the driver has found the daemon
  while (client.heard.length === 0) {
    scanner.write('ready\r');
    await pause(50);
  }
  const send = (code) => scanner.write(`${code}\r`);
  await timed(client, 50, send);
  const times = await timed(client, count, send);
  await client.close();
  scanner.destroy();
  await stop();
  return times;
}

async function numbers(library, count) {
  const listeners = new AddinListeners({ clock: systemClock, log: silentLog, version: '0' });
  const options = { id: 'front', listen: { host: '127.0.0.1', port: 0 }, token: new Secret(TOKEN), output: compileOutput({ suffix: 'none' }), charset: 'ascii', gapMs: 0, backlogMs: 2000, expireMs: 5000, keepAim: false };
  const till = new AddinTill(options, { clock: systemClock, log: silentLog, listeners });
  await till.open({ state: () => undefined, goodsDropped: () => undefined, order: () => undefined }, never);
  const client = await connected(library, Number(till.address.split(':')[1]));
  while (till.state.status !== 'ready') await pause(10);
  const send = (code, i) => void till.deliver({ id: `${code}-${i}-${now()}`, scanId: 's', till: 'front', number: new NativeNumber('card', code), at: instant(systemClock), expired: () => false }, never);
  await timed(client, 50, send);
  const times = await timed(client, count, send);
  await client.close();
  await till.close();
  return times;
}

export async function run({ folder, count }) {
  const library = await NativeLibrary.load(await buildLibrary('linux64', folder));
  const figures = { goods: summary(await goods(library, folder, count)), numbers: summary(await numbers(library, count)) };
  const text = (what) => `1C: ${what} to external event in the host, p99`;
  return {
    figures,
    promises: [promise('onec.goods', text('product, scanner'), figures.goods.p99Us, BOUND_US, 'us'), promise('onec.numbers', text('number, delivery'), figures.numbers.p99Us, BOUND_US, 'us')],
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = mkdtempSync(join(tmpdir(), 'tillbridge-bench-onec-'));
  try {
    console.log(JSON.stringify(await run({ folder, count: 400 }), null, 2));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
