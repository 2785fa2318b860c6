import { defineTexts } from '../../i18n';

export const texts = defineTexts({
  en: {
    title: 'Programs and phones',
    programs: 'Programs that may use the bridge', noPrograms: 'No program is paired.',
    name: 'Name', rights: 'Rights', paired: 'Paired', seen: 'Last seen', never: 'never', revoke: 'Revoke', you: 'this page',
    revokeSure: (name: string) => `Revoke ${name}? It can do nothing any more, at once.`, revokeYou: 'This is the page that you are using: you will be signed out.', keep: 'Keep it', revoked: (name: string) => `${name} is revoked.`,
    pair: 'Pair a program', pairHint: 'You get a code of eight digits. The program asks for it.', nameHint: 'So that you find it again, such as: till program at the entrance.', forTill: 'For the till', offer: 'Show a code', noScopes: 'Choose at least one right.', noDelivery: 'A program that takes over loyalty numbers itself is paired by a page that may see numbers: tillbridge console --reveal, or on the command line: tillbridge clients pair.',
    code: 'Code', codeHint: 'Type this code into the program. It works once.', left: (seconds: string) => `${seconds} s left`, over: 'The code has run out. Ask for a new one.', used: (name: string) => `${name} is paired.`, close: 'Close',
    scopes: {
      'status:read': 'See how readers, tills and the bridge are doing', 'scan:read': 'See scans and the journal, masked', 'scan:inject': 'Feed in scans', 'number:reveal': 'See codes and numbers in full', 'goods:read': 'See goods that are scanned', 'receipt:write': 'Report closed sales',
      'cards:read': 'Look into the card table', 'cards:write': 'Change the card table', 'config:read': 'See the configuration', 'config:write': 'Change the configuration: whoever may do that may do everything', 'clients:admin': 'Pair and revoke programs', 'phones:admin': 'Pair and revoke phones', 'support:read': 'Run the doctor, get the support bundle',
      delivery: 'Take over the loyalty numbers of this till, in full', till: 'Say when a sale of this till begins and ends',
    },
    phones: 'Phones as scanners', noPhones: 'No phone is paired.', till: 'Till', anyTill: 'by the route', pairPhone: 'Pair a phone', phoneHint: 'Scan this with the camera of the phone. It works once. The browser of the phone warns about the certificate: go on.', phoneAddress: 'Address that the phone reaches this machine by', virtual: ', virtual: phones hardly reach it', phoneOther: 'If the phone shows another one, close the page there.', connected: 'now, connected', phoneLink: 'Or open this address on the phone:', phoneCode: 'Code on the phone', rename: 'Change', save: 'Save', saved: 'Saved.', phoneName: 'Name of the phone', qr: 'QR code of the address',
  },
  ru: {
    title: 'Программы и телефоны',
    programs: 'Программы, которым доступен мост', noPrograms: 'Сопряжённых программ нет.',
    name: 'Название', rights: 'Права', paired: 'Сопряжена', seen: 'Была на связи', never: 'никогда', revoke: 'Отозвать', you: 'эта страница',
    revokeSure: (name: string) => `Отозвать доступ: ${name}? Она сразу ничего больше не сможет.`, revokeYou: 'Это страница, которой вы пользуетесь: вы выйдете из неё.', keep: 'Оставить', revoked: (name: string) => `Доступ отозван: ${name}.`,
    pair: 'Сопрячь программу', pairHint: 'Вы получите код из восьми цифр. Его спросит программа.', nameHint: 'Чтобы потом узнать её, например: касса у входа.', forTill: 'Для кассы', offer: 'Показать код', noScopes: 'Выберите хотя бы одно право.', noDelivery: 'Программу, которая сама получает номера лояльности, сопрягает страница с правом видеть номера: tillbridge console --reveal, или команда tillbridge clients pair.',
    code: 'Код', codeHint: 'Введите этот код в программе. Он действует один раз.', left: (seconds: string) => `осталось ${seconds} с`, over: 'Код истёк. Запросите новый.', used: (name: string) => `Сопряжена: ${name}.`, close: 'Закрыть',
    scopes: {
      'status:read': 'Видеть состояние сканеров, касс и моста', 'scan:read': 'Видеть сканы и журнал под масками', 'scan:inject': 'Подавать сканы', 'number:reveal': 'Видеть коды и номера полностью', 'goods:read': 'Видеть сканируемые товары', 'receipt:write': 'Сообщать о закрытых продажах',
      'cards:read': 'Смотреть таблицу карт', 'cards:write': 'Изменять таблицу карт', 'config:read': 'Видеть настройки', 'config:write': 'Изменять настройки: кто может это, может всё', 'clients:admin': 'Сопрягать и отзывать программы', 'phones:admin': 'Сопрягать и отзывать телефоны', 'support:read': 'Запускать проверку, получать сведения для поддержки',
      delivery: 'Получать номера лояльности этой кассы, полностью', till: 'Сообщать о начале и конце продажи на этой кассе',
    },
    phones: 'Телефоны вместо сканеров', noPhones: 'Сопряжённых телефонов нет.', till: 'Касса', anyTill: 'по маршруту', pairPhone: 'Сопрячь телефон', phoneHint: 'Наведите на это камеру телефона. Действует один раз. Браузер телефона предупредит о сертификате: продолжайте.', phoneAddress: 'Адрес, по которому телефон видит эту машину', virtual: ', виртуальный: телефоны вряд ли достучатся', phoneOther: 'Если на телефоне другой код, закройте там страницу.', connected: 'сейчас на связи', phoneLink: 'Или откройте этот адрес на телефоне:', phoneCode: 'Код на телефоне', rename: 'Изменить', save: 'Сохранить', saved: 'Сохранено.', phoneName: 'Название телефона', qr: 'QR-код адреса',
  },
});
