// What scripts/guide-pictures.mjs draws. Coordinates in pixels of a ground 760 wide; texts in both languages or in one word for both.
const box = (at, size, tone, ...lines) => ({ shape: 'box', at, size, tone, lines });
const mono = (at, size, tone, ...lines) => ({ shape: 'box', at, size, tone, lines, mono: true });
const arrow = (from, to) => ({ shape: 'arrow', from, to });
const text = (at, words, style, anchor) => ({ shape: 'text', at, text: words, ...(style === undefined ? {} : { style }), ...(anchor === undefined ? {} : { anchor }) });
const both = (en, ru) => ({ en, ru });

const scanner = both('Scanner', 'Сканер');
const program = [both('Cashier', 'Кассовая'), both('program', 'программа')];

const goodsOrLoyalty = {
  title: both('Goods pass at once, loyalty codes are translated first', 'Товары проходят сразу, коды лояльности сначала переводятся'),
  height: 210,
  parts: [
    box([20, 75], [110, 60], 'plain', scanner),
    box([190, 65], [140, 80], 'ours', 'Tillbridge', both('loyalty or goods?', 'лояльность?')),
    box([590, 65], [150, 80], 'plain', ...program),
    arrow([130, 105], [190, 105]),
    arrow([330, 85], [590, 85]),
    arrow([330, 128], [400, 160]),
    box([400, 142], [120, 46], 'ours', both('translate', 'перевод')),
    arrow([520, 162], [590, 135]),
    text([345, 50], both('goods: at once, byte for byte', 'товар: сразу, байт в байт'), 'b'),
    text([345, 72], '4601234567893', 'm'),
    text([190, 195], both('loyalty: 9812345678901234', 'код: 9812345678901234'), 'm'),
    text([570, 195], both('number: 2700001234564', 'номер: 2700001234564'), 'm'),
  ],
};

const kinds = [
  ['serial', both('USB-COM, COM port', 'USB-COM, COM-порт')],
  ['hid', both('HID POS mode', 'режим HID POS')],
  ['keyboard', both('a scanner that types', 'сканер, который печатает')],
  ['nfc', both('cards, phones, wallets', 'карты, телефоны, кошельки')],
  ['mobile', both("a waiter's phone", 'телефон официанта')],
  ['tcp', both('network, simulators', 'сеть, имитаторы')],
  ['till', both("the till's own scanner", 'сканер самой кассы')],
];
const reader = {
  title: both('Seven kinds of readers give the same: a scan', 'Семь видов считывателей дают одно и то же: сканирование'),
  height: 300,
  parts: [
    ...kinds.flatMap(([name, about], i) => [mono([20, 16 + i * 39], [96, 32], 'plain', name), text([130, 37 + i * 39], about), arrow([366, 32 + i * 39], [470, 105 + i * 15])]),
    box([470, 90], [270, 120], 'ours', both('a scan', 'сканирование'), both('the bytes, the text, the time,', 'байты, текст, время,'), both('which reader, what symbology', 'какой считыватель,'), both('(where the scanner says it)', 'символика (если сканер её шлёт)')),
  ],
};

const samples = [
  ['9812345678901234', '^98\\d{14}$', both('card', 'карта'), 'good'],
  ['CPN-SPRING', '^CPN', both('coupon', 'купон'), 'good'],
  ['tel:+79000000077', 'payload: tel', both('phone', 'телефон'), 'good'],
  ['4601234567893', '-', both('goods', 'товар'), 'plain'],
];
const code = {
  title: both('The first rule that matches says what a code is', 'Что это за код, говорит первое подходящее правило'),
  height: 250,
  parts: [
    text([20, 34], both('what was read', 'что прочитано'), 'b'),
    text([285, 34], both('the rule under codes: that matches', 'подошедшее правило из codes:'), 'b'),
    text([600, 34], both('what it is', 'что это'), 'b'),
    ...samples.flatMap(([read, rule, kind, tone], i) => {
      const y = 50 + i * 47;
      return [mono([20, y], [190, 36], 'plain', read), arrow([210, y + 18], [285, y + 18]), mono([285, y], [190, 36], rule === '-' ? 'plain' : 'ours', rule === '-' ? both('none', 'никакое') : rule), arrow([475, y + 18], [590, y + 18]), box([590, y], [150, 36], tone, kind)];
    }),
  ],
};

const translator = {
  title: both('Translators are asked in order until one has an answer', 'Трансляторы спрашивают по порядку, пока один не ответит'),
  height: 200,
  parts: [
    mono([20, 40], [120, 46], 'plain', '98123456…'),
    arrow([140, 63], [190, 63]),
    box([190, 30], [165, 66], 'ours', 'table', both('the local card table', 'таблица карт на месте')),
    arrow([355, 63], [410, 63]),
    text([382, 26], both('not there', 'нет'), 's', 'middle'),
    box([410, 30], [130, 66], 'ours', 'http', both('the platform', 'платформа')),
    arrow([540, 63], [595, 63]),
    text([567, 26], both('found', 'есть'), 's', 'middle'),
    mono([595, 40], [145, 46], 'good', '27000012…'),
    arrow([475, 96], [475, 134]),
    box([190, 134], [550, 48], 'bad', both('nobody knows it: notFound · no answer: unavailable', 'никто не знает: notFound · нет ответа: unavailable')),
  ],
};

