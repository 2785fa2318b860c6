// The promises about speed and size, measured: ratios in one run, the built command line as child processes, real PTYs. Linux with gcc, socat and python3.
//   node test/bench/run.mjs [scans] [daemon] [cards] [events] [load] [onec] [platforms] [console] [--short] [--no-write]
// Writes bench/results/latest.json and bench/README.md after a whole run. Exit 1 when something broke, not when a bound is missed.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loads, machine } from './lib/machine.mjs';
import { readme, table } from './lib/report.mjs';

const SIZES = {
  scans: { rows: 1_000_000, goods: { rounds: 10, perRound: 250, warmUp: 500 }, loyalty: { rounds: 10, perRound: 60 } },
  daemon: { starts: 15, idleSeconds: 20 },
  cards: { rows: 1_000_000 },
  events: { clients: 50, rounds: 6, perRound: 60 },
  load: { rows: 1_000_000, goods: { rounds: 8, perRound: 150, warmUp: 300 }, loyalty: { rounds: 6, perRound: 60 }, perSecond: 500, sockets: 50 },
  onec: { count: 2000 },
  platforms: { lookUps: 20_000, cached: 100_000, down: 10 },
  console: { goods: { rounds: 8, perRound: 150, warmUp: 300 }, browsers: 10, loads: 15 },
};
/** Only where it is named: it needs a browser. */
const NAMED = ['console'];
const SHORT = {
  scans: { rows: 20_000, goods: { rounds: 4, perRound: 250, warmUp: 300 }, loyalty: { rounds: 4, perRound: 25 } },
  daemon: { starts: 5, idleSeconds: 5 },
  cards: { rows: 100_000 },
  events: { clients: 50, rounds: 2, perRound: 40 },
  load: { rows: 20_000, goods: { rounds: 3, perRound: 100, warmUp: 200 }, loyalty: { rounds: 2, perRound: 25 }, perSecond: 500, sockets: 50 },
  onec: { count: 200 },
  platforms: { lookUps: 4000, cached: 20_000, down: 5 },
  console: { goods: { rounds: 3, perRound: 100, warmUp: 200 }, browsers: 10, loads: 5 },
};

const args = process.argv.slice(2);
const sizes = args.includes('--short') ? SHORT : SIZES;
const wanted = args.filter((arg) => !arg.startsWith('--'));
const parts = Object.keys(SIZES).filter((name) => (wanted.length === 0 ? !NAMED.includes(name) : wanted.includes(name)));
const whole = parts.length === Object.keys(SIZES).length - NAMED.length && !parts.some((name) => NAMED.includes(name)) && sizes === SIZES && !args.includes('--no-write');

const folder = mkdtempSync(join(process.env.TILLBRIDGE_BENCH_DIR ?? tmpdir(), 'tillbridge-bench-'));
const result = { time: new Date().toISOString(), machine: machine(folder), sizes, promises: [], figures: {}, broken: [] };
try {
  for (const name of parts) {
    process.stderr.write(`${name} ...\n`);
    const place = join(folder, name);
    mkdirSync(place);
    try {
      const { run } = await import(`./${name}.mjs`);
      const { figures, promises } = await run({ folder: place, ...sizes[name] });
      result.figures[name] = figures;
      result.promises.push(...promises);
    } catch (error) {
      result.broken.push(`${name}: ${error.message}`);
      process.stderr.write(`${error.stack}\n`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
result.machine.loadAtEnd = loads();

console.log(table(result.promises));
for (const problem of result.broken) console.log(`BROKEN ${problem}`);
if (whole && result.broken.length === 0) {
  const output = fileURLToPath(new URL('../../bench/', import.meta.url));
  mkdirSync(join(output, 'results'), { recursive: true });
  writeFileSync(join(output, 'results/latest.json'), `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(join(output, 'README.md'), readme(result));
} else console.log(JSON.stringify(result.figures, null, 2));
process.exitCode = result.broken.length > 0 ? 1 : 0;
