// npm run docs: the book as a site of static files in docs/.vitepress/dist, which needs no server but one of files, and asks nobody for anything.
//   node scripts/docs.mjs [--no-api] [--serve [PORT]]     --no-api: without the API reference; --serve: shows it on this machine when it is made
// Needs the build, for the API reference. TILLBRIDGE_SITE_BASE=/path/ where it will not be at the root of its host.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, serve } from 'vitepress';
import { apiReference } from './api-reference.mjs';
import { readPages } from './docs/pages.mjs';
import { sitePages, siteText } from './docs/site.mjs';
import { root } from './packages.mjs';

const folder = join(root, 'docs/.vitepress');
const PICTURES = /\.(png|svg|jpe?g|gif|webp|webm)$/;

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
      if (!PICTURES.test(path) || path.startsWith('.vitepress') || path.startsWith('api-reference')) continue;
      cpSync(join(root, name, path), join(target, 'public', name, path));
    }
  }
  return made.length;
}

const { values, positionals } = parseArgs({ options: { 'no-api': { type: 'boolean' }, serve: { type: 'boolean' } }, allowPositionals: true });
const start = performance.now();
const count = writePages();
await build(join(root, 'docs'), { logLevel: 'warn' });
const problems = values['no-api'] === true ? [] : await apiReference({ write: true, out: join(folder, 'dist/api-reference') });
for (const problem of problems) console.error(problem);
if (!existsSync(join(folder, 'dist/ru/index.html'))) problems.push('the Russian side is missing');
console.log(`${count} pages in docs/.vitepress/dist, in ${((performance.now() - start) / 1000).toFixed(1)} s`);
if (problems.length > 0) process.exitCode = 1;
else if (values.serve === true) await serve({ root: join(root, 'docs'), port: Number(positionals[0] ?? 4173) });