const ways = [
  ['virtual-com', both('a serial port that the program reads', 'COM-порт, его читает программа'), 'sent'],
  ['keyboard', both('typed into its window', 'печать в её окно'), 'sent'],
  ['1c', both('a driver inside 1C', 'драйвер внутри 1С'), 'sent · applied'],
  ['iiko', both('a plugin of iikoFront', 'плагин iikoFront'), 'applied'],
  ['rkeeper', both('the order in r_keeper, or its reader', 'заказ в r_keeper или считыватель'), 'sent · applied'],
  ['client', both('your program, over the API', 'ваша программа, через API'), 'applied'],
  ['webhook', both('your server, by HTTP', 'ваш сервер, по HTTP'), both('what it answers', 'что он ответит')],
];
const till = {
  title: both('A till is the way into one cashier program', 'Касса — путь в одну кассовую программу'),
  height: 325,
  parts: [
    box([20, 120], [130, 80], 'ours', both('number', 'номер'), '2700001234564'),
    text([620, 30], both('best outcome', 'лучший исход'), 'b'),
    ...ways.flatMap(([name, about, best], i) => {
      const y = 42 + i * 39;
      return [arrow([150, 130 + i * 10], [215, y + 16]), mono([215, y], [100, 32], 'plain', name), text([328, y + 21], about), text([620, y + 21], best, 'm')];
    }),
  ],
};

const steps = [
  [both('read', 'прочитан'), 'plain'],
  [both('looked up', 'переведён'), 'ours'],
  [both('intent', 'намерение'), 'ours', both('on the disk', 'на диске')],
  [both('number', 'номер'), 'ours', both('to the till', 'в кассу')],
  [both('outcome', 'исход'), 'good'],
];
const delivery = {
  title: both('A delivery: one way, a limited time, one outcome', 'Доставка: один путь, ограниченное время, один исход'),
  height: 180,
  parts: [
    ...steps.flatMap(([label, tone, more], i) => [box([20 + i * 149, 30], [124, 54], tone, label, ...(more === undefined ? [] : [more])), ...(i === steps.length - 1 ? [] : [arrow([144 + i * 149, 57], [169 + i * 149, 57])])]),
    box([20, 112], [571, 16], 'look'),
    text([20, 152], both('expireMs, 5 s at most tills: what is not in the till by then goes nowhere (expired)', 'expireMs, обычно 5 с: что не попало в кассу за это время, не попадёт никуда (expired)'), 's'),
    text([604, 125], both('never twice', 'никогда дважды'), 'b'),
  ],
};

const outcome = {
  title: both('Eleven outcomes in three groups', 'Одиннадцать исходов, три группы'),
  height: 200,
  parts: [
    box([20, 24], [225, 150], 'good', both('the till has it', 'касса получила'), 'applied', 'alreadyApplied', 'sent'),
    box([262, 24], [270, 150], 'bad', both('the till does not have it', 'касса не получила'), 'rejected · notFound · blocked', 'unavailable · expired', 'superseded · failed', both('scan again when it is mended', 'устранить и сканировать снова')),
    box([549, 24], [191, 150], 'look', both('nobody can tell', 'никто не знает'), 'unknown', both('look at the receipt first', 'сначала посмотрите в чек')),
  ],
};

const journal = {
  title: both('Three rows of a scan, chained and masked', 'Три записи одного сканирования: цепочка и маски'),
  height: 190,
  parts: [
    ...[
      ['captured', '****1234', both('before anything is done', 'до любого действия')],
      ['delivering', '****1234 > ****4564', both('before the first byte leaves', 'до первого байта в кассу')],
      ['sent', '****1234 > ****4564', both('the outcome', 'исход')],
    ].flatMap(([name, masked, when], i) => [box([20 + i * 250, 30], [220, 84], i === 2 ? 'good' : 'ours', name, masked, when), ...(i === 2 ? [] : [arrow([240 + i * 250, 72], [270 + i * 250, 72])])]),
    text([20, 145], both('Each row is on the disk before the daemon goes on, and carries a keyed hash of the one before it:', 'Каждая запись на диске до следующего шага и содержит хеш с ключом от предыдущей:'), 's'),
    text([20, 167], both('tillbridge journal verify finds a row that was changed, added or removed.', 'tillbridge journal verify найдёт изменённую, добавленную или удалённую запись.'), 's'),
  ],
};

/** By the name of their files. */
export const PICTURES = { 'goods-or-loyalty': goodsOrLoyalty, reader, code, translator, till, delivery, outcome, journal };
