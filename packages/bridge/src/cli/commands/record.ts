import { open, rm, type FileHandle } from 'node:fs/promises';
import { sleep, systemClock, TillbridgeError } from '@tillbridge/core';
import type { Cli } from '../cli.js';
import { isRecord } from '../format.js';
import type { RecordOptions } from '../register.js';

/** How often what was recorded is fetched and written, in ms: what a crash of the daemon can cost. */
const FETCH_MS = 1000;

/** Has the daemon record, and writes that to a new file until it is interrupted, the time is over, or the recording is full. */
export async function record(cli: Cli, path: string, options: RecordOptions): Promise<void> {
  const file = await created(path);
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    await cli.call('POST', '/v1/recording/start', {}).catch(async (error: unknown) => {
      await rm(path, { force: true });
      throw error;
    });
    const end = options.for === undefined ? Number.POSITIVE_INFINITY : systemClock.mono() + options.for * 1000;
    let lines = 0;
    let full = false;
    for (let last = false; !last; ) {
      await sleep(systemClock, Math.max(0, Math.min(FETCH_MS, end - systemClock.mono())), stop.signal);
      last = stop.signal.aborted || systemClock.mono() >= end || full;
      if (last) await cli.call('POST', '/v1/recording/stop', {});
      ({ lines, full } = await fetch(cli, file, lines));
    }
    await file.sync();
    cli.result({ file: path, lines, full }, () => `wrote ${path}: ${String(lines)} lines${full ? '; the recording was full' : ''}`);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    await file.close();
  }
}

/** 0600, and never over another file: somebody may still need that one. */
async function created(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new TillbridgeError('TB_CONFIG_USAGE', { problem: code === 'EEXIST' ? `${path} exists already` : `${path} cannot be written: ${code}` }, { cause: error });
  }
}

/** Writes what is new; pages of the daemon's, until there is no more. */
async function fetch(cli: Cli, file: FileHandle, from: number): Promise<{ lines: number; full: boolean }> {
  for (let next = from; ; ) {
    const { body } = await cli.call('GET', `/v1/recording?from=${String(next)}`);
    if (!isRecord(body) || !Array.isArray(body['lines']) || typeof body['next'] !== 'number') throw new TillbridgeError('TB_API_INTERNAL', { problem: 'the daemon answered something else' });
    const lines = body['lines'].map(String);
    if (lines.length === 0) return { lines: next, full: body['full'] === true };
    await file.write(`${lines.join('\n')}\n`);
    next = body['next'];
  }
}
