// The long run of the fuzzers: more changed inputs for every parser, until the time is over. What breaks one is kept as a file of its corpus,
// and `npm test` tries it from then on.
//   npm run fuzz                                     ten minutes for all of them
//   npm run fuzz -- --seconds 600 --target config    ten minutes for one
//   npm run fuzz -- --seed 7                         other inputs
//   npm run fuzz -- --keep-shapes                    keeps an input of each kind that is not in the corpus yet
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { clearInterval, setInterval } from 'node:timers';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createHash } from 'node:crypto';
import { root } from '../../scripts/packages.mjs';

/** An input that takes longer than this never ends: the slowest honest one takes milliseconds. */
const HANG_MS = 60_000;

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '600' }, target: { type: 'string', multiple: true }, seed: { type: 'string', default: String(process.pid) }, 'keep-shapes': { type: 'boolean', default: false } },
});
const all = readdirSync(join(root, 'test/fuzz/corpus'));
const targets = values.target ?? all;
const [seconds, seed] = [Number(values.seconds), Number(values.seed)];
const wrong = targets.filter((name) => !all.includes(name));
if (wrong.length > 0 || !(seconds > 0) || !Number.isInteger(seed)) {
  console.error(`usage: npm run fuzz -- [--seconds N] [--seed N] [--keep-shapes] [--target NAME]...; targets: ${all.join(', ')}`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'tillbridge-fuzz-'));
const results = () => {
  try {
    return readFileSync(join(folder, 'results'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  } catch {
    return [];
  }
};

/** One process for these targets; ends with it, or with an input that hangs. */
function work(names) {
  const wish = { folder, targets: names, seconds: seconds / targets.length, seed, keepShapes: values['keep-shapes'] };
  const argv = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', join(root, 'test/fuzz/vitest.config.ts')];
  const child = spawn(process.execPath, argv, { cwd: root, env: { ...process.env, TILLBRIDGE_FUZZ: JSON.stringify(wish) }, stdio: ['ignore', 'inherit', 'inherit'], detached: true });
  const end = () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // it is gone already
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => { end(); process.exit(1); });
  return new Promise((resolve) => {
    const started = performance.now();
    const timer = setInterval(() => {
      const age = Date.now() - (statSync(join(folder, 'current'), { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (age <= HANG_MS || performance.now() - started <= HANG_MS) return;
      clearInterval(timer);
      end();
      resolve('hang');
    }, 2000);
    child.on('close', (code) => {
      clearInterval(timer);
      resolve(code === 0 ? 'done' : 'died');
    });
  });
}

let left = [...targets];
const lost = [];
while (left.length > 0) {
  const how = await work(left);
  const ended = results().filter(({ event }) => event === 'end').map(({ target }) => target);
  const current = results().at(-1);
  left = left.filter((name) => !ended.includes(name));
  if (left.length === 0 || how === 'done') break;
  const name = current?.event === 'start' ? current.target : left[0];
  const input = readFileSync(join(folder, 'current'));
  const file = join(root, 'test/fuzz/corpus', name, `found-${createHash('sha256').update(input).digest('hex').slice(0, 12)}`);
  writeFileSync(file, input);
  lost.push({ target: name, problem: how === 'hang' ? `an input took more than ${HANG_MS / 1000} s` : 'the process ended', file });
  left = left.filter((each) => each !== name);
}
const ended = results().filter(({ event }) => event === 'end');
rmSync(folder, { recursive: true, force: true });
for (const { target, cases, kinds } of ended) console.log(`${target.padEnd(22)} ${String(cases).padStart(9)} inputs  ${String(kinds).padStart(4)} kinds`);
const found = [...ended.filter(({ problem }) => problem !== undefined), ...lost];
for (const { target, problem, stack, file } of found) console.log(`FOUND ${target}: ${problem}\n  ${file}\n${stack ?? ''}`);
console.log(`${ended.reduce((sum, { cases }) => sum + cases, 0)} inputs of ${ended.length} targets, seed ${seed}: ${found.length === 0 ? 'nothing found' : `${found.length} found`}`);
process.exit(found.length === 0 ? 0 : 1);
