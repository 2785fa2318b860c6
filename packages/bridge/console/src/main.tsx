import { effect } from '@preact/signals';
import { render } from 'preact';
import './styles/tokens.css';
import './styles/base.css';
import './styles/components.css';
import './styles/layout.css';
import { App } from './app';
import { followEvents } from './feed';
import { language } from './i18n';
import { currentPage } from './layout/navigation';
import { followAddress } from './router';
import { can, session } from './session';
import { followTheme } from './theme';
import { askBeforeLeaving } from './unsaved';
import { askVersion, followVersion } from './version';

followAddress();
followTheme();
effect(() => {
  document.documentElement.lang = language.value;
});
askBeforeLeaving();
followEvents();
followVersion(() => location.reload());
// the events say it too: ten pages that open at once need not all ask
if (session.value === undefined || !can('scan:read')) askVersion();
// asked for now, not when the first frame is drawn: it is on its way meanwhile
void currentPage()?.load().catch(() => undefined);
const root = document.getElementById('app');
if (root !== null) render(<App />, root);
