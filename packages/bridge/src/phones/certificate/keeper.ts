import { readFileSync } from 'node:fs';
import { TillbridgeError, type Clock, type Log } from '@tillbridge/core';
import type { StateFolder } from '@tillbridge/store/state';
import { readAuthority } from './authority.js';
import { addressesFor, dueReason } from './due.js';
import { factsOf, isPair, type CertificateFacts, type KeyPair } from './facts.js';
import { readPair, writePair } from './pem-file.js';

const FILE = 'phone-tls.pem';

/** Who vouches for the certificate: nobody, this store's own authority, or whoever the store got it from. */
export type Voucher = 'self' | 'authority' | 'own';

export interface ServedCertificate {
  readonly pair: KeyPair;
  readonly facts: CertificateFacts;
  readonly voucher: Voucher;
  /** The authority, PEM, for phones to install. */
  readonly authority?: string;
}

export interface KeeperOptions {
  readonly folder: StateFolder;
  /** Files of the store's own certificate; absent: we make one. */
  readonly own?: { readonly cert: string; readonly key: string } | undefined;
  /** Host names besides the addresses. */
  readonly names: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
}

/** Has a certificate ready that fits where phones connect to now. */
export class CertificateKeeper {
  readonly #options: KeeperOptions;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  /**
   * The certificate for these addresses: the one there is, or a new one.
   * @throws {TillbridgeError} `TB_READER_MOBILE_TLS`, `TB_READER_MOBILE_CERTIFICATE`, `TB_READER_MOBILE_CA_DAMAGED`
   */
  async ensure(addresses: readonly string[]): Promise<ServedCertificate> {
    const { own } = this.#options;
    return own === undefined ? this.#made(addresses) : readOwn(own);
  }

  async #made(addresses: readonly string[]): Promise<ServedCertificate> {
    const { folder, names, clock, log } = this.#options;
    const path = folder.keyFile(FILE);
    const authority = readAuthority(folder)?.pair;
    const before = readPair(path);
    const now = clock.wall();
    const due = dueReason(before, { addresses, names, authority: authority?.cert }, now);
    const pair = before === undefined || due !== undefined ? await this.#issue(addressesFor(addresses, before), authority, now) : before;
    const facts = factsOf(pair.cert);
    if (facts === undefined) throw new TillbridgeError('TB_READER_MOBILE_CERTIFICATE', { problem: 'it cannot be read back' });
    if (due !== undefined) log.info('a certificate for phones was made', { reason: due, fingerprint: facts.fingerprint });
    return { pair, facts, voucher: authority === undefined ? 'self' : 'authority', ...(authority === undefined ? {} : { authority: authority.cert }) };
  }

  async #issue(addresses: readonly string[], authority: KeyPair | undefined, now: number): Promise<KeyPair> {
    const { folder, names } = this.#options;
    try {
      const { issueLeaf } = await import('./issue.js');
      const pair = await issueLeaf({ commonName: 'Tillbridge', addresses, names, authority, now });
      writePair(folder.keyFile(FILE), pair);
      return pair;
    } catch (error) {
      const problem = error instanceof Error && 'code' in error ? String(error.code) : 'it could not be made';
      throw new TillbridgeError('TB_READER_MOBILE_CERTIFICATE', { problem }, { cause: error });
    }
  }
}

/** The store's own certificate, read again each time: it is renewed by whoever looks after it. Never quotes the files. */
function readOwn(files: { readonly cert: string; readonly key: string }): ServedCertificate {
  const read = (path: string): string => {
    try {
      return readFileSync(path, 'latin1');
    } catch (error) {
      const problem = error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be read';
      throw new TillbridgeError('TB_READER_MOBILE_TLS', { path, problem }, { cause: error });
    }
  };
  const pair = { cert: read(files.cert), key: read(files.key) };
  const facts = factsOf(pair.cert);
  if (facts === undefined) throw new TillbridgeError('TB_READER_MOBILE_TLS', { path: files.cert, problem: 'it holds no certificate' });
  if (!isPair(pair)) throw new TillbridgeError('TB_READER_MOBILE_TLS', { path: files.key, problem: 'it is not the key of the certificate' });
  return { pair, facts, voucher: 'own' };
}

/** The certificate in the state folder as it is, for commands that only look. */
export function certificateThere(folder: StateFolder): CertificateFacts | undefined {
  const pair = readPair(folder.keyFile(FILE));
  return pair === undefined ? undefined : factsOf(pair.cert);
}
