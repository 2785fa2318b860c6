import { area } from '../entry.js';

/** What is wrong with a loyalty platform that is asked, as its look-ups show it. */
export const translatePlatformErrors = area({
  TB_TRANSLATE_PLATFORM_DENIED: {
    retryable: false,
    en: { message: 'the platform at {host} does not accept our key', remedy: 'check the key (`secrets` of this translator) with the platform: it may have been replaced, or lack the right to look guests up' },
    ru: { message: 'платформа {host} не принимает наш ключ', remedy: 'сверьте ключ (`secrets` этого translators) с платформой: его могли заменить или у него нет права искать гостей' },
  },
  TB_TRANSLATE_PLATFORM_SILENT: {
    retryable: true,
    en: { message: 'the platform at {host} does not answer', remedy: 'check the network of this machine and the state of the platform; it is asked again by itself. `tillbridge doctor` shows where it fails' },
    ru: { message: 'платформа {host} не отвечает', remedy: 'проверьте сеть этого компьютера и состояние платформы; запросы возобновятся сами. Где сбой, покажет `tillbridge doctor`' },
  },
  TB_TRANSLATE_PLATFORM_LIMITED: {
    retryable: true,
    en: { message: 'the platform at {host} has had too many questions', remedy: 'it is left alone for a while by itself; if that happens often, ask the platform for a higher limit' },
    ru: { message: 'платформа {host} сообщает о слишком частых запросах', remedy: 'запросы сами приостановлены на время; если это повторяется, попросите платформу повысить лимит' },
  },
  TB_TRANSLATE_PLATFORM_UNSOUND: {
    retryable: true,
    en: { message: 'the platform at {host} answers with something that is no answer', remedy: 'check `baseUrl` and the preset of this translator; `tillbridge doctor` shows what came' },
    ru: { message: 'платформа {host} отвечает не по протоколу', remedy: 'проверьте `baseUrl` и пресет этого translators; что именно пришло, покажет `tillbridge doctor`' },
  },
});
