// The least that a Node.js program costs which relays between two ttys and serves an API as busy as ours beside it: fastify with answers that are
// ready, ws that tells every client of each read. No guards, no journal, no look-ups: node api-relay.mjs FROM TO
import { constants, openSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import fastify from 'fastify';
import { WebSocketServer } from 'ws';

const [from, to] = process.argv.slice(2);
const ANSWER = JSON.stringify({ status: 'ready', filler: 'x'.repeat(400) });
const SCANS = JSON.stringify({ scans: Array.from({ length: 20 }, (_, i) => ({ id: i, filler: 'x'.repeat(200) })) });

const app = fastify();
app.all('/*', (request, reply) => reply.type('application/json').send(request.url.startsWith('/v1/scans') ? SCANS : ANSWER));
const url = await app.listen({ host: '127.0.0.1', port: 0 });
const sockets = new WebSocketServer({ server: app.server, perMessageDeflate: false });

const out = openSync(to, constants.O_WRONLY | constants.O_NOCTTY);
new ReadStream(openSync(from, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK)).on('data', (bytes) => {
  writeSync(out, bytes);
  const frame = Buffer.from(JSON.stringify({ type: 'goods', text: bytes.toString('latin1'), filler: 'x'.repeat(150) }));
  setImmediate(() => {
    for (const socket of sockets.clients) socket.send(frame, { binary: false });
  });
});
console.log(`ready ${url}`);
