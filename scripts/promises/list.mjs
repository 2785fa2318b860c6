// Every promise: its text, the files that test it, where its figures are, and why it does not hold where it does not.
// `note`: what else is to be known of them.
// figures: { bench: ID } of bench/results/latest.json, or { part, result, fields } of test/proof/report.json; `holds: false` where no figure says it.

const bench = (id, en, ru) => ({ bench: id, en, ru });
const proof = (part, result, ...fields) => ({ part, result, fields });

const LOYALTY = {
  en: 'why: what is left is code whose caches have gone cold; entries are committed before their scan already: [performance.md](performance.md#what-misses-and-why).',
  ru: 'почему: остаётся код, выпавший из кешей; записи и так на диске ещё до сканирования: [performance.md](performance.md#what-misses-and-why).',
};

const speed = {
  en: 'Time and size',
  ru: 'Время и размеры',
  promises: [
    {
      en: 'Goods take at most 1.6 times as long as through a plain socat relay in the median, 3 times in the slowest hundredth',
      ru: 'Товары идут не более чем в 1,6 раза дольше, чем через простой socat, в медиане и в 3 раза — в худшей сотой',
      tests: [['bench: scans', 'test/bench/scans.mjs'], ['bench: load', 'test/bench/load.mjs'], ['never wait', 'packages/core/src/rules/goods-never-wait.test.ts']],
      figures: [bench('goodsP50', 'p50', 'p50'), bench('goodsP99', 'p99', 'p99'), bench('goodsBusyP50', 'p50 beside 500 requests/s', 'p50 при 500 запросах/с'), bench('goodsBusyP99', 'p99 beside 500 requests/s', 'p99 при 500 запросах/с')],
      why: {
        en: 'why: Node.js itself takes 1.5 x (a bare relay in its event loop, in the same turns), the rest, some 35 us before the write, is ours; from run to run it is 1.30 to 1.69 x; beside requests a bare relay that answers as many takes 1.32 to 1.49 x: [performance.md](performance.md#what-misses-and-why).',
        ru: 'почему: сам Node.js берёт 1,5 (простой ретранслятор в его цикле событий, в тех же прогонах), остальное, около 35 мкс до записи в порт, наше; от прогона к прогону 1,30–1,69; при запросах простой ретранслятор с той же нагрузкой берёт 1,32–1,49: [performance.md](performance.md#what-misses-and-why).',
      },
    },
    {
      en: 'A loyalty scan with a million cards and its durable records takes, beyond goods and `quietMs`, at most 2 (median) and 3 (slowest hundredth) bare durable commits of the same disk',
      ru: 'Сканирование карты при миллионе карт с надёжной записью занимает, сверх товара и `quietMs`, не больше 2 (медиана) и 3 (худшая сотая) простых записей на том же диске',
      tests: [['bench: scans', 'test/bench/scans.mjs'], ['asked ahead', 'packages/core/src/rules/ahead.test.ts']],
      figures: [bench('loyaltyP50', 'p50', 'p50'), bench('loyaltyP99', 'p99', 'p99'), bench('loyaltyBusyP50', 'p50 beside 500 requests/s', 'p50 при 500 запросах/с'), bench('loyaltyBusyP99', 'p99 beside 500 requests/s', 'p99 при 500 запросах/с')],
      why: LOYALTY,
    },
    {
      en: 'Ready after at most 20 times the start of `node -e 0`; idle: main process 100 MiB with the API and 75 without, each child 60, half a percent of one core',
      ru: 'Готовность не дольше 20 запусков `node -e 0`; в покое: главный процесс 100 МиБ с API и 75 без, каждый дочерний 60, полпроцента одного ядра',
      tests: [['bench: daemon', 'test/bench/daemon.mjs']],
      figures: [bench('start', 'start', 'запуск'), bench('mainRss', '`api: off`', '`api: off`'), bench('apiRss', 'with the API', 'с API'), bench('childRss', 'largest child', 'наибольший дочерний'), bench('cpu', 'processor', 'процессор')],
      why: {
        en: 'why: plugins, phones and feeds came since it held; what of them could be loaded later was not looked through: [performance.md](performance.md#what-misses-and-why).',
        ru: 'почему: с тех пор как выполнялось, добавились плагины, телефоны и загрузки карт; что из них можно загружать позже, ещё не разобрано: [performance.md](performance.md#what-misses-and-why).',
      },
    },
    {
      en: 'A million cards: import of 100,000 rows a second in any order with at most 400 MiB; look-up in 50 us (slowest hundredth), during an import 200 us and right',
      ru: 'Миллион карт: импорт 100 000 строк в секунду в любом порядке, не больше 400 МиБ; поиск за 50 мкс (худшая сотая), во время импорта 200 мкс и верно',
      tests: [['bench: cards', 'test/bench/cards.mjs'], ['import', 'packages/store/src/cards/import.test.ts'], ['table', 'packages/store/src/cards/card-table.test.ts'], ['command', 'test/system/cards-import.test.ts']],
      figures: [bench('import', 'import', 'импорт'), bench('importRss', 'memory', 'память'), bench('lookup', 'look-up p99', 'поиск, p99'), bench('lookupDuring', 'during an import', 'во время импорта'), bench('lookupWrong', 'wrong', 'неверных')],
      why: {
        en: 'why: a look-up takes 17 us in the median, and 1 % of them meet an interruption by the virtual machine, whose median is 59 us; 36 us in another run: [performance.md](performance.md#what-misses-and-why).',
        ru: 'почему: поиск занимает 17 мкс в медиане, но 1 % попадает на прерывание виртуальной машины с медианой 59 мкс; в другом прогоне 36 мкс: [performance.md](performance.md#what-misses-and-why).',
      },
    },
    {
      en: 'Ten million cards: import of 100,000 rows a second with at most 400 MiB; look-up in 150 us (slowest hundredth), during an import 200 us and right',
      ru: 'Десять миллионов карт: импорт 100 000 строк в секунду, не больше 400 МиБ; поиск за 150 мкс (худшая сотая), во время импорта 200 мкс и верно',
      tests: [['bench: largeCards', 'test/bench/largeCards.mjs']],
      figures: [bench('importLarge', 'import', 'импорт'), bench('importLargeRss', 'memory', 'память'), bench('lookupLarge', 'look-up p99', 'поиск, p99'), bench('lookupLargeDuring', 'during an import', 'во время импорта'), bench('lookupLargeWrong', 'wrong', 'неверных')],
    },
    {
      en: 'Beside 500 requests a second look-ups, memory and answers stay within their bounds',
      ru: 'При 500 запросах в секунду поиск, память и ответы остаются в своих границах',
      tests: [['bench: load', 'test/bench/load.mjs'], ['load', 'test/api/load.test.ts']],
      figures: [bench('lookupBusy', 'look-up p99', 'поиск, p99'), bench('lookupBusyWrong', 'wrong look-ups', 'неверных'), bench('busyRss', 'main process', 'главный процесс'), bench('busyChildRss', 'largest child', 'наибольший дочерний'), bench('refused', 'answers that were none', 'не те ответы')],
      why: {
        en: 'why: the bounds are those of an idle daemon; after 46,000 requests compiled code and grown heaps stay: [performance.md](performance.md#what-misses-and-why).',
        ru: 'почему: границы — для службы в покое; после 46 000 запросов остаются скомпилированный код и выросшая куча: [performance.md](performance.md#what-misses-and-why).',
      },
    },
    {
      en: 'Events reach 50 WebSocket clients within 5 times a bare server\'s time (slowest hundredth)',
      ru: 'События доходят до 50 клиентов WebSocket не дольше 5 времён простого сервера (худшая сотая)',
      tests: [['bench: events', 'test/bench/events.mjs'], ['a client that does not read', 'test/api/deaf-client.test.ts']],
      figures: [bench('eventsP99', 'against an echo', 'против эха'), bench('eventsFanOutP99', 'against one that tells all', 'против рассылки всем')],
    },
    {
      en: 'Memory, files and threads stay as they are: a quarter of an hour of work, eight simulated hours',
      ru: 'Память, файлы и потоки не растут: четверть часа работы, восемь часов на виртуальных часах',
      tests: [['eight simulated hours', 'test/soak/simulated-day.test.ts'], ['proof: soak', 'test/proof/soak.proof.ts']],
      figures: [proof('soak', 'soak', 'minutes', 'goods', 'cards', 'unplugged', 'daemon live heap, MiB', 'daemon resident after a collection, MiB', 'daemon files', 'daemon threads'), proof('soak', 'simulated-day', 'goods', 'lost', 'loyalty', 'wrong', 'heapMiB')],
    },
  ],
};

