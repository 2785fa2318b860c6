import type { CardChannel } from '../channel.js';
import { badData, badStatus, tooMuch } from '../fault.js';
import { OK, readStorage, statusText } from '../wire/apdu.js';
import { concat } from '../wire/bytes.js';

// NFC Forum Type 2 Tag 1.0 (also NXP NTAG213/215/216 data sheet, 9.1): page 3 is the capability container E1, version, size / 8, access;
// TLV blocks follow from page 4 on: 00 filling, 01 lock control, 02 memory control, 03 NDEF, FD proprietary, FE end.

const PAGE = 4;
const CC_PAGE = 3;
const NDEF_MAGIC = 0xe1;
/** The largest tag that pages of one byte can address; also the most that is read. */
export const MAX_TYPE2_BYTES = 1024;

const TLV = { filling: 0x00, ndef: 0x03, end: 0xfe } as const;

/** What the data area says so far. */
export type Type2Look =
  | { readonly found: 'message'; readonly offset: number; readonly length: number }
  | { readonly found: 'nothing' }
  | { readonly found: 'more' }
  | { readonly found: 'lie'; readonly problem: string };

/** Finds the NDEF block in what was read of a data area of `size` bytes; pure, for any bytes. */
export function findType2Message(data: Uint8Array, size: number): Type2Look {
  let at = 0;
  for (;;) {
    const tag = data[at];
    if (at >= size) return { found: 'nothing' };
    if (tag === undefined) return { found: 'more' };
    if (tag === TLV.end) return { found: 'nothing' };
    if (tag === TLV.filling) {
      at += 1;
      continue;
    }
    const short = data[at + 1];
    const long = short === 0xff;
    const [high, low] = [data[at + 2], data[at + 3]];
    if (short === undefined || (long && (high === undefined || low === undefined))) {
      return at + (long ? 4 : 2) > size ? { found: 'lie', problem: 'a block is cut off' } : { found: 'more' };
    }
    const length = long ? (high ?? 0) * 256 + (low ?? 0) : short;
    const offset = at + (long ? 4 : 2);
    if (offset + length > size) return { found: 'lie', problem: 'a block is longer than the tag' };
    if (tag === TLV.ndef) return { found: 'message', offset, length };
    at = offset + length;
  }
}

/** The NDEF message; `undefined` when the tag is not formatted for NDEF, is read-protected or has none. */
export async function readType2(channel: CardChannel): Promise<Uint8Array | undefined> {
  const first = await channel.send('ndef', `read page ${CC_PAGE}`, readStorage(CC_PAGE));
  if (first.sw !== OK) return undefined;
  const [magic, version, blocks, access] = first.data;
  if (magic !== NDEF_MAGIC || version === undefined || blocks === undefined || access === undefined) return undefined;
  // major version 1; high half of the access byte: 0 = may be read
  if (version >> 4 !== 1 || access >> 4 !== 0) return undefined;
  const size = Math.min(blocks * 8, MAX_TYPE2_BYTES);
  let data: Uint8Array = first.data.slice(PAGE, PAGE + size);
  for (;;) {
    const look = findType2Message(data, size);
    if (look.found === 'nothing') return undefined;
    if (look.found === 'lie') throw badData('read ndef', look.problem);
    if (look.found === 'message' && data.length >= look.offset + look.length) return data.slice(look.offset, look.offset + look.length);
    data = await readOn(channel, data, size);
  }
}

/** The next 16 bytes, or 4 where the reader refuses to read over the end of the tag. */
async function readOn(channel: CardChannel, data: Uint8Array, size: number): Promise<Uint8Array> {
  if (data.length % PAGE !== 0) throw badData('read ndef', 'a page came in part');
  const page = CC_PAGE + 1 + data.length / PAGE;
  if (page > 0xff) throw tooMuch('read ndef', MAX_TYPE2_BYTES);
  const step = `read page ${page}`;
  let answer = await channel.send('ndef', step, readStorage(page));
  if (answer.sw !== OK) answer = await channel.send('ndef', step, readStorage(page, PAGE));
  if (answer.sw !== OK) throw badStatus(step, statusText(answer.sw));
  if (answer.data.length === 0) throw badData(step, 'an empty page');
  return concat(data, answer.data).slice(0, size);
}
