import type { ComponentType, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { defineTexts, language } from '../i18n';
import type { PageEntry } from '../pages';
import { justSignedIn, session } from '../session';
import { Button, Empty, ErrorBoundary, Loading, Notice } from '../ui';
import { currentPage } from './navigation';

const texts = defineTexts({
  en: {
    nothing: 'This sign-in may see nothing here. Sign in again with the command tillbridge console.',
    failed: 'This page has failed. The others go on.',
    notLoaded: 'This page could not be loaded: the daemon was updated or does not answer.',
    again: 'Try again',
    reload: 'Load everything again',
  },
  ru: {
    nothing: 'У этого входа нет прав ни на один раздел. Войдите заново командой tillbridge console.',
    failed: 'Этот раздел дал сбой. Остальные работают.',
    notLoaded: 'Раздел не загрузился: служба обновлена или не отвечает.',
    again: 'Повторить',
    reload: 'Загрузить всё заново',
  },
});

/** The page of the address. */
export function Outlet(): JSX.Element {
  const t = texts();
  const entry = useCurrentPage();
  useEffect(() => {
    document.title = entry === undefined ? 'Tillbridge' : `${entry.title[language.value]} · Tillbridge`;
  });
  if (entry === undefined) return <Empty>{t.nothing}</Empty>;
  return (
    <ErrorBoundary
      key={entry.id}
      fallback={(retry) => (
        <Notice kind="bad" actions={<Button onClick={retry}>{t.again}</Button>}>
          {t.failed}
        </Notice>
      )}
    >
      <Loaded key={entry.id} entry={entry} />
    </ErrorBoundary>
  );
}

/** Whoever has to sign in again comes back to the page as he left it, with what he had typed. */
function useCurrentPage(): PageEntry | undefined {
  const last = useRef<PageEntry | undefined>(undefined);
  if (session.value !== undefined) last.current = currentPage();
  return last.current;
}

type PageState = { readonly state: 'loading' | 'failed' } | { readonly state: 'ready'; readonly Component: ComponentType };

function Loaded({ entry }: { readonly entry: PageEntry }): JSX.Element {
  const t = texts();
  const [loaded, setLoaded] = useState<PageState>({ state: 'loading' });
  const first = useRef(true);
  useEffect(() => {
    let gone = false;
    entry.load().then(
      ({ default: Component }) => {
        if (!gone) setLoaded({ state: 'ready', Component });
      },
      () => {
        if (!gone) setLoaded({ state: 'failed' });
      },
    );
    return () => {
      gone = true;
    };
  }, [entry]);
  useEffect(() => {
    if (loaded.state !== 'ready' || !first.current) return;
    first.current = false;
    focusHeading();
  }, [loaded]);
  if (loaded.state === 'loading') return <Loading />;
  if (loaded.state === 'ready') return <loaded.Component />;
  return (
    <Notice kind="bad" actions={<Button onClick={() => location.reload()}>{t.reload}</Button>}>
      {t.notLoaded}
    </Notice>
  );
}

/** Whoever went to another page by a link, or has just signed in, is taken to its heading; whoever has just opened the console is left alone. */
function focusHeading(): void {
  const came = document.activeElement?.closest('.navigation') != null || justSignedIn.peek();
  justSignedIn.value = false;
  if (came) document.getElementById('page-title')?.focus({ preventScroll: true });
}
