import { createPrivateKey, X509Certificate } from 'node:crypto';

/** A certificate with its private key, PEM. */
export interface KeyPair {
  /** The certificate, followed by that of its authority where there is one. */
  readonly cert: string;
  readonly key: string;
}

/** What matters about a certificate. */
export interface CertificateFacts {
  readonly addresses: readonly string[];
  readonly names: readonly string[];
  /** Unix time in milliseconds. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** SHA-256, `AA:BB:...`. */
  readonly fingerprint: string;
  readonly issuer: string;
  readonly selfSigned: boolean;
}

/** Reads a certificate; undefined where the text is none. */
export function factsOf(pem: string): CertificateFacts | undefined {
  const cert = parse(pem);
  if (cert === undefined) return undefined;
  const parts = (cert.subjectAltName ?? '').split(/,\s*/);
  const under = (prefix: string): string[] => parts.filter((part) => part.startsWith(prefix)).map((part) => part.slice(prefix.length));
  return {
    addresses: under('IP Address:').map(normalAddress),
    names: under('DNS:'),
    notBefore: cert.validFromDate.getTime(),
    notAfter: cert.validToDate.getTime(),
    fingerprint: cert.fingerprint256,
    issuer: cert.issuer,
    // not `checkIssued`: that wants a certificate that may sign others
    selfSigned: cert.issuer === cert.subject && cert.verify(cert.publicKey),
  };
}

/** Whether the key is that of the certificate. */
export function isPair({ cert, key }: KeyPair): boolean {
  try {
    return parse(cert)?.checkPrivateKey(createPrivateKey(key)) === true;
  } catch {
    return false;
  }
}

/** Whether `authority` signed the certificate. */
export function isSignedBy(pem: string, authority: string): boolean {
  const cert = parse(pem);
  const issuer = parse(authority);
  return cert !== undefined && issuer !== undefined && cert.checkIssued(issuer) && cert.verify(issuer.publicKey);
}

/** The certificate in DER, as phones take it for installing. */
export function derOf(pem: string): Buffer | undefined {
  return parse(pem)?.raw;
}

function parse(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** One spelling: certificates hold bytes, and Node writes `FD00:0:0:0:0:0:0:1` for `fd00::1`. */
export function normalAddress(address: string): string {
  return address.includes(':') ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
}
