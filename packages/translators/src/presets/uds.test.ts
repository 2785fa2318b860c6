import { codeOf, silentLog, systemClock, type Translation } from '@tillbridge/core';
import { startPlatform, type PlatformSimulator } from '@tillbridge/testkit/platform';
import { describePreset } from '@tillbridge/testkit/suites';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HttpTranslator } from '../http/http-translator.js';
import { translatorOfPreset } from '../http/of-preset.js';
import { preset } from './uds.js';

describePreset('uds', {
  platform: 'uds',
  make: (site) => translatorOfPreset(preset, site, site),
  foreign: codeOf('card', '12'),
  cases: [
    { name: 'a code of the app', code: codeOf('card', '482913'), result: 'found', number: '1099511876531', kind: 'card' },
    { name: 'a code with a zero in front', code: codeOf('card', '048291'), result: 'found', number: '1099511876532' },
    { name: 'a telephone: its plus is sent as %2B', code: codeOf('phone', '+79990002211'), result: 'found', number: '1099511876531' },
    { name: 'a uid', code: codeOf('card', 'uid:5c3b8a52-6f0e-4d5e-9a7e-2f31d3a00002'), result: 'found', number: '1099511876532' },
    { name: 'a code that is none', code: codeOf('card', '999999'), result: 'codeExpired' },
    { name: 'a long code that is none', code: codeOf('card', 'CERT-0000-0001'), result: 'notFound' },
    { name: 'a telephone that nobody has', code: codeOf('phone', '+79990009999'), result: 'notFound' },
    { name: 'somebody who is no customer here: user is null', code: codeOf('phone', '+79990002233'), result: 'notFound' },
  ],
});

describe('codes of UDS', () => {
  let simulator: PlatformSimulator;
  let translator: HttpTranslator;
  beforeEach(async () => {
    simulator = await startPlatform('uds', { clock: systemClock });
    translator = translatorOfPreset(preset, { ...simulator.site, clock: systemClock, log: silentLog }, { timeoutMs: 30_000 });
  });
  afterEach(async () => {
    await translator.close();
    await simulator.close();
  });
  const ask = (text: string): Promise<Translation> | Translation => translator.translate(codeOf('card', text), { scanId: 's', reader: 'r' }, new AbortController().signal);
  const sale = async (body: unknown): Promise<number> => {
    const { vars, secrets } = simulator.site;
    const headers = { authorization: `Basic ${btoa(`${String(vars['company'])}:${String(secrets['key'])}`)}`, 'content-type': 'application/json', 'x-origin-request-id': crypto.randomUUID(), 'x-timestamp': '2026-01-10T12:00:00Z' };
    const response = await fetch(`${simulator.site.baseUrl}/operations`, { method: 'POST', headers, body: JSON.stringify(body) });
    await response.text();
    return response.status;
  };

  it('live 45 minutes', async () => {
    simulator.world.advance(45 * 60_000 - 60_000);
    expect(await ask('482913')).toMatchObject({ result: 'found' });
    simulator.world.advance(60_000);
    expect(await ask('482913')).toEqual({ result: 'codeExpired' });
  });

  it('are asked about anew each time: none is remembered', async () => {
    await ask('482913');
    const { requests } = simulator;
    await ask('482913');
    expect(simulator.requests).toBe(requests + 1);
  });

  it('are exchanged for one of 24 hours, which the report of the receipt can use long after', async () => {
    const found = await ask('482913');
    if (found.result !== 'found') throw new Error(found.result);
    const session = found.platform?.session?.reveal();
    expect(session).toMatch(/^[\da-f-]{36}$/);
    expect(found.platform?.customer?.reveal()).toBe('5c3b8a52-6f0e-4d5e-9a7e-2f31d3a00001');
    simulator.world.advance(23 * 3_600_000);
    const body = { code: session, participant: null, nonce: crypto.randomUUID(), receipt: { total: 125, cash: 125, points: 0, number: '1' } };
    expect(await sale(body)).toBe(200);
    expect([...simulator.world.credits.values()]).toMatchObject([{ guest: '1099511876531', total: 12_500, times: 1 }]);
  });

  it('are burnt by the operation that uses them, and the same nonce is one credit', async () => {
    const body = { code: '482913', participant: null, nonce: crypto.randomUUID(), receipt: { total: 125, cash: 125, points: 0, number: '1' } };
    expect(await sale(body)).toBe(200);
    expect(await sale(body)).toBe(200);
    expect([...simulator.world.credits.values()]).toMatchObject([{ times: 2 }]);
    expect(await ask('482913')).toEqual({ result: 'codeExpired' });
    expect(await sale({ ...body, nonce: crypto.randomUUID() })).toBe(404);
  });
});
