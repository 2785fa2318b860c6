// Writes docs/errors.md from the built catalogue of core; with --check only compares and exits 1 when the page is out of step.
//   node scripts/build.mjs --quiet core && node scripts/errors-page.mjs [--check]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './packages.mjs';

const AREAS = {
  CONFIG: 'Configuration and command line',
  READER: 'Readers',
  SCAN: 'Scans',
  TRANSLATE: 'Translation and the card table',
  TILL: 'Tills',
  API: 'The local API and the daemon',
  JOURNAL: 'Journal and state folder',
  NATIVE: 'Native packages',
  SERVICE: 'The service of the system',
};

const areaOf = (code) => code.split('_')[1];
const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1) + '.';
// outside of code spans, braces and angle brackets would be read as a site generator's own syntax; doubled braces stand for braces
const safe = (text) =>
  text
    .split(/(`[^`]*`)/)
    .map((part, i) =>
      i % 2 === 1
        ? part.replace(/\{\{|\}\}/g, (braces) => braces.charAt(0))
        : part.replace(/\{\{(.*?)\}\}|\{(\w+)\}/g, (_, literal, name) => `\`{${literal ?? name}}\``).replace(/</g, '&lt;'),
    )
    .join('');

function section(code, { retryable, en, ru }) {
  return [
    `### ${code}`,
    '',
    `- **What happened:** ${safe(sentence(en.message))}`,
    `- **What to do:** ${safe(sentence(en.remedy))}`,
    `- **Что случилось:** ${safe(sentence(ru.message))}`,
    `- **Что делать:** ${safe(sentence(ru.remedy))}`,
    `- **Retryable:** ${retryable ? 'yes: the same can succeed later without anybody changing anything' : 'no: somebody has to act first'}`,
    '',
  ].join('\n');
}

/** The whole page for a catalogue (code -> entry). */
export function errorsPage(catalogue) {
  const codes = Object.keys(catalogue).sort();
  const head = [
    '# Errors · Ошибки',
    '',
    'Every error has a code `TB_AREA_NAME`, a text that says what happened, and one that says what to do. The command line prints both; the API',
    'answers `{"error": {"code", "message", "retryable", "details"}}`. Words in braces stand for what varies. Card numbers, codes and phones never',
    'show in full in an error.',
    '',
    'This page is written by `node scripts/errors-page.mjs`; a test keeps it in step with the catalogue.',
    '',
  ].join('\n');
  const areas = Object.entries(AREAS).map(([area, title]) => {
    const own = codes.filter((code) => areaOf(code) === area);
    return [`## ${title} (${area})`, '', ...own.map((code) => section(code, catalogue[code]))].join('\n');
  });
  return [head, ...areas].join('\n').trimEnd() + '\n';
}

export const errorsPageFile = join(root, 'docs', 'errors.md');

async function main() {
  const { CATALOGUE } = await import(pathToFileURL(join(root, 'packages/core/dist/index.js')).href);
  const page = errorsPage(CATALOGUE);
  if (!process.argv.includes('--check')) {
    mkdirSync(join(root, 'docs'), { recursive: true });
    writeFileSync(errorsPageFile, page);
    console.log(`wrote docs/errors.md: ${Object.keys(CATALOGUE).length} errors`);
  } else if (!existsSync(errorsPageFile) || readFileSync(errorsPageFile, 'utf8') !== page) {
    console.error('docs/errors.md is out of step with the catalogue: run node scripts/errors-page.mjs');
    process.exitCode = 1;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
