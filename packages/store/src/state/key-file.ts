import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { TillbridgeError } from '@tillbridge/core';
import { createFile, errorCode } from './atomic-file.js';

/** Length of every key, in bytes. */
export const KEY_BYTES = 32;

// A key as text with a check sum: a damaged key must be seen as damaged, not taken for another key.
const FORMAT = /^tillbridge-key-1:([0-9a-f]{64}):([0-9a-f]{8})\n$/;

const checkSum = (hex: string): string => createHash('sha256').update(hex).digest('hex').slice(0, 8);

export function encodeKey(key: Uint8Array): string {
  const hex = Buffer.from(key).toString('hex');
  return `tillbridge-key-1:${hex}:${checkSum(hex)}\n`;
}

/** The key in the text of a key file, or what is wrong with the text. Never quotes it. */
export function decodeKey(text: string): { readonly key: Buffer } | { readonly problem: string } {
  if (text === '') return { problem: 'it is empty' };
  const match = FORMAT.exec(text);
  const [, hex, sum] = match ?? [];
  if (hex === undefined) return { problem: 'it does not hold a key' };
  if (checkSum(hex) !== sum) return { problem: 'its check sum is wrong' };
  return { key: Buffer.from(hex, 'hex') };
}

/**
 * Reads a key file; `undefined` when there is none.
 * @throws {TillbridgeError} `TB_JOURNAL_STATE_KEY` when it is damaged or unreadable.
 */
export function readKeyFile(path: string): Buffer | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'latin1');
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return undefined;
    throw new TillbridgeError('TB_JOURNAL_STATE_KEY', { path, problem: code === '' ? 'it cannot be read' : code }, { cause: error });
  }
  const decoded = decodeKey(text);
  if ('problem' in decoded) throw new TillbridgeError('TB_JOURNAL_STATE_KEY', { path, problem: decoded.problem });
  return decoded.key;
}

/** Reads a key file, or creates it with 32 random bytes. A damaged one is never replaced: what it protects would be lost silently. */
export function readOrCreateKeyFile(path: string): Buffer {
  const known = readKeyFile(path);
  if (known !== undefined) return known;
  const fresh = randomBytes(KEY_BYTES);
  if (createFile(path, Buffer.from(encodeKey(fresh), 'latin1'))) return fresh;
  const others = readKeyFile(path);
  if (others === undefined) throw new TillbridgeError('TB_JOURNAL_STATE_KEY', { path, problem: 'it vanished' });
  return others;
}
