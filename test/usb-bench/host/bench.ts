import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { BENCH, bundleGroups, REPOSITORY } from './bundle.ts';
import { costOf } from './costs.ts';
import { prepareGuest, type Guest } from './prepare.ts';
import { runQemu, type QemuEnd } from './qemu.ts';
import { readResults, type BenchResults } from './results.ts';
import { shareOut } from './share-out.ts';

export interface BenchRun {
  /** Names of files in `folder`; default all. */
  readonly groups?: readonly string[];
  /** Default groups/. */
  readonly folder?: string;
  /** Seconds until the machine is switched off. Default 900, or `TILLBRIDGE_USB_BENCH_LIMIT`. */
  readonly limitS?: number;
  /** How many machines share the groups; default one a core, four at most, or `TILLBRIDGE_USB_BENCH_MACHINES`. */
  readonly machines?: number;
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

/** Kill switches, not expectations: a machine that is busy with other things takes several times as long. */
const LIMIT_S = 900;
const GROUP_LIMIT_S = 400;

export async function allGroups(folder = join(BENCH, 'groups')): Promise<readonly string[]> {
  const files = await readdir(folder);
  return files.filter((name) => name.endsWith('.ts')).map((name) => name.slice(0, -3)).sort();
}

/** Boots machines, runs the groups in them, and tells how each check went. Never throws for what goes wrong inside. */
export async function runBench(run: BenchRun = {}): Promise<BenchReport> {
  const start = performance.now();
  const { folder = join(BENCH, 'groups') } = run;
  const groups = run.groups ?? (await allGroups(folder));
  const files = groups.map((group) => join(folder, `${group}.ts`));
  const guest = await prepareGuest(undefined, run.say);
  const bundle = await bundleGroups(files);
  try {
    const limitS = run.limitS ?? Number(process.env['TILLBRIDGE_USB_BENCH_LIMIT'] ?? LIMIT_S);
    const shares = shareOut(groups, costOf, run.machines ?? machines());
    const reports = await Promise.all(shares.map((share) => runMachine({ groups: share, guest, bundle, limitS }, run.signal)));
    return {
      checks: reports.flatMap(({ checks }) => checks),
      failures: reports.flatMap(({ failures }) => failures),
      spans: reports.flatMap(({ spans }) => spans),
      files: new Map(reports.flatMap((report) => [...report.files])),
      log: reports.map(({ log }) => log).join(''),
      console: reports.map(({ console }) => console).join(''),
      seconds: (performance.now() - start) / 1000,
    };
  } finally {
    await rm(bundle, { recursive: true, force: true });
  }
}

/** A machine takes up to a gigabyte and a core, a third of its time it waits: one a core, never more than four. */
const machines = (): number => Number(process.env['TILLBRIDGE_USB_BENCH_MACHINES'] ?? Math.min(4, availableParallelism()));

/** A second emulated processor makes the first one wait for it at every shared byte: four machines with two took 219 s, with one 125. */
const processors = (): number => Number(process.env['TILLBRIDGE_USB_BENCH_PROCESSORS'] ?? 1);

interface MachineRun {
  readonly groups: readonly string[];
  readonly guest: Guest;
  readonly bundle: string;
  readonly limitS: number;
}

async function runMachine({ groups, guest, bundle, limitS }: MachineRun, signal: AbortSignal | undefined): Promise<Omit<BenchReport, 'seconds'>> {
  const work = await mkdtemp(join(tmpdir(), 'usb-bench-'));
  try {
    const job = join(work, 'job.sh');
    await writeFile(job, jobOf({ groups, bundle, modules: guest.modules }));
    const end = await runQemu({ guest, work, job, limitS, processors: processors() }, signal);
    const [results, log, console] = await Promise.all(['results', 'log', 'console'].map((name) => textOf(join(work, name))));
    const { failures, ...rest } = readResults(results ?? '', groups);
    return { ...rest, failures: [...failures, ...endFailures(end, limitS)], log: log ?? '', console: console ?? '' };
  } finally {
    await rm(work, { recursive: true, force: true });
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
    BENCH_CACHE: process.env['TILLBRIDGE_CACHE'] ?? join(homedir(), '.cache', 'tillbridge'),
    BENCH_GROUP_LIMIT: String(GROUP_LIMIT_S),
  };
  return Object.entries(variables).map(([name, value]) => `${name}=${quote(value)}\n`).join('');
}
