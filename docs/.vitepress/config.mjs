// The site of the book. Its sources are made by scripts/docs.mjs, in `pages` beside this file: see README.md here.
import { sidebar } from '../../scripts/docs/navigation.mjs';
import { slug } from '../../scripts/docs/markdown.mjs';
import { readPages } from '../../scripts/docs/pages.mjs';
import { TEXTS } from './texts.mjs';

const pages = readPages();

/** Words of Russian and English as they are written, and their beginnings: nothing is asked of any server. */
const search = {
  provider: 'local',
  options: {
    locales: Object.fromEntries(Object.entries({ root: 'en', ru: 'ru' }).map(([locale, lang]) => [locale, { translations: TEXTS[lang].search }])),
    _render: searchedText,
    miniSearch: { searchOptions: { prefix: true, fuzzy: 0.15, boost: { title: 4, text: 2, titles: 1 } } },
  },
};

function themeOf(lang) {
  const text = TEXTS[lang];
  const base = lang === 'en' ? '/' : '/ru/';
  const at = (page) => `${base}${page}`;
  return {
    nav: [
      { text: lang === 'en' ? 'Start' : 'Начало', link: at('guide/first-scan') },
      { text: lang === 'en' ? 'Tills' : 'Кассы', link: at('1c'), activeMatch: `^${base}(1c|iiko|rkeeper|keyboard)` },
      { text: lang === 'en' ? 'Devices' : 'Устройства', link: at('devices/'), activeMatch: `^${base}devices/` },
      { text: lang === 'en' ? 'Developing' : 'Разработка', link: at('sdk'), activeMatch: `^${base}(sdk|api|events|authoring)` },
      { text: lang === 'en' ? 'Reference' : 'Справочник', link: at('cli'), activeMatch: `^${base}(cli|configuration|errors)` },
    ],
    sidebar: sidebar(pages, lang),
    outline: { level: [2, 3], label: text.outline },
    docFooter: { prev: text.previous, next: text.next },
    sidebarMenuLabel: text.menu,
    returnToTopLabel: text.top,
    darkModeSwitchLabel: text.appearance,
    lightModeSwitchTitle: text.light,
    darkModeSwitchTitle: text.dark,
    langMenuLabel: text.languages,
    skipToContentLabel: text.skip,
    notFound: text.notFound,
    editLink: { pattern: ({ frontmatter }) => `https://github.com/tillbridge/tillbridge/blob/main/${frontmatter.source}`, text: text.source },
    footer: { message: text.footer },
  };
}

/** Colours of code are nothing to search for, and take most of the time. */
async function searchedText(source, env, md) {
  md.options.highlight = null;
  return md.renderAsync === undefined ? md.render(source, env) : md.renderAsync(source, env);
}

/** A sheet with a code on it. */
const ICON = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='3' fill='%233451b2'/%3E%3Cpath d='M3 4v8M5.5 4v8M7 4v8M9.5 4v8M12 4v8M13 4v8' stroke='white'/%3E%3C/svg%3E";

export default {
  title: 'Tillbridge',
  head: [['link', { rel: 'icon', href: ICON }]],
  // the index of the search is one file, loaded when somebody searches
  vite: { build: { chunkSizeWarningLimit: 4000 } },
  srcDir: '.vitepress/pages',
  outDir: '.vitepress/dist',
  cacheDir: '.vitepress/cache',
  // scripts/docs.mjs says so of what it publishes under a path
  base: process.env.TILLBRIDGE_SITE_BASE ?? '/',
  cleanUrls: false,
  metaChunk: true,
  // made beside the pages, after them; scripts/docs.mjs looks whether it is there
  ignoreDeadLinks: [/^\/api-reference\//],
  markdown: {
    anchor: { slugify: slug },
    config: leaveBraces,
    theme: { light: 'github-light', dark: 'github-dark' },
  },
  themeConfig: { search, i18nRouting: true },
  locales: Object.fromEntries(
    Object.entries({ root: 'en', ru: 'ru' }).map(([locale, lang]) => [locale, { label: TEXTS[lang].label, lang: TEXTS[lang].lang, description: TEXTS[lang].description, themeConfig: themeOf(lang) }]),
  ),
};

/** Pages are text: `{{…}}` in them is a template of ours or of a platform, never of the site. */
function leaveBraces(md) {
  const escape = (html) => html.replaceAll('{{', '&#123;&#123;');
  for (const name of ['render', 'renderAsync']) {
    const whole = md[name]?.bind(md);
    if (whole === undefined) continue;
    md[name] = (...args) => {
      const html = whole(...args);
      return typeof html === 'string' ? escape(html) : html.then(escape);
    };
  }
}