const truth = {
  en: 'What must never happen',
  ru: 'Чего не должно быть никогда',
  promises: [
    {
      en: 'Under load goods are all there, byte for byte and in order, and every loyalty scan has exactly one outcome',
      ru: 'Под нагрузкой все товары на месте, байт в байт и по порядку, а у каждого сканирования карты ровно один исход',
      tests: [['one outcome', 'packages/core/src/rules/one-outcome.test.ts'], ['the shop', 'test/system/e2e-shop.test.ts'], ['chaos', 'test/chaos/chaos.test.ts'], ['proof: promises', 'test/proof/promises.proof.ts']],
      figures: [proof('promises', 'mixed-reads', 'reads', 'exact', 'wrongRows', 'droppedGoods', 'seconds'), proof('chaos', 'chaos', 'reads', 'findings', 'journalsDamaged', 'charactersSearched')],
    },
    {
      en: 'Four readers at 20 reads a second each for ten minutes, goods in bursts of 50 a second',
      ru: 'Четыре считывателя по 20 сканирований в секунду десять минут, товары сериями по 50 в секунду',
      tests: [['load', 'test/chaos/load.test.ts'], ['proof: load', 'test/proof/load.proof.ts']],
      figures: [proof('load', 'load', 'readers', 'reads', 'seconds', 'readsPerSecondAndReader', 'findings')],
    },
    {
      en: 'kill -9 or a power cut at any moment: nothing acknowledged is lost, nothing is delivered twice, the chain is whole',
      ru: 'kill -9 или отключение питания в любой момент: ничто подтверждённое не потеряно, ничто не передано дважды, цепочка цела',
      tests: [['kill', 'test/e2e/kill.test.ts'], ['disk', 'test/system/journal-disk.test.ts'], ['intent first', 'packages/core/src/rules/intent-first.test.ts'], ['restart', 'packages/core/src/rules/restart.test.ts'], ['chain', 'packages/store/src/journal/verify.test.ts'], ['chaos', 'test/chaos/chaos.test.ts']],
      figures: [proof('promises', 'kill-rounds', 'rounds', 'acknowledged', 'lost', 'doubled', 'deliveredTwice', 'verified'), proof('chaos', 'chaos', 'reads', 'findings', 'journalsDamaged', 'charactersSearched')],
    },
    {
      en: 'A number is perishable: none lands after `expireMs`, nor on another order than the one open at the scan',
      ru: 'Номер недолговечен: не попадает в кассу позже `expireMs` и в другой заказ, чем открытый при сканировании',
      tests: [['perishable', 'packages/core/src/rules/perishable.test.ts'], ['order', 'packages/core/src/rules/order-context.test.ts'], ['r_keeper evenings', 'test/rkeeper/evening.test.ts'], ['iiko evenings', 'test/iiko/evening.test.ts'], ['PTY', 'packages/adapter-device/src/virtual-com/pty-output.model.test.ts']],
      figures: [proof('rkeeper', 'rkeeper-evenings', 'evenings', 'scans', 'wrong', 'doubled', 'missing', 'leaked'), proof('iiko', 'iiko-evenings', 'evenings', 'scans', 'wrong', 'doubled', 'missing', 'leaked')],
    },
    {
      en: 'Never twice: repeats of a code are one scan, an intent is durable before the first byte leaves, and what may have arrived is `unknown` and not repeated',
      ru: 'Никогда дважды: повтор кода — одно сканирование, намерение записано до первого байта, а что могло дойти, — `unknown` и не повторяется',
      tests: [['duplicates', 'packages/core/src/rules/duplicates.test.ts'], ['supersede', 'packages/core/src/rules/supersede.test.ts'], ['intent first', 'packages/core/src/rules/intent-first.test.ts'], ['one-time codes', 'packages/core/src/rules/one-time.test.ts'], ['claims', 'test/api/deliveries.test.ts']],
      figures: [proof('promises', 'kill-rounds', 'deliveredTwice', 'foreign'), proof('platform', 'platform-day', 'sales', 'credited', 'wrongCredits', 'goodsLost', 'leaks')],
    },
    {
      en: 'Masked everywhere: no full number, phone or secret in a log, metric, error, trace, the journal or the support bundle',
      ru: 'Маска везде: ни одного полного номера, телефона или секрета в логах, в журнале сканирований, метриках, ошибках, трассировках и архиве для поддержки',
      tests: [['the types', 'packages/core/src/masked.test.ts'], ['support bundle', 'packages/bridge/src/support/scrub.test.ts'], ['a platform\'s day', 'test/platform/nothing-shown.test.ts'], ['recordings', 'packages/bridge/src/flight/pseudonym.test.ts'], ['chaos', 'test/chaos/chaos.test.ts']],
      figures: [proof('platform', 'platform-day', 'leaks'), proof('keyboard', 'keyboard-storm', 'deliveries', 'lost', 'wrong', 'leaked')],
    },
    {
      en: 'A scanner that is pulled and plugged in again is ready within a second after the system shows it',
      ru: 'Сканер, который вынули и вставили, готов через секунду после того, как его покажет система',
      tests: [['USB bench', 'test/usb-bench/usb-bench.test.ts'], ['serial', 'test/system/serial-reader.test.ts'], ['NFC', 'test/nfc-bench/failures.test.ts']],
      figures: [proof('nfc', 'nfc-kills-nfc-pcsc', 'kills', 'recoveries', 'readyAgainMs')],
    },
  ],
};

