// The demo as it runs: each line of its output with the moment in which it came.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../packages.mjs';

/** Somebody has to be able to read it: never two lines at once, never longer than this between two, in seconds. */
const AT_LEAST = 0.25;
const AT_MOST = 1.2;

export async function recordDemo() {
  const child = spawn(process.execPath, [join(root, 'packages/bridge/bin/tillbridge.cjs'), '--lang', 'en', 'demo', '--once'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = [{ text: '$ npm run demo', at: 0 }];
  let last = performance.now();
  let at = 1;
  for await (const text of createInterface({ input: child.stdout })) {
    const now = performance.now();
    at += Math.min(AT_MOST, Math.max(AT_LEAST, (now - last) / 1000));
    last = now;
    lines.push({ text, at: text.trim() === '' ? lines.at(-1).at : at });
  }
  if (child.exitCode !== 0 && child.exitCode !== null) throw new Error('the demo failed');
  return { title: 'tillbridge demo', lines };
}
