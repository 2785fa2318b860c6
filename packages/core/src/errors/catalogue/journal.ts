import { area } from '../entry.js';

export const journalErrors = area({
  TB_JOURNAL_UNAVAILABLE: {
    retryable: true,
    en: { message: 'the journal cannot be written: {problem}', remedy: 'free disk space and check the rights of the state folder; loyalty numbers wait for a working journal, goods do not' },
    ru: { message: 'журнал не записывается: {problem}', remedy: 'освободите место на диске и проверьте права на папку состояния; номера ждут журнала, товары — нет' },
  },
});