const hostile = {
  en: 'Bad input',
  ru: 'Плохие данные',
  promises: [
    {
      en: 'Noise, half frames, a megabyte without a line end, hostile codes: the reader survives, memory is bounded, the read is goods or a counted refusal, nothing gets past the till\'s template',
      ru: 'Шум, половины кадров, мегабайт без конца строки, враждебные коды: считыватель жив, память ограничена, сканирование — товар или посчитанный отказ, мимо шаблона кассы не проходит ничто',
      tests: [['end to end', 'test/e2e/bad-input.test.ts'], ['framer', 'packages/readers/src/framing/framer.test.ts'], ['HID', 'packages/readers/src/hid/assembler.test.ts'], ['NFC', 'packages/readers/src/nfc/chain/bounds.test.ts'], ['every parser', 'test/fuzz/fuzz.test.ts']],
      figures: [proof('fuzz', 'fuzz', 'targets', 'inputs', 'kinds', 'findings')],
    },
    {
      en: 'A wrong configuration never starts half: all errors at once, with line and column',
      ru: 'Неверная конфигурация не запускается наполовину: все ошибки сразу, со строкой и столбцом',
      tests: [['any text', 'packages/bridge/src/config/fuzz.test.ts'], ['command', 'test/e2e/usage.test.ts'], ['reload', 'test/e2e/reload.test.ts']],
    },
    {
      en: 'A platform or till that hangs, lies or answers garbage costs at most its time budget and never delays goods',
      ru: 'Платформа или касса, которая зависла, лжёт или отвечает мусором, стоит не больше своего времени и не задерживает товары',
      tests: [['platform', 'packages/translators/src/http/http-translator.test.ts'], ['r_keeper', 'test/rkeeper/faults.test.ts'], ['iiko', 'packages/adapter-iiko/src/hostile-answers.test.ts'], ['webhook', 'packages/adapter-webhook/src/webhook.test.ts'], ['plugins', 'test/plugins/bad-plugins.test.ts'], ['bench: platforms', 'test/bench/platforms.mjs']],
    },
    {
      en: 'The local API is closed to web pages that are not listed, to machines that are not this one, and to tokens without the scope',
      ru: 'Локальный API закрыт для страниц не из списка, для других машин и для токенов без права',
      tests: [['pages in Chromium', 'test/browser/hostile-page.test.ts'], ['requests', 'test/api/cross-site.test.ts'], ['malformed', 'test/api/malformed.test.ts'], ['guards', 'packages/bridge/src/api/guards/guards.test.ts'], ['stations', 'test/api/stations.test.ts']],
    },
  ],
};

