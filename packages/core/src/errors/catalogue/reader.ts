import { area } from '../entry.js';

export const readerErrors = area({
  TB_READER_NOT_FOUND: {
    retryable: true,
    en: { message: 'reader {reader}: {path} is not there', remedy: 'plug the scanner in or correct its path; `tillbridge devices` lists what is connected' },
    ru: { message: 'считыватель {reader}: {path} не найден', remedy: 'подключите сканер или исправьте путь; подключённое показывает `tillbridge devices`' },
  },
  TB_READER_NO_MATCH: {
    retryable: true,
    en: {
      message: 'reader {reader}: no connected device matches {match}',
      remedy: 'plug the scanner in, or correct `match`; `tillbridge devices` shows the vid, pid and serial of what is connected',
    },
    ru: {
      message: 'считыватель {reader}: ни одно подключённое устройство не подходит под {match}',
      remedy: 'подключите сканер или исправьте `match`; vid, pid и serial подключённых устройств показывает `tillbridge devices`',
    },
  },
  TB_READER_MATCH_SEVERAL: {
    retryable: true,
    en: {
      message: 'reader {reader}: several devices match {match}: {found}',
      remedy: 'add `serial` to `match`, or give the `path` of the one that is meant',
    },
    ru: {
      message: 'считыватель {reader}: под {match} подходит несколько устройств: {found}',
      remedy: 'добавьте в `match` серийный номер `serial` или укажите `path` нужного устройства',
    },
  },
  TB_READER_AUTO_NONE: {
    retryable: true,
    en: {
      message: 'reader {reader}: no scanner in serial (USB-COM) mode was recognised',
      remedy:
        'plug the scanner in; if it types like a keyboard, switch it to USB-COM with the bar code from its manual; a scanner behind a general USB-serial adapter needs `path` or `match`',
    },
    ru: {
      message: 'считыватель {reader}: сканер в режиме COM-порта (USB-COM) не обнаружен',
      remedy:
        'подключите сканер; если он печатает как клавиатура, переведите его в режим USB-COM штрихкодом из его инструкции; для сканера через обычный переходник USB-COM укажите `path` или `match`',
    },
  },
  TB_READER_AUTO_SEVERAL: {
    retryable: true,
    en: {
      message: 'reader {reader}: several scanners are connected: {found}',
      remedy: 'say which one is meant: replace `auto: true` by its `path` or `match`',
    },
    ru: {
      message: 'считыватель {reader}: подключено несколько сканеров: {found}',
      remedy: 'укажите, какой из них нужен: замените `auto: true` на его `path` или `match`',
    },
  },
  TB_READER_BUSY: {
    retryable: true,
    en: {
      message: 'reader {reader}: another program holds {path}',
      remedy:
        'close that program or switch its scanner off in its settings (often the cashier program itself, or a second Tillbridge); on Linux `fuser -v {path}` names it',
    },
    ru: {
      message: 'считыватель {reader}: порт {path} занят другой программой',
      remedy:
        'закройте эту программу или отключите в ней сканер (часто это сама кассовая программа или второй экземпляр Tillbridge); в Linux её назовёт `fuser -v {path}`',
    },
  },
  TB_READER_NO_PERMISSION: {
    retryable: true,
    en: {
      message: 'reader {reader}: no permission to open {path}',
      remedy:
        'add the user that runs Tillbridge to the group that owns the port (`sudo usermod -aG dialout USER`, then log in again), or install a udev rule for the scanner',
    },
    ru: {
      message: 'считыватель {reader}: нет прав на открытие {path}',
      remedy:
        'добавьте пользователя, под которым работает Tillbridge, в группу порта (`sudo usermod -aG dialout USER`, затем войдите в систему заново) или установите правило udev для сканера',
    },
  },
  TB_READER_NOT_SERIAL: {
    retryable: true,
    en: {
      message: 'reader {reader}: {path} is not a serial port',
      remedy: 'correct `path`; `tillbridge devices` lists the serial ports',
    },
    ru: {
      message: 'считыватель {reader}: {path} — не последовательный порт',
      remedy: 'исправьте `path`; последовательные порты показывает `tillbridge devices`',
    },
  },
  TB_READER_SETTINGS: {
    retryable: false,
    en: {
      message: 'reader {reader}: {path} does not accept these settings: {problem}',
      remedy: 'set `baudRate`, `dataBits`, `parity` and `stopBits` as in the manual of the scanner; most use 9600, 8, none, 1',
    },
    ru: {
      message: 'считыватель {reader}: {path} не принимает такие параметры: {problem}',
      remedy: 'задайте `baudRate`, `dataBits`, `parity` и `stopBits` по инструкции к сканеру; чаще всего это 9600, 8, none, 1',
    },
  },
  TB_READER_VANISHED: {
    retryable: true,
    en: {
      message: 'reader {reader}: {path} went away while it was being read',
      remedy: 'check the plug and the cable; reading goes on by itself once the scanner is back',
    },
    ru: {
      message: 'считыватель {reader}: {path} пропал во время работы',
      remedy: 'проверьте разъём и кабель; чтение продолжится само, как только сканер снова появится',
    },
  },
  TB_READER_OPEN_FAILED: {
    retryable: true,
    en: {
      message: 'reader {reader}: {path} could not be opened: {problem}',
      remedy: 'unplug the scanner and plug it in again; `tillbridge doctor` checks the rest',
    },
    ru: {
      message: 'считыватель {reader}: не удалось открыть {path}: {problem}',
      remedy: 'отключите сканер и подключите его снова; остальное проверит `tillbridge doctor`',
    },
  },
  TB_READER_OPEN_TIMEOUT: {
    retryable: true,
    en: {
      message: 'reader {reader}: {path} did not open within {timeoutMs} ms',
      remedy: 'unplug the scanner and plug it in again; if that does not help, restart the machine: its driver hangs',
    },
    ru: {
      message: 'считыватель {reader}: {path} не открылся за {timeoutMs} мс',
      remedy: 'отключите сканер и подключите его снова; если не поможет, перезагрузите компьютер: завис драйвер',
    },
  },
  TB_READER_LISTEN_FAILED: {
    retryable: true,
    en: {
      message: 'reader {reader}: cannot listen on {host}:{port}: {problem}',
      remedy: 'choose a free port above 1024 and an address of this machine in `listen`',
    },
    ru: {
      message: 'считыватель {reader}: не удалось принять подключения на {host}:{port}: {problem}',
      remedy: 'укажите в `listen` свободный порт выше 1024 и адрес этого компьютера',
    },
  },
  TB_READER_CONNECT_FAILED: {
    retryable: true,
    en: {
      message: 'reader {reader}: no connection to the scanner at {host}:{port}: {problem}',
      remedy: 'check that the scanner is switched on, that it is on this network, and its address in `connect`',
    },
    ru: {
      message: 'считыватель {reader}: нет соединения со сканером {host}:{port}: {problem}',
      remedy: 'проверьте, что сканер включён, что он в этой сети и что его адрес в `connect` верен',
    },
  },
  TB_READER_DISCONNECTED: {
    retryable: true,
    en: {
      message: 'reader {reader}: the scanner at {host}:{port} closed the connection',
      remedy: 'nothing to do if the scanner was switched off; the connection is made again by itself',
    },
    ru: {
      message: 'считыватель {reader}: сканер {host}:{port} закрыл соединение',
      remedy: 'если сканер выключили, делать ничего не нужно; соединение восстановится само',
    },
  },
});
