import type { Text } from './texts.js';

/** Under the dash of a list entry. */
export const INDENT = '    ';

export const HEAD: Text = {
  en: `# Tillbridge stands between the scanner and the cashier program: loyalty codes become your own card numbers,
# everything else passes as it was read.
#
#   tillbridge config check      is this file right?
#   tillbridge config schema     every key there is
#   tillbridge doctor            would anything stop a sale?
#
# Lines that begin with "#" and no space are examples: delete the "#" to use one.`,
  ru: `# Tillbridge стоит между сканером и кассовой программой: коды лояльности превращаются в номера карт вашего магазина,
# всё остальное проходит без изменений.
#
#   tillbridge config check      нет ли ошибок в этом файле
#   tillbridge config schema     все ключи, какие есть
#   tillbridge doctor            не помешает ли что-нибудь продажам
#
# Строки, которые начинаются с «#» без пробела, — примеры: уберите «#», и они заработают.`,
};

export const TITLES = {
  readers: { en: '# ---- Scanners', ru: '# ---- Сканеры' },
  codes: { en: '# ---- Which reads are loyalty codes? The first match wins; what matches nothing is goods.', ru: '# ---- Какие коды относятся к лояльности? Действует первое совпадение; всё, что не совпало, — товары.' },
  translators: { en: '# ---- How does a code become a number of your own? Tried in order until one has the answer.', ru: '# ---- Как код превращается в номер вашей карты? Пробуются по порядку, пока один не ответит.' },
  tills: { en: '# ---- Cashier programs', ru: '# ---- Кассовые программы' },
  routes: { en: '# ---- Which scanner belongs to which till?', ru: '# ---- Какой сканер к какой кассе относится?' },
  service: { en: '# ---- The program itself', ru: '# ---- Сама программа' },
} as const satisfies Readonly<Record<string, Text>>;

const COMMON_EXTRAS: Text = {
  en: `    #fallbackCharset: windows-1251             # for reads that are not UTF-8: windows-1251 or latin1
    #feedback: { sent: good, rejected: bad }   # what the scanner signals, where it can`,
  ru: `    #fallbackCharset: windows-1251             # для чтений не в UTF-8: windows-1251 или latin1
    #feedback: { sent: good, rejected: bad }   # чем сканер откликается, если умеет`,
};

const extras = (en: string, ru: string): Text => ({ en: `${en}\n${COMMON_EXTRAS.en}`, ru: `${ru}\n${COMMON_EXTRAS.ru}` });

export const READER_EXTRAS = {
  stream: extras(
    '    #framing: { idleMs: 120, quietMs: 20 }     # ms; change only when reads come in pieces or stick together',
    '    #framing: { idleMs: 120, quietMs: 20 }     # мс; менять, только если чтения рвутся или слипаются',
  ),
  hid: extras(
    '    #layout: auto                              # by itself; `tillbridge devices learn` finds an unusual one',
    '    #layout: auto                              # сам; необычную раскладку найдёт `tillbridge devices learn`',
  ),
  keyboard: extras(
    '    #gapMs: auto                               # ms of pause that end a read without Enter; adapts by itself',
    '    #gapMs: auto                               # пауза в мс, которая завершает чтение без Enter; подстраивается сама',
  ),
  mobile: extras(
    '    #tills: [front]                            # several tills: the phone shows a switch\n    #host: auto                                # every private address of this machine, never one of the internet',
    '    #tills: [front]                            # несколько касс: на телефоне появится переключатель\n    #host: auto                                # все внутренние адреса этой машины, никогда не адреса интернета',
  ),
} as const satisfies Readonly<Record<string, Text>>;

export const CODES: Text = {
  en: `codes:
  - name: universal
    kind: card                       # card, coupon or phone
    match: '^98(?<value>\\d{14})$'    # 98 and 14 digits; "value" is the part that matters
  #- name: coupon
    #kind: coupon
    #match: '^CPN(?<value>[0-9A-Z]{6,20})$'
    #symbologies: [qr, code128]       # only where the scanner sends the symbology
  #- name: phone
    #kind: phone
    #match: '^\\+?7(?<value>\\d{10})$'`,
  ru: `codes:
  - name: universal
    kind: card                       # card — карта, coupon — купон, phone — телефон
    match: '^98(?<value>\\d{14})$'    # 98 и ещё 14 цифр; «value» — та часть, которая нужна
  #- name: coupon
    #kind: coupon
    #match: '^CPN(?<value>[0-9A-Z]{6,20})$'
    #symbologies: [qr, code128]       # только если сканер передаёт вид кода
  #- name: phone
    #kind: phone
    #match: '^\\+?7(?<value>\\d{10})$'`,
};

