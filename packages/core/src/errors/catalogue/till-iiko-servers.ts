import { area } from '../entry.js';

/** iikoCloud and the iikoCard POS server. */
export const iikoServerErrors = area({
  TB_TILL_IIKO_POS_LOGIN: {
    retryable: false,
    en: {
      message: 'till {till}: the iikoCard POS server {host} does not accept user and password',
      remedy: 'check `user` and `secrets.password`: they are those of the iikoCard POS API, not of iikoCloud or of an employee',
    },
    ru: {
      message: 'касса {till}: POS-сервер iikoCard {host} не принимает пользователя и пароль',
      remedy: 'проверьте `user` и `secrets.password`: нужны данные для POS API iikoCard, а не логин iikoCloud или сотрудника',
    },
  },
  TB_TILL_IIKO_POS_ANSWER: {
    retryable: true,
    en: {
      message: 'till {till}: what answers at {host} is not the iikoCard POS server ({problem})',
      remedy: 'check the address: usually port 7001 of the till, or of the main till only',
    },
    ru: {
      message: 'касса {till}: по адресу {host} отвечает не POS-сервер iikoCard ({problem})',
      remedy: 'проверьте адрес: обычно это порт 7001 кассы или только главной кассы',
    },
  },
  TB_TILL_IIKO_CLOUD_LOGIN: {
    retryable: false,
    en: {
      message: 'till {till}: iikoCloud ({host}) does not accept the login',
      remedy: 'check the secrets; for `apiLogin` see "API logins" in iikoWeb, for `apiKey` see "Integrations"; Syrve needs `url: https://api-eu.syrve.live`',
    },
    ru: {
      message: 'касса {till}: iikoCloud ({host}) не принимает логин',
      remedy: 'проверьте секреты; `apiLogin` указан в разделе «API-логины» iikoWeb, `apiKey` — в разделе «Интеграции»; для Syrve нужен `url: https://api-eu.syrve.live`',
    },
  },
  TB_TILL_IIKO_CLOUD_RIGHT: {
    retryable: false,
    en: {
      message: 'till {till}: the login may not use "{right}" of iikoCloud',
      remedy: 'give the login this access group in iikoWeb, and access to this organisation and terminal group',
    },
    ru: {
      message: 'касса {till}: логину недоступна группа методов «{right}» iikoCloud',
      remedy: 'откройте логину эту группу методов в iikoWeb, а также доступ к этой организации и группе терминалов',
    },
  },
  TB_TILL_IIKO_CLOUD_LIMIT: {
    retryable: true,
    en: {
      message: 'till {till}: iikoCloud ({host}) has had too many requests and is left alone for a while ({problem})',
      remedy: 'the limits hold for the whole company: use one login for each integration, and fewer integrations that ask all the time',
    },
    ru: {
      message: 'касса {till}: iikoCloud ({host}) получил слишком много запросов, обращения приостановлены ({problem})',
      remedy: 'ограничения действуют на всю компанию: используйте отдельный логин для каждой интеграции и уменьшите число постоянных запросов',
    },
  },
  TB_TILL_IIKO_CLOUD_ANSWER: {
    retryable: true,
    en: {
      message: 'till {till}: what answers at {host} is not iikoCloud ({problem})',
      remedy: 'check `url`, and whether a proxy or a guest network stands in between',
    },
    ru: {
      message: 'касса {till}: по адресу {host} отвечает не iikoCloud ({problem})',
      remedy: 'проверьте `url` и нет ли на пути прокси или гостевой сети',
    },
  },
  TB_TILL_IIKO_CLOUD_REFERENCE: {
    retryable: true,
    en: {
      message: 'till {till}: {key} ({wanted}) is not among what the login sees: {there}',
      remedy: 'set `{key}` to an id or an exact name; `tillbridge doctor` lists what there is',
    },
    ru: {
      message: 'касса {till}: {key} ({wanted}) нет среди доступного логину: {there}',
      remedy: 'укажите в `{key}` идентификатор или точное название; что есть, показывает `tillbridge doctor`',
    },
  },
});
