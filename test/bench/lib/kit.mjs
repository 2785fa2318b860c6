// What is shared with `tillbridge bench`, as built (packages/bridge/src/bench), and what only a checkout can have: C programs, and promises of its own.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drivers, judged } from '../../../packages/bridge/dist/bench-kit.js';

export * from '../../../packages/bridge/dist/bench-kit.js';

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export function compile(source, folder) {
  const program = join(folder, source.replace(/.*\/|\.c$/g, ''));
  execFileSync('gcc', ['-O2', '-Wall', '-Wextra', '-Werror', '-o', program, fileURLToPath(new URL(source, import.meta.url))], { stdio: 'inherit' });
  return program;
}

/** Drivers of the C program, which is compiled for it. */
export const cDrivers = (folder) => drivers([compile('../native/driver.c', folder)], folder);

/** A promise that `tillbridge bench` measures too: its words and its bound stand there. */
export const shared = (...args) => inWords(judged(...args));
export const inWords = ({ id, en, value, bound, unit, atLeast, kept }) => ({ id, text: en, value, bound, unit, atLeast, kept });

/** For orientation: nothing is promised. */
export const orientation = (id, text, value, unit) => ({ id, text, value, unit });

/** One promise and whether it was kept. `value` and `bound` in `unit`; `atLeast` where more is better. */
export function promise(id, text, value, bound, unit, { atLeast = false } = {}) {
  return { id, text, value, bound, unit, atLeast, kept: atLeast ? value >= bound : value <= bound };
}
