import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '@tillbridge/core';
import { SIMULATED_PRESETS } from '@tillbridge/testkit/platform';
import { startControl, type ControlServer } from './control-server.js';
import { PlatformControl } from './platform-simulator.js';

let platform: PlatformControl;
let control: ControlServer;

beforeEach(async () => {
  platform = await PlatformControl.start({ preset: 'uds', address: { host: '127.0.0.1', port: 0 }, tls: false }, systemClock);
  control = await startControl({ host: '127.0.0.1', port: 0 }, platform.routes, 'en');
});

afterEach(async () => {
  await control.close();
  await platform.close();
});

async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${control.url}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function find(code: unknown): Promise<number> {
  const { secrets, vars } = platform.state() as { secrets: { key: string }; vars: { company: string } };
  const headers = { authorization: `Basic ${btoa(`${vars.company}:${secrets.key}`)}`, 'x-origin-request-id': crypto.randomUUID(), 'x-timestamp': '2026-01-10T12:00:00Z' };
  const response = await fetch(`${platform.url}/customers/find?code=${String(code)}`, { headers });
  await response.text();
  return response.status;
}

it('a guest, a code of his app, and its 45 minutes', async () => {
  await call('PUT', '/guests', { id: '77', uid: '5c3b8a52-6f0e-4d5e-9a7e-2f31d3a00077', phone: '79990009977' });
  const { body } = await call('POST', '/codes', { guest: '77' });
  expect(body).toMatchObject({ guest: '77', kind: 'app', spent: false });
  expect(await find(body['code'])).toBe(200);
  await call('POST', '/clock', { advanceMs: 45 * 60_000 });
  expect(await find(body['code'])).toBe(404);
  expect((await call('DELETE', '/guests', { id: '77' })).body).toEqual({ removed: true });
});

it('its log names routes, never what was asked for', async () => {
  await find('482913');
  const { body } = await call('GET', '/log');
  expect(body).toEqual({ exchanges: [{ method: 'GET', route: '/customers/find', status: 200 }] });
});

it('the dial of faults is set as a whole, and bad bodies are named', async () => {
  expect((await call('PUT', '/faults', { failures: 1, status: 502, answer: 'echo' })).body['faults']).toMatchObject({ failures: 1, status: 502, answer: 'echo' });
  expect(await find('482913')).toBe(200);
  expect((await call('PUT', '/faults', { failures: 1 })).body['faults']).toMatchObject({ answer: 'normal', status: 503 });
  expect(await find('482913')).toBe(503);
  for (const [method, path, body, says] of [
    ['PUT', '/faults', { answer: 'nothing' }, 'answer'],
    ['POST', '/codes', { guest: 'nobody' }, 'guest'],
    ['PUT', '/guests', { id: 'x', phone: '+7999' }, 'phone'],
  ] as const) {
    const { status, body: answer } = await call(method, path, body);
    expect(status).toBe(400);
    expect(JSON.stringify(answer)).toContain(says);
  }
});

it('its page names every platform, every call and every fault', async () => {
  const page = readFileSync(new URL('../../../../../docs/sim-platform.md', import.meta.url), 'utf8');
  for (const preset of SIMULATED_PRESETS) expect(page).toContain(`\`${preset}\``);
  for (const { method, path } of platform.routes) expect(page).toContain(`${method} ${path}`);
  const { body } = await call('GET', '/state');
  for (const fault of Object.keys(body['faults'] as object)) expect(page).toMatch(new RegExp(`\`${fault}[:\`]`));
});
