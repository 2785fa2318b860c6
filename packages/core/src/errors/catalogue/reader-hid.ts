import { area } from '../entry.js';

/** HID POS scanners: the helper process, its driver, the layout of reports. */
export const readerHidErrors = area({
  TB_READER_HID_HOST: {
    retryable: true,
    en: {
      message: 'reader {reader}: the helper process that talks to the scanner stopped: {problem}',
      remedy: 'nothing to do, it is started again by itself; if that happens often, unplug the scanner and plug it in again, and try another USB socket',
    },
    ru: {
      message: 'считыватель {reader}: остановился вспомогательный процесс, который работает со сканером: {problem}',
      remedy: 'делать ничего не нужно, он запустится сам; если это повторяется, отключите сканер и подключите снова, попробуйте другой разъём USB',
    },
  },
  TB_READER_HID_DRIVER: {
    retryable: false,
    en: {
      message: 'reader {reader}: the HID driver (package node-hid) is installed but cannot be loaded: {problem}',
      remedy: 'on Linux install the libraries that it needs: sudo apt install libusb-1.0-0 libudev1; elsewhere run: npm rebuild node-hid',
    },
    ru: {
      message: 'считыватель {reader}: драйвер HID (пакет node-hid) установлен, но не загружается: {problem}',
      remedy: 'в Linux установите нужные ему библиотеки: sudo apt install libusb-1.0-0 libudev1; в других системах выполните: npm rebuild node-hid',
    },
  },
  TB_READER_HID_LAYOUT_UNKNOWN: {
    retryable: true,
    en: {
      message: 'reader {reader}: {path} sends reports of an unknown layout; its reads cannot be understood',
      remedy: 'run `tillbridge devices learn` and scan the codes that it shows, or set `layout` after the manual of the scanner',
    },
    ru: {
      message: 'считыватель {reader}: {path} присылает данные неизвестного формата, прочитанное разобрать нельзя',
      remedy: 'выполните `tillbridge devices learn` и считайте показанные коды или задайте `layout` по инструкции к сканеру',
    },
  },
  TB_READER_HID_KEYBOARD: {
    retryable: true,
    en: {
      message: 'reader {reader}: {path} is a keyboard, not a HID POS scanner',
      remedy: 'use `type: keyboard` for it, or switch the scanner to HID POS with the bar code from its manual; `tillbridge devices` says how',
    },
    ru: {
      message: 'считыватель {reader}: {path} — клавиатура, а не сканер HID POS',
      remedy: 'задайте для него `type: keyboard` или переведите сканер в режим HID POS штрихкодом из его инструкции; как это сделать, показывает `tillbridge devices`',
    },
  },
  TB_READER_HID_FLOOD: {
    retryable: true,
    en: {
      message: 'reader {reader}: {path} sends more than any scanner does; {bytes} bytes were dropped',
      remedy: 'unplug the device; if it is a scanner, it is defective or not in HID POS mode',
    },
    ru: {
      message: 'считыватель {reader}: {path} присылает больше, чем любой сканер; отброшено байт: {bytes}',
      remedy: 'отключите устройство; если это сканер, он неисправен или не в режиме HID POS',
    },
  },
});
