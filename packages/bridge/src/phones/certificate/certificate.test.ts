import { X509Certificate } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '@tillbridge/core';
import { openStateFolder, type StateFolder } from '@tillbridge/store/state';
import { VirtualClock } from '@tillbridge/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAuthority, readAuthority, removeAuthority } from './authority.js';
import { dueReason, LIFE_MS, MAX_LIFE_MS, RENEW_MS } from './due.js';
import { factsOf, isPair, isSignedBy } from './facts.js';
import { issueAuthority, issueLeaf } from './issue.js';
import { CertificateKeeper } from './keeper.js';
import { mobileConfig } from './mobileconfig.js';

const NOW = Date.UTC(2026, 5, 1, 12);
const DAY = 86_400_000;

let root: string;
let folder: StateFolder;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tb-cert-'));
  folder = openStateFolder(join(root, 'state'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(root, name);
  writeFileSync(path, text);
  return path;
}

describe('a certificate', () => {
  test('that signs itself is what phones want: SAN with addresses, serverAuth, P-256, at most 825 days', async () => {
    const pair = await issueLeaf({ commonName: 'Tillbridge', addresses: ['192.168.1.10', 'fd00::5'], names: ['till.lan'], now: NOW });
    const facts = factsOf(pair.cert);
    expect(facts).toMatchObject({ addresses: ['192.168.1.10', 'fd00::5'], names: ['till.lan'], selfSigned: true, notBefore: NOW - DAY });
    expect(facts!.notAfter - facts!.notBefore).toBe(LIFE_MS);
    expect(LIFE_MS).toBeLessThanOrEqual(MAX_LIFE_MS);
    expect(isPair(pair)).toBe(true);
    const cert = new X509Certificate(pair.cert);
    expect(cert.checkIP('192.168.1.10')).toBe('192.168.1.10');
    expect(cert.checkIP('192.168.1.11')).toBeUndefined();
    expect(cert.checkHost('till.lan')).toBe('till.lan');
    expect(cert.ca).toBe(false);
    expect(cert.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(cert.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(cert.serialNumber).toMatch(/^[4-7][0-9A-F]{31}$/);
  });

  test('of the authority is signed by it, and by nobody else of that name', async () => {
    const authority = await issueAuthority('Tillbridge test', NOW);
    const pair = await issueLeaf({ commonName: 'Tillbridge', addresses: ['192.168.1.10'], names: [], authority, now: NOW });
    expect(isSignedBy(pair.cert, authority.cert)).toBe(true);
    expect(isSignedBy(pair.cert, (await issueAuthority('Tillbridge test', NOW)).cert)).toBe(false);
    expect(factsOf(pair.cert)?.selfSigned).toBe(false);
    expect(new X509Certificate(authority.cert).ca).toBe(true);
  });
});

describe('when a certificate is made anew', () => {
  const wanted = { addresses: ['192.168.1.10'], names: [], authority: undefined };

  test('there is none, it is no certificate, its key is another, it does not fit, it ends, the clock was wrong', async () => {
    const pair = await issueLeaf({ commonName: 'Tillbridge', addresses: ['192.168.1.10'], names: [], now: NOW });
    const other = await issueLeaf({ commonName: 'Tillbridge', addresses: ['192.168.1.10'], names: [], now: NOW });
    const authority = await issueAuthority('Tillbridge test', NOW);
    expect(dueReason(pair, wanted, NOW)).toBeUndefined();
    expect(dueReason(undefined, wanted, NOW)).toBe('missing');
    expect(dueReason({ ...pair, cert: 'nonsense' }, wanted, NOW)).toBe('unreadable');
    expect(dueReason({ ...pair, key: other.key }, wanted, NOW)).toBe('key');
    expect(dueReason(pair, { ...wanted, addresses: ['192.168.1.10', '10.0.0.7'] }, NOW)).toBe('addresses');
    expect(dueReason(pair, { ...wanted, names: ['till.lan'] }, NOW)).toBe('addresses');
    expect(dueReason(pair, { ...wanted, authority: authority.cert }, NOW)).toBe('authority');
    expect(dueReason(pair, wanted, NOW - DAY + LIFE_MS - RENEW_MS + 1)).toBe('ends');
    expect(dueReason(pair, wanted, NOW - DAY + LIFE_MS - RENEW_MS)).toBeUndefined();
    expect(dueReason(pair, wanted, NOW - 2 * DAY)).toBe('clock');
    const signed = await issueLeaf({ commonName: 'Tillbridge', addresses: ['192.168.1.10'], names: [], authority, now: NOW });
    expect(dueReason(signed, { ...wanted, authority: authority.cert }, NOW)).toBeUndefined();
    expect(dueReason(signed, wanted, NOW)).toBe('authority');
  });
});

describe('the keeper', () => {
  const keeper = (own?: { cert: string; key: string }) => {
    const clock = new VirtualClock();
    return new CertificateKeeper({ folder, own, names: [], clock, log: silentLog });
  };

  test('makes one at first, keeps it, 0600, and makes another for a new address that is good for the old one too', async () => {
    const first = await keeper().ensure(['192.168.1.10']);
    expect(statSync(folder.keyFile('phone-tls.pem')).mode & 0o777).toBe(0o600);
    const again = await keeper().ensure(['192.168.1.10']);
    expect(again.facts.fingerprint).toBe(first.facts.fingerprint);
    const moved = await keeper().ensure(['10.0.0.7']);
    expect(moved.facts.fingerprint).not.toBe(first.facts.fingerprint);
    expect(moved.facts.addresses).toEqual(['10.0.0.7', '192.168.1.10']);
    const back = await keeper().ensure(['192.168.1.10']);
    expect(back.facts.fingerprint).toBe(moved.facts.fingerprint);
  });

  test('lets the authority sign as soon as there is one, and signs itself when it is gone', async () => {
    expect((await keeper().ensure(['192.168.1.10'])).voucher).toBe('self');
    const authority = await createAuthority(folder, 'Tillbridge test', new VirtualClock().wall(), false);
    const signed = await keeper().ensure(['192.168.1.10']);
    expect(signed).toMatchObject({ voucher: 'authority', authority: authority.pair.cert });
    expect(isSignedBy(signed.pair.cert, authority.pair.cert)).toBe(true);
    await expect(createAuthority(folder, 'x', 0, false)).rejects.toThrow(expect.objectContaining({ code: 'TB_READER_MOBILE_CA_EXISTS' }) as Error);
    removeAuthority(folder);
    expect((await keeper().ensure(['192.168.1.10'])).voucher).toBe('self');
  });

  test('does not replace a damaged authority, and says so', async () => {
    await createAuthority(folder, 'Tillbridge test', NOW, false);
    const path = folder.keyFile('phone-ca.pem');
    chmodSync(path, 0o600);
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, 300));
    expect(() => readAuthority(folder)).toThrow(expect.objectContaining({ code: 'TB_READER_MOBILE_CA_DAMAGED' }) as Error);
    await expect(keeper().ensure(['192.168.1.10'])).rejects.toThrow(expect.objectContaining({ code: 'TB_READER_MOBILE_CA_DAMAGED' }) as Error);
  });

  test("serves the store's own certificate as it is, and names what is wrong with its files", async () => {
    const pair = await issueLeaf({ commonName: 'store', addresses: [], names: ['till.example.com'], now: NOW });
    const other = await issueLeaf({ commonName: 'store', addresses: [], names: ['till.example.com'], now: NOW });
    const own = { cert: file('own.crt', pair.cert), key: file('own.key', pair.key) };
    expect(await keeper(own).ensure(['192.168.1.10'])).toMatchObject({ voucher: 'own', facts: { names: ['till.example.com'] } });
    const wrong = (files: { cert: string; key: string }) => keeper(files).ensure([]);
    await expect(wrong({ ...own, key: file('other.key', other.key) })).rejects.toThrow(expect.objectContaining({ code: 'TB_READER_MOBILE_TLS', params: expect.objectContaining({ problem: 'it is not the key of the certificate' }) as object }) as Error);
    await expect(wrong({ ...own, cert: join(root, 'none') })).rejects.toThrow(expect.objectContaining({ code: 'TB_READER_MOBILE_TLS', params: expect.objectContaining({ problem: 'ENOENT' }) as object }) as Error);
    await expect(wrong({ ...own, cert: file('junk', 'junk') })).rejects.toThrow(expect.objectContaining({ code: 'TB_READER_MOBILE_TLS' }) as Error);
  });
});

describe('the profile for iPhones', () => {
  test('holds the certificate, no key, and the same identifiers each time', async () => {
    const authority = await issueAuthority('Bar & Grill <1>', NOW);
    const profile = mobileConfig(authority.cert, 'Bar & Grill <1>');
    expect(profile).toBe(mobileConfig(authority.cert, 'Bar & Grill <1>'));
    expect(profile).toContain('<string>Bar &amp; Grill &lt;1&gt;</string>');
    expect(profile).toContain('com.apple.security.root');
    const data = /<data>([^<]+)<\/data>/.exec(profile)?.[1]?.replace(/\s/g, '') ?? '';
    expect(`-----BEGIN CERTIFICATE-----\n${data.match(/.{1,64}/g)!.join('\n')}\n-----END CERTIFICATE-----\n`).toBe(authority.cert);
    expect(profile).not.toContain('PRIVATE');
  });
});
