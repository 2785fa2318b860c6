import { randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import type * as X509 from '@peculiar/x509';
import { EARLY_MS, LIFE_MS } from './due.js';
import type { KeyPair } from './facts.js';
import { NAME_CONSTRAINTS_OID, nameConstraints } from './name-constraints.js';

/** P-256 with SHA-256: what every phone takes (Apple, support document 103769), and small. */
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const AUTHORITY_LIFE_MS = 3650 * 86_400_000;

/** The library is loaded when a certificate is made: a start with a good one does without. */
async function library(): Promise<typeof X509> {
  // its container of classes wants this to stand before it
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

/** Dates of a certificate are whole seconds. */
// eslint-disable-next-line no-restricted-globals -- the library takes the time in this form; which time it is comes from outside
const dateOf = (ms: number): Date => new Date(Math.floor(ms / 1000) * 1000);

export interface LeafRequest {
  readonly commonName: string;
  readonly addresses: readonly string[];
  readonly names: readonly string[];
  /** Signs it; absent: it signs itself. */
  readonly authority?: KeyPair | undefined;
  /** Unix time in milliseconds. */
  readonly now: number;
}

/** Makes a certificate for the addresses and names, with a key of its own. */
export async function issueLeaf({ commonName, addresses, names, authority, now }: LeafRequest): Promise<KeyPair> {
  const x509 = await library();
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const issuer = authority === undefined ? undefined : { cert: new x509.X509Certificate(authority.cert), key: await signingKey(x509, authority.key) };
  const san = [...addresses.filter((address) => isIP(address) !== 0).map((value) => ({ type: 'ip' as const, value })), ...names.map((value) => ({ type: 'dns' as const, value }))];
  const subject = [{ CN: [commonName] }];
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject,
    issuer: issuer?.cert.subject ?? new x509.Name(subject).toString(),
    notBefore: dateOf(now - EARLY_MS),
    notAfter: dateOf(now - EARLY_MS + LIFE_MS),
    signingKey: issuer?.key ?? keys.privateKey,
    publicKey: keys.publicKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([SERVER_AUTH]),
      new x509.SubjectAlternativeNameExtension(san),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer?.cert.publicKey ?? keys.publicKey),
    ],
  });
  const chain = authority === undefined ? '' : `\n${authority.cert.trim()}`;
  return { cert: `${cert.toString('pem')}${chain}\n`, key: await keyPem(keys.privateKey) };
}

/** Makes an authority of this store, good for ten years and for local addresses only. */
export async function issueAuthority(name: string, now: number): Promise<KeyPair> {
  const x509 = await library();
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [name] }, { O: ['Tillbridge'] }],
    notBefore: dateOf(now - EARLY_MS),
    notAfter: dateOf(now - EARLY_MS + AUTHORITY_LIFE_MS),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      new x509.Extension(NAME_CONSTRAINTS_OID, true, new Uint8Array(nameConstraints())),
    ],
  });
  return { cert: `${cert.toString('pem')}\n`, key: await keyPem(keys.privateKey) };
}

/** Positive, never zero, 127 bits of chance (RFC 5280, 4.1.2.2). */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

async function signingKey(x509: typeof X509, pem: string): Promise<webcrypto.CryptoKey> {
  const [block] = x509.PemConverter.decode(pem);
  if (block === undefined) throw new Error('no key in the file of the authority');
  return webcrypto.subtle.importKey('pkcs8', block, ALGORITHM, false, ['sign']);
}

async function keyPem(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n');
}
