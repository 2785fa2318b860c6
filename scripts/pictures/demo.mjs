// The demo as it runs: each line of its output with the moment in which it came.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../packages.mjs';

/** As wide as a page of the repository shows it without making it small, in characters. */
const COLUMNS = 104;

/** A line as rows of this width, broken at blanks; a word that is longer than a row stands in one of its own. */
export function wrapped(text, columns = COLUMNS) {
  const rows = [];
  let rest = text;
  while (rest.length > columns) {
    const before = rest.lastIndexOf(' ', columns);
    // the blanks in front of a row are its indent: nothing is broken off there
    const at = rest.slice(0, before).trim() === '' ? rest.indexOf(' ', columns) : before;
    if (at === -1) break;
    rows.push(rest.slice(0, at));
    rest = `    ${rest.slice(at).trimStart()}`;
  }
  return [...rows, rest];
}

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
