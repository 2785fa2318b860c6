import { TillbridgeError } from '@tillbridge/core';

export type CardFormat = 'csv' | 'jsonl' | 'json';

/**
 * The format of a card file by its name and its first bytes.
 * @throws {TillbridgeError} `TB_TRANSLATE_IMPORT_ENCODING` when they are UTF-16 or UTF-32.
 */
export function sniff(path: string, head: Uint8Array): CardFormat {
  const foreign = foreignEncoding(head);
  if (foreign !== undefined) throw new TillbridgeError('TB_TRANSLATE_IMPORT_ENCODING', { path, encoding: foreign });
  if (/\.(jsonl|ndjson)$/i.test(path)) return 'jsonl';
  const first = head.find((byte, index) => byte > 0x20 && !(index < 3 && byte >= 0x80));
  return first === 0x7b ? 'jsonl' : 'csv';
}

function foreignEncoding(head: Uint8Array): string | undefined {
  const [a, b] = head;
  if (a === 0xff && b === 0xfe) return 'UTF-16 LE';
  if (a === 0xfe && b === 0xff) return 'UTF-16 BE';
  // a header in ASCII letters, every other byte NUL
  const start = head.subarray(0, 64);
  if (!start.includes(0)) return undefined;
  return a === 0 ? 'UTF-16 BE' : b === 0 ? 'UTF-16 LE' : undefined;
}
