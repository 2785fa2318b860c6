// The promises about speed and size, measured: ratios in one run, the built command line as child processes, real PTYs. Linux with gcc, socat and python3.
//   node test/bench/run.mjs [scans] [peers] [daemon] [cards] [events] [load] [onec] [platforms] [console] [largeCards] [--short] [--no-write] [--into]
// Writes bench/results, bench/README.md and a part of README.md after a whole run; with --into the named parts take their places in the last
// results, each with its own time. Exit 1 when something broke, not when a bound is missed.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loads, machine } from './lib/kit.mjs';
import { table } from './lib/report.mjs';
import { writePages } from './pages.mjs';

const SIZES = {
  scans: { rows: 1_000_000, goods: { rounds: 10, perRound: 250, warmUp: 500 }, loyalty: { rounds: 10, perRound: 60 } },
  peers: { goods: { rounds: 10, perRound: 200, warmUp: 500 } },
  daemon: { starts: 15, idleSeconds: 20 },
  cards: { rows: 1_000_000 },
  events: { clients: 50, rounds: 6, perRound: 60 },
  load: { rows: 1_000_000, goods: { rounds: 8, perRound: 150, warmUp: 300 }, loyalty: { rounds: 6, perRound: 60 }, perSecond: 500, sockets: 50 },
  onec: { count: 2000 },
  platforms: { lookUps: 20_000, cached: 100_000, down: 10 },
  console: { goods: { rounds: 8, perRound: 150, warmUp: 300 }, browsers: 10, loads: 15 },
  largeCards: { rows: 10_000_000 },
};
/** Only where they are named: one needs a browser, the other some minutes and 3 GB of disk. */
const NAMED = ['console', 'largeCards'];
const SHORT = {
  scans: { rows: 20_000, goods: { rounds: 4, perRound: 250, warmUp: 300 }, loyalty: { rounds: 4, perRound: 25 } },
  peers: { goods: { rounds: 4, perRound: 100, warmUp: 300 } },
  daemon: { starts: 5, idleSeconds: 5 },
  cards: { rows: 100_000 },
  events: { clients: 50, rounds: 2, perRound: 40 },
  load: { rows: 20_000, goods: { rounds: 3, perRound: 100, warmUp: 200 }, loyalty: { rounds: 2, perRound: 25 }, perSecond: 500, sockets: 50 },
  onec: { count: 200 },
  platforms: { lookUps: 4000, cached: 20_000, down: 5 },
  console: { goods: { rounds: 3, perRound: 100, warmUp: 200 }, browsers: 10, loads: 5 },
  largeCards: { rows: 1_100_000 },
};

const args = process.argv.slice(2);
const sizes = args.includes('--short') ? SHORT : SIZES;
const wanted = args.filter((arg) => !arg.startsWith('--'));
const parts = Object.keys(SIZES).filter((name) => (wanted.length === 0 ? !NAMED.includes(name) : wanted.includes(name)));
const write = !args.includes('--no-write') && sizes === SIZES && (args.includes('--into') || (parts.length === Object.keys(SIZES).length - NAMED.length && !parts.some((name) => NAMED.includes(name))));
const output = fileURLToPath(new URL('../../bench/results/', import.meta.url));

const folder = mkdtempSync(join(process.env.TILLBRIDGE_BENCH_DIR ?? tmpdir(), 'tillbridge-bench-'));
const result = { time: new Date().toISOString(), machine: machine(folder), sizes: {}, parts: {}, promises: [], figures: {}, broken: [] };
try {
  for (const name of parts) {
    process.stderr.write(`${name} ...\n`);
    const place = join(folder, name);
    mkdirSync(place);
    result.parts[name] = { time: new Date().toISOString(), loadAtStart: loads(), ...(args.includes('--into') ? { apart: true } : {}) };
    result.sizes[name] = sizes[name];
    try {
      const { run } = await import(`./${name}.mjs`);
      const { figures, promises } = await run({ folder: place, ...sizes[name] });
      result.figures[name] = figures;
      result.promises.push(...promises.map((promise) => ({ ...promise, part: name })));
    } catch (error) {
      result.broken.push(`${name}: ${error.message}`);
      process.stderr.write(`${error.stack}\n`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
result.machine.loadAtEnd = loads();

/** The last results with these parts in the place of theirs. */
function into(last) {
  const promises = Object.keys(SIZES).flatMap((part) => (parts.includes(part) ? result : last).promises.filter((promise) => promise.part === part));
  const merged = (key) => ({ ...last[key], ...result[key] });
  return { ...last, sizes: merged('sizes'), parts: merged('parts'), figures: merged('figures'), promises };
}

console.log(table(result.promises));
for (const problem of result.broken) console.log(`BROKEN ${problem}`);
if (write && result.broken.length === 0) {
  mkdirSync(output, { recursive: true });
  const written = args.includes('--into') ? into(JSON.parse(readFileSync(join(output, 'latest.json'), 'utf8'))) : result;
  writeFileSync(join(output, 'latest.json'), `${JSON.stringify(written, null, 2).replace(/\[\s+([\d.,\s-]+?)\s+\]/g, (_, numbers) => `[${numbers.replace(/\s+/g, ' ')}]`)}\n`);
  writePages(written);
} else console.log(JSON.stringify(result, null, 2));
process.exitCode = result.broken.length > 0 ? 1 : 0;
