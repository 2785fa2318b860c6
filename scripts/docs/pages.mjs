// The Markdown files of the repository, and which of them are pages of the book.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../packages.mjs';
import { parsePage } from './markdown.mjs';

/** Made by programs, by somebody else, or full of placeholders. */
const LEFT_OUT = new Set(['node_modules', 'dist', '.types', '.git', 'coverage', 'docs/api-reference', '.temp', 'docs/.vitepress/pages', 'docs/.vitepress/cache', 'packages/create-tillbridge-plugin/template']);

function* walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    const name = relative(root, path);
    if (LEFT_OUT.has(entry.name) || LEFT_OUT.has(name)) continue;
    if (entry.isDirectory()) yield* walk(path);
    else if (entry.name.endsWith('.md')) yield name;
  }
}

/** Every Markdown file with what is in it, by path below the repository. */
export function readPages() {
  return new Map(
    [...walk(root)].map((path) => {
      const source = readFileSync(join(root, path), 'utf8');
      return [path, { path, source, ...parsePage(source) }];
    }),
  );
}

/** `docs/x.ru.md` is Russian, `docs/x.md` its twin. */
export const isRussian = (path) => path.endsWith('.ru.md');
export const russianOf = (path) => path.replace(/\.md$/, '.ru.md');
export const englishOf = (path) => path.replace(/\.ru\.md$/, '.md');

/** What is read as part of the book; the rest (package READMEs, reports) only has its links and snippets checked. */
export const isBook = (path) => /^(docs|firmware-docs)\//.test(path) && !path.startsWith('docs/.vitepress/') ? true : ['CONTRIBUTING.md', 'CHANGELOG.md'].includes(path);

/** Reports of what is exported are made of the sources by a program; their blocks are no examples. */
export const hasSnippets = (path) => !path.startsWith('api/') && path !== 'docs/.vitepress/README.md';
