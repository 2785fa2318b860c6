// Goods from one PTY to another beside 500 requests a second and 50 readers of events, against a plain socat relay under the same load.
//   node scripts/build.mjs --quiet && node test/bench/load.mjs
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openApiDaemon, pause, promise, ratio, summary } from './events.mjs';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const CLIENTS = 12;
const SCOPES = 'status:read,scan:read,scan:inject,goods:read';

function lines(command, argv) {
  const child = spawn(command, argv, { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = [];
  const arrived = [];
  createInterface({ input: child.stdout }).on('line', (line) => (waiting.length > 0 ? waiting.shift()(line) : arrived.push(line)));
  return {
    next: () => (arrived.length > 0 ? Promise.resolve(arrived.shift()) : new Promise((resolve) => waiting.push(resolve))),
    tell: (text) => child.stdin.write(`${text}\n`),
    stop: () => new Promise((resolve) => (child.once('close', resolve), child.kill('SIGTERM'))),
  };
}

/** A scanner and a cashier program with one clock, around whatever stands between. */
async function startSide(open) {
  const ends = lines('python3', [path('../support/far-end/scanner.py'), '--till']);
  const scanner = (await ends.next()).replace('path ', '');
  const between = await open(scanner);
  ends.tell(`open ${between.till}`);
  await ends.next();
  const round = async (count) => {
    ends.tell(`round ${count}`);
    return (await ends.next()).split(' ').map(Number);
  };
  return { round, stop: async () => [await ends.stop(), await between.stop?.()] };
}

const cpuSeconds = (pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

export async function run({ folder, rounds = 8, perRound = 150, perSecond = 500, sockets = 50 } = {}) {
  const place = folder ?? mkdtempSync(join(tmpdir(), 'tillbridge-bench-'));
  const stops = [];
  try {
    let daemon;
    const ours = await startSide(async (scanner) => {
      const till = join(place, 'till');
      daemon = await openApiDaemon(place, `readers: [{ id: counter, type: serial, path: ${scanner} }]\ntills: [{ id: front, adapter: virtual-com, transport: pty, link: ${till} }]`);
      return { till, stop: () => daemon.stop() };
    });
    stops.push(ours.stop);
    const socat = await startSide(async (scanner) => {
      const till = join(place, 'socat');
      const relay = lines('socat', [`${scanner},raw,echo=0`, `pty,raw,echo=0,link=${till}`]);
      for (let i = 0; !existsSync(till) && i < 500; i += 1) await pause(10);
      return { till, stop: relay.stop };
    });
    stops.push(socat.stop);
    const measure = async () => {
      const times = { tillbridge: [], socat: [] };
      const start = [performance.now(), cpuSeconds(daemon.pid)];
      for (let i = 0; i < rounds; i += 1) {
        times.tillbridge.push(...(await ours.round(perRound)));
        times.socat.push(...(await socat.round(perRound)));
      }
      const cpu = (cpuSeconds(daemon.pid) - start[1]) / ((performance.now() - start[0]) / 1000);
      return { tillbridge: summary(times.tillbridge), socat: summary(times.socat), daemonCpu: Number(cpu.toFixed(2)) };
    };
    await ours.round(300);
    await socat.round(300);
    const quiet = await measure();
    const crowd = lines(process.execPath, [path('../support/api-load.mjs'), daemon.url, String(perSecond), String(sockets)]);
    stops.push(crowd.stop);
    for (let i = 0; i < CLIENTS; i += 1) crowd.tell(await daemon.token(`client ${i}`, SCOPES));
    crowd.tell('');
    await crowd.next();
    await pause(2000);
    const busy = await measure();
    crowd.tell('stop');
    const seen = JSON.parse(await crowd.next());
    return {
      figures: { quiet, busy, crowd: seen },
      promises: [
        promise('goodsBusyP50', `goods beside ${perSecond} requests/s, PTY to PTY, p50 against socat`, ratio(busy.tillbridge.p50Us, busy.socat.p50Us), 1.6, 'x'),
        promise('goodsBusyP99', 'the same, p99', ratio(busy.tillbridge.p99Us, busy.socat.p99Us), 3, 'x'),
      ],
    };
  } finally {
    for (const stop of stops.reverse()) await stop();
    if (folder === undefined) rmSync(place, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(await run(), null, 2));
