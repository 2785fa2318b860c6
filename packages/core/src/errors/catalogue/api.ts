import { area } from '../entry.js';

export const apiErrors = area({
  TB_API_NO_DAEMON: {
    retryable: true,
    en: { message: 'no daemon is running on {state}', remedy: 'start it with `tillbridge run`, or name its state folder with --state DIR' },
    ru: { message: 'демон для {state} не запущен', remedy: 'запустите его: `tillbridge run`, или укажите папку состояния ключом --state DIR' },
  },
  TB_API_DAEMON_RUNNING: {
    retryable: false,
    en: { message: 'a daemon runs already on {state} (pid {pid})', remedy: 'stop it with `tillbridge stop`, or use another --state DIR' },
    ru: { message: 'демон для {state} уже работает (pid {pid})', remedy: 'остановите его: `tillbridge stop`, или возьмите другую папку: --state DIR' },
  },
  TB_API_BAD_REQUEST: {
    retryable: false,
    en: { message: 'the request is not valid: {problem}', remedy: 'correct the request' },
    ru: { message: 'неверный запрос: {problem}', remedy: 'исправьте запрос' },
  },
  TB_API_NOT_FOUND: {
    retryable: false,
    en: { message: 'there is no {what}', remedy: 'check the path' },
    ru: { message: 'не найдено: {what}', remedy: 'проверьте путь' },
  },
  TB_API_TIMEOUT: {
    retryable: true,
    en: { message: 'the daemon did not answer within {ms} ms', remedy: 'look at its log; if it hangs, stop it and start it again' },
    ru: { message: 'демон не ответил за {ms} мс', remedy: 'посмотрите его журнал; если он завис, перезапустите' },
  },
  TB_API_HUNG_UP: {
    retryable: true,
    en: { message: 'the daemon hung up before it had answered', remedy: 'it is stopping or has too many callers: look with `tillbridge status`, then try again' },
    ru: { message: 'демон прервал связь, не ответив', remedy: 'он останавливается или перегружен вызовами: проверьте `tillbridge status` и повторите' },
  },
  TB_API_INTERNAL: {
    retryable: true,
    en: { message: 'an unexpected error: {problem}', remedy: 'try again; if it stays, send the log with --log-level debug' },
    ru: { message: 'непредвиденная ошибка: {problem}', remedy: 'повторите; если не проходит, пришлите журнал с --log-level debug' },
  },
});
