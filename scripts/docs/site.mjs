// From the files of the repository to the pages of the site: addresses, links, the Russian side. Pure.
import { isExternal, targetOf } from './links.mjs';
import { englishOf, isBook, isRussian, russianOf } from './pages.mjs';

/** Where files of the repository that are no pages are read. */
const REPOSITORY = 'https://github.com/tillbridge/tillbridge';

/** The file of a page in the site's sources, such as `ru/devices/hid-pos.md`. */
export function sitePath(path, lang = isRussian(path) ? 'ru' : 'en') {
  const name = englishOf(path)
    .replace(/^docs\//, '')
    .replace(/^firmware-docs\//, 'devices/')
    .replace(/(^|\/)README\.md$/, '$1index.md')
    .replace(/^(CONTRIBUTING|CHANGELOG)\.md$/, (_, file) => `${file.toLowerCase()}.md`);
  return lang === 'ru' ? `ru/${name}` : name;
}

/** Its address: `/ru/devices/hid-pos`. */
export const addressOf = (path, lang) => `/${sitePath(path, lang)}`.replace(/(^|\/)index\.md$/, '$1').replace(/\.md$/, '');

/** The pages of the site: for each its sources, in both languages. `fallback`: English on the Russian side. */
export function sitePages(pages) {
  return [...pages.keys()].filter((path) => isBook(path) && !isRussian(path)).flatMap((path) => {
    const twin = pages.has(russianOf(path)) ? russianOf(path) : undefined;
    return [
      { to: sitePath(path, 'en'), from: path, lang: 'en', fallback: false },
      { to: sitePath(path, 'ru'), from: twin ?? path, lang: 'ru', fallback: twin === undefined },
    ];
  });
}

const NOTE = '> Этой страницы пока нет на русском языке: ниже английская.\n\n';

/** What a page looks like in the site: links by address, no links between twins (the site has a switch), comments gone. */
export function siteText(page, pages, { lang, fallback }) {
  const [, front = '', body] = /^(?:---\n([\s\S]*?)---\n)?([\s\S]*)$/.exec(page.source);
  const skipped = front === '' ? 0 : front.split('\n').length + 1;
  const inBlock = new Set(page.blocks.flatMap(({ line, end }) => Array.from({ length: end - line + 1 }, (_, i) => line + i)));
  const text = body
    .split('\n')
    .map((line, i) => (inBlock.has(i + 1 + skipped) ? withoutMarks(line) : isTwinLink(line, page.path) ? '' : withSiteLinks(line, page.path, pages, lang)))
    .join('\n')
    .replace(/<!--[\s\S]*?-->\n?/g, '');
  const linked = front.replace(/(\blink: )([^\s,}]+\.md)/g, (_, key, href) => key + siteLink(href, page.path, pages, lang));
  return `---\nsource: ${page.path}\n${linked}---\n${fallback ? text.replace(/^(# .*\n)/m, `$1\n${NOTE}`) : text}`;
}

/** `sh run` and the like are for the checks: a reader's page shows the language alone. */
const withoutMarks = (line) => line.replace(/^(\s*(?:`{3,}|~{3,})[\w+-]+)[ \t].*$/, '$1');

/** A line that is nothing but the way to the other language. */
function isTwinLink(line, path) {
  const link = /^\s*\[[^\]]+\]\(([^)]+)\)\.?\s*$/.exec(line)?.[1];
  if (link === undefined || isExternal(link)) return false;
  const { file } = targetOf(path, link);
  return file === (isRussian(path) ? englishOf(path) : russianOf(path));
}

function withSiteLinks(line, path, pages, lang) {
  const links = (text) =>
    text
      // a link that is called by its file reads as the title of its page
      .replace(/\[([\w./-]+\.md)\]\(([^)\s>]+)\)/g, (whole, name, href) => `[${titleOf(href, path, pages, lang) ?? name}](${href})`)
      .replace(/(\]\(\s*<?)([^)\s>]+)(\))/g, (_, open, href, close) => open + siteLink(href, path, pages, lang) + close);
  // a code span and its ticks come as two parts more
  return line
    .split(/((`+).+?\2)/g)
    .map((part, i) => (i % 3 === 0 ? links(part) : i % 3 === 1 ? part : ''))
    .join('');
}

function titleOf(href, path, pages, lang) {
  if (isExternal(href)) return undefined;
  const { file } = targetOf(path, href);
  const twin = englishOf(file) === englishOf(path) && file !== path;
  const read = (lang === 'ru') !== twin ? russianOf(englishOf(file)) : englishOf(file);
  return (pages.get(read) ?? pages.get(file))?.title;
}

/** The anchor on the page that is read: twins have the same headings, in the same order. */
function sameHeading(pages, target, anchor, lang) {
  const read = lang === 'ru' ? russianOf(englishOf(target)) : englishOf(target);
  const at = pages.get(target).headings.findIndex(({ slug }) => slug === anchor);
  return (at < 0 ? undefined : pages.get(read)?.headings[at]?.slug) ?? anchor;
}

function siteLink(href, path, pages, lang) {
  if (isExternal(href) || href.startsWith('#')) return href;
  const { file, anchor } = targetOf(path, href);
  const hash = anchor === undefined || anchor === '' ? '' : `#${anchor}`;
  const target = pages.has(`${file}/README.md`) ? `${file}/README.md` : file;
  // a page names its twin to lead to the other language; every other page is read in the language of this one
  const twin = englishOf(target) === englishOf(path) && target !== path;
  if (pages.has(target) && isBook(target)) {
    const language = twin ? (isRussian(target) ? 'ru' : 'en') : lang;
    return addressOf(target, language) + (hash === '' ? '' : `#${sameHeading(pages, target, anchor, language)}`);
  }
  // what is shown: pictures go along with the page
  if (/\.(png|svg|jpe?g|gif|webp|webm|xhtml)$/.test(file)) return `/${file}`;
  return `${REPOSITORY}/${/\.[a-z]+$/.test(file) ? 'blob' : 'tree'}/main/${target}${hash}`;
}
