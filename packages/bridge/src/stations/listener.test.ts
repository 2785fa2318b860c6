import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog, systemClock, type Clock, type Log } from '@tillbridge/core';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { selfSigned } from '../../../../test/support/self-signed.js';
import type { StationsConfig } from '../config/index.js';
import { StationDesk } from './desk.js';
import { startStations, type ListenerOptions, type StationsListener } from './listener.js';
import { Offers, PEERS, SECRETS } from './test-support.js';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly ca?: string;
  readonly signal?: AbortSignal;
  readonly agent?: Agent;
}

const asKitchen = { authorization: `Bearer ${SECRETS.kitchen}` };
const code = (answer: Answer): string => (answer.body as { error: { code: string } }).error.code;

describe('the stations listener', () => {
  let offers: Offers<Clock>;
  let refused: string[];
  let orders: unknown[];
  let logged: string;
  let listener: StationsListener;
  let clock: Clock;

  const log: Log = { ...silentLog, info: (text, fields) => void (logged += text + JSON.stringify(fields)), warn: (text, fields) => void (logged += text + JSON.stringify(fields)) };
  const options = ({ peers = PEERS, ...config }: Partial<StationsConfig> = {}): ListenerOptions => {
    const counted = { refused: (reason: string) => void refused.push(reason) };
    const desk = new StationDesk({ ...offers.ports, ...counted, services: offers.services, order: (...order) => void orders.push(order) });
    desk.setPeers(peers);
    return { ...counted, desk, config: { listen: '127.0.0.1:0', ...config }, clock, log };
  };
  const port = (): number => Number(new URL(listener.url).port);
  const ask = (path: string, { method = 'GET', headers = {}, body, ca, signal, agent }: Ask = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
      const send = ca === undefined ? httpRequest : httpsRequest;
      const outgoing = send({ host: '127.0.0.1', port: port(), path, method, headers, agent: agent ?? false, ...(ca === undefined ? {} : { ca }), ...(signal === undefined ? {} : { signal }) });
      outgoing.on('error', reject).on('response', (incoming) => {
        let all = '';
        incoming.setEncoding('utf8').on('data', (chunk: string) => (all += chunk));
        incoming.on('error', reject).on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: incoming.headers['content-type']?.startsWith('text/') === true ? all : JSON.parse(all) }));
      });
      outgoing.end(text);
    });
  const post = (path: string, body: unknown): Promise<Answer> => ask(path, { method: 'POST', headers: { ...asKitchen, 'content-type': 'application/json' }, body });
  const restart = async (config: Partial<StationsConfig>): Promise<void> => {
    await listener.close();
    listener = await startStations(options(config));
  };

  beforeEach(async () => {
    clock = systemClock;
    offers = new Offers(clock);
    refused = [];
    orders = [];
    logged = '';
    listener = await startStations(options());
  });
  afterEach(() => listener.close());

  it('gives a number to be fetched, again while its answer may be lost, and takes its result', async () => {
    expect((await ask('/s/kitchen/next', { headers: asKitchen })).body).toEqual({ delivery: null });
    offers.offer('1', 'front', 'order-7');
    const answer = await ask(`/s/kitchen/${SECRETS.kitchen}/next`);
    expect(answer.body).toEqual({
      delivery: { lease: '1', deliveryId: '1', scanId: 'scan-1', till: 'front', kind: 'card', number: '2900000000001', orderId: 'order-7', expiresAt: expect.stringMatching(/^\d{4}-.*Z$/) as string },
    });
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    expect((await ask(`/s/kitchen/${SECRETS.kitchen}/next`)).body).toEqual(answer.body);
    expect((await ask(`/s/hall/${SECRETS.hall}/next`)).body).toEqual({ delivery: null });
    const result = { lease: '1', outcome: 'applied' };
    expect(await post('/s/kitchen/result', result)).toMatchObject({ status: 200, body: result });
    expect(await post('/s/kitchen/result', result)).toMatchObject({ status: 200, body: result });
    expect(await post('/s/kitchen/result', { ...result, outcome: 'failed' })).toMatchObject({ status: 409 });
    expect(await post('/s/kitchen/result', { ...result, lease: 'x' })).toMatchObject({ status: 410 });
    expect(offers.ended.get('1')).toEqual({ how: 'reported', outcome: { outcome: 'applied' } });
    expect(refused).toEqual([]);
  });

  it('speaks plain text to a script that can only read, and takes its result by GET', async () => {
    const kitchen = (rest: string): Promise<Answer> => ask(`/s/kitchen/${SECRETS.kitchen}/${rest}`);
    expect((await kitchen('next?form=text')).body).toBe('none\r\n');
    offers.offer('1');
    const first = await kitchen('next?form=text');
    expect([first.body, first.headers['content-type']]).toEqual(['number\r\n1\r\ncard\r\n2900000000001\r\n', 'text/plain; charset=us-ascii']);
    expect((await kitchen('next?form=text')).body).toBe(first.body);
    expect((await ask(`/s/hall/${SECRETS.hall}/result?lease=1&outcome=sent`)).status).toBe(409);
    expect((await kitchen('result?lease=1&outcome=expired')).status).toBe(400);
    expect((await kitchen('result?lease=1&outcome=sent&lease=2')).status).toBe(400);
    for (let i = 0; i < 2; i += 1) expect((await kitchen('result?lease=1&outcome=sent')).body).toBe('ok\r\n');
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    // neither closed nor in chunks
    const kept = await ask(`/s/kitchen/${SECRETS.kitchen}/next?form=text`, { agent });
    expect([kept.headers.connection, kept.headers['content-length']]).toEqual(['keep-alive', '6']);
    expect((await kitchen('result?lease=1&outcome=failed')).status).toBe(409);
    expect((await kitchen('result?lease=2&outcome=sent')).status).toBe(410);
    expect(offers.ended.get('1')).toEqual({ how: 'reported', outcome: { outcome: 'sent' } });
  });

  it('hands the body of a till that answers itself over as it comes, to nobody without the secret', async () => {
    const asked: string[] = [];
    offers.services.set('front', {
      takes: (call) => call === '/getcardinfoex.php',
      answer: async (call, chunks, contentType) => {
        let length = 0;
        for await (const chunk of chunks) length += chunk.length;
        asked.push(`${call} ${String(length)} ${contentType ?? ''}`);
        return { status: 200, body: '<Root/>', contentType: 'text/xml; charset=utf-8' };
      },
    });
    const send = (path: string): Promise<Answer> => ask(path, { method: 'POST', headers: { 'content-type': 'text/xml' }, body: 'x'.repeat(20_000) });
    expect((await send(`/s/kitchen/${SECRETS.kitchen}/getcardinfoex.php`)).body).toBe('<Root/>');
    expect((await send('/s/kitchen/wrong-secret-here/getcardinfoex.php')).status).toBe(401);
    expect((await send(`/s/kitchen/${SECRETS.kitchen}/elsewhere.php`)).status).toBe(404);
    expect((await ask(`/s/kitchen/${SECRETS.kitchen}/getcardinfoex.php`)).status).toBe(404);
    expect(asked).toEqual(['/getcardinfoex.php 20000 text/xml']);
  });

  it('keeps a read waiting, and answers it when a number comes', async () => {
    const waiting = ask('/s/kitchen/next?wait=20000', { headers: asKitchen });
    await expect.poll(() => offers.hub.subscribers).toBe(1);
    offers.offer('1');
    expect((await waiting).body).toMatchObject({ delivery: { lease: '1' } });
  });

  it('claims nothing for a peer that hung up while it waited', async () => {
    const hangUp = new AbortController();
    const waiting = ask('/s/kitchen/next?wait=20000', { headers: asKitchen, signal: hangUp.signal });
    await expect.poll(() => offers.hub.subscribers).toBe(1);
    hangUp.abort();
    await expect(waiting).rejects.toThrow();
    await expect.poll(() => offers.hub.subscribers).toBe(0);
    offers.offer('1');
    expect(offers.board.claimable('1')).toBe(true);
  });

  it('takes many requests over one connection, without keeping anything of those that are over', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const warnings: string[] = [];
    const note = (warning: Error): void => void warnings.push(warning.name);
    process.on('warning', note);
    onTestFinished(() => {
      agent.destroy();
      process.off('warning', note);
    });
    for (let i = 0; i < 40; i += 1) expect((await ask('/s/kitchen/next?wait=1', { headers: asKitchen, agent })).status).toBe(200);
    expect(warnings).toEqual([]);
  });

  it('says hello, and takes the order context', async () => {
    expect((await ask('/s/hall/hello', { headers: { authorization: `Bearer ${SECRETS.hall}` } })).body).toMatchObject({ product: 'tillbridge', station: 'hall', till: 'front' });
    expect(await post('/s/kitchen/order', { state: 'opened', orderId: '42' })).toMatchObject({ status: 200, body: { till: 'front', state: 'opened' } });
    expect(orders).toEqual([['front', 'opened', '42']]);
  });

  it.each([
    ['a wrong secret', '/s/kitchen/wrong/next', {}, 401, 'TB_API_STATION_SECRET', 'token'],
    ['an unknown station', '/s/nobody/wrong/next', {}, 401, 'TB_API_STATION_SECRET', 'token'],
    ['no path of ours', '/', {}, 401, 'TB_API_STATION_SECRET', 'token'],
    ['the secret in the query', `/s/kitchen/next?token=${SECRETS.kitchen}`, {}, 401, 'TB_API_STATION_SECRET', 'token'],
    ['a web page', '/s/kitchen/next', { headers: { ...asKitchen, origin: 'http://127.0.0.1' } }, 403, 'TB_API_STATION_REFUSED', 'origin'],
    ['an unknown call', `/s/kitchen/${SECRETS.kitchen}/nothing`, {}, 404, 'TB_API_NOT_FOUND', undefined],
    ['a call by another method', '/s/kitchen/order', { headers: asKitchen }, 404, 'TB_API_NOT_FOUND', undefined],
    ['too long a wait', '/s/kitchen/next?wait=25001', { headers: asKitchen }, 400, 'TB_API_BAD_REQUEST', undefined],
    ['a wait that is no number', '/s/kitchen/next?wait=1e3', { headers: asKitchen }, 400, 'TB_API_BAD_REQUEST', undefined],
    ['an unknown parameter', '/s/kitchen/next?waits=1', { headers: asKitchen }, 400, 'TB_API_BAD_REQUEST', undefined],
    ['no JSON', '/s/kitchen/result', { method: 'POST', headers: asKitchen, body: '{"lease":' }, 400, 'TB_API_BAD_REQUEST', undefined],
    ['an outcome that is not for stations', '/s/kitchen/result', { method: 'POST', headers: asKitchen, body: { lease: '1', outcome: 'expired' } }, 400, 'TB_API_BAD_REQUEST', undefined],
    ['a reason of foreign text', '/s/kitchen/result', { method: 'POST', headers: asKitchen, body: { lease: '1', outcome: 'failed', reason: 'card 2900000000001' } }, 400, 'TB_API_BAD_REQUEST', undefined],
    ['too long a body', '/s/kitchen/result', { method: 'POST', headers: asKitchen, body: 'x'.repeat(9000) }, 413, 'TB_API_TOO_LARGE', undefined],
  ] as const)('refuses %s', async (_, path, asked, status, expected, reason) => {
    const answer = await ask(path, asked);
    expect([answer.status, code(answer)]).toEqual([status, expected]);
    expect(refused).toEqual(reason === undefined ? [] : [reason]);
    expect(JSON.stringify(answer.body) + logged).not.toContain(SECRETS.kitchen);
    expect(JSON.stringify(answer.body)).not.toContain('2900000000001');
  });

  it('locks after five wrong secrets, and only the station that was tried', async () => {
    for (let i = 0; i < 5; i += 1) expect((await ask('/s/kitchen/wrong/next')).status).toBe(401);
    const locked = await ask('/s/kitchen/next', { headers: asKitchen });
    expect([locked.status, code(locked), locked.headers['retry-after']]).toEqual([429, 'TB_API_LOCKED', '30']);
    expect((await ask(`/s/hall/${SECRETS.hall}/next`)).status).toBe(200);
  });

  it('limits the rate of a station', async () => {
    // all at one moment: a slow machine would stay below the limit
    const now = systemClock.mono();
    clock = { ...systemClock, mono: () => now };
    offers = new Offers(clock);
    await restart({});
    const answers = await Promise.all(Array.from({ length: 6 }, async () => {
      const statuses: number[] = [];
      for (let i = 0; i < 25; i += 1) statuses.push((await ask('/s/kitchen/next', { headers: asKitchen })).status);
      return statuses;
    }));
    const statuses = answers.flat();
    expect(statuses.filter((status) => status === 429)).toHaveLength(50);
    expect(statuses.filter((status) => status === 200)).toHaveLength(100);
    expect((await ask(`/s/hall/${SECRETS.hall}/next`)).status).toBe(200);
  });

  it('hangs up on an address that no station has, before a byte is read', async () => {
    await restart({ peers: PEERS.filter(({ id }) => id === 'far') });
    await expect(ask(`/s/far/${SECRETS.far}/next`)).rejects.toThrow();
    expect(refused).toEqual(['peer']);
  });

  it('survives connections that never say anything, and an address gets no more than its share of them', async () => {
    const silent = Array.from({ length: 40 }, () => connect({ host: '127.0.0.1', port: port() }));
    onTestFinished(() => silent.forEach((socket) => socket.destroy()));
    for (const socket of silent) socket.on('error', () => undefined);
    await expect.poll(() => refused.length).toBe(16);
    for (const socket of silent) socket.destroy();
    await expect.poll(() => ask('/s/kitchen/next', { headers: asKitchen }).then(({ status }) => status, () => 0)).toBe(200);
  });

  it('closes within its time, and answers who waited', async () => {
    const waiting = ask('/s/kitchen/next?wait=20000', { headers: asKitchen });
    const silent = connect({ host: '127.0.0.1', port: port() }).on('error', () => undefined);
    await expect.poll(() => offers.hub.subscribers).toBe(1);
    const start = performance.now();
    await listener.close();
    expect(performance.now() - start).toBeLessThan(15_000);
    expect((await waiting).body).toEqual({ delivery: null });
    silent.destroy();
  });

  it('names a port that is taken, and an address that is not ours', async () => {
    const taken = { listen: `127.0.0.1:${port()}` };
    await expect(startStations(options(taken))).rejects.toMatchObject({ code: 'TB_API_STATIONS_LISTEN', params: { problem: 'EADDRINUSE' } });
    await expect(startStations(options({ listen: '192.0.2.1:0' }))).rejects.toMatchObject({ code: 'TB_API_STATIONS_LISTEN' });
  });

  describe('with TLS', () => {
    let folder: string;
    let tls: { cert: string; key: string };
    const renew = (): string => {
      const { cert, key } = selfSigned();
      writeFileSync(tls.cert, cert);
      writeFileSync(tls.key, key);
      return cert;
    };

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'tillbridge-'));
      tls = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    it('speaks HTTPS only, and takes a renewed certificate over', async () => {
      const first = renew();
      await restart({ tls });
      expect((await ask('/s/kitchen/next', { headers: asKitchen, ca: first })).status).toBe(200);
      await expect(ask('/s/kitchen/next', { headers: asKitchen })).rejects.toThrow();
      const second = renew();
      listener.renew();
      await expect(ask('/s/kitchen/next', { headers: asKitchen, ca: first })).rejects.toThrow();
      expect((await ask('/s/kitchen/next', { headers: asKitchen, ca: second })).status).toBe(200);
    });

    it('names files that are not there or do not fit, and keeps the old ones', async () => {
      await expect(startStations(options({ tls }))).rejects.toMatchObject({ code: 'TB_API_STATIONS_TLS', params: { problem: 'ENOENT' } });
      const cert = renew();
      await restart({ tls });
      writeFileSync(tls.cert, selfSigned().cert);
      expect(() => listener.renew()).toThrow(expect.objectContaining({ code: 'TB_API_STATIONS_TLS' }));
      writeFileSync(tls.key, 'nonsense');
      expect(() => listener.renew()).toThrow(expect.objectContaining({ code: 'TB_API_STATIONS_TLS' }));
      expect((await ask('/s/kitchen/next', { headers: asKitchen, ca: cert })).status).toBe(200);
    });
  });
});
