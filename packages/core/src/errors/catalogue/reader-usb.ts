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
});
