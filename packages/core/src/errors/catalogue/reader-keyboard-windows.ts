import { area } from '../entry.js';

/** Scanners in keyboard mode on Windows. */
export const readerKeyboardWindowsErrors = /* @__PURE__ */ area({
  TB_READER_KEYBOARD_NO_HELPER: {
    retryable: false,
    en: {
      message: 'reader {reader}: tillbridge-keyboard.exe, which takes the keys of a scanner on Windows, is missing',
      remedy: 'install Tillbridge again; if an antivirus program removed the file, allow it there; or switch the scanner to serial (USB-COM) or HID POS mode, which needs no such program',
    },
    ru: {
      message: 'считыватель {reader}: нет файла tillbridge-keyboard.exe, который в Windows забирает клавиши сканера',
      remedy: 'установите Tillbridge заново; если файл удалил антивирус, добавьте его в исключения; либо переведите сканер в режим COM-порта (USB-COM) или HID POS — тогда эта программа не нужна',
    },
  },
});
