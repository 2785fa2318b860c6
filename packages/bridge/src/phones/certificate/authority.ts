import { existsSync, rmSync } from 'node:fs';
import { TillbridgeError } from '@tillbridge/core';
import type { StateFolder } from '@tillbridge/store/state';
import { factsOf, isPair, type CertificateFacts, type KeyPair } from './facts.js';
import { readPair, writePair } from './pem-file.js';

const FILE = 'phone-ca.pem';

/** The authority of this store: what phones may be told to trust. */
export interface Authority {
  readonly pair: KeyPair;
  readonly facts: CertificateFacts;
}

/** The authority in the state folder; undefined where there is none. @throws {TillbridgeError} `TB_READER_MOBILE_CA_DAMAGED`: never made anew silently, since phones trust the old one */
export function readAuthority(folder: StateFolder): Authority | undefined {
  const path = folder.keyFile(FILE);
  if (!existsSync(path)) return undefined;
  const pair = readPair(path);
  const facts = pair === undefined ? undefined : factsOf(pair.cert);
  if (pair === undefined || facts === undefined || !isPair(pair)) throw new TillbridgeError('TB_READER_MOBILE_CA_DAMAGED', { path });
  return { pair, facts };
}

/** Makes the authority. @throws {TillbridgeError} `TB_READER_MOBILE_CA_EXISTS` where there is one and `replace` is not set */
export async function createAuthority(folder: StateFolder, name: string, now: number, replace: boolean): Promise<Authority> {
  const path = folder.keyFile(FILE);
  if (existsSync(path) && !replace) throw new TillbridgeError('TB_READER_MOBILE_CA_EXISTS', { path });
  const { issueAuthority } = await import('./issue.js');
  const pair = await issueAuthority(name, now);
  writePair(path, pair);
  const facts = factsOf(pair.cert);
  if (facts === undefined) throw new TillbridgeError('TB_READER_MOBILE_CA_DAMAGED', { path });
  return { pair, facts };
}

/** Goes back to certificates that sign themselves. @throws {TillbridgeError} `TB_READER_MOBILE_NO_CA` */
export function removeAuthority(folder: StateFolder): void {
  const path = folder.keyFile(FILE);
  if (!existsSync(path)) throw new TillbridgeError('TB_READER_MOBILE_NO_CA');
  rmSync(path);
}
