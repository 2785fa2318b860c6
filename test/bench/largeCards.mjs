// The card table of a chain: ten million cards in random order, look-ups idle and during an import.
//   node test/bench/run.mjs largeCards       needs about 3 GB of disk
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openCards } from '@tillbridge/store';
import { imported, whileImporting } from './cards.mjs';
import { promise, sampler, shared, writeCards } from './lib/kit.mjs';

export async function run({ rows, folder }) {
  const file = join(folder, 'random.csv');
  const database = join(folder, 'cards.db');
  const cards = openCards({ file: database });
  try {
    await writeCards(file, rows, 'random');
    const intoEmptyRandom = await imported({ file, database }, rows);
    sampler(cards, rows).sample(20_000);
    const idle = sampler(cards, rows);
    idle.sample(20_000);
    const lookupIdle = idle.result();
    const during = await whileImporting(cards, { file, database }, rows);
    const imports = [intoEmptyRandom, during.import];
    return {
      figures: { rows, intoEmptyRandom, lookupIdle, lookupDuringUpsert: during },
      promises: [
        promise('importLarge', `import of ${String(rows)} cards in random order, the slower of into an empty and a full table`, Math.min(...imports.map((one) => one.rowsPerSecond)), 100_000, 'rows/s', { atLeast: true }),
        promise('importLargeRss', 'the same, memory of the importing process', Math.max(...imports.map((one) => one.peakRssMiB)), 400, 'MiB'),
        { ...shared('lookupLarge', lookupIdle.p99Us), text: 'look-up p99 in them' },
        promise('lookupLargeDuring', 'look-up p99 in them during an import', during.lookup.p99Us, 200, 'us'),
        promise('lookupLargeWrong', 'wrong look-ups in them', lookupIdle.wrong + during.lookup.wrong, 0, ''),
      ],
    };
  } finally {
    cards.close();
    rmSync(file, { force: true });
  }
}
