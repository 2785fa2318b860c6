import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { connect as connectPlain } from 'node:net';
import { Agent, request as requestHttps, type RequestOptions } from 'node:https';
import { request as requestHttp } from 'node:http';
import { connect as connectTls, rootCertificates } from 'node:tls';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { silentLog, systemClock } from '@tillbridge/core';
import { openStateFolder, type StateFolder } from '@tillbridge/store/state';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAuthority } from '../certificate/authority.js';
import { issueLeaf } from '../certificate/issue.js';
import { PhoneListening, type ListeningOptions, type RunningListener } from '../listening.js';
import type { Candidate } from '../network/candidates.js';
import { wantedAddresses } from '../network/wanted.js';
import { siteFiles } from '../site/files.js';

let root: string;
let folder: StateFolder;
let running: RunningListener | undefined;
let refused: string[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tb-phones-'));
  folder = openStateFolder(join(root, 'state'));
  refused = [];
  const page = join(root, 'page');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>scanner</title>');
  writeFileSync(join(page, 'sw.js'), '// worker');
  writeFileSync(join(page, 'assets/decoder-a1B2c3D4.wasm'), Buffer.alloc(4096, 7));
  writeFileSync(join(page, 'assets/decoder-a1B2c3D4.wasm.gz'), gzipSync(Buffer.alloc(4096, 7)));
  writeFileSync(join(page, 'secret.key'), 'not for anybody');
});
afterEach(async () => {
  await running?.close();
  running = undefined;
  rmSync(root, { recursive: true, force: true });
});

const candidate = (address: string): Candidate => ({ address, adapter: 'eth0', family: 4, virtual: false });
const adapters = (...addresses: string[]) => ({ eth0: addresses.map((address) => ({ address, netmask: '255.0.0.0', family: 'IPv4' as const, mac: '3c:52:82:00:00:01', internal: false, cidr: null })) });

/** Loopback has the whole of 127.0.0.0/8 on Linux: two addresses without a network. */
async function listen(change: Partial<ListeningOptions['config']> & { readonly wanted?: ListeningOptions['wanted']; readonly message?: ListeningOptions['message'] } = {}): Promise<PhoneListening> {
  const { wanted, message, ...config } = change;
  const listening = new PhoneListening({
    config: { host: '127.0.0.1', port: 0, httpPort: 0, names: [], ...config },
    ...{ folder, files: siteFiles(join(root, 'page')), maxBody: 64, wanted, clock: systemClock, log: silentLog },
    message: message ?? ((path, body) => (path === '/v1/echo' ? Promise.resolve({ status: 200, body }) : undefined)),
    refused: (reason) => refused.push(reason),
  });
  running = await listening.connect(new AbortController().signal);
  return listening;
}

