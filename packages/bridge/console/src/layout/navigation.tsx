import type { JSX } from 'preact';
import { defineTexts, language } from '../i18n';
import { PAGES, type PageEntry } from '../pages';
import { address, hrefOf } from '../router';
import { can } from '../session';

const texts = defineTexts({ en: { pages: 'Pages' }, ru: { pages: 'Разделы' } });

/** The pages that whoever is signed in may see. */
export function shownPages(): readonly PageEntry[] {
  return PAGES.filter(({ scopes }) => scopes.some(can));
}

/** The page of the address, else the first. */
export function currentPage(): PageEntry | undefined {
  const pages = shownPages();
  return pages.find(({ id }) => id === address.value.page) ?? pages[0];
}

export function Navigation(): JSX.Element {
  const t = texts();
  const current = currentPage()?.id;
  return (
    <nav class="navigation" aria-label={t.pages}>
      <ul>
        {shownPages().map(({ id, title }) => (
          <li key={id}>
            <a href={hrefOf(id)} aria-current={id === current ? 'page' : undefined}>
              {title[language.value]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
