import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog, systemClock } from '@tillbridge/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import WebSocket from 'ws';
import { EventHub } from '../events/index.js';
import { controlEvents, type ControlEvents } from './control-events.js';
import { startControlServer, type ControlServer } from './server.js';

let folder: string;
let path: string;
let hub: EventHub;
let events: ControlEvents;
let server: ControlServer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tb-control-'));
  path = process.platform === 'win32' ? `\\\\.\\pipe\\${folder.slice(-20)}` : join(folder, 'c.sock');
  hub = new EventHub({ clock: systemClock, log: silentLog, version: '0' });
  events = controlEvents(hub, systemClock);
  server = await startControlServer({ path, calls: [], upgrade: events.upgrade, clock: systemClock, log: silentLog });
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

it('gives its owner every event, without a token', async () => {
  const socket = new WebSocket(`ws+unix:${path}:/v1/events`);
  const [hello] = (await once(socket, 'message')) as [Buffer];
  expect(JSON.parse(hello.toString())).toMatchObject({ type: 'hello', scopes: [] });
  hub.publish({ scope: 'delivery:front', body: () => ({ type: 'till', id: 'front', status: 'ready', health: 'healthy' }), weight: 1 });
  const [frame] = (await once(socket, 'message')) as [Buffer];
  expect(JSON.parse(frame.toString())).toMatchObject({ type: 'till', id: 'front' });
  events.close();
  expect((await once(socket, 'close'))[0]).toBe(1012);
});

it.each([
  ['/v1/other', 404],
  ['/v1/events?since=x', 400],
])('refuses %s', async (target, status) => {
  const socket = new WebSocket(`ws+unix:${path}:${target}`);
  socket.on('error', () => undefined);
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  expect(response.statusCode).toBe(status);
  response.destroy();
});