interface Got {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

function ask(secure: boolean, options: RequestOptions, body?: Uint8Array): Promise<Got> {
  return new Promise((resolve, reject) => {
    const request = (secure ? requestHttps : requestHttp)({ rejectUnauthorized: false, agent: false, ...options }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

const portsOf = (listening: PhoneListening, address = '127.0.0.1') => {
  const place = listening.places.find((each) => each.address === address)!;
  return { https: place.https, http: place.http! };
};

describe('the page', () => {
  test('is served over TLS and without, with a policy that lets nothing foreign in', async () => {
    const { https, http } = portsOf(await listen());
    for (const [secure, port] of [[true, https], [false, http]] as const) {
      const { status, headers, body } = await ask(secure, { host: '127.0.0.1', port, path: '/' });
      expect(status).toBe(200);
      expect(body.toString()).toContain('scanner');
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'x-frame-options': 'DENY', 'cache-control': 'no-cache' });
    }
  });

  test('is exactly its files: nothing beside them, nothing above them, no worker without trust', async () => {
    const { https: port } = portsOf(await listen());
    for (const path of ['/secret.key', '/../state/keys/phone-tls.pem', '/%2e%2e/state/keys/phone-tls.pem', '/assets', '/assets/', '//evil.example/x', '/index.html.gz', '/sw.js', '/ca.crt', '/ca.mobileconfig', '/v1/phones']) {
      expect([path, (await ask(true, { host: '127.0.0.1', port, path })).status]).toEqual([path, 404]);
    }
  });

  test('is compressed for who takes that, cached where its name changes with its content, and not sent twice', async () => {
    const { https: port } = portsOf(await listen());
    const path = '/assets/decoder-a1B2c3D4.wasm';
    const zipped = await ask(true, { host: '127.0.0.1', port, path, headers: { 'accept-encoding': 'gzip, br;q=0' } });
    expect(zipped.headers).toMatchObject({ 'content-type': 'application/wasm', 'content-encoding': 'gzip', 'cache-control': 'public, max-age=31536000, immutable', vary: 'accept-encoding' });
    const plain = await ask(true, { host: '127.0.0.1', port, path, headers: { 'accept-encoding': 'gzip;q=0' } });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body).toHaveLength(4096);
    const known = await ask(true, { host: '127.0.0.1', port, path, headers: { 'if-none-match': plain.headers['etag'] as string } });
    expect([known.status, known.body.length]).toEqual([304, 0]);
    const head = await ask(true, { host: '127.0.0.1', port, path, method: 'HEAD' });
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, '4096', 0]);
  });

  test('is told where it is and whom it may trust', async () => {
    const { https, http } = portsOf(await listen());
    const { body } = await ask(false, { host: '127.0.0.1', port: http, path: '/place.json' });
    expect(JSON.parse(body.toString())).toEqual({ v: 1, secure: `https://127.0.0.1:${https}`, plain: `http://127.0.0.1:${http}`, voucher: 'self', trust: false, worker: false });
  });
});

