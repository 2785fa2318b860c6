import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog, systemClock } from '@tillbridge/core';
import { openStateFolder } from '@tillbridge/store';
import { SimulatedTill } from '@tillbridge/testkit';
import { RotatingIssuer } from '@tillbridge/testkit/rotating';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hostsOf, parseConfig, type LoadedConfig } from '../config/index.js';
import { Daemon } from './daemon.js';
import { standardParts } from './parts.js';

/** A limit, not an expectation. */
const WAIT = { timeout: 40_000, interval: 20 } as const;

let folder: string;
let server: Server;
let cards: string;
let ill: boolean;
let issuer: RotatingIssuer;
let daemon: Daemon | undefined;
/** What a reload finds. */
let next: string | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tb-sync-'));
  ill = false;
  next = undefined;
  cards = 'code,card\n98000000000001,0042\n';
  issuer = new RotatingIssuer({ clock: systemClock });
  writeFileSync(join(folder, 'keys.json'), issuer.keySet());
  server = createServer((request, response) => {
    if (ill || request.headers.authorization !== 'Bearer token-of-the-feed') response.writeHead(ill ? 503 : 401).end();
    else response.end(cards);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  await daemon?.close();
  daemon = undefined;
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const address = (): string => `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/all.csv`;
const config = (sync = `  - { id: all, type: feed, url: "${address()}", secrets: { token: "\${env:T}" } }`): string => `version: 1
readers: [{ id: counter, type: tcp, listen: "127.0.0.1:0" }]
codes:
  - { name: rot, kind: card, match: "^TB1" }
  - { name: wallet, kind: card, match: "^98\\\\d+$", payload: { type: url, hosts: [pass.example], query: c } }
  - { name: plain, kind: card, match: "^98" }
translators:
  - { type: rotating, codes: [rot], issuer: example-issuer, keys: { file: ${JSON.stringify(join(folder, 'keys.json'))} } }
  - { type: table }
sync:
${sync}
tills: [{ id: front, adapter: client }]
api: off
`;

function load(text = config()): LoadedConfig {
  const loaded = parseConfig(text, { path: 'tillbridge.yaml', env: { T: 'token-of-the-feed' }, readFile: () => new Uint8Array() });
  if (!('config' in loaded)) throw new Error(JSON.stringify(loaded));
  return loaded;
}

async function start(): Promise<Daemon> {
  const adapter = new SimulatedTill('front', systemClock);
  const parts = { ...standardParts, till: () => Promise.resolve({ adapter, options: { expireMs: 60_000, duplicateMs: 0 } }) };
  daemon = await Daemon.start({ config: load().config, loadConfig: () => load(next), configPath: 't.yaml', state: openStateFolder(join(folder, 'state')), clock: systemClock, log: { ...silentLog, setLevel: () => undefined }, parts });
  return daemon;
}

async function translated(of: Daemon, text: string): Promise<string> {
  const { translated: answer } = await of.pipeline.explain({ bytes: Buffer.from(text), reader: 'counter' }, AbortSignal.timeout(30_000));
  const translation = answer?.translation;
  return translation !== undefined && 'number' in translation ? translation.number.reveal() : (translation?.result ?? 'goods');
}
const jobs = (of: Daemon): readonly Record<string, unknown>[] => of.status('en')['sync'] as Record<string, unknown>[];
const health = (of: Daemon, id: string): unknown => of.health('en').parts.find((part) => part['id'] === id);

async function outcome(of: Daemon, text: string): Promise<string> {
  const injected = of.pipeline.inject({ bytes: Buffer.from(text), reader: 'counter' });
  if (!('ticket' in injected)) return 'goods';
  const { outcome: name, reason } = await injected.ticket.outcome;
  return reason === undefined ? name : `${name} ${reason}`;
}

describe('cards that come by themselves', () => {
  it('are there soon after the start, and stay when their server is ill', async () => {
    const running = await start();
    await vi.waitFor(async () => expect(await translated(running, '98000000000001')).toBe('0042'), WAIT);
    await vi.waitFor(() => expect(jobs(running).find(({ id }) => id === 'all')).toMatchObject({ type: 'feed', rows: 1, failures: 0 }), WAIT);
    expect(health(running, 'all')).toMatchObject({ part: 'sync', health: 'healthy', detail: expect.stringMatching(/^1 rows, \d+ min old$/) as string });
    expect(await translated(running, 'https://pass.example/?c=98000000000001')).toBe('0042');
    await running.close();
    ill = true;
    const again = await start();
    await vi.waitFor(() => expect(jobs(again).find(({ id }) => id === 'all')).toMatchObject({ error: { code: 'TB_TRANSLATE_SYNC_DOWNLOAD' } }), WAIT);
    expect(health(again, 'all')).toMatchObject({ health: 'degraded' });
    expect(await translated(again, '98000000000001')).toBe('0042');
    expect(readdirSync(join(folder, 'state')).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('come anew where the configuration changes, and leave nothing of a run that was cut off', async () => {
    mkdirSync(join(folder, 'state'), { mode: 0o700 });
    writeFileSync(join(folder, 'state', 'sync-616c6c.part'), 'code,card\nsecret,1\n');
    const running = await start();
    expect(readFileSafely(join(folder, 'state', 'sync-616c6c.part'))).not.toContain('secret');
    await vi.waitFor(() => expect(jobs(running).find(({ id }) => id === 'all')).toMatchObject({ rows: 1 }), WAIT);
    next = config(`  - { id: other, type: feed, url: "${address()}", secrets: { token: "\${env:T}" } }`);
    cards = 'code,card\n98000000000002,0043\n';
    expect((await running.reload('en')).changed).toContain('sync');
    await vi.waitFor(async () => expect(await translated(running, '98000000000002')).toBe('0043'), WAIT);
    expect(jobs(running).map(({ id }) => id)).toEqual(['keys-example-issuer', 'other']);
    // the rows of a feed that is left out stay until somebody removes them
    expect(await translated(running, '98000000000001')).toBe('0042');
  });

  it('names every host that is asked', () => {
    expect(hostsOf(load(config('  - { id: osmi, type: osmi, secrets: { id: "${env:T}", key: "${env:T}" } }')).config)).toEqual(['api.osmicards.com']);
    expect(hostsOf(load().config)).toEqual([new URL(address()).host]);
  });
});

describe('a rotating code', () => {
  it('is checked from the file of keys, delivered once, also after a restart, and is nowhere to be found', async () => {
    const running = await start();
    const code = issuer.code('98000000000777');
    await vi.waitFor(async () => expect(await translated(running, code)).toBe('98000000000777'), WAIT);
    // looking does not spend it
    expect(await translated(running, code)).toBe('98000000000777');
    expect(['applied', 'sent']).toContain(await outcome(running, code));
    expect(await outcome(running, code)).toBe('rejected codeUsed');
    await running.close();
    rmSync(join(folder, 'keys.json'));
    const again = await start();
    // the copy of the keys is there from the first moment
    expect(await translated(again, code)).toMatch(/^98000000000777$|^codeExpired$/);
    expect(await outcome(again, code)).toMatch(/^rejected code(Used|Expired)$/);
    await again.close();
    for (const file of filesOf(join(folder, 'state'))) {
      const bytes = readFileSync(file).toString('latin1');
      expect(bytes.includes(code), file).toBe(false);
      expect(bytes.includes('98000000000777'), file).toBe(false);
    }
  });

  it('of a key that is not the issuer\'s never reaches the till', async () => {
    const running = await start();
    const own = issuer.code('98000000000777');
    await vi.waitFor(async () => expect(await translated(running, own)).toBe('98000000000777'), WAIT);
    expect(await outcome(running, new RotatingIssuer({ clock: systemClock }).code('98000000000777'))).toBe('blocked badSignature');
  });
});

function* filesOf(path: string): Generator<string> {
  for (const name of readdirSync(path)) {
    const file = join(path, name);
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat?.isDirectory() === true) yield* filesOf(file);
    else if (stat?.isFile() === true) yield file;
  }
}

function readFileSafely(path: string): string {
  return statSync(path, { throwIfNoEntry: false }) === undefined ? '' : readFileSync(path, 'utf8');
}
