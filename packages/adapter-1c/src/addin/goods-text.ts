import type { GoodsRead } from '@tillbridge/core';
import { MAX_LINE } from '../protocol/lines.js';

/** Longest text of an event in UTF-16 units. */
const MAX_DATA = 1024;
/** What a line needs beside its data. */
const LINE_ROOM = 256;

/** The text of a product's event, or the word for why it can have none. GS and everything else that is text stays in it. */
export function goodsText(read: GoodsRead, keepAim: boolean): { readonly text: string } | { readonly refused: 'empty' | 'nul' | 'tooLong' } {
  const plain = read.scan?.text ?? decode(read.bytes);
  const text = keepAim && read.scan?.aim !== undefined ? `${read.scan.aim}${plain}` : plain;
  if (text === '') return { refused: 'empty' };
  // an event carries strings that end with NUL
  if (text.includes('\0')) return { refused: 'nul' };
  if (text.length > MAX_DATA || Buffer.byteLength(JSON.stringify(text)) > MAX_LINE - LINE_ROOM) return { refused: 'tooLong' };
  return { text };
}

/** Bytes of a reader that made no text of them: UTF-8, else one character a byte, so that nothing is lost. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('latin1');
  }
}
