// npm run docs: the book as a site of static files in docs/.vitepress/dist, which needs no server but one of files, and asks nobody for anything.
//   node scripts/docs.mjs [--no-api] [--serve [PORT]]     --no-api: without the API reference; --serve: shows it on this machine when it is made
// Needs the build, for the API reference. TILLBRIDGE_SITE_BASE=/path/ where it will not be at the root of its host.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, serve } from 'vitepress';
import { deadLinks } from './docs/dead-links.mjs';
import { readPages } from './docs/pages.mjs';
import { sitePages, siteText } from './docs/site.mjs';
import { root } from './packages.mjs';

const folder = join(root, 'docs/.vitepress');
/** Pictures, and sheets to print: they go along as they are. */
const FILES = /\.(png|svg|jpe?g|gif|webp|webm|xhtml)$/;

/** The pages as the site wants them, beside its configuration. */
function writePages() {
  const pages = readPages();
  const target = join(folder, 'pages');
  rmSync(target, { recursive: true, force: true });
  const made = sitePages(pages);
  for (const page of made) {
    const file = join(target, page.to);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, siteText(pages.get(page.from), pages, page));
  }
  for (const name of ['docs', 'firmware-docs']) {
    for (const path of readdirSync(join(root, name), { recursive: true })) {
      if (!FILES.test(path) || path.startsWith('.vitepress') || path.startsWith('api-reference')) continue;
      cpSync(join(root, name, path), join(target, 'public', name, path));
    }
  }
  return made.length;
}

const { values, positionals } = parseArgs({ options: { 'no-api': { type: 'boolean' }, serve: { type: 'boolean' } }, allowPositionals: true });
/** The API reference, by a process of its own meanwhile; true when there is nothing wrong with it. */
function makeReference() {
  const child = spawn(process.execPath, [join(root, 'scripts/api-reference.mjs')], { stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((done) => child.on('close', (code) => done(code === 0)));
}

const start = performance.now();
const count = writePages();
const reference = values['no-api'] === true ? undefined : makeReference();
await build(join(root, 'docs'), { logLevel: 'warn' });
const right = (await reference) ?? true;
if (reference !== undefined && right) cpSync(join(root, 'docs/api-reference'), join(folder, 'dist/api-reference'), { recursive: true });
const dead = deadLinks(join(folder, 'dist'), { api: reference !== undefined });
for (const link of dead) console.error(link);
console.log(`${count} pages in docs/.vitepress/dist, in ${((performance.now() - start) / 1000).toFixed(1)} s`);
if (!right || dead.length > 0) process.exitCode = 1;
else if (values.serve === true) await serve({ root: join(root, 'docs'), port: Number(positionals[0] ?? 4173) });
