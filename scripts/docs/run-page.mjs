// Runs the `sh run` and `sh background` blocks of one page, in its order, as somebody who follows it would.
//   node scripts/docs/run-page.mjs PAGE      prints problems, one a line; exit 1 where there are some
// Meant to be started by run-pages.mjs in namespaces of its own: network, /run and /tmp are then this page's alone.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import { root } from '../packages.mjs';
import { filled } from './configuration.mjs';
import { marksOf, parsePage } from './markdown.mjs';
import { outputProblem } from './output.mjs';

/** What one block may take, in ms: limits, not expectations. */
const BLOCK_MS = 90_000;
const READY_MS = 60_000;
const STOP_MS = 10_000;
const MAX_OUTPUT = 1024 * 1024;

const path = process.argv[2];
const source = readFileSync(join(root, path), 'utf8');
const page = parsePage(source);
const scratch = mkdtempSync(join(tmpdir(), 'tillbridge-page-'));
const folder = join(scratch, 'work');
const started = [];

function prepare() {
  for (const name of ['work', 'bin', 'home', 'state']) mkdirSync(join(scratch, name));
  writeFileSync(join(scratch, 'bin/tillbridge'), `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'packages/bridge/bin/tillbridge.cjs')}' "$@"\n`);
  chmodSync(join(scratch, 'bin/tillbridge'), 0o755);
  makeRunFolder();
  const { TILLBRIDGE_CI_STEP } = process.env;
  const environment = {
    PATH: [join(scratch, 'bin'), join(root, 'node_modules/.bin'), process.env.PATH].join(':'),
    HOME: join(scratch, 'home'),
    TMPDIR: tmpdir(),
    LANG: 'C.UTF-8',
    TILLBRIDGE_STATE: join(scratch, 'state'),
    ...(TILLBRIDGE_CI_STEP === undefined ? {} : { TILLBRIDGE_CI_STEP }),
  };
  // what examples in JavaScript import
  writeFileSync(join(scratch, 'work/package.json'), '{"type":"module","private":true}\n');
  return environment;
}

/** Where pages put their ports; without a namespace and without the rights for it, it is there or a page says that it is not. */
function makeRunFolder() {
  try {
    mkdirSync('/run/tillbridge', { recursive: true });
  } catch {
    // not root
  }
}

/** A block in a shell that goes on where the last one stopped: its folder, its variables. */
function scriptOf(text) {
  const kept = join(scratch, 'kept.sh');
  return [
    'set -eo pipefail',
    existsSync(kept) ? `. '${kept}'` : `cd '${folder}'`,
    `trap '{ export -p; printf "cd %q\\n" "$PWD"; } > ${kept}' EXIT`,
    text,
  ].join('\n');
}

function start(text, environment) {
  const child = spawn('bash', ['-c', scriptOf(text)], { env: environment, cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', all: '' };
  child.stdout.on('data', (chunk) => {
    said.out = (said.out + chunk).slice(-MAX_OUTPUT);
    said.all = (said.all + chunk).slice(-MAX_OUTPUT);
  });
  child.stderr.on('data', (chunk) => (said.all = (said.all + chunk).slice(-MAX_OUTPUT)));
  started.push(child);
  const ended = new Promise((done) => {
    child.on('exit', (code, signal) => done({ code, signal }));
    child.on('error', (error) => done({ code: 127, signal: error.message }));
  });
  child.ended = ended;
  return { child, said, ended };
}

const within = (promise, ms) => {
  let timer;
  return Promise.race([promise, new Promise((done) => (timer = setTimeout(() => done('late'), ms)))]).finally(() => clearTimeout(timer));
};

function kill(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // it has ended
  }
}

async function run(block, marks, environment) {
  const { child, said, ended } = start(block.text, environment);
  const result = await within(ended, BLOCK_MS);
  if (result === 'late') {
    kill(child, 'SIGKILL');
    return { problem: `did not end within ${BLOCK_MS / 1000} s\n${tail(said.all)}`, said };
  }
  const wanted = Number(marks.values.exit ?? 0);
  return { problem: result.code === wanted ? undefined : `ended with ${result.code ?? result.signal} and not ${wanted}\n${tail(said.all)}`, said };
}

async function runInBackground(block, environment) {
  const job = start(block.text, environment);
  let look;
  const ready = new Promise((done) => {
    look = () => /^READY\b/m.test(job.said.out) && done('ready');
    job.child.stdout.on('data', look);
    look();
  });
  const result = await within(Promise.race([ready, job.ended]), READY_MS);
  return { problem: result === 'ready' ? undefined : `${result === 'late' ? `printed no READY within ${READY_MS / 1000} s` : `ended with ${result.code ?? result.signal}`}\n${tail(job.said.all)}`, said: job.said };
}

const tail = (text) => text.trimEnd().split('\n').slice(-15).map((line) => `    ${line.slice(0, 300)}`).join('\n');

/** What was started last ends first; what blocks left running (`... &`) ends with them. */
async function stopAll() {
  for (const child of started.reverse()) {
    kill(child, 'SIGTERM');
    await within(child.ended, STOP_MS);
    kill(child, 'SIGKILL');
  }
}

function write(block, name) {
  const file = resolve(folder, name);
  if (!file.startsWith(scratch) && !file.startsWith('/run/')) return `file=${name} would be written outside of the scratch folder`;
  mkdirSync(dirname(file), { recursive: true });
  // a part of a configuration is filled up, as where it is checked
  writeFileSync(file, name === 'tillbridge.yaml' && !/^version:/m.test(block.text) ? stringify(filled(parse(block.text))) : block.text);
  return undefined;
}

/** `<!-- set-up: daemon -->`: pages about a daemon that runs need not start with how to start one. */
async function setUp(environment) {
  if (!source.includes('<!-- set-up: daemon -->')) return [];
  writeFileSync(join(folder, 'tillbridge.yaml'), stringify(filled({})));
  const { problem } = await runInBackground({ text: 'tillbridge run' }, environment);
  return problem === undefined ? [] : [`${path}: the daemon of its set-up ${problem}`];
}

async function follow() {
  const environment = prepare();
  const problems = await setUp(environment);
  if (problems.length > 0) return problems;
  let said;
  for (const block of page.blocks) {
    const marks = marksOf(block.info);
    let problem;
    if (marks.values.file !== undefined) problem = write(block, marks.values.file);
    else if (block.lang === 'sh' && marks.words.has('run')) ({ problem, said } = await run(block, marks, environment));
    else if (block.lang === 'sh' && marks.words.has('background')) ({ problem, said } = await runInBackground(block, environment));
    else if (marks.words.has('output')) problem = said === undefined ? 'is the output of nothing' : outputProblem(block.text, said.all);
    // what follows stands on what failed
    if (problem !== undefined) return [`${path}:${block.line} ${problem}`];
  }
  return [];
}

let problems;
try {
  problems = await follow();
} catch (error) {
  problems = [`${path}: ${error.stack}`];
} finally {
  await stopAll();
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}
for (const problem of problems) console.log(problem);
process.exit(problems.length > 0 ? 1 : 0);
