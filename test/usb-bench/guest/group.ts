import { writeSync } from 'node:fs';
import { Rig } from './rig.ts';

export { until } from './until.ts';

/** Where results leave the guest (guest/init.sh). */
const RESULTS_FD = 3;
const CHECK_LIMIT_MS = 150_000;

/** What a check does; it may tell something, which is shown and never judged. */
export type CheckBody = () => Promise<unknown>;

export interface Bench {
  readonly rig: Rig;
  /** One check: passes unless `body` throws or takes longer than 150 s. The group goes on either way. */
  check(name: string, body: CheckBody): Promise<void>;
  /** The same for what the rest of the group cannot do without: when it fails, the group is over. */
  must(name: string, body: CheckBody): Promise<void>;
  /** Called, last first, when the group is over, whatever happened. */
  after(release: () => void | Promise<void>): void;
}

class GroupOver extends Error {}

/** Hands a text over to the host, where it comes out of `runBench` by its name. */
export function handOver(file: string, content: string): void {
  const bytes = Buffer.from(`${JSON.stringify({ file, content })}\n`);
  for (let sent = 0; sent < bytes.length; ) sent += writeSync(RESULTS_FD, bytes, sent);
}

/** Runs a group and ends the process. Called once, at the end of a file in groups/. */
export async function group(name: string, body: (bench: Bench) => Promise<void>): Promise<void> {
  const rig = new Rig();
  const releases: (() => void | Promise<void>)[] = [];
  const run = async (check: string, work: CheckBody): Promise<boolean> => {
    const start = performance.now();
    const outcome = await limited(work).then(
      (note) => ({ ok: true, note: typeof note === 'string' ? note : '' }),
      (error: unknown) => ({ ok: false, note: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
    const line = { group: name, check, ...outcome, note: outcome.note.slice(0, 3000), ms: Math.round(performance.now() - start) };
    writeSync(RESULTS_FD, `${JSON.stringify(line)}\n`);
    return outcome.ok;
  };
  const bench: Bench = {
    rig,
    check: async (check, work) => {
      await run(check, work);
    },
    must: async (check, work) => {
      if (!(await run(check, work))) throw new GroupOver();
    },
    after: (release) => void releases.unshift(release),
  };
  let code = 0;
  try {
    await body(bench);
  } catch (error) {
    if (!(error instanceof GroupOver)) {
      console.error(error);
      code = 1;
    }
  }
  for (const release of [...releases, () => rig.close()]) {
    await limited(async () => release()).catch((error: unknown) => {
      console.error(error);
      code = 1;
    });
  }
  process.exit(code);
}

function limited<T>(work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not done within ${String(CHECK_LIMIT_MS)} ms`)), CHECK_LIMIT_MS);
    work()
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}
