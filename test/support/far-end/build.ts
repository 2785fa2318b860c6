import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Compiles one of the C programs beside this file (the part `gcc`) into `folder` and gives its path. */
export async function buildFarEnd(program: 'reader' | 'relay', folder: string): Promise<string> {
  const source = fileURLToPath(new URL(`./${program}.c`, import.meta.url));
  const output = join(folder, program);
  await run('gcc', ['-O2', '-Wall', '-Wextra', '-Werror', '-o', output, source], { timeout: 60_000 });
  return output;
}
