import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BENCH, bundleGroups, REPOSITORY } from './bundle.ts';
import { prepareGuest } from './prepare.ts';
import { runQemu, type QemuEnd } from './qemu.ts';
import { readResults, type BenchResults } from './results.ts';

export interface BenchRun {
  /** Names of files in `folder`; default all. */
  readonly groups?: readonly string[];
  /** Default groups/. */
  readonly folder?: string;
  /** Seconds until the machine is switched off. Default 170, or `TILLBRIDGE_USB_BENCH_LIMIT`. */
  readonly limitS?: number;
  readonly say?: (text: string) => void;
  readonly signal?: AbortSignal;
}

export interface BenchReport extends BenchResults {
  readonly seconds: number;
  /** What groups and drivers printed. */
  readonly log: string;
  /** The kernel's messages. */
  readonly console: string;
}

const LIMIT_S = 170;
const GROUP_LIMIT_S = 90;

export async function allGroups(folder = join(BENCH, 'groups')): Promise<readonly string[]> {
  const files = await readdir(folder);
  return files.filter((name) => name.endsWith('.ts')).map((name) => name.slice(0, -3)).sort();
}

/** Boots the machine, runs the groups in it, and tells how each check went. Never throws for what goes wrong inside. */
export async function runBench(run: BenchRun = {}): Promise<BenchReport> {
  const start = performance.now();
  const { folder = join(BENCH, 'groups') } = run;
  const groups = run.groups ?? (await allGroups(folder));
  const guest = await prepareGuest(undefined, run.say);
  const bundle = await bundleGroups(groups.map((group) => join(folder, `${group}.ts`)));
  const work = await mkdtemp(join(tmpdir(), 'usb-bench-'));
  try {
    const job = join(work, 'job.sh');
    await writeFile(job, jobOf({ groups, bundle, modules: guest.modules }));
    const limitS = run.limitS ?? Number(process.env['TILLBRIDGE_USB_BENCH_LIMIT'] ?? LIMIT_S);
    const end = await runQemu({ guest, work, job, limitS, processors: 2 }, run.signal);
    const [results, log, console] = await Promise.all(['results', 'log', 'console'].map((name) => textOf(join(work, name))));
    const { checks, failures, files } = readResults(results ?? '', groups);
    const all = [...failures, ...endFailures(end, limitS)];
    return { checks, failures: all, files, log: log ?? '', console: console ?? '', seconds: (performance.now() - start) / 1000 };
  } finally {
    await rm(work, { recursive: true, force: true });
    await rm(bundle, { recursive: true, force: true });
  }
}

const textOf = (file: string): Promise<string> => readFile(file, 'latin1').then((text) => Buffer.from(text, 'latin1').toString('utf8'), () => '');

function endFailures(end: QemuEnd, limitS: number): readonly string[] {
  if (end.over === 'limit') return [`the machine was switched off after ${String(limitS)} s`];
  return end.code === 0 ? [] : [`qemu ended with ${String(end.code)}: ${end.said}`];
}

/** Shell variables for guest/init.sh. */
function jobOf(job: { readonly groups: readonly string[]; readonly bundle: string; readonly modules: string }): string {
  const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const variables = {
    BENCH_INIT: join(BENCH, 'guest/init.sh'),
    BENCH_TREE: REPOSITORY,
    BENCH_BUNDLE: job.bundle,
    BENCH_MODULES: job.modules,
    BENCH_GROUPS: job.groups.join(' '),
    BENCH_GROUP_LIMIT: String(GROUP_LIMIT_S),
  };
  return Object.entries(variables).map(([name, value]) => `${name}=${quote(value)}\n`).join('');
}
