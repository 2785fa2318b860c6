import type { ConnectionOptions, PeerCertificate } from 'node:tls';

/**
 * How a server is known. Cash servers come with a certificate that they made themselves, often with an RSA-1024 key and TLS 1.0 only:
 * `pin` takes the certificate of the first contact (or the one named) and no other from then on; `ca` is ordinary verification.
 */
export type Trust = { readonly mode: 'pin'; readonly fingerprint?: string } | { readonly mode: 'ca'; readonly ca?: string };

/** Where pins are kept: `host:port` to the SHA-256 fingerprint of the certificate, 64 upper-case hex digits. */
export interface CertificatePins {
  get(server: string): string | undefined;
  /** Resolves when it is durable. */
  put(server: string, fingerprint: string): Promise<void>;
}

/** Fingerprints come with and without colons, in either case. `undefined` for what is none. */
export function fingerprint(text: string): string | undefined {
  const digits = text.replace(/[:\s]/g, '').toUpperCase();
  return /^[0-9A-F]{64}$/.test(digits) ? digits : undefined;
}

/** What the certificate of a connection means. `first`: nothing is known of this server yet. */
export function judge(expected: string | undefined, certificate: Pick<PeerCertificate, 'fingerprint256'>): 'trusted' | 'first' | 'changed' | 'none' {
  const seen = fingerprint((certificate as Partial<PeerCertificate>).fingerprint256 ?? '');
  if (seen === undefined) return 'none';
  if (expected === undefined) return 'first';
  return seen === fingerprint(expected) ? 'trusted' : 'changed';
}

/**
 * Options of the TLS connection. With `legacy` also TLS 1.0 and weak keys are taken: it needs both a lower protocol version and OpenSSL's
 * security level 0, one without the other is useless (tried on OpenSSL 3.0 against an RSA-1024 SHA-1 server).
 */
export function tlsOptions(trust: Trust, legacy: boolean): ConnectionOptions {
  const old: ConnectionOptions = legacy ? { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } : {};
  // in pin mode the fingerprint decides, and is compared before the first byte of a request leaves
  if (trust.mode === 'pin') return { ...old, rejectUnauthorized: false };
  return { ...old, rejectUnauthorized: true, ...(trust.ca === undefined ? {} : { ca: trust.ca }) };
}
