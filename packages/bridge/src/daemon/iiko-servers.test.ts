import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog, systemClock } from '@tillbridge/core';
import { controlSocketPath, openStateFolder, type StateFolder } from '@tillbridge/store';
import { FrontRestaurant, SimulatedIikoCloud, SimulatedPosServer } from '@tillbridge/testkit/iiko';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig, type LoadedConfig } from '../config/index.js';
import { callDaemon } from '../control/client.js';
import { Daemon } from './daemon.js';
import { startListeners, type Listeners } from './listeners.js';
import { standardParts } from './parts.js';

const HEAD = `
version: 1
readers: [ { id: counter, type: tcp, listen: "127.0.0.1:0" } ]
codes: [ { name: universal, kind: card, match: "^98\\\\d{14}$" } ]
translators: [ { type: rule, codes: [universal], number: "2{value:4..14}{ean13}" } ]
api: off
`;
/** A loyalty code, and the number that the rule makes of it. */
const CODE = '9812345678901234';
const GUEST = { id: '9b5e0000-0000-4000-8000-000000000001', name: 'Anna', phone: '+79990001122', cardNumber: '2234567890127', cardTrack: 'T100' };

let folder: string;
let state: StateFolder;
let restaurant: FrontRestaurant;
let cloud: SimulatedIikoCloud;
let pos: SimulatedPosServer;
let stop: (() => Promise<void>) | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tb-ik-'));
  state = openStateFolder(join(folder, 'state'));
  restaurant = new FrontRestaurant({ clock: systemClock });
  restaurant.registerGuest(GUEST);
  cloud = await SimulatedIikoCloud.start({ clock: systemClock });
  cloud.world.addGuest(GUEST);
  pos = await SimulatedPosServer.start({ clock: systemClock, hall: restaurant });
});

afterEach(async () => {
  await stop?.();
  stop = undefined;
  await Promise.all([cloud.close(), pos.close()]);
  rmSync(folder, { recursive: true, maxRetries: 3 });
});

async function start(till: string): Promise<void> {
  const load = (): LoadedConfig => {
    const env = { LOGIN: cloud.tokens.logins.apiLogin, SECRET: cloud.tokens.logins.clientSecret, KEY: cloud.tokens.logins.apiKey, PASSWORD: 'secret' };
    const loaded = parseConfig(`${HEAD}tills: [ { id: front, adapter: iiko, ${till} } ]`, { path: 'i.yaml', env, readFile: () => Buffer.alloc(0), language: 'en' });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    return loaded;
  };
  const { config } = load();
  const log = { ...silentLog, setLevel: () => undefined };
  const daemon = await Daemon.start({ config, loadConfig: load, configPath: 'i.yaml', state, clock: systemClock, log, parts: standardParts });
  const listeners: Listeners = await startListeners({ daemon, config, state, socket: controlSocketPath(state), clock: systemClock, log });
  stop = async () => {
    listeners.stopListening();
    await daemon.close();
    await listeners.close();
  };
}

const control = (path: string, body?: unknown): Promise<unknown> =>
  callDaemon(controlSocketPath(state), state.path, { method: body === undefined ? 'GET' : 'POST', path, timeoutMs: 60_000, language: 'en', ...(body === undefined ? {} : { body }) }).then((answer) => answer.body);
/** Reads the code, waits for what becomes of it, and gives its row of the journal. */
async function scan(): Promise<unknown> {
  await control('/v1/scans?wait=1', { code: CODE });
  const { scans } = (await control('/v1/scans?limit=10')) as { scans: readonly unknown[] };
  return scans.at(-1);
}
const opened = (orderId: string): Promise<unknown> => control('/v1/tills/front/order', { state: 'opened', orderId });

describe('an iiko till behind a server', () => {
  it('cloud: the guest is on the order that a program named, and on no other', async () => {
    const { appId } = cloud.tokens.logins;
    await start(`transport: cloud, url: "${cloud.url}", appId: ${appId}, secrets: { clientSecret: "\${env:SECRET}", apiKey: "\${env:KEY}" }, nativeIdentifier: { card: iikoCardNumber }, timeoutMs: 60000`);
    expect(await scan()).toMatchObject({ outcome: 'rejected', reason: 'orderNotKnown' });
    const [first, second] = [cloud.world.openOrder(cloud.world.tables[0]), cloud.world.openOrder(cloud.world.tables[1])];
    await opened(second.posId);
    expect(await scan()).toMatchObject({ outcome: 'applied', evidence: 'orderShowsGuest' });
    expect([first.guest, second.guest?.phone]).toEqual([undefined, GUEST.phone]);
  });

  it('pos-server: sent, or applied where the cloud reads it back', async () => {
    const { id } = restaurant.openOrder();
    const inCloud = cloud.world.openOrder(undefined, { posId: id });
    const server = `transport: pos-server, url: "${pos.url}", user: pos, secrets: { password: "\${env:PASSWORD}" }, nativeIdentifier: { card: iikoCardNumber }, timeoutMs: 10000, duplicateMs: 0`;
    await start(server);
    await opened(id);
    expect(await scan()).toMatchObject({ outcome: 'sent', evidence: 'authorized' });
    expect(restaurant.order(id)?.customerIds).toEqual([GUEST.id]);
    await stop?.();
    inCloud.guest = { id: GUEST.id, name: GUEST.name, phone: GUEST.phone };
    await start(`${server}, readBack: { url: "${cloud.url}", secrets: { apiLogin: "\${env:LOGIN}" }, timeoutMs: 60000 }`);
    await opened(id);
    expect(await scan()).toMatchObject({ outcome: 'alreadyApplied', evidence: 'orderShowsGuest' });
  });
});
