import type { Language } from '@tillbridge/core';

/** The words of the page that leads through trusting the till. */
export interface TrustTexts {
  readonly title: string;
  readonly why: string;
  readonly open: string;
  readonly noAuthority: string;
  readonly warningTitle: string;
  readonly warningSteps: readonly string[];
  readonly iphone: string;
  readonly iphoneButton: string;
  readonly iphoneSteps: readonly string[];
  readonly android: string;
  readonly androidButton: string;
  readonly androidSteps: readonly string[];
  readonly check: string;
  readonly limits: string;
  readonly photo: string;
  readonly other: string;
}

// names of settings as Apple and Google have them in their own languages (Apple, support document 102390; Google, Android help 2844832)
export const TRUST_TEXTS: Readonly<Record<Language, TrustTexts>> = {
  en: {
    title: 'Make this phone trust the till',
    why: 'Once per phone. Afterwards the scanner opens without a warning, starts faster and can stand on the home screen.',
    open: 'Open the scanner',
    noAuthority: 'This till has no certificate authority. The scanner works all the same: the browser warns, you allow it. To get rid of the warning, run `tillbridge ca create` at the till and reload this page.',
    warningTitle: 'Without it: when the browser warns',
    warningSteps: ['iPhone: “Show Details”, then “visit this website”, confirm.', 'Android: “Advanced”, then “Proceed to … (unsafe)”.', 'Compare the address with the one on the till\'s screen before you do.'],
    iphone: 'iPhone, iPad',
    iphoneButton: 'Download the profile',
    iphoneSteps: [
      'Open this page in Safari and tap the button. Tap “Allow”.',
      'Settings: “Profile Downloaded” at the top (or General, VPN & Device Management). Tap “Install”.',
      'Settings, General, About, at the bottom: “Certificate Trust Settings”. Switch “{name}” on. Without this step nothing changes.',
    ],
    android: 'Android',
    androidButton: 'Download the certificate',
    androidSteps: [
      'Tap the button and keep the file.',
      'Settings, search for “CA certificate” (Security, Encryption & credentials, Install a certificate, CA certificate). Tap “Install anyway”.',
      'Choose the file from Downloads. Android wants a screen lock for this and says afterwards that the network may be monitored: that is about this certificate.',
    ],
    check: 'Compare this fingerprint with `tillbridge ca show` at the till before you install anything:',
    limits: 'The certificate is good for addresses of local networks only: it cannot stand for any site of the internet.',
    photo: 'No camera here? The scanner also takes photos of a code without any certificate:',
    other: 'По-русски',
  },
  ru: {
    title: 'Чтобы телефон доверял кассе',
    why: 'Один раз на телефон. После этого сканер открывается без предупреждений, быстрее и может стоять на главном экране.',
    open: 'Открыть сканер',
    noAuthority: 'Своего центра сертификации у этой кассы нет. Сканер работает и так: браузер предупредит, вы разрешите. Чтобы предупреждения не было, выполните на кассе `tillbridge ca create` и обновите эту страницу.',
    warningTitle: 'Без этого: если браузер предупреждает',
    warningSteps: ['iPhone: «Подробнее», затем «перейти на этот веб-сайт», подтвердить.', 'Android: «Дополнительные», затем «Перейти на сайт … (небезопасно)».', 'Сначала сравните адрес с тем, что на экране кассы.'],
    iphone: 'iPhone, iPad',
    iphoneButton: 'Скачать профиль',
    iphoneSteps: [
      'Откройте эту страницу в Safari, нажмите кнопку, затем «Разрешить».',
      'Настройки: вверху «Профиль загружен» (или «Основные» — «VPN и управление устройством»). Нажмите «Установить».',
      'Настройки — «Основные» — «Об этом устройстве», в самом низу «Доверие сертификатам». Включите «{name}». Без этого шага ничего не изменится.',
    ],
    android: 'Android',
    androidButton: 'Скачать сертификат',
    androidSteps: [
      'Нажмите кнопку и сохраните файл.',
      'Настройки, найдите поиском «Сертификат ЦС» («Безопасность» — «Шифрование и учётные данные» — «Установка сертификатов» — «Сертификат центра сертификации»). Нажмите «Всё равно установить».',
      'Выберите файл в «Загрузках». Android потребует блокировку экрана, а потом будет писать, что сеть может отслеживаться, — это про этот сертификат.',
    ],
    check: 'Перед установкой сравните отпечаток с тем, что показывает на кассе `tillbridge ca show`:',
    limits: 'Сертификат годится только для адресов локальной сети: выдать себя за сайт из интернета с ним нельзя.',
    photo: 'Камера не открывается? Сканер умеет читать код с фотографии и без сертификата:',
    other: 'In English',
  },
};
