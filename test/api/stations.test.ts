import { writeFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDaemon, type TestDaemon } from '../support/daemon.js';
import { selfSigned } from '../support/self-signed.js';
import { makeTempFolder } from '../support/temp-folder.js';
import { ask, cardCode, codeOf, dial, events, freePort, shop, type Answer } from './support.js';

const KITCHEN = 'secret-of-the-kitchen-station';
const HALL = 'secret-of-the-hall-station-xx';

// A part of the till program on another machine: here it runs on this one, at an address of its own.
describe('stations of a running daemon', () => {
  let folder: ReturnType<typeof makeTempFolder>;
  let daemon: TestDaemon;
  let url: string;
  let token: string;
  let config: string;
  let scans = 0;

  beforeAll(async () => {
    folder = makeTempFolder();
    writeFileSync(join(folder.path, 'kitchen'), `${KITCHEN}\n`);
    writeFileSync(join(folder.path, 'hall'), HALL);
    url = `http://127.0.0.1:${String(await freePort())}`;
    config = `${shop()}stations:
  listen: "${url.slice(7)}"
  peers:
    - { id: kitchen, till: front, allow: [127.0.0.1], secrets: { token: "\${file:kitchen}" } }
    - { id: hall, till: front, allow: [127.0.0.0/8], secrets: { token: "\${file:hall}" } }
    - { id: far, till: back, allow: [10.0.0.0/8], secrets: { token: "\${file:far}" } }
`;
    writeFileSync(join(folder.path, 'far'), 'secret-of-a-far-away-station');
    daemon = await startDaemon(folder.path, config);
    token = await daemon.token('watcher', 'scan:read,scan:inject,status:read,delivery');
  });
  afterAll(async () => {
    await daemon.stop();
    folder.remove();
  });

  const next = (query = '', secret = KITCHEN, id = 'kitchen'): Promise<Answer> => ask(url, `/s/${id}/${secret}/next${query}`);
  const delivery = ({ body }: Answer) => (body as { delivery: { lease: string; number: string; scanId: string } | null }).delivery;
  const result = (lease: string, outcome: string): Promise<Answer> => ask(url, '/s/kitchen/result', { token: KITCHEN, body: { lease, outcome } });
  const scan = async (): Promise<string> => {
    const { body } = await ask(daemon.url, '/v1/scans', { token, body: { code: cardCode((scans += 1)), reader: 'counter' } });
    return (body as { scanId: string }).scanId;
  };

  test('a number is fetched, fetched again, answered, and that is its outcome', async () => {
    const stream = await events(daemon.url, token);
    const waiting = next('?wait=10000');
    const scanId = await scan();
    const taken = delivery(await waiting);
    expect(taken).toMatchObject({ scanId, number: '2900000000000', till: 'front', kind: 'card' });
    expect(delivery(await next())).toEqual(taken);
    expect(delivery(await next('', HALL, 'hall'))).toBeNull();
    // who is connected to the API comes too late
    expect(codeOf(await ask(daemon.url, `/v1/deliveries/${taken!.lease}/claim`, { token, method: 'POST' }))).toBe('TB_API_CONFLICT');
    expect((await result(taken!.lease, 'applied')).status).toBe(200);
    expect((await result(taken!.lease, 'applied')).status).toBe(200);
    expect(await stream.next((frame) => frame.type === 'outcome' && frame['scanId'] === scanId)).toMatchObject({ outcome: 'applied' });
    const rows = await ask(daemon.url, '/v1/scans?limit=1', { token });
    expect(rows.body).toMatchObject({ scans: [{ scanId, outcome: 'applied' }] });
  });

  test('a peer that can only read says by its next read that it handed a number over', async () => {
    const stream = await events(daemon.url, token);
    const scanId = await scan();
    const taken = delivery(await next('?wait=5000'));
    expect(delivery(await next(`?after=${taken!.lease}`))).toBeNull();
    expect(await stream.next((frame) => frame.type === 'outcome' && frame['scanId'] === scanId)).toMatchObject({ outcome: 'sent' });
  });

  test('a number that is never answered may have been used, and is not given out again', async () => {
    const stream = await events(daemon.url, token);
    const scanId = await scan();
    const taken = delivery(await next('?wait=5000'));
    expect(await stream.next((frame) => frame.type === 'outcome' && frame['scanId'] === scanId, 9000)).toMatchObject({ outcome: 'unknown', reason: 'notReported' });
    expect(delivery(await next())).toBeNull();
    expect((await result(taken!.lease, 'applied')).status).toBe(410);
  });

  test('the secret of a station opens nothing else, and a token of the API opens no station', async () => {
    expect((await ask(daemon.url, '/v1/health', { token: KITCHEN })).status).toBe(401);
    expect((await ask(url, '/s/kitchen/next', { token })).status).toBe(401);
    expect((await ask(url, '/v1/health', { token })).status).toBe(401);
    expect((await next('', HALL)).status).toBe(401);
    expect((await ask(url, `/s/far/secret-of-a-far-away-station/next`)).status).toBe(401);
    expect((await ask(url, `/s/kitchen/${KITCHEN}/next`, { headers: { origin: 'https://till.example' } })).status).toBe(403);
    expect((await ask(url, `/s/hall/${HALL}/next`)).status).toBe(200);
  });

  test('a hundred silent connections keep no station from its number', async () => {
    const silent = Array.from({ length: 100 }, () => dial(url));
    try {
      const scanId = await scan();
      // from an address of its own: 127.0.0.1 has used up its share
      const answer = await new Promise<string>((resolve, reject) => {
        const { port } = new URL(url);
        import('node:http').then(({ get }) => get({ host: '127.0.0.1', localAddress: '127.0.0.2', port, path: `/s/hall/${HALL}/next?wait=3000`, agent: false }, (incoming) => {
          let text = '';
          incoming.on('data', (chunk) => (text += String(chunk))).on('end', () => resolve(text));
        }).on('error', reject), reject);
      });
      expect(answer).toContain(scanId);
    } finally {
      for (const socket of silent) socket.destroy();
    }
  });

  test('a reload takes a station its rights, gives another TLS, and a bad one changes nothing', async () => {
    const file = join(folder.path, 'tillbridge.yaml');
    const { cert, key } = selfSigned();
    writeFileSync(join(folder.path, 'cert.pem'), cert);
    writeFileSync(join(folder.path, 'key.pem'), key);
    const secure = config.replace(/ {4}- \{ id: hall.*\n/, '').replace('  peers:', `  tls: { cert: "${join(folder.path, 'cert.pem')}", key: "${join(folder.path, 'key.pem')}" }\n  peers:`);
    writeFileSync(file, secure.replace('key.pem', 'none.pem'));
    const refused = await daemon.cli('reload');
    expect([refused.code, refused.stderr]).toEqual([expect.any(Number), expect.stringContaining('TB_API_STATIONS_TLS')]);
    expect((await next()).status).toBe(200);
    writeFileSync(file, secure);
    expect((await daemon.cli('reload')).code).toBe(0);
    await expect(next()).rejects.toThrow();
    const secureNext = (path: string): Promise<number> =>
      new Promise((resolve, reject) => {
        httpsRequest(`${url.replace('http', 'https')}${path}`, { ca: cert, agent: false }, (incoming) => resolve(incoming.resume().statusCode ?? 0)).on('error', reject).end();
      });
    expect(await secureNext(`/s/kitchen/${KITCHEN}/next`)).toBe(200);
    expect(await secureNext(`/s/hall/${HALL}/next`)).toBe(401);
    writeFileSync(file, config.replace(/stations:[^]*$/, ''));
    expect((await daemon.cli('reload')).code).toBe(0);
    await expect(secureNext(`/s/kitchen/${KITCHEN}/next`)).rejects.toThrow();
  });

  test('no secret stands in the log, in the shown configuration or in the metrics', async () => {
    const shown = await daemon.cli('config', 'show');
    const { text } = await ask(daemon.url, '/metrics', { token });
    for (const secret of [KITCHEN, HALL]) expect(daemon.child.stderr() + shown.stdout + text).not.toContain(secret);
    expect(text).toMatch(/tillbridge_api_refusals_total\{reason="origin"\} \d+/);
  });

  test('a port that is taken is said at the start, and the daemon does not run without its stations', async () => {
    const taken = await freePort();
    const { createServer } = await import('node:net');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(taken, '127.0.0.1', resolve));
    const other = makeTempFolder();
    for (const name of ['kitchen', 'hall', 'far']) writeFileSync(join(other.path, name), `secret-of-the-station-${name}`);
    await expect(startDaemon(other.path, config.replace(url.slice(7), `127.0.0.1:${String(taken)}`))).rejects.toThrow('TB_API_STATIONS_LISTEN');
    await new Promise((resolve) => server.close(resolve));
    other.remove();
  });
});
