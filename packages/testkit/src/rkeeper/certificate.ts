import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { ServerOptions } from 'node:https';
import { isoTime } from '@tillbridge/core';

export interface CertificateOptions {
  /** `rsa1024`: signed with SHA-1, as the certificates that cash servers make for themselves. Default `ec`. */
  readonly key?: 'ec' | 'rsa1024';
  /** Besides 127.0.0.1. Default `localhost`. */
  readonly name?: string;
  /** Unix milliseconds: valid from an hour before to a day after. */
  readonly wall: number;
}

/** Both PEM. */
export interface MadeCertificate {
  readonly cert: string;
  readonly key: string;
}

// Just enough of DER (X.690) and X.509 (RFC 5280) for a certificate that a simulator makes for itself: no key lies in the package.
const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  // as short as it goes: browsers refuse the rest
  const length = body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const oid = (...bytes: readonly number[]): Buffer => der(0x06, Buffer.from(bytes));
const time = (wall: number): Buffer => der(0x18, Buffer.from(isoTime(wall).replace(/[-:T]|\.\d+/g, '')));

const SIGNATURES = {
  /** ecdsa-with-SHA256 */
  ec: sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02)),
  /** sha1WithRSAEncryption */
  rsa1024: sequence(oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x05), der(0x05)),
} as const;
const COMMON_NAME = [0x55, 0x04, 0x03];
const SUBJECT_ALT_NAME = [0x55, 0x1d, 0x11];

/** A new key and a certificate of its own. */
export function makeCertificate({ key: kind = 'ec', name = 'localhost', wall }: CertificateOptions): MadeCertificate {
  const { privateKey, publicKey } = kind === 'ec' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('rsa', { modulusLength: 1024 });
  const signedWith = SIGNATURES[kind];
  const who = sequence(der(0x31, sequence(oid(...COMMON_NAME), der(0x0c, Buffer.from(name)))));
  const names = sequence(der(0x82, Buffer.from(name)), der(0x87, Buffer.from([127, 0, 0, 1])));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    signedWith,
    who,
    sequence(time(wall - 3_600_000), time(wall + 86_400_000)),
    who,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(oid(...SUBJECT_ALT_NAME), der(0x04, names)))),
  );
  const signature = createSign(kind === 'ec' ? 'sha256' : 'sha1').update(body).sign(privateKey);
  const cert = sequence(body, signedWith, der(0x03, Buffer.from([0]), signature));
  const pem = cert.toString('base64').replace(/.{64}/g, '$&\n').trim();
  return { cert: `-----BEGIN CERTIFICATE-----\n${pem}\n-----END CERTIFICATE-----\n`, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

/**
 * The TLS of a cash server: its own certificate with an RSA-1024 key. `modern` offers TLS 1.2 and 1.3, `tls10` only TLS 1.0. Both need
 * OpenSSL's security level 0, on this side too.
 */
export function cashServerTls(kind: 'modern' | 'tls10', made: MadeCertificate): ServerOptions {
  return { ...made, ciphers: 'DEFAULT:@SECLEVEL=0', ...(kind === 'tls10' ? { minVersion: 'TLSv1', maxVersion: 'TLSv1' } : { minVersion: 'TLSv1.2' }) };
}