export const TRANSLATORS: Text = {
  en: `translators:
  - type: table                      # fill it: tillbridge cards import FILE   (columns: code,card)
  # computed instead of looked up: 2, digits 4 to 14 of the value, and an EAN-13 check digit
  #- type: rule
    #codes: [universal]
    #number: '2{value:4..14}{ean13}'

# What if there is no number? reject: the till gets nothing; passThrough: it gets the code as it was read.
#on: { notFound: reject, unavailable: reject, blocked: reject, ambiguous: reject }`,
  ru: `translators:
  - type: table                      # заполнить: tillbridge cards import ФАЙЛ   (столбцы: code,card)
  # вычислить вместо поиска: 2, цифры с 4-й по 14-ю и контрольная цифра EAN-13
  #- type: rule
    #codes: [universal]
    #number: '2{value:4..14}{ean13}'

# Что делать, если номера нет? reject — касса не получит ничего; passThrough — получит код как есть.
#on: { notFound: reject, unavailable: reject, blocked: reject, ambiguous: reject }`,
};

export const TILL_EXTRAS = {
  client: {
    en: `    # The cashier program connects to the API or uses the SDK. It needs a token: tillbridge clients pair --name Till --scope scan:read,delivery --till front
    #expireMs: 15000     # a number that the program has not claimed by then is withdrawn, ms
    #duplicateMs: 2000   # the same code within this time counts once, ms`,
    ru: `    # Кассовая программа подключается к API или использует SDK. Ей нужен токен: tillbridge clients pair --name Till --scope scan:read,delivery --till front
    #expireMs: 15000     # номер, который программа за это время не забрала, отзывается, мс
    #duplicateMs: 2000   # тот же код за это время считается один раз, мс`,
  },
  virtualCom: {
    en: `    # In the cashier program, choose a scanner on this port. The number is written, then the suffix.
    #gapMs: 100          # 1C: silence around a loyalty number, ms
    #track2: true        # the program expects a magnetic card: ;NUMBER?
    #expireMs: 5000      # a number that the till has not taken by then is withdrawn, ms
    #duplicateMs: 2000   # the same code within this time counts once, ms`,
    ru: `    # В кассовой программе выберите сканер на этом порту. Туда пишется номер, затем суффикс.
    #gapMs: 100          # для 1С: тишина до и после номера, мс
    #track2: true        # программа ждёт магнитную карту: ;НОМЕР?
    #expireMs: 5000      # номер, который касса за это время не забрала, отзывается, мс
    #duplicateMs: 2000   # тот же код за это время считается один раз, мс`,
  },
  keyboard: {
    en: `    # Typed into this window only, when it is in front. \`tillbridge doctor\` says what is in front, and whether goods would lose GS. See docs/keyboard.md
    #keyDelayMs: 5       # the program loses keys: a pause between two, ms
    #controls: [GS]      # the program takes GS from the keyboard (Ctrl+]): try it with a marked product
    #markedGoods: false  # no products with marking codes are sold here
    #expireMs: 5000      # a number whose window has not come in front by then is withdrawn, ms
    #duplicateMs: 2000   # the same code within this time counts once, ms`,
    ru: `    # Печатается только в это окно, когда оно впереди. Какое окно впереди и не потеряют ли товары GS, говорит \`tillbridge doctor\`. См. docs/keyboard.ru.md
    #keyDelayMs: 5       # программа теряет клавиши: пауза между ними, мс
    #controls: [GS]      # программа принимает GS с клавиатуры (Ctrl+]): проверьте на маркированном товаре
    #markedGoods: false  # товаров с маркировкой здесь нет
    #expireMs: 5000      # номер, чьё окно за это время не оказалось впереди, отзывается, мс
    #duplicateMs: 2000   # тот же код за это время считается один раз, мс`,
  },
  rkeeper: {
    en: `    # In r_keeper: a COM reader on this port, 9600 baud, and MCR algorithms for these texts; 000012885 stands for your restaurant. See docs/rkeeper.md
    #numbers: { length: { card: [6], coupon: [9] } }   # what the masks of your MCR algorithms take
    #expireMs: 5000      # a number that the till has not taken by then is withdrawn, ms
    #duplicateMs: 2000   # the same code within this time counts once, ms`,
    ru: `    # В r_keeper: считыватель COM на этом порту, 9600 бод, и алгоритмы МКР для этих строк; 000012885 — номер вашего ресторана. См. docs/rkeeper.ru.md
    #numbers: { length: { card: [6], coupon: [9] } }   # что принимают маски ваших алгоритмов МКР
    #expireMs: 5000      # номер, который касса за это время не забрала, отзывается, мс
    #duplicateMs: 2000   # тот же код за это время считается один раз, мс`,
  },
  onec: {
    en: `    # In 1C: upload the driver's ZIP, and enter this port and the token in the settings of the equipment. The token: 16 characters and more. See docs/1c.md
    #confirmMs: 3000     # with our configuration extension: it puts the card into the receipt and confirms, ms
    #gapMs: 100          # silence around a loyalty number, ms
    #expireMs: 5000      # a number that 1C has not taken by then is withdrawn, ms
    #duplicateMs: 2000   # the same code within this time counts once, ms`,
    ru: `    # В 1С: загрузите ZIP драйвера и укажите этот порт и токен в настройках оборудования. Токен не короче 16 символов. См. docs/1c.ru.md
    #confirmMs: 3000     # с нашим расширением: оно ставит карту в чек и подтверждает это, мс
    #gapMs: 100          # тишина до и после номера, мс
    #expireMs: 5000      # номер, который 1С за это время не приняла, отзывается, мс
    #duplicateMs: 2000   # тот же код за это время считается один раз, мс`,
  },
  onecDevice: {
    en: `    # In 1C: driver "1С:Сканеры штрихкода" on this port (Windows: the other end of the pair), 9600 baud, Suffix 13. See docs/1c.md
    #charset: ascii      # numbers may hold letters
    #gapMs: 100          # silence around a loyalty number, ms
    #expireMs: 5000      # a number that the till has not taken by then is withdrawn, ms
    #duplicateMs: 2000   # the same code within this time counts once, ms`,
    ru: `    # В 1С: драйвер «1С:Сканеры штрихкода» на этом порту (в Windows: другой конец пары), 9600 бод, Suffix 13. См. docs/1c.ru.md
    #charset: ascii      # в номерах бывают буквы
    #gapMs: 100          # тишина до и после номера, мс
    #expireMs: 5000      # номер, который касса за это время не забрала, отзывается, мс
    #duplicateMs: 2000   # тот же код за это время считается один раз, мс`,
  },
  iiko: {
    en: `    # The plugin of iikoFront shows this secret (16 to 200 letters, digits, _, -): the same text stands in tillbridge.secret of its configuration folder. See docs/iiko.md
    #cashierMessage: en  # what the cashier reads on the till's screen: en, ru, off
    #expireMs: 10000     # a number that is not on the order by then is withdrawn, ms
    #duplicateMs: 2000   # the same code within this time counts once, ms`,
    ru: `    # Этот секрет предъявляет плагин iikoFront (16–200 букв, цифр, _, -): тот же текст в tillbridge.secret в папке его настроек. См. docs/iiko.ru.md
    #cashierMessage: ru  # на каком языке сообщать кассиру на экране кассы: ru, en, off
    #expireMs: 10000     # номер, который за это время не попал в заказ, отзывается, мс
    #duplicateMs: 2000   # тот же код за это время считается один раз, мс`,
  },
  webhook: {
    en: `    # The key signs every request. Set it where tillbridge starts, or keep it in a file: "\${file:webhook.key}"
    #timeoutMs: 5000     # time for an answer, ms
    #expireMs: 5000      # a number older than this is not sent any more, ms
    #duplicateMs: 2000   # the same code within this time counts once, ms`,
    ru: `    # Ключом подписывается каждый запрос. Задайте переменную там, где запускается tillbridge, или храните ключ в файле: "\${file:webhook.key}"
    #timeoutMs: 5000     # время на ответ, мс
    #expireMs: 5000      # номер старше этого уже не отправляется, мс
    #duplicateMs: 2000   # тот же код за это время считается один раз, мс`,
  },
} as const satisfies Readonly<Record<string, Text>>;

