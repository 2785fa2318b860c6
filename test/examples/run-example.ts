import { fileURLToPath } from 'node:url';
import { startChild } from '../support/child.js';

/** Runs an example to its end. @throws Error with what it said when it ends otherwise than well, or not at all. */
export async function runExample(script: string, ...args: readonly string[]): Promise<string> {
  const path = fileURLToPath(new URL(`../../examples/${script}`, import.meta.url));
  const example = startChild(process.execPath, [path, ...args], { env: { ...process.env, LC_ALL: 'C.UTF-8', LANG: 'C.UTF-8' } });
  example.child.stdin.end();
  const { code } = await example.exited;
  if (code !== 0) throw new Error(`${script} ended with ${String(code)}:\n${example.stdout()}${example.stderr()}`);
  return example.stdout();
}
