// Links that lead nowhere: files, anchors, addresses that are none. Nothing is fetched.
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root } from '../packages.mjs';
import { isRussian, russianOf } from './pages.mjs';

/** Folders that exist only after a build: a link there is dead for whoever reads the repository. */
const BUILT = /(^|\/)(node_modules|dist|\.types|api-reference)(\/|$)/;

/** Where a relative link points: path below the repository and anchor. */
export function targetOf(page, href) {
  const [path, anchor] = href.split('#', 2);
  const file = path === '' ? page : posix.normalize(posix.join(posix.dirname(page), decodeURI(path))).replace(/\/$/, '');
  return { file, anchor: anchor === undefined ? undefined : decodeURIComponent(anchor) };
}

export const isExternal = (href) => /^[a-z][a-z0-9+.-]*:|^\/\//i.test(href);

/** What is wrong with an address outside; undefined where nothing is. */
function externalProblem(href) {
  if (/^mailto:[^@\s]+@[^@\s]+$/.test(href)) return undefined;
  if (!/^https?:\/\//.test(href) || !URL.canParse(href)) return 'is no address';
  const { hostname, username } = new URL(href);
  if (username !== '') return 'holds a user name';
  return hostname.includes('.') || hostname === 'localhost' ? undefined : 'has no host';
}

/** @param {Map<string, import('./pages.mjs').Page>} pages all pages, by path below the repository */
export function linkProblems(pages, paths = [...pages.keys()]) {
  return paths.flatMap((path) => {
    const page = pages.get(path);
    return page.links.flatMap(({ href, line }) => {
      const problem = isExternal(href) ? externalProblem(href) : internalProblem(pages, path, href);
      return problem === undefined ? [] : [`${path}:${line} ${href} ${problem}`];
    });
  });
}

function internalProblem(pages, path, href) {
  if (href.startsWith('/')) return 'is absolute: it would lead nowhere in the repository';
  const { file, anchor } = targetOf(path, href);
  if (file.startsWith('..')) return 'leaves the repository';
  if (BUILT.test(file)) return 'leads to what is only there after a build';
  const target = pages.get(file) ?? pages.get(`${file}/README.md`);
  if (target === undefined && !existsSync(join(root, file))) return 'leads nowhere';
  // a page's own twin is what `In English` at its top leads to
  if (isRussian(path) && file.endsWith('.md') && !isRussian(file) && russianOf(file) !== path && pages.has(russianOf(file))) return `is English: there is ${posix.basename(russianOf(file))}`;
  if (anchor === undefined || anchor === '') return undefined;
  if (target === undefined) return /^L\d+(-L\d+)?$/.test(anchor) ? 'points at a line, which moves' : 'has an anchor in what is no page';
  return target.headings.some((heading) => heading.slug === anchor) || target.source.includes(`id="${anchor}"`) ? undefined : `has no such heading (${nearest(target, anchor)})`;
}

/** The headings that begin alike: what was probably meant. */
function nearest({ headings }, anchor) {
  const start = anchor.slice(0, 4);
  const near = headings.filter(({ slug }) => slug.startsWith(start)).map(({ slug }) => `#${slug}`);
  return near.length > 0 ? `there is ${near.slice(0, 3).join(', ')}` : `the page has ${headings.length} others`;
}