const words = {
  en: 'Words and files',
  ru: 'Слова и файлы',
  promises: [
    {
      en: 'One catalogue of errors, in English and Russian, each with what to do; its page is in step',
      ru: 'Один каталог ошибок, по-английски и по-русски, каждая с советом; страница ему соответствует',
      tests: [['catalogue', 'packages/core/src/errors/catalogue.test.ts'], ['page', 'test/packages/errors-page.test.mjs'], ['texts are filled in', 'test/packages/error-params.test.mjs']],
    },
    {
      en: 'The journal shows every change of an entry, by a chain of keyed sums and signed checkpoints',
      ru: 'Журнал показывает любое изменение записи: цепочка сумм с ключом и подписанные отметки',
      tests: [['verify', 'packages/store/src/journal/verify.test.ts'], ['proof: promises', 'test/proof/promises.proof.ts']],
      figures: [proof('promises', 'mixed-reads', 'verify')],
    },
    {
      en: 'A recorded evening plays again to the same end, in every later version',
      ru: 'Записанный вечер воспроизводится с тем же итогом в каждой следующей версии',
      tests: [['recordings', 'test/replay/replay.test.ts'], ['recorder', 'packages/bridge/src/flight/flight.test.ts']],
    },
    {
      en: 'What is public changes only in the open, and what is installed with us is known',
      ru: 'Открытые части меняются только явно, а что ставится вместе с нами — известно',
      tests: [['supply chain', 'test/packages/supply-chain.test.mjs'], ['exports', 'scripts/api-report.mjs'], ['packages', 'test/packages/package-checks.test.mjs']],
    },
  ],
};

export const SECTIONS = [truth, speed, hostile, words];
