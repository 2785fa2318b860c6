import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { issueAuthority, issueLeaf } from '../../packages/bridge/src/phones/certificate/issue.js';
import { needs } from '../support/needs.js';
import { NodePhone } from '../support/phone/node-phone.js';
import { PhoneShop, signal } from '../support/phone/phone-shop.js';

let shop: PhoneShop;

beforeEach(() => {
  shop = new PhoneShop();
});
afterEach(() => shop.close());

/** What OpenSSL says, whether it likes it or not. */
function openssl(...args: string[]): string {
  try {
    return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    if (error instanceof Error && 'stderr' in error && 'stdout' in error) return `${String(error.stdout)}${String(error.stderr)}`;
    throw error;
  }
}

interface Made {
  readonly addresses: readonly string[];
  readonly names: readonly string[];
}

/** What OpenSSL says of a certificate that an authority of ours has signed for this. */
async function verdict({ addresses, names }: Made, ...more: string[]): Promise<string> {
  const now = Date.now();
  const authority = await issueAuthority('Tillbridge test', now);
  const leaf = await issueLeaf({ commonName: 'Tillbridge', addresses, names, authority, now });
  return openssl('verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', shop.write('ca.pem', authority.cert), ...more, shop.write('leaf.pem', leaf.cert));
}

/** The certificate that is served now, PEM. */
function served(origin: string): Promise<string> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false }, () => {
      const { raw } = socket.getPeerCertificate();
      socket.destroy();
      resolve(`-----BEGIN CERTIFICATE-----\n${raw.toString('base64').match(/.{1,64}/g)!.join('\n')}\n-----END CERTIFICATE-----\n`);
    });
    socket.on('error', reject);
  });
}

needs('openssl')('certificates for phones', () => {
  describe('of an authority of ours', () => {
    test.each(['10.0.0.1', '172.31.0.1', '192.168.255.1', '169.254.1.1', '127.0.0.1', 'fd00::1'])('are good for %s, and for no other', async (address) => {
      const names = ['till.local', 'a.lan', 'b.internal', 'c.home.arpa'];
      expect(await verdict({ addresses: [address], names }, '-verify_ip', address)).toContain(': OK');
      expect(await verdict({ addresses: [address], names }, '-verify_ip', '192.168.7.7')).toContain('IP address mismatch');
    });

    test.each([
      ['an address of the internet', { addresses: ['8.8.8.8'], names: [] }],
      ['an IPv6 address of the internet', { addresses: ['2001:db8::1'], names: [] }],
      ['a site of the internet', { addresses: [], names: ['bank.example'] }],
      ['a name that ends like a local one', { addresses: [], names: ['evillocal'] }],
    ])('for %s are worth nothing: the authority is constrained to local networks', async (_what, made) => {
      expect(await verdict(made)).toContain('permitted subtree violation');
    });
  });

  test('of the daemon is one that OpenSSL takes for the address, once the authority is trusted; phones change over without a restart', async () => {
    await shop.run();
    const { phone, till } = await shop.pairPhone();
    const { secure, plain } = await shop.place();
    const before = await served(secure);
    const made = await shop.json<{ fingerprint: string; pages: string[] }>(['ca', 'create', '--name', 'Кафе у моря']);
    expect(made.pages).toEqual([`${plain}/trust`]);
    const after = await served(secure);
    expect(after).not.toBe(before);
    const folder = shop.path('ca');
    expect((await shop.cli(['ca', 'export', folder])).code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['tillbridge-ca.crt', 'tillbridge-ca.mobileconfig', 'tillbridge-ca.pem']);
    const pem = join(folder, 'tillbridge-ca.pem');
    writeFileSync(shop.path('leaf.pem'), after);
    expect(execFileSync('openssl', ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', pem, '-verify_ip', '127.0.0.1', shop.path('leaf.pem')], { encoding: 'utf8' })).toContain(': OK');
    const shown = execFileSync('openssl', ['x509', '-in', pem, '-noout', '-fingerprint', '-sha256', '-subject', '-nameopt', 'utf8'], { encoding: 'utf8' });
    expect(shown).toContain(made.fingerprint);
    expect(shown).toContain('Кафе у моря');
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name), 'latin1')).not.toContain('PRIVATE');
    for (const name of ['phone-ca.pem', 'phone-tls.pem', 'phone-till']) expect(statSync(join(shop.state, 'keys', name)).mode & 0o777).toBe(0o600);
    // the phone that was paired before, and one that trusts the authority and nothing else
    expect(await till.refresh(signal())).toBe('ready');
    const trusting = new NodePhone(secure, readFileSync(pem, 'utf8'));
    for (const stored of phone.tills.values()) trusting.tills.set(stored.tillId, stored);
    const [trusted] = await trusting.client.load();
    expect(await trusted?.refresh(signal())).toBe('ready');
    expect((await shop.cli(['ca', 'create'])).stderr).toContain('TB_READER_MOBILE_CA_EXISTS');
    expect((await shop.cli(['ca', 'rotate'])).stderr).toContain('TB_READER_MOBILE_CONFIRM');
    const rotated = await shop.json<{ fingerprint: string }>(['ca', 'rotate', '--yes']);
    expect(rotated.fingerprint).not.toBe(made.fingerprint);
    expect(await trusted?.refresh(signal())).toBe('away');
    expect((await shop.cli(['ca', 'remove', '--yes'])).code).toBe(0);
    expect((await shop.cli(['ca', 'show'])).stderr).toContain('TB_READER_MOBILE_NO_CA');
  });
});
