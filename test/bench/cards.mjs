// The card table: import in rows a second, memory of the import process, look-up times idle and during an import.
//   node test/bench/cards.mjs [rows]        default 1000000; needs the built packages and about 200 bytes of disk a row
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { importCards, openCards } from '@tillbridge/store';

const codeOf = (number) => `98${String(number * 37).padStart(18, '0')}`;
const cardOf = (number) => `2${String(number).padStart(15, '0')}`;

async function writeCards(path, rows, order) {
  // a prime that does not divide the number of rows: every row once, far from its neighbours
  const nth = order === 'sorted' ? (i) => i : (i) => (i * 7_919_003) % rows;
  const out = createWriteStream(path);
  let text = 'code,card,kind,state,expires\n';
  for (let i = 0; i < rows; i += 1) {
    const number = nth(i);
    text += `${codeOf(number)},${cardOf(number)},card,active,\n`;
    if (text.length < 1 << 20) continue;
    if (!out.write(text)) await once(out, 'drain');
    text = '';
  }
  out.end(text);
  await finished(out);
}

function sampler(cards, rows) {
  const microseconds = [];
  let wrong = 0;
  return {
    sample(count) {
      for (let i = 0; i < count; i += 1) {
        const number = Math.floor(Math.random() * rows);
        const code = codeOf(number);
        const start = performance.now();
        const row = cards.lookup(code);
        microseconds.push((performance.now() - start) * 1000);
        if (row?.card.reveal() !== cardOf(number)) wrong += 1;
      }
    },
    result() {
      const sorted = microseconds.sort((a, b) => a - b);
      const at = (part) => Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(1));
      return { lookups: sorted.length, p50Us: at(0.5), p99Us: at(0.99), maxUs: at(1), wrong };
    },
  };
}

async function imported(options, rows) {
  const start = performance.now();
  const result = await importCards(options);
  const seconds = (performance.now() - start) / 1000;
  return { rowsPerSecond: Math.round(rows / seconds), seconds: Number(seconds.toFixed(2)), peakRssMiB: Math.round(result.peakRssBytes / 1_048_576) };
}

async function whileImporting(cards, options, rows) {
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

export async function run({ rows = 1_000_000 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tillbridge-bench-'));
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
