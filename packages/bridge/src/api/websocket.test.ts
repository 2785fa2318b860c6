import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { asTillbridgeError, silentLog, systemClock, type Clock, type Frame } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import type { RingLimits } from '../events/event-ring.js';
import { EventHub, grantsOf } from '../events/index.js';
import { eventWishOf, refuseUpgrade, upgradeUrl } from './upgrade.js';
import { EventSockets, SUBPROTOCOL } from './websocket.js';

const PROTOCOLS = [SUBPROTOCOL, 'bearer.tb_secret'];

let hub: EventHub;
let sockets: EventSockets;
let server: Server;
const clients: WebSocket[] = [];

function start(clock: Clock, ring?: RingLimits): Promise<unknown> {
  hub = new EventHub({ clock: systemClock, log: silentLog, version: '1.0.0', ...(ring === undefined ? {} : { ring }) });
  sockets = new EventSockets({ hub, clock });
  server = createServer();
  server.on('upgrade', (request, socket, head) => {
    try {
      const { pathname, searchParams } = upgradeUrl(request);
      const wish = eventWishOf(searchParams);
      sockets.accept(request, socket, head, { client: pathname.slice(1), grants: grantsOf(['scan:read']), ...wish });
    } catch (error) {
      refuseUpgrade(socket, asTillbridgeError(error, 'TB_API_BAD_REQUEST'), { 'x-test': 'yes' });
    }
  });
  server.listen(0, '127.0.0.1');
  return once(server, 'listening');
}

beforeEach(() => start(systemClock));
afterEach(async () => {
  for (const client of clients.splice(0)) client.terminate();
  server.closeAllConnections();
  server.close();
  await until(() => sockets.count === 0);
});

interface Client {
  readonly socket: WebSocket;
  readonly frames: Frame[];
  /** Code with which it was closed. */
  readonly closed: Promise<number>;
  raw(): Socket;
}

const address = (path: string): string => `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}/${path}`;

