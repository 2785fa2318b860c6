import { area } from '../entry.js';

/** The page for the administrator. */
export const consoleErrors = area({
  TB_API_CONSOLE_OFF: {
    retryable: false,
    en: { message: 'this daemon serves no console', remedy: 'set `console: true` under `api` in the configuration (not `api: off`), then `tillbridge reload`' },
    ru: { message: 'эта служба не показывает консоль', remedy: 'укажите в настройках `console: true` в разделе `api` (не `api: off`), затем выполните `tillbridge reload`' },
  },
});
