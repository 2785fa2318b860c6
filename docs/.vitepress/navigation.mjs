// The menu of the book, in reading order. A page is named by its path below the repository; its title is its first heading, or what stands here where
// that would be too long for a menu.

/** @typedef {string | { page: string, en: string, ru: string }} Entry */

export const MENU = [
  {
    en: 'Start',
    ru: 'Начало',
    pages: [
      { page: 'docs/guide/concepts.md', en: 'Concepts', ru: 'Понятия' },
      { page: 'docs/guide/first-scan.md', en: 'The first scan', ru: 'Первое сканирование' },
      { page: 'docs/install.md', en: 'Installing', ru: 'Установка' },
    ],
  },
  {
    en: 'Quick starts',
    ru: 'Быстрый старт',
    pages: [
      { page: 'docs/guide/quick-1c.md', en: '1C:Enterprise', ru: '1С:Предприятие' },
      { page: 'docs/guide/quick-iiko.md', en: 'iiko and Syrve', ru: 'iiko и Syrve' },
      { page: 'docs/guide/quick-rkeeper.md', en: 'r_keeper 7', ru: 'r_keeper 7' },
      { page: 'docs/guide/quick-keyboard.md', en: 'A till that is typed into', ru: 'Касса с вводом с клавиатуры' },
      { page: 'docs/guide/quick-virtual-com.md', en: 'A till with a serial scanner', ru: 'Касса со сканером на COM-порту' },
      { page: 'docs/guide/role-administrator.md', en: 'For administrators', ru: 'Администратору магазина' },
      { page: 'docs/guide/role-developer.md', en: 'For developers of cashier software', ru: 'Разработчику кассовой программы' },
      { page: 'docs/guide/role-integrator.md', en: 'For integrators', ru: 'Интегратору' },
    ],
  },
  {
    en: 'Tills',
    ru: 'Кассы',
    pages: [
      { page: 'docs/1c.md', en: '1C', ru: '1С' },
      { page: 'docs/iiko.md', en: 'iiko', ru: 'iiko' },
      { page: 'docs/rkeeper.md', en: 'r_keeper', ru: 'r_keeper' },
      { page: 'docs/keyboard.md', en: 'Keyboard till', ru: 'Касса-клавиатура' },
      { page: 'docs/agent.md', en: 'The agent of the session', ru: 'Агент сеанса кассира' },
      { page: 'docs/stations.md', en: 'Other machines', ru: 'Другие машины' },
    ],
  },
  {
    en: 'Devices',
    ru: 'Устройства',
    pages: [
      { page: 'firmware-docs/README.md', en: 'The device side', ru: 'Сторона устройств' },
      { page: 'firmware-docs/profiles.md', en: 'Known scanners', ru: 'Известные сканеры' },
      { page: 'firmware-docs/set-up-sheets.md', en: 'Set-up sheets', ru: 'Листы настройки' },
      { page: 'firmware-docs/profile-format.md', en: 'Profile format', ru: 'Формат профиля' },
      { page: 'firmware-docs/serial.md', en: 'Serial scanners', ru: 'Сканеры на COM-порту' },
      { page: 'firmware-docs/hid-pos.md', en: 'HID POS', ru: 'HID POS' },
      { page: 'firmware-docs/keyboard-mode.md', en: 'Keyboard mode', ru: 'Режим клавиатуры' },
      { page: 'docs/keyboard-windows.md', en: 'Keyboard scanners on Windows', ru: 'Сканер-клавиатура в Windows' },
      { page: 'docs/phone.md', en: 'Phones as scanners', ru: 'Телефон как сканер' },
      { page: 'docs/phone-recognition.md', en: 'What a phone recognises', ru: 'Что распознаёт телефон' },
      { page: 'docs/phone-security.md', en: 'Security of phones', ru: 'Безопасность телефонов' },
      { page: 'firmware-docs/phone-protocol.md', en: 'Phone protocol', ru: 'Протокол телефонов' },
      { page: 'firmware-docs/1c-line-protocol.md', en: '1C line protocol', ru: 'Протокол драйвера 1С' },
      { page: 'firmware-docs/iiko-plugin-contract.md', en: 'iiko plugin contract', ru: 'Контракт плагина iiko' },
    ],
  },
  {
    en: 'NFC',
    ru: 'NFC',
    pages: [
      { page: 'firmware-docs/nfc/README.md', en: 'Contactless readers', ru: 'Бесконтактные считыватели' },
      { page: 'firmware-docs/nfc/setup.md', en: 'Set up', ru: 'Настройка' },
      { page: 'firmware-docs/nfc/readers.md', en: 'Readers', ru: 'Считыватели' },
      { page: 'firmware-docs/nfc/cards.md', en: 'Cards and tags', ru: 'Карты и метки' },
      { page: 'firmware-docs/nfc/apple-vas.md', en: 'Apple Wallet', ru: 'Apple Wallet' },
      { page: 'firmware-docs/nfc/google-smart-tap.md', en: 'Google Wallet', ru: 'Google Wallet' },
      { page: 'firmware-docs/nfc/hce.md', en: 'HCE contract', ru: 'Контракт HCE' },
      { page: 'firmware-docs/nfc/simulator.md', en: 'Simulator', ru: 'Симулятор' },
    ],
  },
  {
    en: 'Loyalty',
    ru: 'Лояльность',
    pages: [
      { page: 'docs/codes.md', en: 'Kinds of codes', ru: 'Виды кодов' },
      { page: 'docs/feeds.md', en: 'Cards that come by themselves', ru: 'Карты, которые приходят сами' },
      { page: 'firmware-docs/rotating-code.md', en: 'Rotating codes', ru: 'Меняющиеся коды' },
      { page: 'docs/platforms.md', en: 'Loyalty platforms', ru: 'Платформы лояльности' },
      { page: 'docs/platform-presets.md', en: 'Presets', ru: 'Готовые описания' },
      { page: 'docs/platforms-universal.md', en: 'A directory of your own', ru: 'Свой справочник' },
      { page: 'docs/receipts.md', en: 'Receipts', ru: 'Чеки' },
      { page: 'docs/guide/offline-matrix.md', en: 'Without the internet', ru: 'Без интернета' },
    ],
  },
  {
    en: 'Operating',
    ru: 'Эксплуатация',
    pages: [
      { page: 'docs/windows.md', en: 'Windows', ru: 'Windows' },
      { page: 'docs/console.md', en: 'The console', ru: 'Консоль' },
      { page: 'docs/journal.md', en: 'The journal', ru: 'Журнал' },
      { page: 'docs/guide/troubleshooting.md', en: 'Troubleshooting', ru: 'Неполадки по признакам' },
      { page: 'docs/guide/security-and-privacy.md', en: 'Security and privacy', ru: 'Безопасность и личные данные' },
      { page: 'docs/bench.md', en: 'How fast here?', ru: 'Быстро ли здесь?' },
      { page: 'docs/performance.md', en: 'Performance', ru: 'Быстродействие' },
      { page: 'docs/promises.md', en: 'Promises and figures', ru: 'Обещания и цифры' },
      { page: 'docs/metrics.md', en: 'Metrics', ru: 'Метрики' },
      { page: 'docs/record-replay.md', en: 'Record and replay', ru: 'Запись и повтор' },
    ],
  },
  {
    en: 'Developing',
    ru: 'Разработка',
    pages: [
      { page: 'docs/sdk.md', en: 'SDK', ru: 'SDK' },
      { page: 'docs/api.md', en: 'Local API', ru: 'Локальный API' },
      { page: 'docs/events.md', en: 'Events', ru: 'События' },
      { page: 'docs/plugins.md', en: 'Plugins', ru: 'Плагины' },
      { page: 'docs/authoring/plugin.md', en: 'Write a plugin', ru: 'Свой плагин' },
      { page: 'docs/authoring/adapter.md', en: 'Write a till adapter', ru: 'Свой адаптер кассы' },
      { page: 'docs/authoring/reader.md', en: 'Write a reader', ru: 'Свой считыватель' },
      { page: 'docs/authoring/profile.md', en: 'Write a scanner profile', ru: 'Свой профиль сканера' },
      { page: 'docs/authoring/preset.md', en: 'Write a platform preset', ru: 'Свой пресет платформы' },
      { page: 'docs/sim-till-1c.md', en: 'Simulator: 1C', ru: 'Симулятор: 1С' },
      { page: 'docs/sim-till-iiko.md', en: 'Simulator: iiko', ru: 'Симулятор: iiko' },
      { page: 'docs/sim-till-rkeeper.md', en: 'Simulator: r_keeper', ru: 'Симулятор: r_keeper' },
      { page: 'docs/sim-platform.md', en: 'Simulator: platforms', ru: 'Симулятор: платформы' },
    ],
  },
  {
    en: 'Reference',
    ru: 'Справочник',
    pages: [
      { page: 'docs/cli.md', en: 'Command line', ru: 'Командная строка' },
      { page: 'docs/configuration.md', en: 'Configuration', ru: 'Конфигурация' },
      { page: 'docs/errors.md', en: 'Errors', ru: 'Ошибки' },
      // HTML of typedoc, beside the pages
      { link: '/api-reference/index.html', en: 'API reference', ru: 'Справочник API' },
    ],
  },
  {
    en: 'Project',
    ru: 'Проект',
    pages: [
      { page: 'docs/guide/comparison.md', en: 'Comparison', ru: 'Сравнение' },
      { page: 'docs/threat-model.md', en: 'Threat model', ru: 'Модель угроз' },
      { page: 'docs/supply-chain.md', en: 'Supply chain', ru: 'Цепочка поставки' },
      { page: 'docs/versions.md', en: 'Versions', ru: 'Версии' },
      { page: 'docs/chaos.md', en: 'Chaos suite', ru: 'Испытание хаосом' },
      { page: 'CONTRIBUTING.md', en: 'Contributing', ru: 'Участие в разработке' },
      { page: 'docs/adr/README.md', en: 'Decisions', ru: 'Решения' },
      { page: 'CHANGELOG.md', en: 'Changelog', ru: 'Изменения' },
    ],
  },
];

/** Pages that are reached from others of their kind, and in no menu. */
export const NOT_IN_MENU = ['docs/index.md', /^docs\/adr\/\d{4}-/];
