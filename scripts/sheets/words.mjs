// What the set-up sheets say, in both languages.
export const WORDS = {
  en: {
    file: 'set-up-sheets.md',
    print: 'set-up-sheets.print.xhtml',
    title: 'Set-up sheets',
    twin: '[По-русски](set-up-sheets.ru.md) · [to print](set-up-sheets.print.xhtml)',
    to: { serial: 'To serial mode (USB-COM)', hidPos: 'To HID POS mode', suffixCr: 'Terminator', keyboard: 'Back to keyboard mode' },
    mode: { serial: 'serial (USB-COM)', hidPos: 'HID POS' },
    intro: [
      'A scanner leaves the factory as a keyboard, nearly always. Serial mode (USB-COM) keeps every byte, marking codes with GS included, and nobody else hears it;',
      'HID POS is as good where the till does not need a port. `tillbridge devices` names the way for the scanner that is plugged in.',
    ],
    how: 'How to use a sheet',
    steps: [
      'Plug in the scanner and look up its mode: `tillbridge devices`.',
      "Only with a scanner of that make: scan the codes of one way from the screen or from paper, in their order. Each is confirmed by a tone. **An error tone, or the text of the code in your document, means that this model does not know it: stop and take its manual.** A scanner of another make may take the same code for another command.",
      'The scanner now has another product id and another device name. If it does not appear by itself, unplug it and plug it in again.',
      '`tillbridge devices` shows it as serial or HID POS. Put it into the configuration (below) and scan one product.',
      'When all is set, switch off the reading of configuration codes in the scanner, where its manual knows how: a guest could show one.',
    ],
    honesty: [
      '**None of these codes was tried on a scanner by us.** `printed`: the symbol was decoded from what its maker prints, and drawn anew. `assembled`: the command is',
      'documented, and the symbol was put together as the printed symbols of the same maker are. Where neither is to be had there is no code here, but the place in the manual:',
      'the same name stands for another code in another manual. The pictures are made by a program, and a test reads each of them back.',
    ],
    code: 'code', text: 'text', basis: 'known as', source: 'from', fnc3: 'FNC3, then ',
    sources: 'Where the codes come from',
    models: 'For', manual: 'Manual', feedback: 'Feedback', inWords: 'In the words of the manual',
    byIds: (ids, place) =>
      `the scanner is known in this mode alone, by its product id (${ids}). None of its maker's codes was decoded for this page: look for "USB COM", "USB CDC" or "Virtual COM" ${place ?? 'in the manual of the model'}`,
    noFeedback: 'Tillbridge sends these scanners nothing: no public code or command for a beep is known',
    others: 'Makes without a code here',
    config: 'Afterwards, in the configuration',
    configText: 'A scanner in serial mode, and one in HID POS mode. `match` finds the scanner in whatever socket it is; `tillbridge devices` shows its ids.',
    any: 'Any other scanner',
    anyLines: [
      'Look in its manual for "USB COM", "USB CDC", "Virtual COM", "USB serial" or "HID POS", "USB HID bar code scanner", and scan that code.',
      'A scanner that knows only keyboard mode works on Linux with `type: keyboard`: [keyboard mode](keyboard-mode.md). On Windows: [keys behind a prefix](../docs/keyboard-windows.md).',
      '`tillbridge devices learn` finds out what an unknown scanner sends.',
    ],
    made: 'This page is written by `node scripts/set-up-sheets.mjs`; a test keeps it in step.',
    printNote: 'Print at 100 %, without "fit to page". Scan the codes of one way in their order.',
  },
  ru: {
    file: 'set-up-sheets.ru.md',
    print: 'set-up-sheets.print.ru.xhtml',
    title: 'Листы настройки сканеров',
    twin: '[In English](set-up-sheets.md) · [для печати](set-up-sheets.print.ru.xhtml)',
    to: { serial: 'В режим COM-порта (USB-COM)', hidPos: 'В режим HID POS', suffixCr: 'Завершающий символ', keyboard: 'Обратно в режим клавиатуры' },
    mode: { serial: 'COM-порт (USB-COM)', hidPos: 'HID POS' },
    intro: [
      'Сканер почти всегда продаётся в режиме клавиатуры. В режиме COM-порта (USB-COM) доходит каждый байт, в том числе GS в кодах маркировки, и никто',
      'другой их не слышит; HID POS не хуже там, где кассе не нужен порт. Как переключить подключённый сканер, говорит `tillbridge devices`.',
    ],
    how: 'Как пользоваться листом',
    steps: [
      'Подключите сканер и узнайте его режим: `tillbridge devices`.',
      'Только сканером этого производителя: считайте коды одного способа с экрана или с бумаги, по порядку. Каждый подтверждается сигналом. **Сигнал ошибки или текст кода в документе значит, что эта модель его не знает: остановитесь и возьмите её инструкцию.** Сканер другого производителя может принять тот же код за другую команду.',
      'У сканера теперь другой код изделия и другое имя устройства. Если он не появился сам, выньте кабель и вставьте снова.',
      '`tillbridge devices` показывает его как COM-порт или HID POS. Впишите его в конфигурацию (ниже) и считайте один товар.',
      'Когда всё готово, отключите в сканере приём настроечных кодов, если его инструкция это умеет: такой код может показать и гость.',
    ],
    honesty: [
      '**Ни один из этих кодов мы не пробовали на сканере.** `напечатан` — символ прочитан из того, что печатает производитель, и нарисован заново. `собран` — команда',
      'описана в документах, а символ составлен так же, как напечатанные символы того же производителя. Где нет ни того, ни другого, здесь не код, а место в инструкции:',
      'одно и то же название в разных инструкциях означает разные коды. Картинки делает программа, а тест читает каждую обратно.',
    ],
    code: 'код', text: 'содержимое', basis: 'известен как', source: 'откуда', fnc3: 'FNC3, затем ',
    sources: 'Откуда взяты коды',
    models: 'Для', manual: 'Инструкция', feedback: 'Сигналы', inWords: 'Словами инструкции',
    byIds: (ids, place) =>
      `сканер известен только в этом режиме, по коду изделия (${ids}). Ни один код его производителя для этой страницы не прочитан: ищите «USB COM», «USB CDC» или «Virtual COM» ${place ?? 'в инструкции модели'}`,
    noFeedback: 'Этим сканерам Tillbridge ничего не посылает: ни кода, ни команды звукового сигнала в открытом доступе нет',
    others: 'Производители, для которых кода здесь нет',
    config: 'После этого — в конфигурации',
    configText: 'Сканер в режиме COM-порта и сканер в режиме HID POS. По `match` сканер находится в любом гнезде; его номера показывает `tillbridge devices`.',
    any: 'Любой другой сканер',
    anyLines: [
      'Найдите в его инструкции «USB COM», «USB CDC», «Virtual COM», «USB serial» или «HID POS», «USB HID bar code scanner» и считайте этот код.',
      'Сканер, который умеет только режим клавиатуры, работает на Linux с `type: keyboard`: [режим клавиатуры](keyboard-mode.md). На Windows: [клавиши за префиксом](../docs/keyboard-windows.ru.md).',
      '`tillbridge devices learn` узнаёт, что посылает незнакомый сканер.',
    ],
    made: 'Страницу пишет `node scripts/set-up-sheets.mjs`; тест следит, чтобы она не отставала.',
    printNote: 'Печатайте в масштабе 100 %, без «по размеру страницы». Считывайте коды одного способа по порядку.',
  },
};

export const BASIS = { en: { printed: '`printed`', assembled: '`assembled`' }, ru: { printed: '`напечатан`', assembled: '`собран`' } };
