import { inflateRawSync } from 'node:zlib';

/** Signature and size of the end record, and of an entry of the directory (PKWARE APPNOTE, 4.3). */
const END = 0x06054b50;
const END_BYTES = 22;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
/** Bytes of one unpacked file. */
const MAX_FILE = 16 * 1024 * 1024;

/** The files of a ZIP by name. @throws {Error} for what is none */
export function readZip(zip: Buffer): ReadonlyMap<string, Buffer> {
  let end = zip.length - END_BYTES;
  while (end >= 0 && zip.readUInt32LE(end) !== END) end -= 1;
  if (end < 0) throw new Error('not a ZIP');
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count -= 1) {
    if (zip.readUInt32LE(at) !== ENTRY) throw new Error('the directory of the ZIP is broken');
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength);
    files.set(name, contents(zip, at));
    at += ENTRY_BYTES + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

function contents(zip: Buffer, entry: number): Buffer {
  const method = zip.readUInt16LE(entry + 10);
  const local = zip.readUInt32LE(entry + 42);
  const from = local + LOCAL_BYTES + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const packed = zip.subarray(from, from + zip.readUInt32LE(entry + 20));
  if (method === 0) return Buffer.from(packed);
  if (method === 8) return inflateRawSync(packed, { maxOutputLength: MAX_FILE });
  throw new Error('packed in a way that 1C does not take');
}
