import { printable, type Language } from '@tillbridge/core';

/** A sentence in every language of the product. */
export type Text = Readonly<Record<Language, string>>;

/** What a configuration problem can say. `{name}` stands for a parameter; names that users type stand in back-ticks. */
const TEXTS = {
  // the file as such
  tooLarge: { en: 'the file is larger than {max} bytes', ru: 'файл больше {max} байт' },
  notUtf8: { en: 'the file is not UTF-8 text: save it as UTF-8', ru: 'файл не в кодировке UTF-8: сохраните его в UTF-8' },
  controlCharacter: { en: 'a control character does not belong into this file', ru: 'в файле недопустимый управляющий символ' },
  emptyFile: { en: 'the file is empty; `tillbridge init` writes one to start from', ru: 'файл пуст; начальный файл создаёт `tillbridge init`' },
  notAMap: { en: 'the file must consist of `key: value` lines', ru: 'файл должен состоять из строк вида `ключ: значение`' },
  tooDeep: { en: 'nested too deeply', ru: 'слишком глубокая вложенность' },
  aliasBomb: { en: 'too many repetitions through YAML aliases (`*name`)', ru: 'слишком много повторов через псевдонимы YAML (`*имя`)' },
  unknownAlias: { en: 'the alias `*{name}` has no anchor `&{name}` before it', ru: 'для псевдонима `*{name}` выше нет якоря `&{name}`' },
  unknownTag: { en: 'YAML tags such as `{name}` are not used here', ru: 'теги YAML вроде `{name}` здесь не используются' },
  // YAML syntax
  duplicateKey: { en: 'the key stands here twice', ru: 'ключ указан дважды' },
  tabIndent: { en: 'a tab in the indentation: use spaces', ru: 'в отступе стоит табуляция: используйте пробелы' },
  badIndent: { en: 'wrong indentation, or a bracket that is not closed', ru: 'неверный отступ или незакрытая скобка' },
  badEscape: { en: '`{escape}` is no escape of a double-quoted text: write the backslash twice, or use single quotes', ru: '`{escape}` внутри двойных кавычек недопустимо: удвойте обратную косую черту или возьмите одинарные кавычки' },
  missingChar: { en: 'a quote or bracket that is not closed, a `:` or `-` that is missing, or wrong indentation', ru: 'незакрытая кавычка или скобка, пропущенный `:` или `-` либо неверный отступ' },
  badStart: { en: 'a text that begins with this character must stand in quotes', ru: 'текст, который начинается с этого символа, нужно взять в кавычки' },
  blockInLine: { en: 'a second `key:` on one line: quote the text, or begin a new line', ru: 'второй `ключ:` в одной строке: возьмите текст в кавычки или начните новую строку' },
  manyDocuments: { en: 'a second document (`---`): one file holds one configuration', ru: 'второй документ (`---`): в файле должна быть одна конфигурация' },
  syntax: { en: 'this is not valid YAML here', ru: 'здесь нарушен синтаксис YAML' },
  // keys and values
  unknownKey: { en: 'unknown key', ru: 'неизвестный ключ' },
  missing: { en: 'required, and missing', ru: 'обязательный ключ не указан' },
  noValue: { en: 'has no value', ru: 'значение не указано' },
  wrongType: { en: '{expected} expected, this is {actual}', ru: 'ожидается {expected}, а здесь {actual}' },
  wrongValue: { en: 'unknown value{value}', ru: 'неизвестное значение{value}' },
  tooSmall: { en: 'must be at least {limit}', ru: 'не меньше {limit}' },
  tooBig: { en: 'must be at most {limit}', ru: 'не больше {limit}' },
  tooShort: { en: 'must not be empty', ru: 'не должно быть пустым' },
  tooLong: { en: 'too long: at most {limit}', ru: 'слишком длинно: не больше {limit}' },
  invalid: { en: 'not a valid value', ru: 'недопустимое значение' },
  later: { en: '`{name}` is not in this version yet', ru: '`{name}` в этой версии ещё нет' },
  badId: {
    en: 'a name of 1 to 64 letters, digits, `.`, `_`, `-`, beginning with a letter or digit, expected',
    ru: 'ожидается имя из 1–64 латинских букв, цифр, `.`, `_`, `-`, первой идёт буква или цифра',
  },
  reservedId: { en: '`{name}` has a meaning of its own here: choose another name', ru: '`{name}` здесь служебное слово: выберите другое имя' },
  profileUnreadable: { en: 'this file of device profiles cannot be read, or is no small file', ru: 'файл с профилями устройств не читается или слишком велик' },
  commandOfGuess: {
    en: 'commands are sent to a device only where its manual names them: name it in `source` and write `basis: document`',
    ru: 'команды отправляются устройству, только если они есть в его инструкции: назовите её в `source` и укажите `basis: document`',
  },
  nfcOverlap: {
    en: 'could read the same cards as {other}: give each a `match.name` of its own',
    ru: 'может читать те же карты, что и {other}: укажите для каждого своё `match.name`',
  },
  doubleCredit: {
    en: 'the till `{name}` reports its sales to the loyalty system itself, and reporting them as well would credit guests twice: leave `mode: off`, or set `iKnowTheTillDoesNotReport: true` where you are certain that it reports to nobody',
    ru: 'касса `{name}` сама передаёт продажи в систему лояльности, и баллы начислятся дважды: оставьте `mode: off` или, если касса точно ничего не передаёт, укажите `iKnowTheTillDoesNotReport: true`',
  },
  reportToNobody: { en: 'there is no translator of type http: no platform could be told of receipts', ru: 'нет транслятора типа http: передавать чеки некому' },
  badPluginName: { en: 'the name of a package expected: @scope/name, or tillbridge-...', ru: 'ожидается имя пакета: @scope/name или tillbridge-...' },
  pluginNotFound: {
    en: 'the plugin `{name}` is not installed: run `npm install {name}` in the folder of this file; looked in: {places}',
    ru: 'плагин `{name}` не установлен: выполните `npm install {name}` в папке этого файла; искали в: {places}',
  },
  pluginBad: { en: 'the plugin `{name}` cannot be used: {problem}', ru: 'плагин `{name}` использовать нельзя: {problem}' },
  pluginApi: {
    en: 'the plugin `{name}` was written for version {range} of the plugin interface, this tillbridge has {served}: update the one or the other',
    ru: 'плагин `{name}` написан для версии {range} интерфейса плагинов, в этой программе {served}: обновите одно или другое',
  },
  pluginOwnCore: {
    en: 'the plugin `{name}` brings its own copy of Tillbridge along ({what}), and two copies do not know each other: its author must name `@tillbridge/plugin` as an optional peer only',
    ru: 'плагин `{name}` несёт с собой копию Tillbridge ({what}), а две копии не понимают друг друга: автор должен указать `@tillbridge/plugin` только как необязательный peer',
  },
  pluginKind: { en: 'the plugin `{name}` is a {kind}, and here stands a {wanted}', ru: 'плагин `{name}` имеет вид {kind}, а здесь нужен {wanted}' },
  pluginSecret: { en: 'the plugin `{name}` needs {names} under `secrets`', ru: 'плагину `{name}` нужно {names} в `secrets`' },
  pluginGrant: {
    en: 'the plugin `{name}` asks for {names}: where you trust it, write `grant: [{list}]`',
    ru: 'плагин `{name}` просит разрешить {names}: если вы ему доверяете, укажите `grant: [{list}]`',
  },
  badHostName: { en: 'a host name in small letters expected, such as till.lan', ru: 'ожидается имя хоста строчными буквами, например till.lan' },
  badTillId: { en: 'the 16 characters that `tillbridge mobile list` shows on the other machine expected', ru: 'ожидаются 16 знаков, которые на другой машине показывает `tillbridge mobile list`' },
  badPhoneOrigin: {
    en: 'an address in the local network expected, without a path, such as https://192.168.1.10:48443',
    ru: 'ожидается адрес в локальной сети без пути, например https://192.168.1.10:48443',
  },
  notPrivate: {
    en: '`auto`, or a private address of this machine (10.x, 172.16-31.x, 192.168.x) expected: phones are never served from the internet',
    ru: 'ожидается `auto` или внутренний адрес этой машины (10.x, 172.16–31.x, 192.168.x): из интернета телефоны не обслуживаются',
  },
  secondMobile: { en: 'one reader of type mobile serves all phones: {other} is there already', ru: 'все телефоны обслуживает один считыватель типа mobile: уже есть {other}' },
  mobilePorts: { en: 'the page with TLS and the one without need two ports', ru: 'для страницы с TLS и без неё нужны два разных порта' },
  mobileTillTwice: { en: '`{name}` stands here twice', ru: '`{name}` указана дважды' },
  mobileTillAsks: { en: 'the till `{name}` asks for numbers itself and cannot be given one', ru: 'касса `{name}` сама спрашивает номера, передать ей номер нельзя' },
  mobileForeignName: {
    en: 'a certificate of `tillbridge ca` is good for names under .local, .lan, .internal and home.arpa only: bring a certificate for `{name}` under `tls`',
    ru: 'сертификаты `tillbridge ca` годятся только для имён в .local, .lan, .internal и home.arpa: для `{name}` укажите свой сертификат в `tls`',
  },
  badUsbId: { en: 'four hexadecimal digits in quotes expected, such as "1eab"', ru: 'ожидаются четыре шестнадцатеричные цифры в кавычках, например "1eab"' },
  badUsbPort: { en: 'a USB socket as `tillbridge devices` shows it, such as "1-3.2"', ru: 'ожидается разъём USB, как его показывает `tillbridge devices`, например "1-3.2"' },
  badHostPort: { en: 'HOST:PORT expected, such as 127.0.0.1:4001', ru: 'ожидается ХОСТ:ПОРТ, например 127.0.0.1:4001' },
  badTitle: { en: 'a text, or a regular expression between slashes, expected', ru: 'ожидается текст или регулярное выражение между косыми чертами' },
  badDisplay: { en: 'a screen of this machine expected, such as ":0"', ru: 'ожидается экран этой машины, например ":0"' },
  emptyWindow: { en: 'name a title, a class or a process; `none` where no window is required', ru: 'укажите title, class или process; если окно не важно — `none`' },
  noWindow: {
    en: 'a `window` is needed: the only one that numbers may be typed into (title, class, process), or `none` for whatever has the focus',
    ru: 'нужен ключ `window`: единственное окно, куда можно печатать номера (title, class, process), или `none` — туда, где фокус',
  },
  guessedWindow: {
    en: 'a `window` is needed: what the profile has is a guess ({name}); look at the till (`tillbridge doctor` names the window in front) and write it down',
    ru: 'нужен ключ `window`: в профиле только догадка ({name}); посмотрите на кассе (`tillbridge doctor` называет окно впереди) и запишите',
  },
  unknownTillProfile: { en: 'there is no till profile `{name}`', ru: 'профиля кассы `{name}` нет' },
  badMemberPath: { en: 'a dotted path of at most eight names expected, such as card.number', ru: 'ожидается путь через точки, не более восьми имён, например card.number' },
  badHost: { en: 'a host name expected, such as pass.example.com or *.example.com', ru: 'ожидается имя хоста, например pass.example.com или *.example.com' },
  badSegment: { en: 'segments count from 1, or from -1 at the end', ru: 'отрезки пути считаются с 1, с конца — с -1' },
  queryOrPath: { en: 'either `query` or `path`', ru: 'нужен либо `query`, либо `path`' },
  badAi: { en: 'an application identifier of two to four digits in quotes expected, such as "8018"', ru: 'ожидается идентификатор применения из 2–4 цифр в кавычках, например "8018"' },
  badIssuer: { en: 'the issuer\'s name of 1 to 64 small letters, digits, `.` and `-` expected', ru: 'ожидается имя издателя: 1–64 строчных латинских букв, цифр, `.` и `-`' },
  documentWithoutTls: {
    en: 'without TLS anybody on the way can read and change what is fetched: use https, or set `allowInsecureLan: true` where the server stands in your own network',
    ru: 'без TLS загружаемое можно прочесть и подменить по дороге: используйте https или укажите `allowInsecureLan: true`, если сервер стоит в вашей сети',
  },
  oneSecret: { en: 'give `user` with `secrets.password`, or `secrets.token`, or neither', ru: 'укажите `user` вместе с `secrets.password`, либо `secrets.token`, либо ничего' },
  headerWithoutToken: { en: '`header` carries `secrets.token`, which is missing', ru: '`header` передаёт `secrets.token`, а его нет' },
  columnsOfJson: { en: '`columns` are needed with `format: json`, and only there', ru: '`columns` нужны при `format: json` и только там' },
  syncWithoutTable: { en: 'nobody asks the card table that this fills: add `{ type: table }` under `translators`', ru: 'таблицу карт, которую это заполняет, никто не спрашивает: добавьте `{ type: table }` в `translators`' },
  rotatingValueGroup: {
    en: 'a rotating code is checked whole: leave the group `value` out, so that no other translator takes the number out of a forged one',
    ru: 'меняющийся код проверяется целиком: уберите группу `value`, иначе другой транслятор возьмёт номер из поддельного кода',
  },
  numberOrTable: { en: 'either `number` or `table: true`', ru: 'нужно либо `number`, либо `table: true`' },
  phoneUnmarked: {
    en: 'takes digits alone for a telephone: 12-digit cards look the same. Use `payload: { type: tel }`, an expression that wants a leading plus, or `readers` that are keypads',
    ru: 'принимает за телефон просто цифры: 12-значные карты выглядят так же. Используйте `payload: { type: tel }`, выражение с плюсом в начале или `readers` с клавиатурами',
  },
  badGuid: { en: 'a GUID expected, such as {0A6F1C2B-0000-4000-8000-0000000000AA}', ru: 'ожидается GUID, например {0A6F1C2B-0000-4000-8000-0000000000AA}' },
  badFingerprint: { en: 'a SHA-256 fingerprint expected: 32 bytes in hexadecimal', ru: 'ожидается отпечаток SHA-256: 32 байта в шестнадцатеричном виде' },
  badUrl: { en: 'an address that begins with http:// or https:// expected', ru: 'ожидается адрес, который начинается с http:// или https://' },
  urlCredentials: { en: 'a password in the address: secrets stand under `secrets`', ru: 'пароль внутри адреса: секреты указываются в `secrets`' },
  badCidr: { en: 'an address such as 192.168.1.20, or a range such as 192.168.1.0/24, expected', ru: 'ожидается адрес, например 192.168.1.20, или диапазон, например 192.168.1.0/24' },
  weakToken: {
    en: 'the secret must have 16 to 256 characters: letters, digits, `.`, `_`, `~`, `-`',
    ru: 'секрет должен состоять из 16–256 символов: латинские буквы, цифры, `.`, `_`, `~`, `-`',
  },
  badOrigin: { en: 'an origin such as https://till.example expected, without a path', ru: 'ожидается источник вида https://till.example, без пути' },
  badMode: { en: 'three octal digits in quotes expected, such as "0660"', ru: 'ожидаются три восьмеричные цифры в кавычках, например "0660"' },
  badPath: { en: '`~` is not expanded: write the whole path', ru: '`~` не раскрывается: укажите путь целиком' },
  notLoopback: { en: 'the API listens on this machine only: 127.0.0.1, ::1 or localhost', ru: 'API слушает только эту машину: 127.0.0.1, ::1 или localhost' },
  notLoopback4: { en: 'the driver of 1C connects on this machine only: 127.0.0.1:PORT', ru: 'драйвер 1С подключается только на этой машине: 127.0.0.1:ПОРТ' },
  badEntity: { en: 'a name as OData shows it expected: letters, digits, `_`', ru: 'ожидается имя, как его показывает OData: буквы, цифры, `_`' },
  sameToken: { en: 'the same token as {other} at the same address: each till needs its own', ru: 'тот же токен по тому же адресу у {other}: у каждой кассы должен быть свой' },
  didYouMean: { en: '; did you mean `{name}`?', ru: '; возможно, `{name}`?' },
  knownHere: { en: '; known here: {names}', ru: '; здесь известны: {names}' },
  inQuotes: { en: ': put it in quotes', ru: ': возьмите значение в кавычки' },
  // version
  versionMissing: { en: 'required, and missing: write `version: {current}`', ru: 'обязательный ключ не указан: добавьте `version: {current}`' },
  versionNewer: { en: 'written for a newer tillbridge; this one knows version {current}', ru: 'файл для более новой версии tillbridge; эта знает версию {current}' },
  versionUnknown: { en: 'unknown version: this tillbridge knows version {current}', ru: 'неизвестная версия: эта программа знает версию {current}' },
  // references
  inlineSecret: { en: 'a secret does not stand in this file: write `${env:NAME}` or `${file:PATH}`', ru: 'секрет не пишут прямо в файле: укажите `${env:ИМЯ}` или `${file:ПУТЬ}`' },
  badReference: { en: 'a reference reads `${env:NAME}` or `${file:PATH}`', ru: 'ссылка пишется так: `${env:ИМЯ}` или `${file:ПУТЬ}`' },
  envMissing: { en: 'the environment variable {name} is not set', ru: 'переменная окружения {name} не задана' },
  envEmpty: { en: 'the environment variable {name} is empty', ru: 'переменная окружения {name} пуста' },
  fileMissing: { en: 'the file {name} does not exist', ru: 'файла {name} нет' },
  fileDenied: { en: 'the file {name} may not be read by this user', ru: 'этому пользователю нельзя читать файл {name}' },
  fileUnreadable: { en: 'the file {name} cannot be read ({problem})', ru: 'файл {name} не читается ({problem})' },
  fileEmpty: { en: 'the file {name} is empty', ru: 'файл {name} пуст' },
  fileNotText: { en: 'the file {name} is not one line of UTF-8 text of at most {max} bytes', ru: 'в файле {name} должна быть одна строка текста UTF-8 не длиннее {max} байт' },
  tooManyReferences: { en: 'more than {max} references', ru: 'ссылок больше {max}' },
  referenceUnfit: { en: 'what the reference gives does not fit here', ru: 'значение по этой ссылке сюда не подходит' },
  referenceIsText: { en: '; a reference always gives a text', ru: '; ссылка всегда даёт текст' },
  // what does not fit together
  duplicateId: { en: '`{name}` is taken by {other}', ru: 'имя `{name}` уже занято: {other}' },
  unknownReader: { en: 'there is no reader `{name}`', ru: 'сканера `{name}` нет' },
  unknownTill: { en: 'there is no till `{name}`', ru: 'кассы `{name}` нет' },
  unknownCode: { en: 'there is no code `{name}`', ru: 'кода `{name}` нет' },
  noReaders: { en: 'at least one reader is needed', ru: 'нужен хотя бы один сканер' },
  noTills: { en: 'at least one till is needed', ru: 'нужна хотя бы одна касса' },
  noPlace: { en: 'where is the device? `path`, `match` or `auto: true` is needed', ru: 'где устройство? нужен `path`, `match` или `auto: true`' },
  twoPlaces: { en: 'only one of {names}', ru: 'нужно только одно из: {names}' },
  autoOff: { en: 'only `auto: true` has a meaning: leave it out otherwise', ru: 'смысл имеет только `auto: true`: иначе уберите ключ' },
  emptyMatch: { en: 'at least one of `vid`, `pid`, `serial`, `port` is needed', ru: 'нужен хотя бы один из ключей `vid`, `pid`, `serial`, `port`' },
  noConnection: { en: '`listen` or `connect` is needed', ru: 'нужен `listen` или `connect`' },
  neverEnds: { en: 'without a suffix and without `idleMs` no read would ever end', ru: 'без суффикса и без `idleMs` чтение никогда не закончится' },
  sharedPlace: { en: '`{name}` is used by {other} already', ru: '`{name}` уже использует {other}' },
  ownTail: { en: '`{name}` is written by {other}: it would read its own output', ru: 'в `{name}` пишет {other}: получится чтение собственного вывода' },
  tableTwice: { en: 'there is one card table: {other} is it already', ru: 'таблица карт одна: это уже {other}' },
  badRegex: { en: 'not a regular expression: {problem}', ru: 'это не регулярное выражение: {problem}' },
  slowRegex: {
    en: 'a repeated or optional part inside a repetition (`{part}`) can take for ever on a crafted code: write it without, for example as one class `[...]+`',
    ru: 'повторяемая или необязательная часть внутри повтора (`{part}`) на подобранном коде может считаться вечно: запишите без неё, например одним классом `[...]+`',
  },
  emptyRegex: { en: 'matches anything, an empty read too: every product would be taken for a loyalty code', ru: 'подходит к чему угодно, даже к пустому чтению: любой товар станет кодом лояльности' },
  unanchored: { en: 'without `^` and `$` a longer product code that only contains this is taken for loyalty', ru: 'без `^` и `$` более длинный код товара, где это лишь часть, будет принят за код лояльности' },
  otherGroup: { en: 'only the named group `value` has a meaning, not `{name}`', ru: 'смысл имеет только именованная группа `value`, а не `{name}`' },
  routeNeeded: { en: 'with several tills `routes` must say which reader goes to which till', ru: 'касс несколько: `routes` должен указать, какой сканер к какой кассе относится' },
  notRouted: { en: 'no route names this reader: its reads would go nowhere', ru: 'ни один маршрут не называет этот сканер: его чтения никуда не попадут' },
  routedTwice: { en: 'the reader `{name}` is in {other} already: this route would never be used for it', ru: 'сканер `{name}` уже указан в {other}: этот маршрут для него никогда не сработает' },
  noGoodsPath: { en: 'the till `{name}` cannot carry goods: name one that can, or `none`', ru: 'касса `{name}` не может принимать товары: укажите другую или `none`' },
  goodsDropped: { en: 'the till `{name}` cannot carry goods: products read here are dropped and counted', ru: 'касса `{name}` не принимает товары: прочитанные товары отбрасываются и считаются' },
  noApi: {
    en: 'with `api: off` no program can connect but over the control socket',
    ru: 'при `api: off` программы могут подключиться только через управляющий сокет',
  },
  idleTill: { en: 'no route leads to this till', ru: 'к этой кассе не ведёт ни один маршрут' },
  noCodes: { en: 'without `codes` every read is goods', ru: 'без `codes` любое чтение считается товаром' },
  ownPlatformNeeds: { en: 'a platform without `preset` needs `{key}`', ru: 'платформе без `preset` нужен `{key}`' },
  presetNeeds: { en: '`{key}` is missing: {about}', ru: 'не указано `{key}`: {about}' },
  presetIsGuess: {
    en: 'the contract of {name} is partly a guess: try it with a card of your own, then set `enabled: true`',
    ru: 'протокол {name} известен не полностью: проверьте на своей карте и укажите `enabled: true`',
  },
  badPlatformAddress: { en: 'an address with http or https is expected, without user, query and fragment', ru: 'ожидается адрес http или https без пользователя, параметров и фрагмента' },
  platformWithoutTls: {
    en: 'without TLS keys and card numbers can be read on the way: use https, or set `allowInsecureLan: true` where the platform stands in your own network',
    ru: 'без TLS ключи и номера карт видны по дороге: используйте https или укажите `allowInsecureLan: true`, если платформа стоит в вашей сети',
  },
  oneTimeUnmarked: {
    en: 'this platform has codes that are valid once (`{name}`), and no rule under `codes` of kind `{kind}` says `oneTime: true`: such a code could be delivered twice',
    ru: 'у этой платформы есть одноразовые коды (`{name}`), а ни одно правило `codes` вида `{kind}` не содержит `oneTime: true`: такой код может быть передан дважды',
  },
  noTranslators: { en: 'without `translators` no loyalty code has a number', ru: 'без `translators` ни один код лояльности не получит номер' },
  stationTill: {
    en: 'the till `{name}` is not one that stations fetch from: its adapter must be `client`, `rkeeper` with `transport: station-script` or `farcards`, or `iiko` with `transport: front` or `externalData`',
    ru: 'станции не могут обращаться к кассе `{name}`: её адаптер должен быть `client`, `rkeeper` с `transport: station-script` либо `farcards` или `iiko` с `transport: front` либо `externalData`',
  },
  noStation: { en: 'no entry of `stations.peers` names this till: nobody can reach it', ru: 'ни одна запись `stations.peers` не указывает на эту кассу: обратиться к ней некому' },
  answersOnly: {
    en: 'the till `{name}` reads codes itself and asks about them: nothing can be delivered to it, so no reader can be routed there',
    ru: 'касса `{name}` сама читает коды и спрашивает о них: доставить ей ничего нельзя, поэтому считыватель на неё не направляют',
  },
  reservedShape: {
    en: 'with the number {sample} this makes `{text}`, which the preset MCR algorithm for {what} would take: put something in front, such as `;778=...=`',
    ru: 'с номером {sample} получается `{text}`: это примет стандартный алгоритм МКР для {what}; добавьте начало, например `;778=...=`',
  },
  weakLocalToken: { en: '16 to 200 letters, digits, `_`, `-` expected', ru: 'ожидается от 16 до 200 букв, цифр, `_`, `-`' },
  noIdentifier: { en: 'what the numbers are to iiko must be said for at least one of `card`, `coupon`, `phone`', ru: 'нужно указать, чем номера являются для iiko, хотя бы для одного из `card`, `coupon`, `phone`' },
  kindWithoutIdentifier: {
    en: 'the code `{code}` is a {kind}: what a {kind} is to iiko must be said here, it cannot be guessed',
    ru: 'код `{code}` имеет вид {kind}: нужно указать здесь, чем {kind} является для iiko, угадать это нельзя',
  },
  trackNeedsServer: { en: 'a guest is found by the track of a card only by the iikoCard POS server: `posServer` is needed', ru: 'по треку карты гостя находит только POS-сервер iikoCard: нужен `posServer`' },
  noExternalData: { en: '`externalData` must say under which key the number goes', ru: 'в `externalData` нужно указать ключ, под которым передаётся номер' },
  watchedKey: { en: 'this is the key that waiters\' scans are read from (`watchKey`): it would read its own output', ru: 'из этого ключа читаются сканы официантов (`watchKey`): получится чтение собственного вывода' },
  notDigits: { en: 'iikoFront loses letters of what a reader types: only digits and `;` `?` `=` `^` may stand around {number}', ru: 'iikoFront теряет буквы, которые вводит считыватель: вокруг {number} допустимы только цифры и `;` `?` `=` `^`' },
  noPluginWay: {
    en: 'no plugin can reach this till: it needs `secrets.token` (plugin on this machine, with the API on) or an entry of `stations.peers`',
    ru: 'ни один плагин не достучится до этой кассы: нужен `secrets.token` (плагин на этой машине, API включён) или запись в `stations.peers`',
  },
  oneCloudLogin: {
    en: 'one login is needed: `appId` with `secrets.clientSecret` and `secrets.apiKey`, or `secrets.apiLogin` alone',
    ru: 'нужен один способ входа: `appId` вместе с `secrets.clientSecret` и `secrets.apiKey` или только `secrets.apiLogin`',
  },
  badDigits: { en: '1 to 19 digits expected', ru: 'ожидается от 1 до 19 цифр' },
  badPage: { en: 'a page of a server expected, such as getcardinfoex.php', ru: 'ожидается страница сервера, например getcardinfoex.php' },
  sharedToken: { en: 'the same secret as {other}: each station needs its own', ru: 'тот же секрет, что в {other}: у каждой станции должен быть свой' },
  clearNumbers: { en: 'without `tls` the numbers cross the network in clear', ru: 'без `tls` номера идут по сети открытым текстом' },
  openListener: { en: 'other machines can feed scans through this address', ru: 'через этот адрес сканы могут присылать и другие машины' },
} as const satisfies Readonly<Record<string, Text>>;

export type TextKey = keyof typeof TEXTS;

export type TextParams = Readonly<Record<string, string | number | Text>>;

/** Longest foreign text shown inside a sentence, in characters. */
export const MAX_FOREIGN = 120;

export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(TEXTS, key);
}

/** The sentence, its parameters filled in. Control characters of foreign texts are replaced, so that a file cannot drive the terminal. */
export function say(key: TextKey, params: TextParams = {}): Text {
  return { en: fill(TEXTS[key].en, params, 'en'), ru: fill(TEXTS[key].ru, params, 'ru') };
}

function fill(template: string, params: TextParams, language: Language): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === 'object' ? value[language] : printable(String(value), MAX_FOREIGN);
  });
}

/** One sentence after the other, without anything between. */
export function joined(...texts: readonly (Text | undefined)[]): Text {
  const all = texts.filter((text) => text !== undefined);
  return { en: all.map((text) => text.en).join(''), ru: all.map((text) => text.ru).join('') };
}
