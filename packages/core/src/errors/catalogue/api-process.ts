import { area } from '../entry.js';

/** The process that serves the API. */
export const apiProcessErrors = area({
  TB_API_PROCESS: {
    retryable: true,
    en: { message: 'the process that serves the API has stopped: {problem}', remedy: 'it is started again by itself, scans are not touched; if it repeats, send the log' },
    ru: { message: 'процесс, обслуживающий API, остановился: {problem}', remedy: 'он перезапускается сам, на сканирование это не влияет; если повторяется, пришлите журнал' },
  },
});
