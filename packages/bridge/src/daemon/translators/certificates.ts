import { readFile } from 'node:fs/promises';
import { TillbridgeError } from '@tillbridge/core';

/** Longest `caFile`, in bytes. */
const MAX_CA_BYTES = 1_048_576;

/** PEM certificates of a file that the configuration names. @throws {TillbridgeError} `TB_TRANSLATE_HTTP_CA` */
export async function certificates(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    const text = await readFile(path, 'latin1');
    if (text.length > MAX_CA_BYTES || !text.includes('-----BEGIN CERTIFICATE-----')) throw new TillbridgeError('TB_TRANSLATE_HTTP_CA', { path, problem: 'it holds no PEM certificate' });
    return text;
  } catch (error) {
    if (error instanceof TillbridgeError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
    throw new TillbridgeError('TB_TRANSLATE_HTTP_CA', { path, problem: code }, { cause: error });
  }
}
