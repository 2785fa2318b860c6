// Links of the made site that lead nowhere, anchors included: what a reader would see, whatever the sources say.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const BASE = process.env.TILLBRIDGE_SITE_BASE ?? '/';

/** @param options `api`: the API reference was made as well */
export function deadLinks(dist, { api }) {
  const pages = new Map(readdirSync(dist, { recursive: true }).filter((name) => name.endsWith('.html') && !name.startsWith('api-reference')).map((name) => [name, readFileSync(join(dist, name), 'utf8')]));
  const dead = new Set();
  for (const [name, html] of pages) {
    for (const [, href] of html.matchAll(/\s(?:href|src)="([^"]+)"/g)) {
      const problem = problemOf(href, pages, dist, api);
      if (problem !== undefined) dead.add(`${name}: ${href} ${problem}`);
    }
  }
  return [...dead];
}

function problemOf(href, pages, dist, api) {
  if (!href.startsWith('/')) return undefined;
  if (!href.startsWith(BASE)) return 'is not below the base';
  const [path, anchor] = href.slice(BASE.length).split('#', 2);
  if (path.startsWith('api-reference') && !api) return undefined;
  const name = decodeURI(path === '' || path.endsWith('/') ? `${path}index.html` : path);
  if (!existsSync(join(dist, name))) return 'leads nowhere';
  const page = pages.get(name);
  return anchor === undefined || anchor === '' || page === undefined || page.includes(`id="${decodeURIComponent(anchor)}"`) ? undefined : 'has no such heading';
}
