import { readdirSync, readFileSync } from 'node:fs';
import { UidCard } from '@tillbridge/testkit';
import { expect, test } from 'vitest';
import { TapBench, PATIENCE_MS } from '../nfc-bench/support/tap-bench.js';
import { note, scale } from './note.js';

const card = (n: number): UidCard => new UidCard(Uint8Array.of(0x12, n >> 16, (n >> 8) & 0xff, n & 0xff));
const code = (n: number): string => `12${n.toString(16).padStart(6, '0').toUpperCase()}`;

/** Memory in MiB, open files and threads of a process. */
function usage(pid: number): { readonly rss: number; readonly files: number; readonly threads: number } {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  const of = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? Number.NaN);
  return { rss: of('VmRSS') / 1024, files: readdirSync(`/proc/${String(pid)}/fd`).length, threads: of('Threads') };
}

const percentile = (sorted: readonly number[], part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;

test('1,000 cards come and go: none missed, none twice, no leak, our share of the time', async () => {
  const cycles = Math.max(20, Math.round(1000 * scale));
  const bench = await TapBench.start({ read: ['uid'] });
  try {
    const pid = await bench.untilChild();
    const sent: string[] = [];
    const settled = Math.ceil(cycles / 5);
    let before = usage(pid);
    for (let n = 0; n < cycles; n += 1) {
      sent.push(code(n));
      await bench.tap(card(n));
      if (n === settled) before = usage(pid);
    }
    const after = usage(pid);
    const own = [...bench.ownMs].sort((a, b) => a - b);
    const [p50, p99, most] = [percentile(own, 0.5), percentile(own, 0.99), own.at(-1) ?? Number.NaN];
    note('nfc-cycles', { cycles, read: bench.sink.texts.length, sameProcess: (await bench.untilChild()) === pid, rssBeforeMiB: before.rss, rssAfterMiB: after.rss, filesBefore: before.files, filesAfter: after.files, threads: after.threads, ownP50Ms: p50, ownP99Ms: p99, ownMostMs: most });
    expect(bench.sink.texts).toEqual(sent);
    expect(await bench.untilChild()).toBe(pid);
    expect(after.rss - before.rss).toBeLessThan(8);
    expect(after.files - before.files).toBeLessThan(5);
    expect(after.rss).toBeLessThan(60);
    expect(p50).toBeLessThanOrEqual(15);
  } finally {
    await bench.close();
  }
});

test.each(['nfc-pcsc', 'pcsc-mini'] as const)('the PC/SC service is killed 12 times under %s: 12 recoveries', async (backend) => {
  const kills = Math.max(2, Math.round(12 * scale));
  const bench = await TapBench.start({ backend, read: ['uid'] });
  const recovered: number[] = [];
  try {
    for (let n = 0; n < kills; n += 1) {
      await bench.pcscd.kill(n % 2 === 0 ? 'SIGTERM' : 'SIGKILL');
      await bench.sink.untilStatus('retrying', PATIENCE_MS);
      const start = performance.now();
      await bench.pcscd.start();
      await bench.sink.untilStatus('ready', PATIENCE_MS);
      recovered.push(Math.round(performance.now() - start));
      expect(await bench.tapAgain(card(n))).toBe(code(n));
    }
  } finally {
    note(`nfc-kills-${backend}`, { kills, recoveries: recovered.length, readyAgainMs: recovered.join(' ') });
    await bench.close();
  }
  expect(recovered).toHaveLength(kills);
});
