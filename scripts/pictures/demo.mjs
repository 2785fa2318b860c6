// The demo as it runs: each line of its output with the moment in which it came.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../packages.mjs';

/** As wide as a page of the repository shows it without making it small, in characters. */
const COLUMNS = 104;

/** What a terminal of this width makes of a line. */
const wrapped = (text) => text.match(new RegExp(`.{1,${COLUMNS}}`, 'g')) ?? [''];

/** Somebody has to be able to read it: never two lines at once, never longer than this between two, in seconds. */
const AT_LEAST = 0.25;
const AT_MOST = 1.2;

export async function recordDemo() {
  const child = spawn(process.execPath, [join(root, 'packages/bridge/bin/tillbridge.cjs'), '--lang', 'en', 'demo', '--once'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = [{ text: '$ npm run demo', at: 0 }];
  let before = performance.now();
  let at = 1;
  for await (const text of createInterface({ input: child.stdout })) {
    const now = performance.now();
    at += Math.min(AT_MOST, Math.max(AT_LEAST, (now - before) / 1000));
    before = now;
    for (const row of wrapped(text)) lines.push({ text: row, at });
  }
  if (child.exitCode !== 0 && child.exitCode !== null) throw new Error('the demo failed');
  // the same again as a table stands between the scans and the last line: it would be twice as wide as anybody can read
  const table = lines.findIndex(({ text }) => text.trim() === '');
  const last = lines.at(-1);
  return { title: 'tillbridge demo', lines: [...lines.slice(0, table), { text: '', at: last.at }, last] };
}
