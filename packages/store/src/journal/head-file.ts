import { readFileSync } from 'node:fs';
import { errorCode, replaceFile } from '../state/atomic-file.js';
import type { Head } from './chain.js';
import type { HeadState } from './walker.js';

const FORMAT = /^tillbridge-journal-head-1 (\d{1,15}) ([0-9a-f]{64}) ([0-9a-f]{64})\n$/;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export function encodeHead(head: Head): string {
  return `tillbridge-journal-head-1 ${String(head.seq)} ${hex(head.hash)} ${hex(head.mac)}\n`;
}

export function decodeHead(text: string): HeadState {
  const [, seq, hash, mac] = FORMAT.exec(text) ?? [];
  if (seq === undefined || hash === undefined || mac === undefined) return 'damaged';
  return { seq: Number(seq), hash: Buffer.from(hash, 'hex'), mac: Buffer.from(mac, 'hex') };
}

export function readHead(path: string): HeadState {
  try {
    return decodeHead(readFileSync(path, 'latin1'));
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? 'absent' : 'damaged';
  }
}

/** Replaces the head file; throws the system's error when the disk does not take it. */
export function writeHead(path: string, head: Head): void {
  replaceFile(path, Buffer.from(encodeHead(head), 'latin1'));
}
