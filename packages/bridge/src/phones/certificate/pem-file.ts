import { readFileSync } from 'node:fs';
import { replaceFile } from '@tillbridge/store/state';
import type { KeyPair } from './facts.js';

const MAX_BYTES = 64 * 1024;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
const KEY = /-----BEGIN (?:EC |RSA )?PRIVATE KEY-----[\s\S]+?-----END (?:EC |RSA )?PRIVATE KEY-----/;

/** Certificate and key in one file, so that the two never come apart; undefined where there is none, or no such thing in it. */
export function readPair(path: string): KeyPair | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
  return text.length > MAX_BYTES ? undefined : pairOf(text);
}

/** Finds a chain and a key in a text. */
export function pairOf(text: string): KeyPair | undefined {
  const certs = text.match(CERTIFICATE);
  const key = KEY.exec(text)?.[0];
  return certs === null || key === undefined ? undefined : { cert: `${certs.join('\n')}\n`, key: `${key}\n` };
}

/** Writes both (0600), whole or not at all. */
export function writePair(path: string, { cert, key }: KeyPair): void {
  replaceFile(path, Buffer.from(`${cert.trim()}\n${key.trim()}\n`, 'latin1'));
}
