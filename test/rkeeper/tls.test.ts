import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer, type AddressInfo } from 'node:net';
import { createServer as createTls, type Server as TlsServer } from 'node:tls';
import { silentLog, systemClock } from '@tillbridge/core';
import { createXmlTill, type XmlTillOptions } from '@tillbridge/adapter-rkeeper';
import { CertificatePinFile, openStateFolder } from '@tillbridge/store';
import { cashServerTls, Restaurant, SimulatedCashServer, type CashServerOptions, type MadeCertificate } from '@tillbridge/testkit/rkeeper';
import { expect, onTestFinished, test } from 'vitest';
import { selfSigned } from '../support/self-signed.js';
import { tempFolder } from '../support/temp-folder.js';
import { CARD, never, openTill, optionsAt, request } from './support.js';

/** The cash server of a restaurant with one open order, and our card known there. */
async function cashServer(tls: CashServerOptions['tls'], port = 0): Promise<SimulatedCashServer> {
  const restaurant = new Restaurant({ clock: systemClock });
  restaurant.cards.set(CARD, { holder: 'Guest', discount: 25, bonus: 0, amount: 0, blocked: false });
  restaurant.openOrder(restaurant.books.TABLES[0]!, restaurant.books.EMPLOYEES[0]!);
  const server = await SimulatedCashServer.start({ clock: systemClock, restaurant, port, ...(tls === undefined ? {} : { tls }) });
  onTestFinished(() => server.close());
  return server;
}

const fingerprintOf = ({ cert }: MadeCertificate): string => new X509Certificate(cert).fingerprint256;

/** Delivers one card; the outcome, or the code of what keeps the till from working. */
async function deliver(url: string, over: Partial<XmlTillOptions> = {}, pins?: CertificatePinFile): Promise<string> {
  const till = await openTill(optionsAt(url, over), systemClock, pins);
  try {
    const { outcome } = await till.deliver(request(systemClock), never);
    return till.state.reason?.code ?? outcome;
  } finally {
    await till.close();
  }
}

test('the certificate of the first contact is pinned, durably, and is good for the next process', async () => {
  const folder = tempFolder();
  const made = selfSigned('localhost', 'rsa1024');
  const server = await cashServer(cashServerTls('modern', made));
  expect(await deliver(server.url, { legacy: true }, new CertificatePinFile(openStateFolder(folder)))).toBe('applied');
  const kept = JSON.parse(readFileSync(join(folder, 'pins.json'), 'utf8')) as Record<string, string>;
  expect(kept).toEqual({ [`127.0.0.1:${String(server.port)}`]: fingerprintOf(made).replaceAll(':', '') });
  expect(await deliver(server.url, { legacy: true }, new CertificatePinFile(openStateFolder(folder)))).toBe('alreadyApplied');
});

test('a weak key alone needs no `legacy` where the server speaks TLS 1.2', async () => {
  const server = await cashServer(cashServerTls('modern', selfSigned('localhost', 'rsa1024')));
  expect(await deliver(server.url)).toBe('applied');
});

