import { area } from '../entry.js';

/** USB scanners: finding them, their modes, their rights. */
export const readerUsbErrors = area({
  TB_READER_USB_AUTO_NONE: {
    retryable: true,
    en: {
      message: 'reader {reader}: no known scanner in this mode was found',
      remedy: 'plug the scanner in; `tillbridge devices` shows what is connected, in which mode, and how to change that; name a scanner that is not known by `match`',
    },
    ru: {
      message: 'считыватель {reader}: знакомый сканер в этом режиме не обнаружен',
      remedy: 'подключите сканер; что подключено, в каком режиме и как его сменить, показывает `tillbridge devices`; незнакомый сканер укажите через `match`',
    },
  },
  TB_READER_USB_MATCH_SEVERAL: {
    retryable: true,
    en: {
      message: 'reader {reader}: several scanners match {match}: {found}',
      remedy: 'add `serial`, or where they have none the socket as `port`, to `match`; `tillbridge devices` shows both',
    },
    ru: {
      message: 'считыватель {reader}: под {match} подходит несколько сканеров: {found}',
      remedy: 'добавьте в `match` серийный номер `serial`, а если его нет — разъём `port`; оба показывает `tillbridge devices`',
    },
  },
  TB_READER_USB_NO_PERMISSION: {
    retryable: true,
    en: {
      message: 'reader {reader}: no permission to open {path}',
      remedy:
        'install the rules for scanners: `tillbridge devices rules | sudo tee /etc/udev/rules.d/70-tillbridge.rules`, then `sudo udevadm control --reload` and plug the scanner in again',
    },
    ru: {
      message: 'считыватель {reader}: нет прав на открытие {path}',
      remedy:
        'установите правила для сканеров: `tillbridge devices rules | sudo tee /etc/udev/rules.d/70-tillbridge.rules`, затем `sudo udevadm control --reload` и подключите сканер заново',
    },
  },
  TB_READER_USB_KEYBOARD_MODE: {
    retryable: true,
    en: {
      message: '{device} is in keyboard mode: it types its codes into whatever window is open',
      remedy: 'switch it to serial (USB-COM) or HID POS mode with the code from its manual; `tillbridge devices` names it',
    },
    ru: {
      message: '{device} работает как клавиатура: коды печатаются в то окно, которое открыто',
      remedy: 'переведите его в режим COM-порта (USB-COM) или HID POS кодом из инструкции; какой это код, показывает `tillbridge devices`',
    },
  },
  TB_READER_USB_VENDOR_MODE: {
    retryable: true,
    en: {
      message: '{device} speaks only its maker\'s own protocol in this mode',
      remedy: 'switch it to serial (USB-COM) or HID POS mode with the code from its manual; `tillbridge devices` names it',
    },
    ru: {
      message: '{device} в этом режиме понимает только протокол своего производителя',
      remedy: 'переведите его в режим COM-порта (USB-COM) или HID POS кодом из инструкции; какой это код, показывает `tillbridge devices`',
    },
  },
  TB_READER_USB_OEM_MODE: {
    retryable: true,
    en: {
      message: '{device} is in the OEM mode of IBM and Toshiba tills, which Tillbridge does not read',
      remedy: 'switch it to serial (USB-COM) or HID POS mode with the code from its manual; `tillbridge devices` names it',
    },
    ru: {
      message: '{device} в режиме OEM для касс IBM и Toshiba, Tillbridge его не читает',
      remedy: 'переведите его в режим COM-порта (USB-COM) или HID POS кодом из инструкции; какой это код, показывает `tillbridge devices`',
    },
  },
  TB_READER_LEARN_WHICH: {
    retryable: true,
    en: { message: 'which scanner shall be learned? found: {found}', remedy: 'name it: `tillbridge devices learn --path PATH`; one that types like a keyboard is among those of /dev/input/by-id' },
    ru: { message: 'какой сканер изучить? найдено: {found}', remedy: 'укажите его: `tillbridge devices learn --path ПУТЬ`; сканер в режиме клавиатуры есть среди /dev/input/by-id' },
  },
  TB_READER_LEARN_TIMEOUT: {
    retryable: true,
    en: { message: 'nothing was scanned within {seconds} s', remedy: 'aim at the code on the screen, or print it: `tillbridge devices learn --sheet codes.html`; a scanner that reads bars only needs `--bars`' },
    ru: { message: 'за {seconds} с ничего не считано', remedy: 'наведите сканер на код на экране или напечатайте его: `tillbridge devices learn --sheet codes.html`; сканеру, который читает только штрихкоды, нужен ключ `--bars`' },
  },
  TB_READER_LEARN_OTHER_CODE: {
    retryable: true,
    en: { message: 'what was scanned is not the shown code', remedy: 'scan the shown codes in their order and nothing else; switch off what the scanner cuts off or adds in the middle of codes' },
    ru: { message: 'считан не тот код, который показан', remedy: 'считывайте показанные коды по порядку и ничего другого; отключите в сканере обрезку и вставку символов внутри кода' },
  },
  TB_READER_LEARN_CASE: {
    retryable: true,
    en: { message: 'the letters came in the wrong case', remedy: 'switch Caps Lock off, and the change of case in the scanner ("case conversion")' },
    ru: { message: 'буквы пришли в другом регистре', remedy: 'выключите Caps Lock и смену регистра в самом сканере ("case conversion")' },
  },
  TB_READER_LEARN_LETTERS: {
    retryable: true,
    en: { message: 'the digits are right and the letters are not: the scanner types for another keyboard', remedy: 'scan the code for the US keyboard layout in its manual; serial or HID POS mode has no such trouble' },
    ru: { message: 'цифры верны, а буквы нет: сканер настроен на другую раскладку клавиатуры', remedy: 'считайте код американской раскладки (US) из инструкции; в режимах COM-порта и HID POS такого не бывает' },
  },
  TB_READER_LEARN_UNSTEADY: {
    retryable: true,
    en: { message: 'what the scanner puts around the codes is not the same each time', remedy: 'switch off counters, dates and code names that it adds, and learn again' },
    ru: { message: 'сканер каждый раз добавляет к коду разное', remedy: 'отключите в нём счётчики, даты и названия кодов и повторите' },
  },
  TB_READER_LEARN_LAYOUT: {
    retryable: true,
    en: { message: 'no rule was found in the reports of this device', remedy: 'switch it to serial (USB-COM) mode with the code from its manual; that mode needs no layout' },
    ru: { message: 'правило в отчётах этого устройства не найдено', remedy: 'переведите его в режим COM-порта (USB-COM) кодом из инструкции: в нём раскладка отчётов не нужна' },
  },
  TB_READER_LEARN_NO_IDS: {
    retryable: false,
    en: { message: '{path} has no USB ids: a profile cannot be tied to it', remedy: 'give the path in the configuration: {entry}' },
    ru: { message: 'у {path} нет идентификаторов USB: профиль к нему не привязать', remedy: 'укажите путь в настройках: {entry}' },
  },
});
