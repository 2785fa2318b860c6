// An example of each command, and what its exit code says beyond the usual. The page of the command line has them, and its check runs them in this
// order beside a daemon with the reader `counter` and the till `front`.

const scanner = { en: 'needs a scanner', ru: 'нужен сканер' };
const contactless = { en: 'needs a contactless reader and a card', ru: 'нужны бесконтактный считыватель и карта' };
const phones = { en: 'needs a reader of the type mobile and a phone', ru: 'нужны считыватель типа mobile и телефон' };
const root = { en: 'needs the rights of the administrator and a service manager', ru: 'нужны права администратора и диспетчер служб' };
const ownPage = { en: 'run by the page of this simulator', ru: 'выполняется на странице этого симулятора' };
const noId = { en: 'the id is another one each time', ru: 'номер каждый раз другой' };

/** @type {Record<string, { lines: string[], notRun?: { en: string, ru: string }, exit?: { en: string, ru: string } }>} */
export const CLI_EXAMPLES = {
  demo: { lines: ['tillbridge demo --once'], exit: { en: '1: a scan of the script did not end as it should', ru: '1 — какое-то сканирование сценария закончилось не так, как должно' } },
  init: { lines: ['tillbridge init --yes --reader serial:/dev/ttyACM0 --till virtual-com:/run/tillbridge/front --config new.yaml'], exit: { en: '1: the file exists and `--force` was not given', ru: '1 — файл уже есть, а `--force` не указан' } },
  'config check': { lines: ['tillbridge config check'], exit: { en: '2: there are errors', ru: '2 — есть ошибки' } },
  'config schema': { lines: ['tillbridge config schema > tillbridge.schema.json'] },
  'config show': { lines: ['tillbridge config show'] },
  doctor: { lines: ['tillbridge doctor'], exit: { en: '1: a row says `fail`, a sale would suffer', ru: '1 — есть строка `fail`: продажа пострадала бы' } },
  bench: { lines: ['tillbridge bench --seconds 30'], notRun: { en: 'takes half a minute, and its exit code depends on the machine', ru: 'длится полминуты, и код завершения зависит от машины' }, exit: { en: '1: a promise was missed or could not be measured; 4: a part of Tillbridge is missing (koffi)', ru: '1 — обещание не выполнено или его не удалось измерить; 4 — нет части Tillbridge (koffi)' } },
  devices: { lines: ['tillbridge devices'] },
  'devices rules': { lines: ['tillbridge devices rules --group dialout'] },
  'devices learn': { lines: ['tillbridge devices learn --name "Scanner of the bar"'], notRun: scanner },
  run: { lines: ['tillbridge run --config /etc/tillbridge/tillbridge.yaml'], notRun: { en: 'the daemon of this page runs already', ru: 'демон этой страницы уже работает' }, exit: { en: '1: a daemon runs with this state folder; 2: the configuration is invalid', ru: '1 — с этой папкой состояния уже работает демон; 2 — конфигурация неверна' } },
  status: { lines: ['tillbridge status'] },
  stop: { lines: ['tillbridge stop'], notRun: { en: 'the examples below need the daemon', ru: 'демон нужен примерам ниже' } },
  reload: { lines: ['tillbridge reload'], exit: { en: '2: the changed configuration is invalid, the old one stays in effect', ru: '2 — изменённая конфигурация неверна, действует прежняя' } },
  translate: { lines: ['tillbridge translate 9812345678901234 --trace', 'tillbridge translate 79001234567 --kind phone'], exit: { en: '0 whatever the result is', ru: '0 при любом результате' } },
  scan: { lines: ['tillbridge scan 4601234567893', 'tillbridge scan 9812345678901234 --reader counter'], exit: { en: 'with `--wait`: 0 on `applied`, `alreadyApplied` and `sent`, else 1', ru: 'с `--wait`: 0 при `applied`, `alreadyApplied` и `sent`, иначе 1' } },
  journal: { lines: ['tillbridge journal --since 15m --limit 20'] },
  'journal verify': { lines: ['tillbridge journal verify'], exit: { en: '1: the chain is broken, the first bad entry is named', ru: '1 — цепочка нарушена, названа первая плохая запись' } },
  record: { lines: ['tillbridge record evening.rec --for 2'] },
  replay: { lines: ['tillbridge replay evening.rec'], exit: { en: '1: something differs', ru: '1 — есть отличия' } },
  'cards import': { lines: ["printf 'code,card\\n9812345678901234,2700001234564\\n' > cards.csv", 'tillbridge cards import cards.csv'], exit: { en: '0 also where bad lines were skipped; 1 with `--strict` and a bad line, and nothing is imported', ru: '0 и тогда, когда плохие строки пропущены; 1 с `--strict` и плохой строкой, и ничего не загружено' } },
  'cards add': { lines: ['tillbridge cards add 9800000000001234 2700000000120 --expires 2030-12-31'] },
  'cards remove': { lines: ['tillbridge cards remove 9800000000001234'], exit: { en: '1: there was no such card', ru: '1 — такой карты не было' } },
  'cards get': { lines: ['tillbridge cards get 9812345678901234'], exit: { en: '1: there is no such card', ru: '1 — такой карты нет' } },
  'cards export': { lines: ['tillbridge cards export > cards-of-today.csv'] },
  'cards stats': { lines: ['tillbridge cards stats --json'] },
  'receipts list': { lines: ['tillbridge receipts list --only dead'], notRun: { en: 'the daemon of this page reports no receipts', ru: 'демон этой страницы не передаёт чеки' } },
  'receipts retry': { lines: ['tillbridge receipts retry --all'], notRun: { en: 'the daemon of this page reports no receipts', ru: 'демон этой страницы не передаёт чеки' } },
  'receipts drop': { lines: ['tillbridge receipts drop 42'], notRun: { en: 'the daemon of this page reports no receipts', ru: 'демон этой страницы не передаёт чеки' } },
  'clients pair': { lines: ['tillbridge clients pair --name "Till program" --scope scan:read,delivery --till front'] },
  'clients list': { lines: ['tillbridge clients list'] },
  'clients revoke': { lines: ['tillbridge clients revoke ID'], notRun: noId, exit: { en: '1: nobody has this id', ru: '1 — такого номера нет' } },
  console: { lines: ['tillbridge console --view-only'] },
  'mobile pair': { lines: ['tillbridge mobile pair --name "Phone of the hall" --till front'], notRun: phones },
  'mobile list': { lines: ['tillbridge mobile list'], notRun: phones },
  'mobile rename': { lines: ['tillbridge mobile rename ID "Phone of the bar" --till front'], notRun: phones },
  'mobile revoke': { lines: ['tillbridge mobile revoke ID'], notRun: phones },
  'ca create': { lines: ['tillbridge ca create --name "Corner shop"'] },
  'ca show': { lines: ['tillbridge ca show'] },
  'ca export': { lines: ['mkdir for-phones && tillbridge ca export for-phones'] },
  'ca rotate': { lines: ['tillbridge ca rotate --yes'] },
  'ca remove': { lines: ['tillbridge ca remove --yes'] },
  'nfc learn': { lines: ['tillbridge nfc learn --number 2999239878'], notRun: contactless },
  'nfc dump': { lines: ['tillbridge nfc dump --timeout 30'], notRun: contactless },
  'sim nfc': { lines: ['tillbridge sim nfc --card card.json'], notRun: { en: 'needs pcscd', ru: 'нужен pcscd' } },
  'sim till-1c': { lines: ['tillbridge sim till-1c'], notRun: { en: 'needs the compiled driver', ru: 'нужен собранный драйвер' } },
  'sim till-rkeeper': { lines: ['tillbridge sim till-rkeeper --tls tls10'], notRun: ownPage },
  'sim till-iiko': { lines: ['tillbridge sim till-iiko --terminals 2'], notRun: ownPage },
  'sim platform': { lines: ['tillbridge sim platform uds --control 127.0.0.1:39211'], notRun: ownPage },
  'sim rotating': { lines: ['tillbridge sim rotating --step 30'], notRun: ownPage },
  'service install': { lines: ['sudo tillbridge service install --dry-run'], notRun: root, exit: { en: '4: the system has no service manager that we know', ru: '4 — в системе нет известного нам диспетчера служб' } },
  'service uninstall': { lines: ['sudo tillbridge service uninstall --dry-run'], notRun: root },
  'service status': { lines: ['tillbridge service status'], notRun: root, exit: { en: '3: the service does not run', ru: '3 — служба не работает' } },
  support: { lines: ['tillbridge support for-the-helper.zip'] },
  agent: { lines: ['tillbridge agent'], notRun: { en: 'needs a session with a desktop', ru: 'нужен сеанс с рабочим столом' } },
  'agent allow': { lines: ['sudo tillbridge agent allow kassa'], notRun: { en: 'needs the rights of the administrator and a user kassa', ru: 'нужны права администратора и пользователь kassa' } },
};
