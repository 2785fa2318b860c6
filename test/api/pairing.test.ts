import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TestDaemon } from '../support/daemon.js';
import { ask, cardCode, codeOf, events, openShop, type Answer } from './support.js';

const pair = (daemon: TestDaemon, code: string): Promise<Answer> => ask(daemon.url, '/v1/pair', { body: { code, name: 'x' } });

describe('pairing', () => {
  let daemon: TestDaemon;
  let stop: () => Promise<void>;
  // a lock-out stays: each test has a daemon of its own
  beforeEach(async () => ({ daemon, stop } = await openShop()));
  afterEach(() => stop());

  test('a code works once, also for two who come at once', async () => {
    const code = await daemon.pairingCode('till', 'status:read');
    const answers = await Promise.all([pair(daemon, code), pair(daemon, code), pair(daemon, code)]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(codeOf(await pair(daemon, code))).toBe('TB_API_PAIRING');
    const { body } = answers.find(({ status }) => status === 200)!;
    expect(body).toMatchObject({ scopes: ['status:read'], token: expect.stringMatching(/^tb_[a-z0-9]+_[\w-]{43}$/) as string });
    expect((await daemon.cli('--json', 'clients', 'list')).stdout).not.toContain((body as { token: string }).token);
  });

  test('five wrong codes lock strangers, with the right code too, and never a paired client', async () => {
    const token = await daemon.token('till', 'status:read');
    const code = await daemon.pairingCode('other', 'status:read');
    const wrong = code === '00000000' ? '11111111' : '00000000';
    for (let i = 0; i < 5; i += 1) expect(codeOf(await pair(daemon, wrong))).toBe('TB_API_PAIRING');
    const locked = await pair(daemon, code);
    expect([locked.status, codeOf(locked)]).toEqual([429, 'TB_API_LOCKED']);
    const seconds = Number(locked.headers['retry-after']);
    expect(seconds).toBeGreaterThan(25);
    expect(seconds).toBeLessThanOrEqual(30);
    expect((await ask(daemon.url, '/v1/health', { token })).status).toBe(200);
    await expect(events(daemon.url, token)).rejects.toThrow('403');
    expect(JSON.stringify(locked.body)).not.toContain(code);
  });

  test('guessing at the token of a client locks that client only, and its open connections stay', async () => {
    const first = await daemon.token('first', 'status:read,scan:read');
    const second = await daemon.token('second', 'status:read');
    const stream = await events(daemon.url, first);
    const guess = first.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    for (let i = 0; i < 5; i += 1) expect((await ask(daemon.url, '/v1/health', { token: guess })).status).toBe(401);
    expect(codeOf(await ask(daemon.url, '/v1/health', { token: first }))).toBe('TB_API_LOCKED');
    expect((await ask(daemon.url, '/v1/health', { token: second })).status).toBe(200);
    expect(stream.socket.readyState).toBe(stream.socket.OPEN);
    // 50 invented clients: strangers, one bucket
    const statuses: number[] = [];
    for (let i = 0; i < 50; i += 1) statuses.push((await ask(daemon.url, '/v1/health', { token: `tb_c${String(i).padStart(10, '0')}_${'A'.repeat(43)}` })).status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(45);
    expect((await ask(daemon.url, '/v1/health', { token: second })).status).toBe(200);
  });

  test('nobody raises his own scopes, and what is for the owner is not there', async () => {
    const code = await daemon.pairingCode('till', 'status:read');
    const raised = await ask(daemon.url, '/v1/pair', { body: { code, name: 'x', scopes: ['scan:inject'] } });
    expect(raised.status).toBe(400);
    const token = ((await pair(daemon, code)).body as { token: string }).token;
    const refusals = { '/v1/daemon/stop': 404, '/v1/daemon/reload': 404, '/v1/clients/pair': 403, '/v1/clients/c0/revoke': 403 };
    for (const [path, status] of Object.entries(refusals)) {
      const answer = await ask(daemon.url, path, { token, body: { name: 'x', scopes: ['scan:inject'] } });
      expect([path, answer.status]).toEqual([path, status]);
    }
    expect((await ask(daemon.url, '/v1/clients', { token })).status).toBe(403);
    expect((await ask(daemon.url, '/v1/daemon', { token })).status).toBe(404);
    expect(codeOf(await ask(daemon.url, '/v1/scans', { token, body: { code: '1' } }))).toBe('TB_API_SCOPE');
    expect((await ask(daemon.url, '/v1/health', { token })).status).toBe(200);
  });
});

describe('with a daemon for all', () => {
  let daemon: TestDaemon;
  let stop: () => Promise<void>;
  beforeAll(async () => ({ daemon, stop } = await openShop()));
  afterAll(() => stop());

  test.each(['everything', 'scan:write', 'delivery:', 'delivery:../x', 'till:*', 'control', ''])('the scope %j cannot be given', async (scope) => {
    const { code, stderr, stdout } = await daemon.cli('clients', 'pair', '--name', 'x', '--scope', scope);
    expect(code).not.toBe(0);
    expect(stdout + stderr).toMatch(/TB_|scope/i);
  });

  test('a revoked token is over at once: in the middle of a stream, for the next call, and for what it had claimed', async () => {
    const token = await daemon.token('till', 'scan:read,scan:inject,delivery');
    const watcher = await daemon.token('watcher', 'scan:read');
    const [stream, other] = [await events(daemon.url, token), await events(daemon.url, watcher)];
    const { scanId } = (await ask(daemon.url, '/v1/scans', { token, body: { code: cardCode(1), reader: 'counter' } })).body as { scanId: string };
    const { deliveryId } = await stream.next(({ type }) => type === 'delivery');
    expect((await ask(daemon.url, `/v1/deliveries/${String(deliveryId)}/claim`, { token, method: 'POST' })).status).toBe(200);
    const id = /^tb_([a-z0-9]+)_/.exec(token)?.[1] ?? '';
    expect((await daemon.cli('clients', 'revoke', id)).code).toBe(0);
    expect(await stream.closed).toBe(4001);
    const seen = stream.frames.length;
    expect((await ask(daemon.url, '/v1/scans', { token })).status).toBe(401);
    expect((await ask(daemon.url, `/v1/deliveries/${String(deliveryId)}/outcome`, { token, body: { outcome: 'applied' } })).status).toBe(401);
    await expect(events(daemon.url, token)).rejects.toThrow(/401|429/);
    // the number may have been used: that is what the journal says
    expect(await other.next((frame) => frame.type === 'outcome' && frame['scanId'] === scanId)).toMatchObject({ outcome: 'unknown', reason: 'notReported' });
    expect(stream.frames).toHaveLength(seen);
    expect((await daemon.cli('--json', 'clients', 'list')).stdout).not.toContain(id);
  });

  test('nobody can be revoked who never was there', async () => {
    const { code, stderr } = await daemon.cli('clients', 'revoke', 'c0000000000');
    expect(code).not.toBe(0);
    expect(stderr).toContain('TB_API_CLIENT_UNKNOWN');
  });
});
