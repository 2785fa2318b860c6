import type { ComponentChildren, JSX } from 'preact';
import type { ApiError } from '../api/client';
import { defineTexts, percent } from '../i18n';
import { Button } from './button';
import { Foreign } from './foreign';

const texts = defineTexts({
  en: {
    loading: 'Loading…',
    again: 'Try again',
    offline: 'The daemon does not answer.',
    offlineDo: 'Is it running? On this machine: tillbridge status. The page goes on by itself when it is back.',
    timeout: 'The daemon took too long to answer.',
    timeoutDo: 'Try again; if it stays so, look at Health and at the log of the daemon.',
    unreadable: 'What answered does not speak like this daemon.',
    unreadableDo: 'Load the page again. If it stays so, another program may have taken the port.',
    left: 'Given up.',
  },
  ru: {
    loading: 'Загрузка…',
    again: 'Повторить',
    offline: 'Служба не отвечает.',
    offlineDo: 'Запущена ли она? На этом компьютере: tillbridge status. Страница продолжит сама, когда служба вернётся.',
    timeout: 'Служба слишком долго не отвечает.',
    timeoutDo: 'Повторите; если не помогает, посмотрите раздел «Состояние» и журнал службы.',
    unreadable: 'Ответ не похож на ответ этой службы.',
    unreadableDo: 'Загрузите страницу заново. Если не помогает, порт могла занять другая программа.',
    left: 'Отменено.',
  },
});

/** Something that the reader should know; `kind` warn and bad are told at once to a screen reader. */
export function Notice({ kind = 'info', children, actions }: { readonly kind?: 'info' | 'good' | 'warn' | 'bad'; readonly children: ComponentChildren; readonly actions?: ComponentChildren }): JSX.Element {
  return (
    <div class={`notice ${kind}`} role={kind === 'bad' || kind === 'warn' ? 'alert' : undefined}>
      <div>{children}</div>
      {actions === undefined ? undefined : <div class="actions">{actions}</div>}
    </div>
  );
}

/** An error in words, and what to do about it. Nothing where there is none. */
export function ErrorNote({ error, retry }: { readonly error: ApiError | undefined; readonly retry?: () => unknown }): JSX.Element | null {
  const t = texts();
  if (error === undefined || error.code === 'left') return null;
  const own = { offline: [t.offline, t.offlineDo], timeout: [t.timeout, t.timeoutDo], unreadable: [t.unreadable, t.unreadableDo] }[error.code];
  const [text = '', remedy] = own ?? [error.message, error.remedy];
  return (
    <Notice kind="bad" actions={retry === undefined ? undefined : <Button onClick={retry}>{t.again}</Button>}>
      <p>
        <Foreign text={text} max={600} />
        {own === undefined ? <span class="error-code"> {error.code}</span> : undefined}
      </p>
      {remedy === undefined ? undefined : (
        <p class="remedy">
          <Foreign text={remedy} max={600} />
        </p>
      )}
    </Notice>
  );
}

export function Empty({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <div class="empty">{children}</div>;
}

export function Loading(): JSX.Element {
  return (
    <p class="loading" role="status">
      <span class="spinner" aria-hidden="true" /> {texts().loading}
    </p>
  );
}

/** `share` from 0 to 1; undefined while nobody knows how much there is. */
export function Progress({ label, share }: { readonly label: string; readonly share: number | undefined }): JSX.Element {
  return (
    <div class="progress">
      <progress aria-label={label} {...(share === undefined ? {} : { value: share, max: 1 })} />
      <span>{share === undefined ? '' : percent(share)}</span>
    </div>
  );
}
