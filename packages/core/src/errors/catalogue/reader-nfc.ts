import { area } from '../entry.js';

/** The way to a contactless reader: its driver package, the PC/SC service, the reader itself. */
export const readerNfcErrors = /* @__PURE__ */ area({
  TB_READER_NFC_DRIVER: {
    retryable: false,
    en: {
      message: 'reader {reader}: the NFC package is installed and does not load: {problem}',
      remedy: 'on Debian: `sudo apt install libpcsclite1`; a package built for another Node.js must be installed again: `{command}`',
    },
    ru: {
      message: 'считыватель {reader}: пакет NFC установлен, но не загружается: {problem}',
      remedy: 'в Debian: `sudo apt install libpcsclite1`; пакет, собранный для другой версии Node.js, нужно установить заново: `{command}`',
    },
  },
  TB_READER_NFC_NO_SERVICE: {
    retryable: true,
    en: {
      message: 'reader {reader}: the smart card service (PC/SC) does not run',
      remedy: 'Linux: `sudo apt install pcscd libccid && sudo systemctl enable --now pcscd.socket`; Windows: plug the NFC reader in, and set the service "Smart Card" (SCardSvr) to automatic',
    },
    ru: {
      message: 'считыватель {reader}: служба смарт-карт (PC/SC) не запущена',
      remedy: 'Linux: `sudo apt install pcscd libccid && sudo systemctl enable --now pcscd.socket`; Windows: подключите считыватель NFC и включите автоматический запуск службы «Смарт-карта» (SCardSvr)',
    },
  },
  TB_READER_NFC_NO_READER: {
    retryable: true,
    en: {
      message: 'reader {reader}: no contactless reader ({match}) is connected; present: {found}',
      remedy: 'plug the reader in or correct `match.name`; an ACR122U on Linux also needs the kernel modules pn533_usb, pn533 and nfc kept away (blacklist them in /etc/modprobe.d)',
    },
    ru: {
      message: 'считыватель {reader}: бесконтактный считыватель ({match}) не подключён; есть: {found}',
      remedy: 'подключите считыватель или исправьте `match.name`; для ACR122U в Linux нужно запретить модули ядра pn533_usb, pn533 и nfc (blacklist в /etc/modprobe.d)',
    },
  },
  TB_READER_NFC_STOPPED: {
    retryable: true,
    en: {
      message: 'reader {reader}: the NFC helper process stopped: {problem}',
      remedy: 'it is started again by itself; if it keeps stopping, try `backend: pcsc-mini` and look at `tillbridge doctor`',
    },
    ru: {
      message: 'считыватель {reader}: вспомогательный процесс NFC остановился: {problem}',
      remedy: 'он запустится снова сам; если останавливается постоянно, попробуйте `backend: pcsc-mini` и посмотрите `tillbridge doctor`',
    },
  },
  TB_READER_NFC_STUCK: {
    retryable: true,
    en: {
      message: 'reader {reader}: a command to the card did not come back within {timeoutMs} ms',
      remedy: 'take the card away and present it again; if it happens often, unplug the reader and plug it in again',
    },
    ru: {
      message: 'считыватель {reader}: команда карте не завершилась за {timeoutMs} мс',
      remedy: 'уберите карту и приложите снова; если повторяется часто, отключите считыватель и подключите его снова',
    },
  },
  TB_READER_NFC_NO_CARD: {
    retryable: true,
    en: { message: 'no card was presented within {seconds} s', remedy: 'run the command again and hold a card to the reader' },
    ru: { message: 'за {seconds} с карту не приложили', remedy: 'выполните команду ещё раз и приложите карту к считывателю' },
  },
  TB_READER_NFC_NO_UID: {
    retryable: false,
    en: {
      message: 'the card gives no UID that stays the same',
      remedy: 'phones and some cards make up a new number each time: learn the rule with a plain plastic card',
    },
    ru: {
      message: 'у карты нет постоянного UID',
      remedy: 'телефоны и некоторые карты каждый раз придумывают новый номер: возьмите обычную пластиковую карту',
    },
  },
  TB_READER_NFC_NO_RULE: {
    retryable: false,
    en: {
      message: 'no rule makes this number out of the UID of the card',
      remedy: 'check that the number is the one that the till shows for this very card; if it is, the number is not made from the UID, and the cards must be imported: `tillbridge cards import`',
    },
    ru: {
      message: 'ни одно правило не даёт этот номер из UID карты',
      remedy: 'проверьте, что касса показывает для этой карты именно этот номер; если так, номер не связан с UID и карты нужно загрузить: `tillbridge cards import`',
    },
  },
});
