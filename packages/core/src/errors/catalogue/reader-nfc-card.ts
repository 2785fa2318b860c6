import { area } from '../entry.js';

/** Cards, phones and passes on a contactless reader. */
export const readerNfcCardErrors = /* @__PURE__ */ area({
  TB_READER_NFC_REMOVED: {
    retryable: true,
    en: {
      message: 'the card or phone was taken away too early (at: {step})',
      remedy: 'hold it to the reader until it beeps',
    },
    ru: {
      message: 'карту или телефон убрали слишком рано (шаг: {step})',
      remedy: 'держите карту или телефон у считывателя до сигнала',
    },
  },
  TB_READER_NFC_NO_ANSWER: {
    retryable: true,
    en: {
      message: 'the card or phone did not answer in {timeoutMs} ms (at: {step})',
      remedy: 'hold it flat to the middle of the reader, without other cards beside it, and try again',
    },
    ru: {
      message: 'карта или телефон не ответили за {timeoutMs} мс (шаг: {step})',
      remedy: 'приложите ровно к центру считывателя, без других карт рядом, и повторите',
    },
  },
  TB_READER_NFC_EXCHANGE: {
    retryable: true,
    en: {
      message: 'the reader could not talk to the card (at: {step}): {problem}',
      remedy: 'try again; if it happens with every card, unplug the reader and plug it in again',
    },
    ru: {
      message: 'считыватель не смог обменяться данными с картой (шаг: {step}): {problem}',
      remedy: 'повторите; если так с каждой картой, отключите считыватель и подключите его снова',
    },
  },
  TB_READER_NFC_STATUS: {
    retryable: true,
    en: {
      message: 'the card or phone refused with status {status} (at: {step})',
      remedy: 'try again; if it happens every time, send the output of `tillbridge nfc dump` to support',
    },
    ru: {
      message: 'карта или телефон ответили отказом {status} (шаг: {step})',
      remedy: 'повторите; если так каждый раз, отправьте в поддержку вывод `tillbridge nfc dump`',
    },
  },
  TB_READER_NFC_PROTOCOL: {
    retryable: true,
    en: {
      message: 'the card or phone gave data that breaks its own rules (at: {step}): {problem}',
      remedy: 'try again; a tag that always does this is damaged or was written wrongly and must be replaced',
    },
    ru: {
      message: 'данные карты или телефона нарушают формат (шаг: {step}): {problem}',
      remedy: 'повторите; если метка так отвечает всегда, она повреждена или записана неверно, её нужно заменить',
    },
  },
  TB_READER_NFC_TOO_MUCH: {
    retryable: true,
    en: {
      message: 'the card or phone sends without end (at: {step}, limit {limit})',
      remedy: 'take it away; if it is a real customer card, send the output of `tillbridge nfc dump` to support',
    },
    ru: {
      message: 'карта или телефон передают данные без конца (шаг: {step}, предел {limit})',
      remedy: 'уберите карту; если это настоящая карта покупателя, отправьте в поддержку вывод `tillbridge nfc dump`',
    },
  },
  TB_READER_NFC_UNLOCK: {
    retryable: true,
    en: { message: 'the phone is locked', remedy: 'ask the guest to unlock the phone and to hold it to the reader again' },
    ru: { message: 'телефон заблокирован', remedy: 'попросите гостя разблокировать телефон и приложить его ещё раз' },
  },
  TB_READER_NFC_CHOOSE: {
    retryable: true,
    en: { message: 'the guest must choose the card on the phone', remedy: 'ask the guest to choose the card of this store in the wallet and to hold the phone to the reader again' },
    ru: { message: 'гость должен выбрать карту на телефоне', remedy: 'попросите гостя выбрать карту магазина в кошельке и приложить телефон ещё раз' },
  },
  TB_READER_NFC_OPEN_APP: {
    retryable: true,
    en: { message: 'the app on the phone must be opened first', remedy: 'ask the guest to open the app of the store and to hold the phone to the reader again' },
    ru: { message: 'сначала нужно открыть приложение на телефоне', remedy: 'попросите гостя открыть приложение магазина и приложить телефон ещё раз' },
  },
  TB_READER_NFC_UNKNOWN_CARD: {
    retryable: false,
    en: {
      message: 'nothing on this card or phone is a code of this store',
      remedy: 'use the card of this store; to read a further kind of card, add it under `read` of the reader (`tillbridge nfc learn` helps)',
    },
    ru: {
      message: 'на этой карте или телефоне нет кода этого магазина',
      remedy: 'приложите карту этого магазина; чтобы читать другой вид карт, добавьте его в `read` считывателя (поможет `tillbridge nfc learn`)',
    },
  },
  TB_READER_NFC_RANDOM_UID: {
    retryable: false,
    en: {
      message: 'the number of this card is a random one ({problem}): it names nobody',
      remedy: 'phones and some cards make up a new number each time; use the QR code or the wallet pass instead',
    },
    ru: {
      message: 'номер этой карты случайный ({problem}) и никого не обозначает',
      remedy: 'телефоны и некоторые карты каждый раз придумывают новый номер; используйте QR-код или карту в кошельке',
    },
  },
  TB_READER_NFC_UID_FORM: {
    retryable: false,
    en: {
      message: 'the UID of this card does not give a number by the rule under `uid`: {problem}',
      remedy: 'find the rule with `tillbridge nfc learn` and a card whose number you know',
    },
    ru: {
      message: 'из UID этой карты не получается номер по правилу `uid`: {problem}',
      remedy: 'подберите правило командой `tillbridge nfc learn` по карте с известным номером',
    },
  },
  TB_READER_NFC_SECTOR_KEY: {
    retryable: false,
    en: {
      message: 'the card does not open block {block} with the configured key',
      remedy: 'it is a card of another issuer, or `sector.secrets.key` or `sector.keyType` is wrong',
    },
    ru: {
      message: 'карта не открывает блок {block} заданным ключом',
      remedy: 'это карта другого выпуска, либо неверны `sector.secrets.key` или `sector.keyType`',
    },
  },
  TB_READER_NFC_WRONG_KEY: {
    retryable: false,
    en: {
      message: 'the pass was made for another key (key id {keyId})',
      remedy: 'add the private key of the pass to `vas.passes[].secrets.keys`; who issues the passes knows it',
    },
    ru: {
      message: 'карта в кошельке выпущена под другой ключ (идентификатор ключа {keyId})',
      remedy: 'добавьте закрытый ключ карты в `vas.passes[].secrets.keys`; он есть у выпускающего карты',
    },
  },
  TB_READER_NFC_UNREADABLE: {
    retryable: true,
    en: {
      message: 'the pass could not be decrypted (at: {step})',
      remedy: 'try again; if it happens with every phone, the key or the pass type identifier in the configuration is not the one of the passes',
    },
    ru: {
      message: 'не удалось расшифровать карту из кошелька (шаг: {step})',
      remedy: 'повторите; если так с каждым телефоном, ключ или идентификатор типа карты в конфигурации не тот',
    },
  },
  TB_READER_NFC_REPLAYED: {
    retryable: false,
    en: { message: 'the phone showed a pass message that was already used', remedy: 'ask the guest to present the pass anew; if it happens again, somebody may be imitating a phone' },
    ru: { message: 'телефон предъявил уже использованное сообщение карты', remedy: 'попросите гостя предъявить карту заново; если повторяется, возможно, кто-то имитирует телефон' },
  },
  TB_READER_NFC_STALE: {
    retryable: false,
    en: {
      message: 'the time in the pass message differs from ours by {minutes} minutes',
      remedy: 'check the clocks of this machine and of the phone; `vas.windowMs` says what difference is allowed',
    },
    ru: {
      message: 'время в сообщении карты расходится с часами этого компьютера (минут: {minutes})',
      remedy: 'проверьте часы этого компьютера и телефона; допустимую разницу задаёт `vas.windowMs`',
    },
  },
  TB_READER_NFC_COLLECTOR: {
    retryable: false,
    en: {
      message: 'Google Wallet does not accept our key (collector {collectorId}, key version {version})',
      remedy: 'collector id, key and key version must be as registered with Google; check `smarttap`',
    },
    ru: {
      message: 'Google Wallet не принимает наш ключ (collector {collectorId}, версия ключа {version})',
      remedy: 'collector id, ключ и его версия должны совпадать с зарегистрированными в Google; проверьте `smarttap`',
    },
  },
  TB_READER_NFC_KEY: {
    retryable: false,
    en: {
      message: '{setting}: this is not a usable private key: {problem}',
      remedy: 'give an EC private key on the curve P-256 as PEM without a password, by `${{file:PATH}}`',
    },
    ru: {
      message: '{setting}: это не подходящий закрытый ключ: {problem}',
      remedy: 'укажите закрытый ключ EC на кривой P-256 в формате PEM без пароля через `${{file:PATH}}`',
    },
  },
  TB_READER_NFC_NO_SLOT: {
    retryable: true,
    en: {
      message: 'no virtual card reader listens on {host}:{port}',
      remedy: 'install it (`sudo apt install pcscd vsmartcard-vpcd`), start pcscd, and give the port of its reader file with `--slot`',
    },
    ru: {
      message: 'по адресу {host}:{port} нет виртуального считывателя карт',
      remedy: 'установите его (`sudo apt install pcscd vsmartcard-vpcd`), запустите pcscd и укажите порт из его файла считывателя в `--slot`',
    },
  },
  TB_READER_NFC_SETTING: {
    retryable: false,
    en: { message: 'NFC setting {setting}: {problem}', remedy: 'correct this setting of the NFC reader; docs/configuration.md describes it' },
    ru: { message: 'настройка NFC {setting}: {problem}', remedy: 'исправьте эту настройку считывателя NFC; она описана в docs/configuration.md' },
  },
});
