import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { importCards, openCards } from '@tillbridge/store';
import { expect, onTestFinished, test } from 'vitest';
import { needs } from '../support/needs.js';
import { tempFolder } from '../support/temp-folder.js';

const child = new URL('../../packages/store/dist/import-child.js', import.meta.url);

/** `rows` cards in no order, with the given lines put in instead of a row. */
async function writeCards(path: string, rows: number, bad: ReadonlyMap<number, string> = new Map()): Promise<void> {
  const out = createWriteStream(path);
  let text = 'code,card\n';
  for (let line = 2; line < rows + 2; line += 1) {
    const number = ((line - 2) * 7_919_003) % rows;
    text += bad.get(line) ?? `98${String(number).padStart(18, '0')},2${String(number).padStart(15, '0')}`;
    text += '\n';
    if (text.length < 1 << 20) continue;
    if (!out.write(text)) await once(out, 'drain');
    text = '';
  }
  out.end(text);
  await finished(out);
}

needs('linux')('a million cards', () => {
  test('three bad lines are named, everything else is imported, in bounded memory', { timeout: 120_000 }, async () => {
    const folder = tempFolder();
    const file = join(folder, 'cards.csv');
    await writeCards(file, 1_000_000, new Map([[2, '"never closed,1'], [500_000, 'only-one-column'], [1_000_001, 'code,']]));
    const database = join(folder, 'cards.db');
    const result = await importCards({ file, database, child });
    expect(result).toMatchObject({
      imported: 999_997, updated: 0, skipped: 3,
      badLines: [{ line: 2, reason: 'quote' }, { line: 500_000, reason: 'columns' }, { line: 1_000_001, reason: 'cardEmpty' }],
    });
    expect(result.peakRssBytes).toBeLessThan(400 * 1024 * 1024);
    const cards = openCards({ file: database });
    for (let i = 0; i < 10_000; i += 1) {
      const number = (i * 99_991) % 1_000_000;
      const row = cards.lookup(`98${String(number).padStart(18, '0')}`);
      if (row !== undefined) expect(row.card.reveal()).toBe(`2${String(number).padStart(15, '0')}`);
    }
    cards.close();
  });
});

needs('linux', 'root')('a disk that is full', () => {
  test('refuses the import with a clear error and keeps the table', { timeout: 60_000 }, async () => {
    const folder = tempFolder();
    const disk = join(folder, 'small-disk');
    mkdirSync(disk);
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk]).status).toBe(0);
    onTestFinished(() => void spawnSync('umount', ['-l', disk]));
    const database = join(disk, 'cards.db');
    const small = join(folder, 'small.csv');
    writeFileSync(small, 'code,card\na,1\n');
    await importCards({ file: small, database, child });
    // once too big for the staged rows, once only for the log of the merge
    for (const rows of [250_000, 135_000]) {
      const big = join(folder, 'big.csv');
      await writeCards(big, rows);
      await expect(importCards({ file: big, database, child })).rejects.toMatchObject({ code: 'TB_TRANSLATE_DISK_FULL' });
      const cards = openCards({ file: database });
      expect(cards.stats().total).toBe(1);
      expect(cards.lookup('a')?.card.reveal()).toBe('1');
      cards.close();
    }
    expect(readdirSync(disk).filter((name) => !name.startsWith('cards.db'))).toEqual([]);
    // room for the log, but none to fold it into the table: the cards are committed all the same
    const fits = join(folder, 'fits.csv');
    await writeCards(fits, 90_000);
    expect(await importCards({ file: fits, database, child })).toMatchObject({ imported: 90_000, total: 90_001 });
    const cards = openCards({ file: database });
    expect(cards.stats().total).toBe(90_001);
    expect(cards.lookup(`98${'7'.padStart(18, '0')}`)?.card.reveal()).toBe(`2${'7'.padStart(15, '0')}`);
    cards.close();
  });
});
