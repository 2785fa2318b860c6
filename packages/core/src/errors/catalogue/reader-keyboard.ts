import { area } from '../entry.js';

/** Scanners in keyboard mode. */
export const readerKeyboardErrors = /* @__PURE__ */ area({
  TB_READER_KEYBOARD_GRABBED: {
    retryable: true,
    en: {
      message: 'reader {reader}: another program has taken the keys of {path} for itself',
      remedy:
        'stop that program: a second Tillbridge, the scanner service of the cashier program, or a key remapper; `sudo fuser -v {path}` names those that have it open',
    },
    ru: {
      message: 'считыватель {reader}: клавиши {path} уже забрала себе другая программа',
      remedy:
        'остановите эту программу: второй Tillbridge, службу сканера кассовой программы или программу переназначения клавиш; кто открыл устройство, покажет `sudo fuser -v {path}`',
    },
  },
  TB_READER_KEYBOARD_NOT_ONE: {
    retryable: true,
    en: {
      message: 'reader {reader}: {path} is not a keyboard that can type codes',
      remedy: 'correct `path`; `tillbridge devices` shows the scanners in keyboard mode; numbers of /dev/input/event* change, names under /dev/input/by-id do not',
    },
    ru: {
      message: 'считыватель {reader}: {path} — не клавиатура, которая может вводить коды',
      remedy: 'исправьте `path`; сканеры в режиме клавиатуры показывает `tillbridge devices`; номера /dev/input/event* меняются, имена в /dev/input/by-id — нет',
    },
  },
  TB_READER_KEYBOARD_HELPER: {
    retryable: true,
    en: {
      message: 'reader {reader}: the helper process that reads {path} ended: {problem}',
      remedy: 'nothing to do, it is started again; if it keeps ending, send the log to support',
    },
    ru: {
      message: 'считыватель {reader}: вспомогательный процесс, читающий {path}, завершился: {problem}',
      remedy: 'делать ничего не нужно, он запустится снова; если он завершается постоянно, отправьте журнал в поддержку',
    },
  },
  TB_READER_KEYBOARD_UNSUPPORTED: {
    retryable: false,
    en: {
      message: 'reader {reader}: a scanner in keyboard mode cannot be read on {platform}: its keys cannot be kept from other programs there',
      remedy:
        'switch the scanner to serial (USB-COM) or HID POS mode with the configuration code of its manual ({codes}; `tillbridge devices` says more) and set `type: serial` or `type: hid`; or use Linux or Windows',
    },
    ru: {
      message: 'считыватель {reader}: сканер в режиме клавиатуры нельзя читать в {platform}: там его клавиши не отделить от других программ',
      remedy:
        'переведите сканер в режим COM-порта (USB-COM) или HID POS штрихкодом из инструкции ({codes}; подробнее — `tillbridge devices`) и задайте `type: serial` или `type: hid`; либо используйте Linux или Windows',
    },
  },
});