describe('messages', () => {
  test('go to the protocol and back as bytes', async () => {
    const { https: port } = portsOf(await listen());
    const sent = Buffer.from([0, 1, 2, 255]);
    const { status, headers, body } = await ask(true, { host: '127.0.0.1', port, path: '/v1/echo', method: 'POST' }, sent);
    expect([status, headers['content-type'], body]).toEqual([200, 'application/octet-stream', sent]);
  });

  test('are refused when they are too long, told so or not, from another site, for another host, or by another method', async () => {
    const { https: port } = portsOf(await listen());
    const post = (headers: Record<string, string>, body: Uint8Array = Buffer.alloc(4)) => ask(true, { host: '127.0.0.1', port, path: '/v1/echo', method: 'POST', headers }, body);
    expect((await post({}, Buffer.alloc(65))).status).toBe(413);
    expect((await post({ 'transfer-encoding': 'chunked' }, Buffer.alloc(65))).status).toBe(413);
    expect((await post({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await post({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post({ host: 'evil.example' })).status).toBe(421);
    expect((await ask(true, { host: '127.0.0.1', port, path: '/', method: 'PUT' })).status).toBe(405);
    expect(refused.sort()).toEqual(['crossSite', 'crossSite', 'host', 'method', 'size', 'size']);
  });

  test('end for the daemon when the phone hangs up', async () => {
    let aborted: (() => void) | undefined;
    const gone = new Promise<void>((resolve) => (aborted = resolve));
    let asked: (() => void) | undefined;
    const came = new Promise<void>((resolve) => (asked = resolve));
    const { https: port } = portsOf(
      await listen({
        message: (_path, _body, signal) => {
          signal.addEventListener('abort', () => aborted?.());
          asked?.();
          return new Promise(() => undefined);
        },
      }),
    );
    const request = requestHttps({ host: '127.0.0.1', port, path: '/v1/echo', method: 'POST', rejectUnauthorized: false, agent: false });
    request.on('error', () => undefined);
    request.end('x');
    await came;
    request.destroy();
    await gone;
  });

  test('of one address are limited in number', async () => {
    const { http: port } = portsOf(await listen());
    const answers = await Promise.all(Array.from({ length: 4 }, async () => {
      const statuses: number[] = [];
      for (let i = 0; i < 60; i += 1) statuses.push((await ask(false, { host: '127.0.0.1', port, path: '/place.json' })).status);
      return statuses;
    }));
    const statuses = answers.flat();
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(90);
    expect(statuses).toContain(429);
    expect(refused).toContain('rate');
  });
});

describe('connections', () => {
  test('are kept for the next request: a scan needs no new handshake', async () => {
    const { https: port } = portsOf(await listen());
    const agent = new Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false });
    let opened = 0;
    const createConnection = agent.createConnection.bind(agent);
    agent.createConnection = (...args: Parameters<typeof createConnection>) => {
      opened += 1;
      return createConnection(...args);
    };
    for (let i = 0; i < 3; i += 1) expect((await ask(true, { host: '127.0.0.1', port, path: '/v1/echo', method: 'POST', agent }, Buffer.from([i]))).body).toEqual(Buffer.from([i]));
    expect((await ask(true, { host: '127.0.0.1', port, path: '/place.json', agent })).status).toBe(200);
    expect(opened).toBe(1);
    agent.destroy();
  });

  test('of one address are limited; half a request is hung up on', async () => {
    const { http: port } = portsOf(await listen());
    const ended: Promise<void>[] = [];
    const sockets = Array.from({ length: 40 }, () => {
      const socket = connectPlain(port, '127.0.0.1');
      socket.on('error', () => undefined);
      ended.push(new Promise((resolve) => socket.once('close', () => resolve())));
      socket.resume();
      socket.write('GET / HTTP/1.1\r\nHost: 127.');
      return socket;
    });
    await Promise.all(ended);
    expect(refused.filter((reason) => reason === 'connections').length).toBe(8);
    expect(sockets.every((socket) => socket.destroyed)).toBe(true);
    expect((await ask(false, { host: '127.0.0.1', port, path: '/' })).status).toBe(200);
  }, 20_000);
});

describe('addresses', () => {
  test('are followed as they come and go, with a certificate that fits, without a restart', async () => {
    let now = ['127.0.0.2'];
    const listening = await listen({ wanted: () => now.map(candidate) });
    const { https: old } = portsOf(listening, '127.0.0.2');
    now = ['127.0.0.3', '127.0.0.2'];
    await listening.look();
    expect(listening.places.map(({ address }) => address)).toEqual(['127.0.0.3', '127.0.0.2']);
    expect(listening.certificate?.facts.addresses).toEqual(['127.0.0.3', '127.0.0.2']);
    expect(portsOf(listening, '127.0.0.2').https).toBe(old);
    expect((await ask(true, { host: '127.0.0.3', port: portsOf(listening, '127.0.0.3').https, path: '/' })).status).toBe(200);
    now = ['127.0.0.3'];
    await listening.look();
    await expect(ask(true, { host: '127.0.0.2', port: old, path: '/' })).rejects.toThrow('ECONNREFUSED');
  });

  test('that are all gone end the listener with its reason, and another try waits for one to come', async () => {
    let now = ['127.0.0.2'];
    const listening = await listen({ wanted: () => now.map(candidate) });
    now = [];
    expect((await running!.ended).code).toBe('TB_READER_MOBILE_NO_ADDRESS');
    const waited = listening.arrival(new AbortController().signal);
    now = ['127.0.0.3'];
    await waited;
    running = await listening.connect(new AbortController().signal);
    expect(listening.places.map(({ address }) => address)).toEqual(['127.0.0.3']);
  }, 20_000);

  test('of the internet are not listened on, whoever says so', async () => {
    await expect(listen({ host: '0.0.0.0' })).rejects.toThrow(expect.objectContaining({ code: 'TB_READER_MOBILE_PUBLIC_ADDRESS' }) as Error);
    await expect(listen({ wanted: () => wantedAddresses('auto', () => adapters('203.0.113.5')) })).rejects.toThrow(expect.objectContaining({ code: 'TB_READER_MOBILE_NO_ADDRESS' }) as Error);
  });

  test('that another program listens on are named', async () => {
    const { https } = portsOf(await listen());
    const first = running;
    await expect(listen({ port: https })).rejects.toThrow(expect.objectContaining({ code: 'TB_READER_MOBILE_LISTEN', params: { address: `127.0.0.1:${https}`, problem: 'another program has the port' } }) as Error);
    await first?.close();
  });
});

/** The fingerprint of the certificate that is served now. */
function served(port: number, ca?: string): Promise<{ readonly fingerprint: string; readonly authorized: boolean }> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false, ca: ca === undefined ? [...rootCertificates] : [ca] }, () => {
      resolve({ fingerprint: socket.getPeerCertificate().fingerprint256, authorized: socket.authorized });
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

describe('the certificate', () => {
  test('is replaced while connections go on, as soon as there is an authority, and then phones trust it', async () => {
    const listening = await listen();
    const { https: port, http } = portsOf(listening);
    const before = await served(port);
    expect(before.authorized).toBe(false);
    const authority = await createAuthority(folder, 'Tillbridge test', systemClock.wall(), false);
    await listening.look();
    const after = await served(port, authority.pair.cert);
    expect(after.fingerprint).not.toBe(before.fingerprint);
    expect(after.authorized).toBe(true);
    const crt = await ask(false, { host: '127.0.0.1', port: http, path: '/ca.crt' });
    expect(crt.headers).toMatchObject({ 'content-type': 'application/x-x509-ca-cert', 'content-disposition': 'attachment; filename="tillbridge-ca.crt"' });
    const profile = await ask(false, { host: '127.0.0.1', port: http, path: '/ca.mobileconfig' });
    expect(profile.headers['content-type']).toBe('application/x-apple-aspen-config');
    expect(`${crt.body.toString('latin1')}${profile.body.toString()}`).not.toContain('PRIVATE');
    expect((await ask(true, { host: '127.0.0.1', port, path: '/sw.js' })).status).toBe(200);
  });

  test("of the store's own is taken anew when its files change", async () => {
    const write = async (): Promise<{ cert: string; key: string }> => {
      const pair = await issueLeaf({ commonName: 'store', addresses: ['127.0.0.1'], names: [], now: systemClock.wall() });
      writeFileSync(join(root, 'own.crt'), pair.cert);
      writeFileSync(join(root, 'own.key'), pair.key);
      return { cert: join(root, 'own.crt'), key: join(root, 'own.key') };
    };
    const listening = await listen({ tls: await write() });
    const { https: port } = portsOf(listening);
    const before = await served(port);
    await write();
    await listening.look();
    expect((await served(port)).fingerprint).not.toBe(before.fingerprint);
    writeFileSync(join(root, 'own.key'), 'damaged');
    await expect(listening.look()).rejects.toThrow(expect.objectContaining({ code: 'TB_READER_MOBILE_TLS' }) as Error);
    expect((await ask(true, { host: '127.0.0.1', port, path: '/' })).status).toBe(200);
  });
});

describe('the page about trust', () => {
  test('leads through it in both languages, quotes the fingerprint, and runs nothing', async () => {
    const authority = await createAuthority(folder, 'Bar & Grill', systemClock.wall(), false);
    const { http: port } = portsOf(await listen());
    const ru = await ask(false, { host: '127.0.0.1', port, path: '/trust', headers: { 'accept-language': 'ru-RU,ru;q=0.9' } });
    expect(ru.body.toString()).toContain('Доверие сертификатам');
    expect(ru.body.toString().replaceAll('<wbr>', '')).toContain(authority.facts.fingerprint);
    expect(ru.body.toString()).toContain('Bar &amp; Grill');
    expect(ru.body.toString()).not.toContain('<script');
    expect(ru.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    const en = await ask(false, { host: '127.0.0.1', port, path: '/trust?lang=en', headers: { 'accept-language': 'ru' } });
    expect(en.body.toString()).toContain('Certificate Trust Settings');
  });

  test('says what to do where there is no authority', async () => {
    const { http: port } = portsOf(await listen());
    const { body } = await ask(false, { host: '127.0.0.1', port, path: '/trust' });
    expect(body.toString()).toContain('<code>tillbridge ca create</code>');
    expect(body.toString()).not.toContain('/ca.crt');
  });
});
