import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeOf, silentLog, systemClock, type Translation } from '@tillbridge/core';
import { openStateFolder, type StateFolder } from '@tillbridge/store';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseConfig, type Config } from '../../config/index.js';
import { buildRules, idleContext, translatorId } from '../parts.js';
import { platformView } from './platform-view.js';
import { Platforms } from './platforms.js';

const CARD = codeOf('card', '9812345678901234');

describe('the platforms of a daemon', () => {
  let folder: string;
  let state: StateFolder;
  let server: Server;
  let down = false;
  let asked = 0;
  const open: Platforms[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tb-platforms-'));
    state = openStateFolder(join(folder, 'state'));
    down = false;
    asked = 0;
    server = createServer((_, response) => {
      asked += 1;
      if (down) response.destroy();
      else response.writeHead(200, { 'content-type': 'application/json' }).end('{"card":"4100001234567"}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((platforms) => platforms.close()));
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    rmSync(folder, { recursive: true, force: true });
  });

  const configOf = (more = '', rest = ''): Config => {
    const platform = `  - type: http
    baseUrl: http://127.0.0.1:${(server.address() as AddressInfo).port}
    secrets: { key: "\${env:KEY}" }
    auth: { type: header, name: X-Key, value: "{{secrets.key}}" }
    accept: [{ kind: card, call: find }]
    calls: { find: { path: "/card/{{id}}" } }
    response: { rules: [{ path: card, exists: true, then: found }], fields: { number: [card] } }
    retry: { times: 0 }${more}`;
    const loaded = parseConfig(`version: 1\nreaders:\n  - { id: counter, type: tcp, listen: "127.0.0.1:0" }\ntills:\n  - { id: front, adapter: client }\ntranslators:\n${platform}\n${rest}`, { path: 'tillbridge.yaml', env: { KEY: 's3cret-key-1' }, readFile: () => new Uint8Array() });
    if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
    return loaded.config;
  };
  const start = async (config: Config): Promise<Platforms> => {
    const platforms = new Platforms({ clock: systemClock, log: silentLog, state });
    open.push(platforms);
    await platforms.prepare(config, translatorId);
    await platforms.settle();
    return platforms;
  };
  const ask = async (platforms: Platforms): Promise<Translation> => {
    const translator = platforms.of('1:http');
    if (translator === undefined) throw new Error('no such translator');
    return translator.translate(CARD, { scanId: 's', reader: 'counter' }, new AbortController().signal);
  };

  test('a reload that does not concern it leaves it as it is; one that does makes another and closes the old', async () => {
    const platforms = await start(configOf());
    await ask(platforms);
    const before = platforms.of('1:http');
    await platforms.prepare(configOf('', 'log: { level: warn }'), translatorId);
    await platforms.settle();
    expect(platforms.of('1:http')).toBe(before);
    await platforms.prepare(configOf('\n    timeoutMs: 900'), translatorId);
    expect(platforms.of('1:http')).not.toBe(before);
    // until it is settled the old one still answers
    expect(await before?.translate(CARD, { scanId: 's', reader: 'r' }, new AbortController().signal)).toMatchObject({ result: 'found' });
    await platforms.settle();
    expect(await before?.translate(codeOf('card', '77'), { scanId: 's', reader: 'r' }, new AbortController().signal)).toMatchObject({ result: 'unavailable' });
    expect(platforms.views()).toHaveLength(1);
  });

  test('a configuration that cannot be made changes nothing; one that was prepared twice is made once', async () => {
    const platforms = await start(configOf());
    const before = platforms.of('1:http');
    await expect(platforms.prepare(configOf(`\n    caFile: ${join(folder, 'none.pem')}`), translatorId)).rejects.toMatchObject({ code: 'TB_TRANSLATE_HTTP_CA' });
    expect([platforms.of('1:http'), platforms.all()]).toEqual([before, [before]]);
    expect(await ask(platforms)).toMatchObject({ result: 'found' });
    await platforms.prepare(configOf('\n    timeoutMs: 900'), translatorId);
    const prepared = platforms.of('1:http');
    await platforms.prepare(configOf('\n    timeoutMs: 900'), translatorId);
    expect(platforms.of('1:http')).toBe(prepared);
    // thought better of: the one that never came to hold is closed
    await platforms.prepare(configOf(), translatorId);
    await platforms.settle();
    expect(platforms.of('1:http')).toBe(before);
    expect(await prepared?.translate(codeOf('card', '77'), { scanId: 's', reader: 'r' }, new AbortController().signal)).toMatchObject({ result: 'unavailable' });
  });

  test('what was found is remembered over a restart, sealed, and may earn while the platform is down', async () => {
    const first = await start(configOf('\n    cache: { foundMs: 0 }'));
    expect(await ask(first)).toMatchObject({ result: 'found', number: { masked: '****4567' } });
    await first.close();
    for (const name of readdirSync(state.path, { recursive: true, encoding: 'utf8' })) {
      if (name !== 'keys') expect(readFileSync(join(state.path, name)).toString('latin1')).not.toMatch(/4100001234567|9812345678901234|s3cret/);
    }
    down = true;
    const second = await start(configOf('\n    cache: { foundMs: 0 }'));
    expect(await ask(second)).toMatchObject({ result: 'found', state: 'accrueOnly', platform: { stale: true } });
    expect(second.views().map(platformView)).toMatchObject([{ id: '1:http', preset: 'own', staleHits: 1, results: { unavailable: 1 } }]);
    expect(JSON.stringify(second.views().map(platformView))).not.toMatch(/4100001234567|s3cret/);
  });

  test('remember: false keeps nothing, and takes away what was kept', async () => {
    const first = await start(configOf('\n    cache: { foundMs: 0 }'));
    await ask(first);
    await first.close();
    expect(readdirSync(state.path)).toContain('look-ups-1');
    const without = configOf('\n    cache: { foundMs: 0 }\n    remember: false');
    await start(without);
    expect(readdirSync(state.path)).not.toContain('look-ups-1');
    const running = await start(configOf('\n    cache: { foundMs: 0 }'));
    await ask(running);
    await running.prepare(without, translatorId);
    await running.settle();
    expect(readdirSync(state.path)).not.toContain('look-ups-1');
  });

  test('one that is switched off lets the next translator answer, and asks nobody', async () => {
    const config = configOf('\n    enabled: false');
    const platforms = await start(config);
    const cards = { lookup: () => undefined };
    const rules = buildRules(config, { ...idleContext({ clock: systemClock, log: silentLog, cards, pins: { get: () => undefined, put: () => Promise.resolve() } }), platforms });
    expect(rules.translators[0]?.translate(CARD, { scanId: 's', reader: 'r' }, new AbortController().signal)).toEqual({ result: 'notFound' });
    expect([asked, platforms.all().length]).toEqual([0, 0]);
  });

  test('certificates that cannot be read are said so at the start', async () => {
    await expect(start(configOf(`\n    caFile: ${join(folder, 'none.pem')}`))).rejects.toMatchObject({ code: 'TB_TRANSLATE_HTTP_CA' });
  });

  test('each look-up is told of, for the metrics', async () => {
    const platforms = await start(configOf());
    const told: string[] = [];
    platforms.onAsked((id, ms) => told.push(`${id} ${ms >= 0}`));
    await ask(platforms);
    await ask(platforms);
    expect(told).toEqual(['1:http true']);
  });
});