async function connect(path = 'c1', options: { readonly protocols?: readonly string[]; readonly autoPong?: boolean } = {}): Promise<Client> {
  let raw: Socket | undefined;
  const socket = new WebSocket(address(path), [...(options.protocols ?? PROTOCOLS)], { autoPong: options.autoPong ?? true });
  socket.on('upgrade', (response) => (raw = response.socket));
  clients.push(socket);
  const frames: Frame[] = [];
  socket.on('message', (data: Buffer, binary) => {
    if (binary) throw new Error('a binary frame');
    frames.push(JSON.parse(data.toString('utf8')) as Frame);
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await once(socket, 'open');
  await until(() => frames.length > 0);
  return { socket, frames, closed, raw: () => raw ?? expect.fail('no socket') };
}

function publish(text = 'ready', count = 1): void {
  for (let i = 0; i < count; i += 1) {
    hub.publish({ scope: 'scan:read', body: () => ({ type: 'reader', id: text, status: 'ready', health: 'healthy' }), weight: 200 + text.length });
  }
}

describe('events over a WebSocket', () => {
  it('greets, answers with our subprotocol alone, and sends what happens as text', async () => {
    const { socket, frames } = await connect();
    expect(socket.protocol).toBe(SUBPROTOCOL);
    expect(frames).toMatchObject([{ type: 'hello', scopes: ['scan:read'], product: 'tillbridge', wire: 1 }]);
    publish('counter', 2);
    await until(() => frames.length === 3);
    expect(frames.slice(1).map((frame) => 'seq' in frame && frame.seq - hub.lastSeq)).toEqual([-1, 0]);
  });

  it('works with the WebSocket of Node.js and of browsers, and without a subprotocol', async () => {
    for (const protocols of [PROTOCOLS, []]) {
      const socket = new globalThis.WebSocket(address('c1'), protocols);
      const message = await new Promise<MessageEvent>((resolve) => socket.addEventListener('message', resolve, { once: true }));
      expect(JSON.parse(String(message.data))).toMatchObject({ type: 'hello' });
      socket.close();
    }
    await until(() => sockets.count === 0);
  });

  it('replays what came after `since`', async () => {
    publish('one');
    const since = hub.lastSeq;
    publish('two');
    const { frames } = await connect(`c1?since=${String(since)}`);
    await until(() => frames.length === 2);
    expect(frames[1]).toMatchObject({ id: 'two', seq: since + 1 });
  });

  it('gives who asks for it in bunches what goes out together as one message, in the same order', async () => {
    publish('before', 300);
    const first = hub.lastSeq - 300;
    const socket = new WebSocket(address(`c1?since=${String(first)}&bunched=1`), PROTOCOLS);
    clients.push(socket);
    const messages: unknown[] = [];
    socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString('utf8'))));
    const seqs = (): readonly number[] => messages.flat().flatMap((frame) => ((frame as Frame).type === 'reader' ? [(frame as { readonly seq: number }).seq] : []));
    await until(() => seqs().length === 300);
    expect(seqs()).toEqual(Array.from({ length: 300 }, (_, i) => first + 1 + i));
    // the greeting is by itself, and a message has 32 KiB
    expect(messages[0]).toMatchObject({ type: 'hello' });
    expect(messages.length).toBeLessThan(10);
    // one event alone is no bunch
    publish('alone');
    await until(() => seqs().length === 301);
    expect(messages.at(-1)).toMatchObject({ id: 'alone' });
  });

  it.each([
    ['c1', ['tillbridge.v2', 'bearer.x'], 400],
    ['c1?since=soon', PROTOCOLS, 400],
    ['c1?since=1&since=2', PROTOCOLS, 400],
    ['c1?since=99999999999999999', PROTOCOLS, 400],
  ] as const)('refuses %s with %j', async (path, protocols, status) => {
    const socket = new WebSocket(address(path), [...protocols]);
    socket.on('error', () => undefined);
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
    expect(response.statusCode).toBe(status);
    expect(response.headers['x-test']).toBe('yes');
    let body = '';
    for await (const chunk of response) body += String(chunk);
    expect(JSON.parse(body)).toMatchObject({ error: { code: 'TB_API_BAD_REQUEST' } });
  });

  it('a client whose token was revoked is told so and hears nothing more', async () => {
    const one = await connect('c1');
    const other = await connect('c2');
    sockets.revoke('c1');
    publish();
    expect(await one.closed).toBe(4001);
    await until(() => other.frames.length === 2);
    expect(one.frames).toHaveLength(1);
  });

  it('a client that does not keep up is told so when it reads on, and costs a bounded amount of memory meanwhile', async () => {
    const slow = await connect('c1');
    const good = await connect('c2');
    slow.raw().pause();
    let sent = 0;
    while (hub.subscribers === 2) {
      publish('x'.repeat(4000), 25);
      sent += 25;
      // far more than any socket of the kernel holds
      if (sent > 20_000) throw new Error('it was never let go');
      await until(() => good.frames.length === 1 + sent);
    }
    expect(good.socket.readyState).toBe(WebSocket.OPEN);
    slow.raw().resume();
    expect(await slow.closed).toBe(4008);
    const seqs = slow.frames.slice(1).map((frame) => ('seq' in frame ? frame.seq : 0));
    expect(seqs).toEqual(seqs.map((_, i) => (seqs[0] ?? 0) + i));
    // nothing is lost to who comes back with the last number that he has, or he is told
    const again = await connect(`c1?since=${String(seqs.at(-1))}`);
    await until(() => again.frames.some((frame) => 'seq' in frame && frame.type !== 'hello' && frame.seq === hub.lastSeq));
    const [, first] = again.frames;
    expect(first?.type === 'gap' ? first.from : first?.type === 'hello' ? 0 : first?.seq).toBe((seqs.at(-1) ?? 0) + 1);
  });

  it('a long replay to a client that reads slowly reaches it whole', async () => {
    server.close();
    await start(systemClock, { events: 8192, bytes: 1e9 });
    const since = hub.lastSeq;
    // more than the sockets of the kernel hold
    publish('x'.repeat(4000), 6000);
    const { frames } = await connect(`c1?since=${String(since)}`);
    await until(() => frames.length === 6001);
    expect(sockets.count).toBe(1);
  });

  it('what a client says is not read: a little does no harm, a flood ends it, a giant too', async () => {
    const polite = await connect('c1');
    for (let i = 0; i < 20; i += 1) polite.socket.send('ping');
    publish();
    await until(() => polite.frames.length === 2);
    for (let i = 0; i < 20; i += 1) polite.socket.send('ping');
    expect(await polite.closed).toBe(4003);
    const giant = await connect('c2');
    giant.socket.send('x'.repeat(65 * 1024));
    expect(await giant.closed).toBe(1009);
  });

  it('takes leave of everybody when the daemon stops', async () => {
    const { frames, closed } = await connect();
    publish();
    hub.close();
    expect(await closed).toBe(1012);
    expect(frames).toHaveLength(2);
  });

  it('takes leave of everybody when its listener closes', async () => {
    const { closed } = await connect();
    sockets.close();
    expect(await closed).toBe(1012);
    expect(hub.subscribers).toBe(0);
  });

  it('holds a bounded number of connections', async () => {
    await Promise.all(Array.from({ length: 256 }, () => connect()));
    const socket = new WebSocket(address('c1'), PROTOCOLS);
    socket.on('error', () => undefined);
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
    expect(response.statusCode).toBe(429);
  });

  it('subscribes nobody who has hung up', async () => {
    const { socket } = await connect();
    socket.terminate();
    await until(() => hub.subscribers === 0);
  });

  it('hangs up on who has not answered a ping for half a minute, and on nobody else', async () => {
    server.close();
    const clock = new VirtualClock();
    await start(clock);
    const dead = await connect('c1', { autoPong: false });
    const alive = await connect('c2');
    let pings = 0;
    alive.socket.on('ping', () => (pings += 1));
    for (let round = 1; round <= 3; round += 1) {
      await clock.advance(15_000);
      if (round === 1) expect(sockets.count).toBe(2);
      await until(() => pings === round);
      // its pong comes back before the time moves on
      await new Promise((resolve) => {
        alive.socket.ping();
        alive.socket.once('pong', resolve);
      });
    }
    expect(await dead.closed).toBe(1006);
    expect(sockets.count).toBe(1);
    alive.socket.close();
    await alive.closed;
  });
});

async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + 8000;
  while (!condition()) {
    if (performance.now() > end) throw new Error('did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
