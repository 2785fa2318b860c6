import { area } from '../entry.js';

export const rkeeperErrors = area({
  TB_TILL_RK_AUTH: {
    retryable: false,
    en: {
      message: 'till {till}: the cash server {host} does not accept the user name or the password',
      remedy: 'check `user` and `secrets.password`; the login must be in Latin letters, and its role needs the HTTP rule of the section "HTTP restrictions"',
    },
    ru: {
      message: 'касса {till}: кассовый сервер {host} не принимает имя пользователя или пароль',
      remedy: 'проверьте `user` и `secrets.password`; логин должен быть латиницей, а у его роли нужно право HTTP из раздела «HTTP ограничения»',
    },
  },
  TB_TILL_RK_TLS: {
    retryable: true,
    en: {
      message: 'till {till}: no secure connection to the cash server {host} ({problem})',
      remedy: 'for a server that only speaks TLS 1.0 or has a weak key set `tls: {{ legacy: true }}`; with `mode: ca` check the certificate and the name in the address',
    },
    ru: {
      message: 'касса {till}: не удалось установить защищённое соединение с кассовым сервером {host} ({problem})',
      remedy: 'если сервер умеет только TLS 1.0 или у него слабый ключ, укажите `tls: {{ legacy: true }}`; при `mode: ca` проверьте сертификат и имя в адресе',
    },
  },
  TB_TILL_RK_PIN_CHANGED: {
    retryable: false,
    en: {
      message: 'till {till}: the cash server {host} shows another certificate than before; nothing was sent to it',
      remedy: 'find out whether the server was reinstalled; only then write its new fingerprint to `tls.fingerprint` or remove the old one from `pins.json` of the state folder',
    },
    ru: {
      message: 'касса {till}: кассовый сервер {host} предъявил не тот сертификат, что раньше; ему ничего не отправлено',
      remedy: 'выясните, переустанавливали ли сервер; только после этого укажите новый отпечаток в `tls.fingerprint` или удалите старый из `pins.json` в папке состояния',
    },
  },
  TB_TILL_RK_ANSWER: {
    retryable: true,
    en: {
      message: 'till {till}: what answers at {host} is not the XML interface of a cash server ({problem})',
      remedy: 'check the port: it is the HTTP port in the properties of the cash server, not of the reference server or of a station',
    },
    ru: {
      message: 'касса {till}: по адресу {host} отвечает не XML-интерфейс кассового сервера ({problem})',
      remedy: 'проверьте порт: нужен порт HTTP из свойств кассового сервера, а не сервера справочников и не станции',
    },
  },
  TB_TILL_RK_REFUSED: {
    retryable: true,
    en: {
      message: 'till {till}: the cash server {host} refuses {command} ({problem})',
      remedy: 'when the common shift is closing wait for its end; otherwise check the rights of the user and the licence of the server',
    },
    ru: {
      message: 'касса {till}: кассовый сервер {host} отклоняет {command} ({problem})',
      remedy: 'если закрывается общая смена, дождитесь её закрытия; иначе проверьте права пользователя и лицензию сервера',
    },
  },
  TB_TILL_RK_CA: {
    retryable: false,
    en: { message: 'till {till}: the certificate file {path} cannot be read: {problem}', remedy: 'correct `tls.ca`, or give this user the right to read the file' },
    ru: { message: 'касса {till}: не удалось прочитать файл сертификата {path}: {problem}', remedy: 'исправьте `tls.ca` или дайте этому пользователю право читать файл' },
  },
  TB_TILL_RK_REFERENCE: {
    retryable: true,
    en: {
      message: 'till {till}: {key} ({wanted}) is not among the active objects of {book}',
      remedy: 'name it by the ident, code or GUID of the reference book; `tillbridge doctor` lists what there is',
    },
    ru: {
      message: 'касса {till}: {key} ({wanted}) нет среди активных объектов справочника {book}',
      remedy: 'укажите идентификатор, код или GUID из справочника; что в нём есть, показывает `tillbridge doctor`',
    },
  },
  TB_TILL_RK_PROCESSING: {
    retryable: true,
    en: {
      message: 'till {till}: the processing server {host} gives no answer ({problem})',
      remedy: 'check `upstream.url`, the names of its pages, and that the server runs; until it answers, cards are shown as locked',
    },
    ru: {
      message: 'касса {till}: сервер процессинга {host} не отвечает ({problem})',
      remedy: 'проверьте `upstream.url`, имена его страниц и запущен ли сервер; пока он не отвечает, карты показываются заблокированными',
    },
  },
});
