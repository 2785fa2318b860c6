import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { ChaosReport } from '../chaos/chaos.js';
import { note, scale } from './note.js';

const script = fileURLToPath(new URL('../chaos/run.ts', import.meta.url));

test('1,000,000 reads among kills, hang-ups, broken disks, clocks, platforms and journals', () => {
  const scans = Math.max(1000, Math.round(1_000_000 * scale));
  const shops = Math.max(1, Math.min(availableParallelism() - 1, Math.floor(scans / 1000)));
  const folder = mkdtempSync(join(tmpdir(), 'tillbridge-chaos-'));
  const json = join(folder, 'report.json');
  try {
    const { status } = spawnSync(process.execPath, [script, '--seed', '1', '--scans', String(scans), '--shops', String(shops), '--json', json], { stdio: 'inherit' });
    const { findings, goods, loyalty: { outcomes, ...loyalty }, troubles, damages, wrong, seconds, searched, scans: sent } = JSON.parse(readFileSync(json, 'utf8')) as ChaosReport;
    note('chaos', { reads: sent, shops, seconds, findings: wrong, goods, loyalty, outcomes, faults: troubles, journalsDamaged: damages, charactersSearched: searched });
    expect(findings).toEqual([]);
    expect(status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 7_200_000);
