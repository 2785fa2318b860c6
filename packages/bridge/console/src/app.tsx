import type { JSX } from 'preact';
import { Header, LostConnection, OutdatedNote } from './layout/header';
import { Navigation } from './layout/navigation';
import { Outlet } from './layout/outlet';
import { defineTexts } from './i18n';
import { session, wasSignedIn } from './session';
import { SignIn } from './sign-in/sign-in';
import { Toasts } from './ui';

const texts = defineTexts({ en: { skip: 'Skip to the content' }, ru: { skip: 'Перейти к содержимому' } });

/** The whole page. Whoever has to sign in again finds what was typed where it was: the page waits, hidden. */
export function App(): JSX.Element {
  const t = texts();
  const signedIn = session.value !== undefined;
  return (
    <div class="app">
      <a class="skip" href="#content" onClick={skip}>
        {t.skip}
      </a>
      <Header />
      {signedIn ? <Navigation /> : undefined}
      <main id="content" tabIndex={-1}>
        <OutdatedNote />
        {signedIn ? <LostConnection /> : <SignIn />}
        <div hidden={!signedIn}>{signedIn || wasSignedIn.value ? <Outlet /> : undefined}</div>
      </main>
      <Toasts />
    </div>
  );
}

/** The fragment is the page's address: the link must not change it. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}
