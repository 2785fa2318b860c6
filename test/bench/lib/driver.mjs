// The C program that is the scanner and the cashier program at once (native/driver.c).
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { start } from './child.mjs';

export function compile(source, folder) {
  const program = join(folder, source.replace(/.*\/|\.c$/g, ''));
  execFileSync('gcc', ['-O2', '-Wall', '-Wextra', '-Werror', '-o', program, fileURLToPath(new URL(source, import.meta.url))], { stdio: 'inherit' });
  return program;
}

const hex = (text) => Buffer.from(text, 'latin1').toString('hex');
let batches = 0;

/** `pair`: the driver makes the far end's tty too, for programs that can only write to an existing one. */
export async function startDriver(program, folder, { pair = false } = {}) {
  const child = start(program, pair ? ['pair'] : []);
  const lines = await child.until(/^done$/);
  return {
    in: /^in (.+)$/m.exec(lines)[1],
    out: /^out (.+)$/m.exec(lines)?.[1],
    open: async (path) => {
      child.tell(`open ${path}`);
      await child.until(/^done$/);
    },
    /** Sends scans `[what is read, what must come out]` one after another; nanoseconds each. Throws when one did not come out right. */
    batch: async (scans, { gapUs, waitMs = 2000, mayMiss = 0 }) => {
      const file = join(folder, `batch-${(batches += 1)}`);
      writeFileSync(file, scans.map(([read, wanted]) => `${hex(read)} ${hex(wanted)}\n`).join(''));
      child.tell(`batch ${file} ${gapUs} ${waitMs}`);
      const answer = await child.until(/^done$/, 60_000 + scans.length * (gapUs / 1000 + waitMs));
      rmSync(file);
      const times = answer.trim().split('\n').slice(0, -1).map(Number);
      const missed = times.filter((time) => time < 0).length;
      if (times.length !== scans.length || missed > mayMiss) throw new Error(`${missed} of ${scans.length} scans did not come out right (${times.length} answers)`);
      return times.filter((time) => time >= 0);
    },
    stop: () => child.stop(),
  };
}
