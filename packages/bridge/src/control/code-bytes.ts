import { TillbridgeError } from '@tillbridge/core';

/** A code may have this many bytes: the largest read that any reader hands over. */
const MAX_CODE_BYTES = 8192;

/** The bytes of a code given as text or in hexadecimal. @throws {TillbridgeError} area SCAN */
export function codeBytes({ code, hex }: { readonly code?: string | undefined; readonly hex?: string | undefined }): Uint8Array {
  if (code !== undefined && hex !== undefined) throw new TillbridgeError('TB_API_BAD_REQUEST', { problem: 'give code or hex, not both' });
  if (hex !== undefined && !/^(?:[0-9A-Fa-f]{2})*$/.test(hex)) throw new TillbridgeError('TB_SCAN_BAD_HEX');
  const bytes = hex === undefined ? new TextEncoder().encode(code ?? '') : Uint8Array.from(Buffer.from(hex, 'hex'));
  if (bytes.length === 0) throw new TillbridgeError('TB_SCAN_EMPTY');
  if (bytes.length > MAX_CODE_BYTES) throw new TillbridgeError('TB_SCAN_TOO_LONG', { max: MAX_CODE_BYTES });
  return bytes;
}
