// Writes the sizes of the downloads into README.md, between its two marks: `npm run distribution -- --readme`.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from '../packages.mjs';

const MARKS = /(<!-- sizes of the downloads -->\n)[^]*?(<!-- \/sizes of the downloads -->)/;

/** @returns {string} */
export function withSizes(markdown, sizes) {
  if (!MARKS.test(markdown)) throw new Error('README.md has no place for the sizes of the downloads');
  const rows = sizes.map(({ name, bytes }) => `| \`${name}\` | ${(bytes / 1e6).toFixed(1)} MB |\n`).join('');
  return markdown.replace(MARKS, (_, begin, end) => `${begin}| download | size |\n|---|---|\n${rows}${end}`);
}

export function writeSizes(files) {
  const readme = join(root, 'README.md');
  writeFileSync(readme, withSizes(readFileSync(readme, 'utf8'), files.map((file) => ({ name: basename(file), bytes: statSync(file).size }))));
}
