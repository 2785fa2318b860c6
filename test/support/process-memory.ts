import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/** Read at a time, in bytes. */
const PIECE = 4_194_304;

/**
 * How often each text stands in a process's memory, as one byte a character or as two. Linux; for a process that one may trace. What is
 * not mapped to be read, or vanishes meanwhile, is left out.
 */
export function countInMemory(pid: number, texts: readonly string[]): ReadonlyMap<string, number> {
  const needles = texts.map((text) => [Buffer.from(text, 'latin1'), Buffer.from(text, 'utf16le')] as const);
  const counts = texts.map(() => 0);
  const longest = Math.max(...needles.map(([, wide]) => wide.length));
  const fd = openSync(`/proc/${String(pid)}/mem`, 'r');
  try {
    for (const [from, to] of readableRanges(pid)) {
      for (let at = from; at < to; at += PIECE - longest) {
        const piece = readPiece(fd, at, Math.min(PIECE, to - at));
        needles.forEach(([narrow, wide], i) => {
          counts[i]! += count(piece, narrow) + count(piece, wide);
        });
      }
    }
  } finally {
    closeSync(fd);
  }
  return new Map(texts.map((text, i) => [text, counts[i]!]));
}

function readableRanges(pid: number): readonly (readonly [number, number])[] {
  return readFileSync(`/proc/${String(pid)}/maps`, 'latin1')
    .split('\n')
    .flatMap((line) => {
      const [, from, to, what] = /^([0-9a-f]+)-([0-9a-f]+) r\S+ \S+ \S+ \S+\s*(.*)$/.exec(line) ?? [];
      if (from === undefined || to === undefined || /^\[v(?:var|syscall|dso)/.test(what ?? '')) return [];
      const [start, end] = [Number.parseInt(from, 16), Number.parseInt(to, 16)];
      return Number.isSafeInteger(start) && Number.isSafeInteger(end) ? [[start, end] as const] : [];
    });
}

function readPiece(fd: number, at: number, length: number): Buffer {
  const piece = Buffer.alloc(length);
  try {
    return piece.subarray(0, readSync(fd, piece, 0, length, at));
  } catch {
    return Buffer.alloc(0);
  }
}

function count(piece: Buffer, needle: Buffer): number {
  let found = 0;
  for (let at = piece.indexOf(needle); at >= 0; at = piece.indexOf(needle, at + 1)) found += 1;
  return found;
}
