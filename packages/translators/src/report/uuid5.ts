import { createHash } from 'node:crypto';

export const DNS: Buffer = Buffer.from('6ba7b8109dad11d180b400c04fd430c8', 'hex');
/** Namespace of receipts: UUIDv5 of the DNS namespace of RFC 9562 (6ba7b810-9dad-11d1-80b4-00c04fd430c8) and `receipt.tillbridge`. */
const NAMESPACE = named(DNS, 'receipt.tillbridge');

/** The UUIDv5 (RFC 9562, 5.5) of a receipt's id: the same id, the same UUID, on every machine and after every restart. */
export function receiptUuid(receiptId: string): string {
  return uuid5(NAMESPACE, receiptId);
}

/** @param namespace 16 bytes */
export function uuid5(namespace: Buffer, name: string): string {
  const hex = named(namespace, name).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function named(namespace: Buffer, name: string): Buffer {
  const bytes = createHash('sha1').update(namespace).update(name, 'utf8').digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes;
}
