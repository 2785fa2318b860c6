import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { codeOf, silentLog, systemClock, type Code, type Translation } from '@tillbridge/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseConfig } from '../../config/index.js';
import { translatorId } from '../parts.js';
import { Platforms } from './platforms.js';

/** The service that the tutorial speaks of, as it is described there. */
function guests(request: IncomingMessage): { readonly status: number; readonly body: string } {
  const url = new URL(request.url ?? '', 'http://guests');
  if (request.headers['x-key'] !== 'k-12345') return { status: 401, body: '{}' };
  if (url.pathname !== '/api/guest' || url.searchParams.get('shop') !== 'S-01') return { status: 404, body: '{}' };
  const known: Readonly<Record<string, string>> = {
    '9812345678901234': '{"guest":{"no":4100001234567,"status":"ok"}}',
    '9812345678909999': '{"guest":{"no":4100001234574,"status":"stopped"}}',
    '+79001234567': '{"guest":{"no":4100001234581,"status":"ok"}}',
    '9800000000000007': '{"guest":{"no":7,"status":"ok"}}',
  };
  return { status: 200, body: known[url.searchParams.get('code') ?? ''] ?? '{"guest":null}' };
}

describe.each(['platforms.md', 'platforms.ru.md'])('the tutorial of docs/%s', (page) => {
  const text = readFileSync(fileURLToPath(new URL(`../../../../../docs/${page}`, import.meta.url)), 'utf8');
  const yaml = /```yaml\n(translators:\n {2}- type: http\n {4}baseUrl: https:\/\/guests[\s\S]*?)```/.exec(text)?.[1] ?? '';
  const server = createServer((request, response) => {
    const { status, body } = guests(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  let platforms: Platforms;

  beforeEach(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    await platforms.close();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const start = async (key = 'k-12345'): Promise<(code: Code) => Promise<Translation>> => {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
    const source = `version: 1\nstore: S-01\nreaders:\n  - { id: counter, type: tcp, listen: "127.0.0.1:0" }\ntills:\n  - { id: front, adapter: client }\n${yaml.replace('https://guests.shop.example/api', address)}`;
    const loaded = parseConfig(source, { path: page, env: { GUESTS_KEY: key }, readFile: () => new Uint8Array() });
    if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
    platforms = new Platforms({ clock: systemClock, log: silentLog });
    await platforms.prepare(loaded.config, translatorId);
    await platforms.settle();
    const translator = platforms.of('1:http');
    return async (code) => translator?.translate(code, { scanId: 's', reader: 'counter' }, new AbortController().signal) ?? { result: 'notFound' };
  };

  test('is 30 lines at most, and does what it says', async () => {
    expect(yaml.trim().split('\n').length).toBeLessThanOrEqual(30);
    const ask = await start();
    const number = async (code: Code): Promise<string> => {
      const answer = await ask(code);
      return 'number' in answer ? answer.number.reveal() : answer.result;
    };
    expect(await number(codeOf('card', '9812345678901234'))).toBe('4100001234567');
    expect(await number(codeOf('phone', '8 900 123-45-67'))).toBe('4100001234581');
    expect(await number(codeOf('card', '9812345678909999'))).toBe('blocked');
    expect(await number(codeOf('card', '9812345678900000'))).toBe('notFound');
    expect(await number(codeOf('card', '9800000000000007'))).toBe('foundNoNumber');
    expect(await number(codeOf('card', '4600000000017'))).toBe('notFound');
  });

  test('a wrong key is seen as one', async () => {
    const ask = await start('wrong');
    expect(await ask(codeOf('card', '9812345678901234'))).toEqual({ result: 'authError' });
  });
});

test('the page names every filter and every verdict', async () => {
  const { FILTER_NAMES } = await import('@tillbridge/translators/http');
  const { responseSchema } = await import('@tillbridge/translators/presets');
  const text = readFileSync(fileURLToPath(new URL('../../../../../docs/platforms.md', import.meta.url)), 'utf8');
  const verdicts = responseSchema.shape.rules.element.shape.then.options;
  for (const name of [...FILTER_NAMES, ...verdicts]) expect(text).toContain(`\`${name}\``);
});
