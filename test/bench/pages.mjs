// What is written from the last results: bench/README.md, the plots in bench/results, and the part of README.md between its marks.
//   node test/bench/pages.mjs [--check]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { writePromisesPages } from '../../scripts/promises-page.mjs';
import { plots, readme, readmePart } from './lib/report.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const RESULTS = `${root}bench/results/`;
const MARKS = /<!-- bench -->[^]*<!-- \/bench -->/;

/** Each file that a result makes, with its text. `old`: the README of the repository as it is. */
export function pagesOf(result, old) {
  const pages = { 'bench/README.md': readme(result) };
  for (const [name, text] of Object.entries(plots(result))) pages[`bench/results/${name}`] = text;
  if (result.figures.peers !== undefined && MARKS.test(old)) pages['README.md'] = old.replace(MARKS, () => `<!-- bench -->\n${readmePart(result)}\n<!-- /bench -->`);
  return pages;
}

export const lastResult = () => JSON.parse(readFileSync(`${RESULTS}latest.json`, 'utf8'));
const read = (path) => readFileSync(root + path, 'utf8');

export function writePages(result) {
  mkdirSync(RESULTS, { recursive: true });
  for (const [path, text] of Object.entries(pagesOf(result, read('README.md')))) writeFileSync(root + path, text);
  // the page of every promise shows the same figures
  writePromisesPages();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const result = lastResult();
  if (!process.argv.includes('--check')) writePages(result);
  else {
    const stale = Object.entries(pagesOf(result, read('README.md'))).filter(([path, text]) => read(path) !== text);
    for (const [path] of stale) console.error(`${path} is not what bench/results/latest.json makes: node test/bench/pages.mjs`);
    process.exitCode = stale.length === 0 ? 0 : 1;
  }
}