export const ROUTES = {
  virtualCom: {
    en: `# With one till nothing is needed here: every scanner belongs to it.
#routes:
  #- { readers: [counter], till: front, goods: front }`,
    ru: `# Пока касса одна, здесь ничего не нужно: все сканеры относятся к ней.
#routes:
  #- { readers: [counter], till: front, goods: front }`,
  },
  iiko: {
    en: `# The plugin cannot carry goods: products read by this scanner are dropped and counted.
# If iikoFront must see them too, let iikoFront own the scanner (reader: type till), or add a virtual-com till and name it under "goods".
routes:
  - { readers: [counter], till: front, goods: none }`,
    ru: `# Через плагин товары не передаются: прочитанные этим сканером товары отбрасываются и считаются.
# Если их должен видеть и iikoFront, оставьте сканер ему (считыватель type: till) или добавьте кассу virtual-com и назовите её в «goods».
routes:
  - { readers: [counter], till: front, goods: none }`,
  },
  webhook: {
    en: `# A webhook cannot carry goods: products read by this scanner are dropped and counted.
# If the cashier program must see them too, add a virtual-com till and name it under "goods".
routes:
  - { readers: [counter], till: front, goods: none }`,
    ru: `# Через webhook товары не передаются: прочитанные этим сканером товары отбрасываются и считаются.
# Если их должна видеть и кассовая программа, добавьте кассу virtual-com и назовите её в «goods».
routes:
  - { readers: [counter], till: front, goods: none }`,
  },
} as const satisfies Readonly<Record<string, Text>>;

export const SERVICE: Text = {
  en: `#api: { host: 127.0.0.1, port: 7843 }        # or: api: off
#journal: { keepDays: 90 }                   # what happened to each loyalty scan; numbers are masked
#log: { level: info, file: null }            # null: to the console`,
  ru: `#api: { host: 127.0.0.1, port: 7843 }        # или: api: off
#journal: { keepDays: 90 }                   # что стало с каждым кодом лояльности; номера скрыты
#log: { level: info, file: null }            # null: в консоль`,
};
