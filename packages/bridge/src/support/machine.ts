import { lstatSync, readdirSync, statfsSync } from 'node:fs';
import { arch, cpus, freemem, platform, release, totalmem, uptime, version } from 'node:os';
import { join } from 'node:path';
import { isoTime, systemClock } from '@tillbridge/core';
import { productVersion } from '../version.js';

/** The machine and the programs: what every question begins with. No names of users or machines. */
export function machineFacts(state: string): Record<string, unknown> {
  return {
    time: isoTime(systemClock.wall()),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    tillbridge: productVersion(),
    node: process.version,
    versions: process.versions,
    system: { platform: platform(), arch: arch(), release: release(), version: version(), uptimeSeconds: Math.round(uptime()) },
    processors: { count: cpus().length, model: cpus()[0]?.model ?? 'unknown' },
    memory: { totalBytes: totalmem(), freeBytes: freemem() },
    disk: diskFacts(state),
    state: folderFacts(state),
  };
}

function diskFacts(state: string): Record<string, unknown> {
  try {
    const { bavail, blocks, bsize } = statfsSync(state);
    return { totalBytes: blocks * bsize, freeBytes: bavail * bsize };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

/** Names, sizes and rights of what the daemon keeps; none of its contents. */
function folderFacts(state: string): readonly Record<string, unknown>[] {
  const list = (folder: string): readonly Record<string, unknown>[] => {
    try {
      return readdirSync(join(state, folder)).map((name) => {
        const stats = lstatSync(join(state, folder, name));
        return { name: join(folder, name), bytes: stats.size, mode: (stats.mode & 0o777).toString(8), changed: isoTime(stats.mtimeMs) };
      });
    } catch (error) {
      return [{ name: folder, problem: problemOf(error) }];
    }
  };
  return [...list('.'), ...list('keys')];
}

function problemOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
