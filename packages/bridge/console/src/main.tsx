import { render } from 'preact';
import './styles/tokens.css';
import './styles/base.css';
import './styles/components.css';
import './styles/layout.css';
import { App } from './app';
import { followEvents } from './feed';
import { language } from './i18n';
import { followAddress } from './router';
import { effect } from '@preact/signals';
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
askVersion();
const root = document.getElementById('app');
if (root !== null) render(<App />, root);
