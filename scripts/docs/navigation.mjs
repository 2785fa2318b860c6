// The menu: whether it has every page, and what it looks like to the site. Pure.
import { MENU, NOT_IN_MENU } from '../../docs/.vitepress/navigation.mjs';
import { isBook, isRussian } from './pages.mjs';
import { addressOf } from './site.mjs';

const entries = () => MENU.flatMap((section) => section.pages);

export function navigationProblems(pages, menu = entries()) {
  const named = menu.flatMap(({ page }) => (page === undefined ? [] : [page]));
  const missing = named.filter((path) => !pages.has(path)).map((path) => `${path} is in the menu and not there`);
  const twice = named.filter((path, i) => named.indexOf(path) !== i).map((path) => `${path} is in the menu twice`);
  const hidden = [...pages.keys()]
    .filter((path) => isBook(path) && !isRussian(path) && !named.includes(path) && !NOT_IN_MENU.some((each) => (typeof each === 'string' ? each === path : each.test(path))))
    .map((path) => `${path} is in no menu: add it to docs/.vitepress/navigation.mjs`);
  const untitled = [...pages.values()].filter(({ path, title }) => isBook(path) && title === undefined && !path.startsWith('docs/index.')).map(({ path }) => `${path} has no title (# heading)`);
  return [...missing, ...twice, ...hidden, ...untitled];
}

/** The side bar of one language; pages that are not there yet are left out. */
export function sidebar(pages, lang) {
  return MENU.map((section, i) => ({
    text: section[lang],
    // what comes first is open; the site opens the section of the page that is read
    collapsed: i > 1,
    items: section.pages
      .filter(({ page }) => page === undefined || pages.has(page))
      .map((entry) => ({ text: entry[lang], ...(entry.page === undefined ? { link: entry.link, target: '_self' } : { link: addressOf(entry.page, lang) }) })),
  })).filter(({ items }) => items.length > 0);
}
