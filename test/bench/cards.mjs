// The card table: import in rows a second, memory of the import process, look-up times idle and during an import.
//   node test/bench/cards.mjs [rows]        default 1000000; needs the built packages and about 200 bytes of disk a row
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importCards, openCards } from '@tillbridge/store';
import { lookupPromise, inWords, sampler, shared, writeCards } from './lib/kit.mjs';

/** An import's rows a second and memory. */
export async function imported(options, rows) {
  const start = performance.now();
  const result = await importCards(options);
  const seconds = (performance.now() - start) / 1000;
  return { rowsPerSecond: Math.round(rows / seconds), seconds: Number(seconds.toFixed(2)), peakRssMiB: Math.round(result.peakRssBytes / 1_048_576) };
}

/** The same, with look-ups beside it. */
export async function whileImporting(cards, options, rows) {
  const during = sampler(cards, rows);
  let done = false;
  const running = imported(options, rows).finally(() => (done = true));
  while (!done) {
    during.sample(20);
    // the pace of a busy shop is far below this; a closed loop would only measure the fight for the processor
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return { import: await running, lookup: during.result() };
}

function promises(figures, rows) {
  const imports = [figures.intoEmptySorted, figures.intoEmptyRandom, figures.intoFullRandom, figures.replaceRandom];
  const during = [figures.lookupDuringUpsert.lookup, figures.lookupDuringReplace.lookup];
  return [
    shared('import', Math.min(...imports.map((one) => one.rowsPerSecond)), { rows, how: ', slowest order and mode' }),
    shared('importRss', Math.max(...imports.map((one) => one.peakRssMiB))),
    inWords(lookupPromise(figures.lookupIdle.p99Us, rows)),
    shared('lookupDuring', Math.max(...during.map((one) => one.p99Us))),
    shared('lookupWrong', [figures.lookupIdle, ...during].reduce((sum, one) => sum + one.wrong, 0)),
  ];
}

export async function run({ rows = 1_000_000, folder } = {}) {
  const figures = await measure(folder ?? mkdtempSync(join(tmpdir(), 'tillbridge-bench-')), rows);
  return { figures, promises: promises(figures, rows) };
}

async function measure(folder, rows) {
  const sorted = join(folder, 'sorted.csv');
  const random = join(folder, 'random.csv');
  const database = join(folder, 'cards.db');
  const cards = openCards({ file: database });
  try {
    await writeCards(sorted, rows, 'sorted');
    await writeCards(random, rows, 'random');
    const results = { rows };
    results.intoEmptySorted = await imported({ file: sorted, database: join(folder, 'sorted.db') }, rows);
    rmSync(join(folder, 'sorted.db'));
    results.intoEmptyRandom = await imported({ file: random, database }, rows);
    const warm = sampler(cards, rows);
    warm.sample(20_000);
    const idle = sampler(cards, rows);
    idle.sample(20_000);
    results.lookupIdle = idle.result();
    results.intoFullRandom = await imported({ file: random, database }, rows);
    results.replaceRandom = await imported({ file: random, database, mode: 'replace' }, rows);
    results.lookupDuringUpsert = await whileImporting(cards, { file: random, database }, rows);
    results.lookupDuringReplace = await whileImporting(cards, { file: random, database, mode: 'replace' }, rows);
    return results;
  } finally {
    cards.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(JSON.stringify(await run({ rows: Number(process.argv[2] ?? 1_000_000) }), null, 2));
}