/** A TLS server that keeps every byte that it is told, and says nothing. */
async function listeningEar(made: MadeCertificate): Promise<{ readonly url: string; readonly heard: () => string; readonly server: TlsServer }> {
  let heard = '';
  const server = createTls({ ...made }, (socket) => {
    socket.on('data', (bytes: Buffer) => (heard += bytes.toString('latin1')));
    socket.on('error', () => undefined);
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { url: `https://127.0.0.1:${String((server.address() as AddressInfo).port)}`, heard: () => heard, server };
}

test('another certificate than the pinned one is refused in clear words, and not one byte of a request leaves', async () => {
  const pins = new CertificatePinFile(openStateFolder(tempFolder()));
  const ear = await listeningEar(selfSigned());
  await pins.put(ear.url.replace('https://', ''), fingerprintOf(selfSigned()).replaceAll(':', ''));
  expect(await deliver(ear.url, {}, pins)).toBe('TB_TILL_RK_PIN_CHANGED');
  expect(ear.heard()).toBe('');
  // nothing was learnt from it either
  expect(await deliver(ear.url, {}, pins)).toBe('TB_TILL_RK_PIN_CHANGED');
});

test('the same server unpinned would have heard login and query: the silence above is ours', async () => {
  const ear = await listeningEar(selfSigned());
  expect(await deliver(ear.url, { readTimeoutMs: 500 })).toBe('TB_TILL_UNREACHABLE');
  expect(ear.heard()).toMatch(/^POST \/rk7api\/v0\/xmlinterface\.xml HTTP\/1\.1\r\n[^]*authorization: Basic /i);
});

test('a server that changes its certificate while we are connected is noticed at the next connection', async () => {
  const pins = new CertificatePinFile(openStateFolder(tempFolder()));
  const first = await cashServer({ ...selfSigned() });
  const till = await openTill(optionsAt(first.url), systemClock, pins);
  expect((await till.deliver(request(systemClock), never)).outcome).toBe('applied');
  const { port } = first;
  await first.close();
  const second = await cashServer({ ...selfSigned() }, port);
  const result = await till.deliver(request(systemClock), never);
  // the first attempt may still find the dead connection
  const settled = result.reason === 'pinChanged' ? result : await till.deliver(request(systemClock), never);
  expect(settled).toEqual({ outcome: 'failed', reason: 'pinChanged' });
  expect(till.state.reason?.code).toBe('TB_TILL_RK_PIN_CHANGED');
  expect(second.log).toEqual([]);
  await till.close();
});

test('a named fingerprint, with and without colons, and a wrong one', async () => {
  const made = selfSigned();
  const server = await cashServer({ ...made });
  const named = fingerprintOf(made);
  expect(await deliver(server.url, { trust: { mode: 'pin', fingerprint: named } })).toBe('applied');
  expect(await deliver(server.url, { trust: { mode: 'pin', fingerprint: named.replaceAll(':', '').toLowerCase() } })).toBe('alreadyApplied');
  expect(await deliver(server.url, { trust: { mode: 'pin', fingerprint: fingerprintOf(selfSigned()) } })).toBe('TB_TILL_RK_PIN_CHANGED');
});

test('ordinary verification: the right name, a wrong one, an unknown authority', async () => {
  const made = selfSigned('localhost');
  const server = await cashServer({ ...made });
  const byName = server.url.replace('127.0.0.1', 'localhost');
  const trust = { mode: 'ca', ca: made.cert } as const;
  expect(await deliver(byName, { trust })).toBe('applied');
  expect(await deliver(server.url, { trust })).toBe('alreadyApplied');
  expect(await deliver(byName, { trust: { mode: 'ca' } })).toBe('TB_TILL_RK_TLS');
  const elsewhere = selfSigned('cash.example');
  const other = await cashServer({ ...elsewhere });
  expect(await deliver(other.url.replace('127.0.0.1', 'localhost'), { trust: { mode: 'ca', ca: elsewhere.cert } })).toBe('TB_TILL_RK_TLS');
  expect(other.log).toEqual([]);
});

test('TLS 1.0 with an RSA-1024 key works with `legacy` and only with it', async () => {
  const server = await cashServer(cashServerTls('tls10', selfSigned('localhost', 'rsa1024')));
  expect(await deliver(server.url)).toBe('TB_TILL_RK_TLS');
  expect(server.log).toEqual([]);
  expect(await deliver(server.url, { legacy: true })).toBe('applied');
});

test('`legacy` goes on pinning', async () => {
  const server = await cashServer(cashServerTls('tls10', selfSigned('localhost', 'rsa1024')));
  expect(await deliver(server.url, { legacy: true, trust: { mode: 'pin', fingerprint: fingerprintOf(selfSigned()) } })).toBe('TB_TILL_RK_PIN_CHANGED');
  expect(server.log).toEqual([]);
});

test('a server that speaks no TLS at all, and one that hangs up in the middle of the handshake', async () => {
  const plain = await cashServer(undefined);
  expect(await deliver(plain.url.replace('http:', 'https:'))).toBe('TB_TILL_RK_TLS');
  const rude = createServer((socket) => socket.once('data', () => socket.destroy()));
  rude.listen(0, '127.0.0.1');
  await once(rude, 'listening');
  onTestFinished(() => void rude.close());
  expect(await deliver(`https://127.0.0.1:${String((rude.address() as AddressInfo).port)}`)).toBe('TB_TILL_UNREACHABLE');
});

test('doctor warns of a plain connection, and not of a pinned one', async () => {
  const pins = new CertificatePinFile(openStateFolder(tempFolder()));
  const rows = async (url: string): Promise<readonly string[]> => {
    const till = createXmlTill(optionsAt(url), { clock: systemClock, log: silentLog, pins });
    const found = await till.probe(never);
    await till.close();
    return found.filter(({ level, text }) => level === 'warn' && text.includes('unencrypted')).map(({ level }) => level);
  };
  expect(await rows((await cashServer(undefined)).url)).toEqual(['warn']);
  expect(await rows((await cashServer({ ...selfSigned() })).url)).toEqual([]);
});
