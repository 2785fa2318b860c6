import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The last lines of a log, at most so many bytes; whole lines only. Undefined where it cannot be read. */
export function logTail(path: string, maxBytes: number): string | undefined {
  let fd: number | undefined;
  try {
    fd = openSync(path, 'r');
    const stats = fstatSync(fd);
    // a pipe or a device would keep the reader waiting
    if (!stats.isFile()) return undefined;
    const bytes = Buffer.alloc(Math.min(stats.size, maxBytes));
    const length = readSync(fd, bytes, 0, bytes.length, stats.size - bytes.length);
    const text = bytes.subarray(0, length).toString('utf8');
    return stats.size > maxBytes ? text.slice(text.indexOf('\n') + 1) : text;
  } catch {
    return undefined;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
