// Runs what pages say can be run, each page in namespaces of its own where the system allows it: no port, no /run, no /tmp shared with anybody.
import { spawn, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { marksOf } from './markdown.mjs';

const RUNNER = fileURLToPath(new URL('./run-page.mjs', import.meta.url));

/** What a page may take, in ms. */
const PAGE_MS = 300_000;

export const isRunnable = (page) => page.blocks.some(({ lang, info }) => lang === 'sh' && ['run', 'background'].some((word) => marksOf(info).words.has(word)));

/** The shell that makes the namespaces: /run is empty but for the folder of the ports, /tmp empty. */
const ALONE = ['--mount', '--net', 'sh', '-c', 'ip link set lo up && mount -t tmpfs none /run && mkdir /run/tillbridge && mount -t tmpfs none /tmp && exec "$@"', 'sh'];

/** Not without rights, and not where the checkout itself lies in /tmp. */
function canBeAlone() {
  return spawnSync('unshare', [...ALONE, process.execPath, '--check', RUNNER], { stdio: 'ignore' }).status === 0;
}

/** @returns {Promise<{ problems: string[], ran: number, alone: boolean }>} */
export async function runPages(pages) {
  const alone = canBeAlone();
  const left = [...pages];
  const problems = [];
  const worker = async () => {
    for (let page = left.shift(); page !== undefined; page = left.shift()) problems.push(...(await runPage(page, alone)));
  };
  // without namespaces two daemons would want the same port
  await Promise.all(Array.from({ length: alone ? Math.max(2, availableParallelism()) : 1 }, worker));
  return { problems, ran: pages.length, alone };
}

function runPage(page, alone) {
  return new Promise((done) => {
    const node = [process.execPath, RUNNER, page.path];
    const [program, args] = alone ? ['unshare', [...ALONE, ...node]] : [node[0], node.slice(1)];
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    const timer = setTimeout(() => child.kill('SIGKILL'), PAGE_MS);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) done([]);
      else done([said.trimEnd() || `${page.path} ended with ${code ?? signal}`]);
    });
  });
}
