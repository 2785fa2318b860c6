import type { JSX } from 'preact';
import { post } from '../api/client';
import { useAction } from '../api/use-action';
import { forgetEvents, retryNow, streamState } from '../feed';
import { defineTexts, language, setLanguage } from '../i18n';
import { can, session, signOut } from '../session';
import { setTheme, theme, type Theme } from '../theme';
import { Button, Notice } from '../ui';
import { outdated } from '../version';

const texts = defineTexts({
  en: {
    language: 'Language',
    theme: 'Colours',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    signOut: 'Sign out',
    lost: 'No connection to the daemon: what is shown may be old. Trying again…',
    now: 'Try now',
    outdated: 'The daemon was updated: this page is older than it.',
    reload: 'Load the page again',
  },
  ru: {
    language: 'Язык',
    theme: 'Оформление',
    themes: { system: 'Как в системе', light: 'Светлое', dark: 'Тёмное' },
    signOut: 'Выйти',
    lost: 'Нет связи со службой: показанное могло устареть. Повторяем…',
    now: 'Повторить сейчас',
    outdated: 'Служба обновлена: эта страница старше её.',
    reload: 'Загрузить страницу заново',
  },
});

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

export function Header(): JSX.Element {
  const t = texts();
  return (
    <header class="header">
      <span class="brand">Tillbridge</span>
      <div class="header-tools">
        <label class="tool">
          <span class="unseen">{t.theme}</span>
          <select value={theme.value} onChange={(event) => setTheme(event.currentTarget.value as Theme)}>
            {THEMES.map((name) => (
              <option key={name} value={name}>
                {t.themes[name]}
              </option>
            ))}
          </select>
        </label>
        <label class="tool">
          <span class="unseen">{t.language}</span>
          <select value={language.value} onChange={(event) => setLanguage(event.currentTarget.value === 'ru' ? 'ru' : 'en')}>
            <option value="en" lang="en">
              English
            </option>
            <option value="ru" lang="ru">
              Русский
            </option>
          </select>
        </label>
        {session.value === undefined ? undefined : <SignOut />}
      </div>
    </header>
  );
}

function SignOut(): JSX.Element {
  const leave = useAction(async () => {
    // gone from here whatever the daemon says: a token that could not be revoked is not kept either
    await post('/v1/clients/self/revoke').catch(() => undefined);
    signOut('left');
    forgetEvents();
  });
  return (
    <Button kind="quiet" busy={leave.busy} onClick={leave.run}>
      {texts().signOut}
    </Button>
  );
}

/** While the events are away. Not at the very first try, which takes a moment. */
export function LostConnection(): JSX.Element | null {
  const t = texts();
  if (streamState.value !== 'waiting' || !can('scan:read')) return null;
  return (
    <Notice kind="warn" actions={<Button onClick={retryNow}>{t.now}</Button>}>
      {t.lost}
    </Notice>
  );
}

export function OutdatedNote(): JSX.Element | null {
  const t = texts();
  if (!outdated.value) return null;
  return (
    <Notice kind="warn" actions={<Button onClick={() => location.reload()}>{t.reload}</Button>}>
      {t.outdated}
    </Notice>
  );
}
