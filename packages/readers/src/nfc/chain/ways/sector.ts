import { badData, badStatus, failed } from '../fault.js';
import type { CompiledSector } from '../options.js';
import { command, OK, readStorage, statusText } from '../wire/apdu.js';
import { concat, fromHex, toHex } from '../wire/bytes.js';
import type { StorageCard } from '../wire/atr.js';
import { printableText } from './answer-data.js';
import type { CardContext, FoundCode } from './context.js';

// PC/SC 2.01.14 part 3, 3.2.2.1: load a key into the reader's volatile memory, authenticate a block with it, read blocks one by one.

const BLOCK = 16;
/** Blocks of each kind of card; others have no sectors. */
const BLOCKS: Readonly<Partial<Record<StorageCard, number>>> = { classicMini: 20, classic1k: 64, plusSl1: 256, classic4k: 256 };
const KEY_TYPE = { A: 0x60, B: 0x61 } as const;
/** Where the reader keeps the key: slot 0 of its volatile memory, overwritten at each card. */
const SLOT = 0x00;

/** The first block of the sector that `block` lies in: 32 sectors of 4 blocks, then 8 of 16 (MF1S70 data sheet, 8.6). */
export function sectorStart(block: number): number {
  return block < 128 ? block - (block % 4) : block - (block % 16);
}

/** The last block of a sector holds its keys. */
export function isTrailer(block: number): boolean {
  return block < 128 ? block % 4 === 3 : block % 16 === 15;
}

/** The number from the configured blocks of a MIFARE Classic card. */
export async function readSector(context: CardContext): Promise<FoundCode | undefined> {
  const { channel, options, card } = context;
  const sector = options.sector;
  if (sector === undefined || card.kind !== 'storage' || sector.block + sector.blocks > (BLOCKS[card.card] ?? 0)) return undefined;
  const load = await channel.send('sector', 'load key', command([0xff, 0x82, 0x00, SLOT], fromHex(sector.key.reveal())));
  if (load.sw !== OK) throw badStatus('load key', statusText(load.sw));
  const which = Uint8Array.of(0x01, sector.block >> 8, sector.block & 0xff, KEY_TYPE[sector.keyType], SLOT);
  const authenticated = await channel.send('sector', 'authenticate', command([0xff, 0x86, 0x00, 0x00], which));
  if (authenticated.sw !== OK) throw failed('TB_READER_NFC_SECTOR_KEY', { block: sector.block });
  let data: Uint8Array = new Uint8Array(0);
  for (let block = sector.block; block < sector.block + sector.blocks; block += 1) {
    const step = `read block ${block}`;
    const answer = await channel.send('sector', step, readStorage(block, BLOCK));
    if (answer.sw !== OK) throw badStatus(step, statusText(answer.sw));
    if (answer.data.length !== BLOCK) throw badData(step, 'not 16 bytes');
    data = concat(data, answer.data);
  }
  const code = sectorText(data, sector);
  return code === '' ? undefined : { code };
}

/** The number as it is written in the blocks; empty for an empty block. Pure. @throws {CardFault} where the bytes are no such number */
export function sectorText(data: Uint8Array, { offset, length, encoding }: Pick<CompiledSector, 'offset' | 'length' | 'encoding'>): string {
  const bytes = data.subarray(offset, length === undefined ? undefined : offset + length);
  const step = 'decode blocks';
  switch (encoding) {
    case 'hex':
      return bytes.every((byte) => byte === 0) ? '' : toHex(bytes).toUpperCase();
    case 'dec':
      return bytes.every((byte) => byte === 0) ? '' : BigInt(`0x${toHex(bytes)}`).toString();
    case 'bcd': {
      const digits = toHex(bytes).replace(/f.*$/, '');
      if (!/^\d*$/.test(digits)) throw badData(step, 'not binary coded decimals');
      return /^0*$/.test(digits) ? '' : digits;
    }
    case 'ascii': {
      const end = bytes.indexOf(0x00);
      const text = printableText(step, end < 0 ? bytes : bytes.subarray(0, end));
      return text.trim();
    }
  }
}
