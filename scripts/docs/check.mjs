// npm run docs:check: all that the documentation says and that can be held to the program. Nothing is fetched from anywhere.
//   node scripts/docs/check.mjs [--no-run] [PAGE ...]     PAGE: only these (paths below the repository); --no-run: run no commands
// Needs the build. What each check is, and how a page marks its blocks: docs/.vitepress/README.md
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ERROR_CODES } from '@tillbridge/core';
import { readManifest } from '@tillbridge/plugin/manifest';
import { parseConfig } from 'tillbridge';
import { createProgram } from '../../packages/bridge/dist/cli.js';
import { Report } from '../package-checks/report.mjs';
import { root } from '../packages.mjs';
import { codeProblems, jsonProblems, markProblems, tagProblems } from './blocks.mjs';
import { CommandLine, commandProblems } from './commands.mjs';
import { Configurations } from './configuration.mjs';
import { linkProblems } from './links.mjs';
import { navigationProblems } from './navigation.mjs';
import { hasSnippets, isRussian, readPages } from './pages.mjs';
import { programProblems } from './programs.mjs';
import { isRunnable, runPages } from './run-pages.mjs';
import { twinProblems } from './twins.mjs';
import { snippetsOf, typeProblems } from './typescript.mjs';

const { values, positionals } = parseArgs({ options: { 'no-run': { type: 'boolean' } }, allowPositionals: true });
const pages = readPages();
for (const path of positionals) {
  if (!pages.has(path)) {
    console.error(`there is no page ${path}`);
    process.exit(2);
  }
}
const chosen = [...pages.values()].filter(({ path }) => positionals.length === 0 || positionals.includes(path));
const withSnippets = chosen.filter(({ path }) => hasSnippets(path));
const aboutChosen = (problem) => positionals.length === 0 || positionals.some((path) => problem.startsWith(path));
const report = new Report('docs');

/** A file of device profiles, read by the program itself beside a small configuration. */
function profileProblems(text) {
  const folder = mkdtempSync(join(tmpdir(), 'tillbridge-profile-'));
  try {
    mkdirSync(join(folder, 'profiles'));
    writeFileSync(join(folder, 'profiles/page.yaml'), text);
    writeFileSync(join(folder, 'tillbridge.yaml'), 'version: 1\nreaders: [{ id: counter, type: tcp, listen: 127.0.0.1:0 }]\ncodes: []\ntranslators: []\ntills: [{ id: front, adapter: client }]\n');
    const bin = join(root, 'packages/bridge/bin/tillbridge.cjs');
    const { status, stderr } = spawnSync(process.execPath, [bin, 'config', 'check', '-c', join(folder, 'tillbridge.yaml'), '--state', folder, '--lang', 'en'], { encoding: 'utf8', timeout: 60_000 });
    return status === 0 ? [] : stderr.trim().split('\n').map((line) => line.replaceAll(`${folder}/`, ''));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const commandLine = new CommandLine(createProgram);
const configurations = new Configurations(parseConfig, profileProblems);

await report.check('links', () => linkProblems(pages, chosen.map(({ path }) => path)));
await report.check('the menu', () => navigationProblems(pages).filter(aboutChosen));
await report.check('twins in two languages', () => twinProblems(pages).filter(aboutChosen));
await report.check('marks of code blocks', () => withSnippets.flatMap(markProblems));
await report.check('text that would be taken for HTML', () => withSnippets.flatMap(tagProblems));
await report.check('error codes', () => withSnippets.filter(({ path }) => !path.startsWith('docs/errors.')).flatMap((page) => codeProblems(page, ERROR_CODES)));
await report.check('programs', () => withSnippets.flatMap(programProblems));
await report.check('command lines', async () => (await Promise.all(withSnippets.map((page) => commandProblems(page, commandLine)))).flat());
await report.check('configurations', () => withSnippets.flatMap((page) => configurations.problems(page)));
await report.check('JSON', () => withSnippets.flatMap((page) => jsonProblems(page, readManifest)));
const snippets = withSnippets.flatMap(snippetsOf);
await report.check(`TypeScript and JavaScript: ${snippets.length} blocks`, () => typeProblems(snippets));
const runnable = withSnippets.filter((page) => !isRussian(page.path) && isRunnable(page));
if (values['no-run'] !== true) {
  await report.check(`what can be run: ${runnable.length} pages`, async () => (await runPages(runnable)).problems);
}
console.log(report.line);
process.exit(report.failed > 0 ? 1 : 0);
