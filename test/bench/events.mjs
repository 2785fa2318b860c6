// From an event to the WebSocket clients that are told of it, 50 of them, against a bare `ws` server that echoes to as many.
//   node scripts/build.mjs --quiet && node test/bench/events.mjs
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { WebSocket, WebSocketServer } from 'ws';
import { pause, promise, ratio, summary } from './lib/kit.mjs';

const bin = fileURLToPath(new URL('../../packages/bridge/bin/tillbridge.cjs', import.meta.url));
const run1 = promisify(execFile);
const GAP_MS = 8;

/** The built daemon with the API on, and a way to get tokens. `parts`: its readers and tills. */
export async function openApiDaemon(folder, parts) {
  const config = join(folder, 'tillbridge.yaml');
  writeFileSync(config, `version: 1\n${parts}\ncodes: [{ name: universal, kind: card, match: "^98\\\\d{14}$" }]\ntranslators: [{ type: rule, number: "29{value:1..11}" }]\napi: { port: 0 }\nlog: { level: warn }\n`);
  const where = [bin, '--config', config, '--state', join(folder, 'state')];
  const child = spawn(process.execPath, [...where, 'run'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => child.once('close', resolve));
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => resolve(/api=(\S+)/.exec(line)[1]));
    exited.then((code) => reject(new Error(`the daemon ended with ${code}`)));
  });
  return {
    url,
    pid: child.pid,
    token: async (name, scope) => {
      const { stdout } = await run1(process.execPath, [...where, '--json', 'clients', 'pair', '--name', name, '--scope', scope]);
      const answer = await globalThis.fetch(`${url}/v1/pair`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code: JSON.parse(stdout).code, name }) });
      return (await answer.json()).token;
    },
    stop: () => (child.kill('SIGTERM'), exited),
  };
}

const now = () => Number(process.hrtime.bigint());

function open(url, token) {
  return new Promise((resolve, reject) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const socket = new WebSocket(url, ['tillbridge.v1'], { headers });
    socket.on('open', () => resolve(socket)).on('error', reject);
  });
}

/** Sends `count` things one after another; nanoseconds until each client had each of them. `marks` tells which one a message is about. */
async function measure(sockets, count, send, markOf) {
  const times = [];
  let sentAt = 0;
  let missing = 0;
  let wanted = '';
  let done = () => undefined;
  const listeners = sockets.map((socket) => {
    const listener = (data) => {
      if (markOf(data) !== wanted) return;
      times.push(now() - sentAt);
      if ((missing -= 1) === 0) done();
    };
    socket.on('message', listener);
    return () => socket.off('message', listener);
  });
  for (let i = 0; i < count; i += 1) {
    wanted = `460${String(Math.floor(Math.random() * 1e10)).padStart(10, '0')}`;
    missing = sockets.length;
    const all = new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${missing} clients did not get an event`)), 5000);
      done = () => (clearTimeout(late), resolve());
    });
    sentAt = now();
    send(wanted);
    await all;
    await pause(GAP_MS);
  }
  for (const off of listeners) off();
  return times;
}

const MARK = /460\d{10}/;
const mark = (data) => MARK.exec(data.toString('latin1'))?.[0];

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The bare server, in a process of its own: `echo` gives each its own message back, `fan` gives what one sends to all. */
async function startBare() {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--bare'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
  return { url: `ws://127.0.0.1:${port}`, stop: () => new Promise((resolve) => (child.once('close', resolve), child.kill('SIGTERM'))) };
}

function serveBare() {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  server.on('connection', (socket, request) => {
    const all = request.url === '/fan';
    socket.on('message', (data) => {
      if (!all) socket.send(data, { binary: false });
      else for (const client of server.clients) client.send(data, { binary: false });
    });
  });
  server.on('listening', () => console.log(server.address().port));
}

export async function run({ folder, clients = 50, rounds = 6, perRound = 60 } = {}) {
  const place = folder ?? mkdtempSync(join(tmpdir(), 'tillbridge-bench-'));
  const scanner = await freePort();
  const daemon = await openApiDaemon(place, `readers: [{ id: counter, type: tcp, listen: "127.0.0.1:${scanner}" }]\ntills: [{ id: front, adapter: client }]`);
  const bare = await startBare();
  const sockets = [];
  try {
    const token = await daemon.token('bench', 'scan:read,goods:read');
    const many = async (url, bearer) => {
      const opened = await Promise.all(Array.from({ length: clients }, () => open(url, bearer)));
      sockets.push(...opened);
      return opened;
    };
    const line = connect({ host: '127.0.0.1', port: scanner }).setNoDelay(true);
    const told = await many(`${daemon.url.replace('http', 'ws')}/v1/events`, token);
    const frame = await sample(told[0], line);
    const echoing = await many(`${bare.url}/echo`);
    const fanned = await many(`${bare.url}/fan`);
    const same = (text) => frame.replace(MARK, text);
    const sides = {
      tillbridge: (count) => measure(told, count, (text) => line.write(`${text}\r`), mark),
      echo: (count) => measure(echoing, count, (text) => echoing.forEach((socket) => socket.send(same(text))), mark),
      fanOut: (count) => measure(fanned, count, (text) => fanned[0].send(same(text)), mark),
    };
    const times = { tillbridge: [], echo: [], fanOut: [] };
    for (const side of Object.values(sides)) await side(perRound);
    for (let i = 0; i < rounds; i += 1) for (const [name, side] of Object.entries(sides)) times[name].push(...(await side(perRound)));
    line.destroy();
    const figures = { clients, frameBytes: frame.length, ...Object.fromEntries(Object.entries(times).map(([name, list]) => [name, summary(list)])) };
    return {
      figures,
      promises: [
        promise('eventsP99', `event to WebSocket client, ${clients} clients, p99 against a bare ws echo`, ratio(figures.tillbridge.p99Us, figures.echo.p99Us), 5, 'x'),
        promise('eventsFanOutP99', 'the same against a bare ws server that tells all', ratio(figures.tillbridge.p99Us, figures.fanOut.p99Us), 5, 'x'),
      ],
    };
  } finally {
    for (const socket of sockets) socket.terminate();
    await bare.stop();
    await daemon.stop();
    if (folder === undefined) rmSync(place, { recursive: true, force: true });
  }
}

/** A whole event of the daemon, so that the bare server carries as much. */
function sample(socket, line) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('no goods event')), 5000);
    const listener = (data) => {
      if (mark(data) === undefined) return;
      clearTimeout(late);
      socket.off('message', listener);
      resolve(data.toString('latin1'));
    };
    socket.on('message', listener);
    line.write('4600000000000\r');
  });
}

if (process.argv.includes('--bare')) serveBare();
else if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(await run(), null, 2));
