// A crowd of API clients in a process of its own: requests at a steady pace, and WebSockets that read events.
//   node api-load.mjs URL REQUESTS_PER_SECOND WEBSOCKETS < tokens, one a line, and an empty line
// Prints `ready` when all are connected; a line `stop` makes it print what it saw as JSON and end.
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';
import { clearInterval, setInterval } from 'node:timers';
import { WebSocket } from 'ws';

const [url, perSecond, sockets] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const STEP_MS = 10;
const MOST_AT_ONCE = 20;
const CALLS = [
  { method: 'GET', path: '/v1/health' },
  { method: 'GET', path: '/v1/tills' },
  { method: 'GET', path: '/v1/scans?limit=20' },
  { method: 'POST', path: '/v1/translate', body: JSON.stringify({ code: '98000000000000000001' }) },
];

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const seen = { requests: 0, statuses: {}, frames: 0, closed: 0, milliseconds: [] };
const tokens = [];
let running = true;
let underWay = 0;

function call(number) {
  const { method, path, body } = CALLS[number % CALLS.length];
  const headers = { authorization: `Bearer ${tokens[number % tokens.length]}`, ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': body.length }) };
  const start = performance.now();
  const note = (status) => {
    underWay -= 1;
    seen.statuses[status] = (seen.statuses[status] ?? 0) + 1;
    seen.milliseconds.push(performance.now() - start);
  };
  seen.requests += 1;
  underWay += 1;
  request(url + path, { method, headers, agent }, (incoming) => incoming.resume().on('end', () => note(incoming.statusCode)))
    .on('error', (error) => note(error.code ?? 'error'))
    .end(body);
}

function connect(number) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/events`, ['tillbridge.v1'], { headers: { authorization: `Bearer ${tokens[number % tokens.length]}` } });
    socket.on('open', () => resolve(socket)).on('error', reject);
    socket.on('message', () => (seen.frames += 1)).on('close', () => running && (seen.closed += 1));
  });
}

async function run() {
  const open = await Promise.all(Array.from({ length: sockets }, (_, number) => connect(number)));
  console.log('ready');
  const start = performance.now();
  let missed = 0;
  const timer = setInterval(() => {
    // what is due by now. After a pause in which this process got no processor nothing is made up for: it would be a burst that gets refused
    const due = ((performance.now() - start) / 1000) * perSecond - seen.requests - missed;
    const now = Math.min(Math.floor(due), MOST_AT_ONCE);
    missed += Math.max(0, Math.floor(due) - now);
    for (let i = 0; i < now; i += 1) call(seen.requests);
  }, STEP_MS);
  return async () => {
    running = false;
    clearInterval(timer);
    const seconds = (performance.now() - start) / 1000;
    while (underWay > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const socket of open) socket.terminate();
    agent.destroy();
    const sorted = seen.milliseconds.sort((a, b) => a - b);
    const at = (part) => Number((sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(2));
    const { requests, statuses, frames, closed } = seen;
    console.log(JSON.stringify({ requests, perSecond: Math.round(requests / seconds), statuses, frames, closed, p50Ms: at(0.5), p99Ms: at(0.99) }));
  };
}

let stop;
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  if (line === 'stop') void stop.then((end) => end()).then(() => lines.close());
  else if (line === '') stop = run();
  else tokens.push(line);
});
