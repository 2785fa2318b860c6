import { area } from '../entry.js';

/** Errors of the translators that ask a loyalty platform. */
export const translateHttpErrors = area({
  TB_TRANSLATE_HTTP_TEMPLATE: {
    retryable: false,
    en: { message: 'a template of the platform is wrong: {template}: {problem}', remedy: 'allowed are {{{{id}}}}, {{{{vars.NAME}}}}, {{{{secrets.NAME}}}}, {{{{nowIso}}}}, {{{{uuid}}}} and others of docs/platforms.md, with filters such as {{{{id|digits}}}}' },
    ru: { message: 'ошибка в шаблоне запроса к платформе: {template}: {problem}', remedy: 'допустимы {{{{id}}}}, {{{{vars.ИМЯ}}}}, {{{{secrets.ИМЯ}}}}, {{{{nowIso}}}}, {{{{uuid}}}} и другие из docs/platforms.ru.md, с фильтрами вида {{{{id|digits}}}}' },
  },
  TB_TRANSLATE_HTTP_SPEC: {
    retryable: false,
    en: { message: 'the description of the platform is wrong at {place}: {problem}', remedy: 'correct it in the configuration; `tillbridge config check` shows all such places' },
    ru: { message: 'описание платформы неверно ({place}): {problem}', remedy: 'исправьте его в настройках; `tillbridge config check` показывает все такие места' },
  },
  TB_TRANSLATE_HTTP_CA: {
    retryable: false,
    en: { message: 'the certificates of {path} cannot be read: {problem}', remedy: 'check `caFile` of the translator: a file of PEM certificates that this user may read' },
    ru: { message: 'сертификаты из {path} не читаются: {problem}', remedy: 'проверьте `caFile` у translators: это файл сертификатов PEM, доступный этому пользователю' },
  },
});
