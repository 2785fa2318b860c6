import { type Language } from '@tillbridge/core';
/** A sentence in every language of the product. */
export type Text = Readonly<Record<Language, string>>;
/** What a configuration problem can say. `{name}` stands for a parameter; names that users type stand in back-ticks. */
declare const TEXTS: {
    readonly tooLarge: {
        readonly en: "the file is larger than {max} bytes";
        readonly ru: "файл больше {max} байт";
    };
    readonly notUtf8: {
        readonly en: "the file is not UTF-8 text: save it as UTF-8";
        readonly ru: "файл не в кодировке UTF-8: сохраните его в UTF-8";
    };
    readonly controlCharacter: {
        readonly en: "a control character does not belong into this file";
        readonly ru: "в файле недопустимый управляющий символ";
    };
    readonly emptyFile: {
        readonly en: "the file is empty; `tillbridge init` writes one to start from";
        readonly ru: "файл пуст; начальный файл создаёт `tillbridge init`";
    };
    readonly notAMap: {
        readonly en: "the file must consist of `key: value` lines";
        readonly ru: "файл должен состоять из строк вида `ключ: значение`";
    };
    readonly tooDeep: {
        readonly en: "nested too deeply";
        readonly ru: "слишком глубокая вложенность";
    };
    readonly aliasBomb: {
        readonly en: "too many repetitions through YAML aliases (`*name`)";
        readonly ru: "слишком много повторов через псевдонимы YAML (`*имя`)";
    };
    readonly unknownAlias: {
        readonly en: "the alias `*{name}` has no anchor `&{name}` before it";
        readonly ru: "для псевдонима `*{name}` выше нет якоря `&{name}`";
    };
    readonly unknownTag: {
        readonly en: "YAML tags such as `{name}` are not used here";
        readonly ru: "теги YAML вроде `{name}` здесь не используются";
    };
    readonly duplicateKey: {
        readonly en: "the key stands here twice";
        readonly ru: "ключ указан дважды";
    };
    readonly tabIndent: {
        readonly en: "a tab in the indentation: use spaces";
        readonly ru: "в отступе стоит табуляция: используйте пробелы";
    };
    readonly badIndent: {
        readonly en: "wrong indentation, or a bracket that is not closed";
        readonly ru: "неверный отступ или незакрытая скобка";
    };
    readonly badEscape: {
        readonly en: "`{escape}` is no escape of a double-quoted text: write the backslash twice, or use single quotes";
        readonly ru: "`{escape}` внутри двойных кавычек недопустимо: удвойте обратную косую черту или возьмите одинарные кавычки";
    };
    readonly missingChar: {
        readonly en: "a quote or bracket that is not closed, a `:` or `-` that is missing, or wrong indentation";
        readonly ru: "незакрытая кавычка или скобка, пропущенный `:` или `-` либо неверный отступ";
    };
    readonly badStart: {
        readonly en: "a text that begins with this character must stand in quotes";
        readonly ru: "текст, который начинается с этого символа, нужно взять в кавычки";
    };
    readonly blockInLine: {
        readonly en: "a second `key:` on one line: quote the text, or begin a new line";
        readonly ru: "второй `ключ:` в одной строке: возьмите текст в кавычки или начните новую строку";
    };
    readonly manyDocuments: {
        readonly en: "a second document (`---`): one file holds one configuration";
        readonly ru: "второй документ (`---`): в файле должна быть одна конфигурация";
    };
    readonly syntax: {
        readonly en: "this is not valid YAML here";
        readonly ru: "здесь нарушен синтаксис YAML";
    };
    readonly unknownKey: {
        readonly en: "unknown key";
        readonly ru: "неизвестный ключ";
    };
    readonly missing: {
        readonly en: "required, and missing";
        readonly ru: "обязательный ключ не указан";
    };
    readonly noValue: {
        readonly en: "has no value";
        readonly ru: "значение не указано";
    };
    readonly wrongType: {
        readonly en: "{expected} expected, this is {actual}";
        readonly ru: "ожидается {expected}, а здесь {actual}";
    };
    readonly wrongValue: {
        readonly en: "unknown value{value}";
        readonly ru: "неизвестное значение{value}";
    };
    readonly tooSmall: {
        readonly en: "must be at least {limit}";
        readonly ru: "не меньше {limit}";
    };
    readonly tooBig: {
        readonly en: "must be at most {limit}";
        readonly ru: "не больше {limit}";
    };
    readonly tooShort: {
        readonly en: "must not be empty";
        readonly ru: "не должно быть пустым";
    };
    readonly tooLong: {
        readonly en: "too long: at most {limit}";
        readonly ru: "слишком длинно: не больше {limit}";
    };
    readonly invalid: {
        readonly en: "not a valid value";
        readonly ru: "недопустимое значение";
    };
    readonly later: {
        readonly en: "`{name}` is not in this version yet";
        readonly ru: "`{name}` в этой версии ещё нет";
    };
    readonly badId: {
        readonly en: "a name of 1 to 64 letters, digits, `.`, `_`, `-`, beginning with a letter or digit, expected";
        readonly ru: "ожидается имя из 1–64 латинских букв, цифр, `.`, `_`, `-`, первой идёт буква или цифра";
    };
    readonly reservedId: {
        readonly en: "`{name}` has a meaning of its own here: choose another name";
        readonly ru: "`{name}` здесь служебное слово: выберите другое имя";
    };
    readonly profileUnreadable: {
        readonly en: "this file of device profiles cannot be read, or is no small file";
        readonly ru: "файл с профилями устройств не читается или слишком велик";
    };
    readonly commandOfGuess: {
        readonly en: "commands are sent to a device only where its manual names them: name it in `source` and write `basis: document`";
        readonly ru: "команды отправляются устройству, только если они есть в его инструкции: назовите её в `source` и укажите `basis: document`";
    };
    readonly nfcOverlap: {
        readonly en: "could read the same cards as {other}: give each a `match.name` of its own";
        readonly ru: "может читать те же карты, что и {other}: укажите для каждого своё `match.name`";
    };
    readonly doubleCredit: {
        readonly en: "the till `{name}` reports its sales to the loyalty system itself, and reporting them as well would credit guests twice: leave `mode: off`, or set `iKnowTheTillDoesNotReport: true` where you are certain that it reports to nobody";
        readonly ru: "касса `{name}` сама передаёт продажи в систему лояльности, и баллы начислятся дважды: оставьте `mode: off` или, если касса точно ничего не передаёт, укажите `iKnowTheTillDoesNotReport: true`";
    };
    readonly reportToNobody: {
        readonly en: "there is no translator of type http: no platform could be told of receipts";
        readonly ru: "нет транслятора типа http: передавать чеки некому";
    };
    readonly badPluginName: {
        readonly en: "the name of a package expected: @scope/name, or tillbridge-...";
        readonly ru: "ожидается имя пакета: @scope/name или tillbridge-...";
    };
    readonly pluginNotFound: {
        readonly en: "the plugin `{name}` is not installed: run `npm install {name}` in the folder of this file; looked in: {places}";
        readonly ru: "плагин `{name}` не установлен: выполните `npm install {name}` в папке этого файла; искали в: {places}";
    };
    readonly pluginBad: {
        readonly en: "the plugin `{name}` cannot be used: {problem}";
        readonly ru: "плагин `{name}` использовать нельзя: {problem}";
    };
    readonly pluginApi: {
        readonly en: "the plugin `{name}` was written for version {range} of the plugin interface, this tillbridge has {served}: update the one or the other";
        readonly ru: "плагин `{name}` написан для версии {range} интерфейса плагинов, в этой программе {served}: обновите одно или другое";
    };
    readonly pluginOwnCore: {
        readonly en: "the plugin `{name}` brings its own copy of Tillbridge along ({what}), and two copies do not know each other: its author must name `@tillbridge/plugin` as an optional peer only";
        readonly ru: "плагин `{name}` несёт с собой копию Tillbridge ({what}), а две копии не понимают друг друга: автор должен указать `@tillbridge/plugin` только как необязательный peer";
    };
    readonly pluginKind: {
        readonly en: "the plugin `{name}` is a {kind}, and here stands a {wanted}";
        readonly ru: "плагин `{name}` имеет вид {kind}, а здесь нужен {wanted}";
    };
    readonly pluginSecret: {
        readonly en: "the plugin `{name}` needs {names} under `secrets`";
        readonly ru: "плагину `{name}` нужно {names} в `secrets`";
    };
    readonly pluginGrant: {
        readonly en: "the plugin `{name}` asks for {names}: where you trust it, write `grant: [{list}]`";
        readonly ru: "плагин `{name}` просит разрешить {names}: если вы ему доверяете, укажите `grant: [{list}]`";
    };
    readonly badHostName: {
        readonly en: "a host name in small letters expected, such as till.lan";
        readonly ru: "ожидается имя хоста строчными буквами, например till.lan";
    };
    readonly badTillId: {
        readonly en: "the 16 characters that `tillbridge mobile list` shows on the other machine expected";
        readonly ru: "ожидаются 16 знаков, которые на другой машине показывает `tillbridge mobile list`";
    };
    readonly badPhoneOrigin: {
        readonly en: "an address in the local network expected, without a path, such as https://192.168.1.10:48443";
        readonly ru: "ожидается адрес в локальной сети без пути, например https://192.168.1.10:48443";
    };
    readonly notPrivate: {
        readonly en: "`auto`, or a private address of this machine (10.x, 172.16-31.x, 192.168.x) expected: phones are never served from the internet";
        readonly ru: "ожидается `auto` или внутренний адрес этой машины (10.x, 172.16–31.x, 192.168.x): из интернета телефоны не обслуживаются";
    };
    readonly secondMobile: {
        readonly en: "one reader of type mobile serves all phones: {other} is there already";
        readonly ru: "все телефоны обслуживает один считыватель типа mobile: уже есть {other}";
    };
    readonly mobilePorts: {
        readonly en: "the page with TLS and the one without need two ports";
        readonly ru: "для страницы с TLS и без неё нужны два разных порта";
    };
    readonly mobileTillTwice: {
        readonly en: "`{name}` stands here twice";
        readonly ru: "`{name}` указана дважды";
    };
    readonly mobileTillAsks: {
        readonly en: "the till `{name}` asks for numbers itself and cannot be given one";
        readonly ru: "касса `{name}` сама спрашивает номера, передать ей номер нельзя";
    };
    readonly mobileForeignName: {
        readonly en: "a certificate of `tillbridge ca` is good for names under .local, .lan, .internal and home.arpa only: bring a certificate for `{name}` under `tls`";
        readonly ru: "сертификаты `tillbridge ca` годятся только для имён в .local, .lan, .internal и home.arpa: для `{name}` укажите свой сертификат в `tls`";
    };
    readonly badUsbId: {
        readonly en: "four hexadecimal digits in quotes expected, such as \"1eab\"";
        readonly ru: "ожидаются четыре шестнадцатеричные цифры в кавычках, например \"1eab\"";
    };
    readonly badUsbPort: {
        readonly en: "a USB socket as `tillbridge devices` shows it, such as \"1-3.2\"";
        readonly ru: "ожидается разъём USB, как его показывает `tillbridge devices`, например \"1-3.2\"";
    };
    readonly badHostPort: {
        readonly en: "HOST:PORT expected, such as 127.0.0.1:4001";
        readonly ru: "ожидается ХОСТ:ПОРТ, например 127.0.0.1:4001";
    };
    readonly badTitle: {
        readonly en: "a text, or a regular expression between slashes, expected";
        readonly ru: "ожидается текст или регулярное выражение между косыми чертами";
    };
    readonly badDisplay: {
        readonly en: "a screen of this machine expected, such as \":0\"";
        readonly ru: "ожидается экран этой машины, например \":0\"";
    };
    readonly emptyWindow: {
        readonly en: "name a title, a class or a process; `none` where no window is required";
        readonly ru: "укажите title, class или process; если окно не важно — `none`";
    };
    readonly noWindow: {
        readonly en: "a `window` is needed: the only one that numbers may be typed into (title, class, process), or `none` for whatever has the focus";
        readonly ru: "нужен ключ `window`: единственное окно, куда можно печатать номера (title, class, process), или `none` — туда, где фокус";
    };
    readonly guessedWindow: {
        readonly en: "a `window` is needed: what the profile has is a guess ({name}); look at the till (`tillbridge doctor` names the window in front) and write it down";
        readonly ru: "нужен ключ `window`: в профиле только догадка ({name}); посмотрите на кассе (`tillbridge doctor` называет окно впереди) и запишите";
    };
    readonly unknownTillProfile: {
        readonly en: "there is no till profile `{name}`";
        readonly ru: "профиля кассы `{name}` нет";
    };
    readonly badMemberPath: {
        readonly en: "a dotted path of at most eight names expected, such as card.number";
        readonly ru: "ожидается путь через точки, не более восьми имён, например card.number";
    };
    readonly badHost: {
        readonly en: "a host name expected, such as pass.example.com or *.example.com";
        readonly ru: "ожидается имя хоста, например pass.example.com или *.example.com";
    };
    readonly badSegment: {
        readonly en: "segments count from 1, or from -1 at the end";
        readonly ru: "отрезки пути считаются с 1, с конца — с -1";
    };
    readonly queryOrPath: {
        readonly en: "either `query` or `path`";
        readonly ru: "нужен либо `query`, либо `path`";
    };
    readonly badAi: {
        readonly en: "an application identifier of two to four digits in quotes expected, such as \"8018\"";
        readonly ru: "ожидается идентификатор применения из 2–4 цифр в кавычках, например \"8018\"";
    };
    readonly badIssuer: {
        readonly en: "the issuer's name of 1 to 64 small letters, digits, `.` and `-` expected";
        readonly ru: "ожидается имя издателя: 1–64 строчных латинских букв, цифр, `.` и `-`";
    };
    readonly documentWithoutTls: {
        readonly en: "without TLS anybody on the way can read and change what is fetched: use https, or set `allowInsecureLan: true` where the server stands in your own network";
        readonly ru: "без TLS загружаемое можно прочесть и подменить по дороге: используйте https или укажите `allowInsecureLan: true`, если сервер стоит в вашей сети";
    };
    readonly oneSecret: {
        readonly en: "give `user` with `secrets.password`, or `secrets.token`, or neither";
        readonly ru: "укажите `user` вместе с `secrets.password`, либо `secrets.token`, либо ничего";
    };
    readonly headerWithoutToken: {
        readonly en: "`header` carries `secrets.token`, which is missing";
        readonly ru: "`header` передаёт `secrets.token`, а его нет";
    };
    readonly columnsOfJson: {
        readonly en: "`columns` are needed with `format: json`, and only there";
        readonly ru: "`columns` нужны при `format: json` и только там";
    };
    readonly syncWithoutTable: {
        readonly en: "nobody asks the card table that this fills: add `{ type: table }` under `translators`";
        readonly ru: "таблицу карт, которую это заполняет, никто не спрашивает: добавьте `{ type: table }` в `translators`";
    };
    readonly rotatingValueGroup: {
        readonly en: "a rotating code is checked whole: leave the group `value` out, so that no other translator takes the number out of a forged one";
        readonly ru: "меняющийся код проверяется целиком: уберите группу `value`, иначе другой транслятор возьмёт номер из поддельного кода";
    };
    readonly numberOrTable: {
        readonly en: "either `number` or `table: true`";
        readonly ru: "нужно либо `number`, либо `table: true`";
    };
    readonly phoneUnmarked: {
        readonly en: "takes digits alone for a telephone: 12-digit cards look the same. Use `payload: { type: tel }`, an expression that wants a leading plus, or `readers` that are keypads";
        readonly ru: "принимает за телефон просто цифры: 12-значные карты выглядят так же. Используйте `payload: { type: tel }`, выражение с плюсом в начале или `readers` с клавиатурами";
    };
    readonly badGuid: {
        readonly en: "a GUID expected, such as {0A6F1C2B-0000-4000-8000-0000000000AA}";
        readonly ru: "ожидается GUID, например {0A6F1C2B-0000-4000-8000-0000000000AA}";
    };
    readonly badFingerprint: {
        readonly en: "a SHA-256 fingerprint expected: 32 bytes in hexadecimal";
        readonly ru: "ожидается отпечаток SHA-256: 32 байта в шестнадцатеричном виде";
    };
    readonly badUrl: {
        readonly en: "an address that begins with http:// or https:// expected";
        readonly ru: "ожидается адрес, который начинается с http:// или https://";
    };
    readonly urlCredentials: {
        readonly en: "a password in the address: secrets stand under `secrets`";
        readonly ru: "пароль внутри адреса: секреты указываются в `secrets`";
    };
    readonly badCidr: {
        readonly en: "an address such as 192.168.1.20, or a range such as 192.168.1.0/24, expected";
        readonly ru: "ожидается адрес, например 192.168.1.20, или диапазон, например 192.168.1.0/24";
    };
    readonly weakToken: {
        readonly en: "the secret must have 16 to 256 characters: letters, digits, `.`, `_`, `~`, `-`";
        readonly ru: "секрет должен состоять из 16–256 символов: латинские буквы, цифры, `.`, `_`, `~`, `-`";
    };
    readonly badOrigin: {
        readonly en: "an origin such as https://till.example expected, without a path";
        readonly ru: "ожидается источник вида https://till.example, без пути";
    };
    readonly badMode: {
        readonly en: "three octal digits in quotes expected, such as \"0660\"";
        readonly ru: "ожидаются три восьмеричные цифры в кавычках, например \"0660\"";
    };
    readonly badPath: {
        readonly en: "`~` is not expanded: write the whole path";
        readonly ru: "`~` не раскрывается: укажите путь целиком";
    };
    readonly notLoopback: {
        readonly en: "the API listens on this machine only: 127.0.0.1, ::1 or localhost";
        readonly ru: "API слушает только эту машину: 127.0.0.1, ::1 или localhost";
    };
    readonly notLoopback4: {
        readonly en: "the driver of 1C connects on this machine only: 127.0.0.1:PORT";
        readonly ru: "драйвер 1С подключается только на этой машине: 127.0.0.1:ПОРТ";
    };
    readonly badEntity: {
        readonly en: "a name as OData shows it expected: letters, digits, `_`";
        readonly ru: "ожидается имя, как его показывает OData: буквы, цифры, `_`";
    };
    readonly sameToken: {
        readonly en: "the same token as {other} at the same address: each till needs its own";
        readonly ru: "тот же токен по тому же адресу у {other}: у каждой кассы должен быть свой";
    };
    readonly didYouMean: {
        readonly en: "; did you mean `{name}`?";
        readonly ru: "; возможно, `{name}`?";
    };
    readonly knownHere: {
        readonly en: "; known here: {names}";
        readonly ru: "; здесь известны: {names}";
    };
    readonly inQuotes: {
        readonly en: ": put it in quotes";
        readonly ru: ": возьмите значение в кавычки";
    };
    readonly versionMissing: {
        readonly en: "required, and missing: write `version: {current}`";
        readonly ru: "обязательный ключ не указан: добавьте `version: {current}`";
    };
    readonly versionNewer: {
        readonly en: "written for a newer tillbridge; this one knows version {current}";
        readonly ru: "файл для более новой версии tillbridge; эта знает версию {current}";
    };
    readonly versionUnknown: {
        readonly en: "unknown version: this tillbridge knows version {current}";
        readonly ru: "неизвестная версия: эта программа знает версию {current}";
    };
    readonly inlineSecret: {
        readonly en: "a secret does not stand in this file: write `${env:NAME}` or `${file:PATH}`";
        readonly ru: "секрет не пишут прямо в файле: укажите `${env:ИМЯ}` или `${file:ПУТЬ}`";
    };
    readonly badReference: {
        readonly en: "a reference reads `${env:NAME}` or `${file:PATH}`";
        readonly ru: "ссылка пишется так: `${env:ИМЯ}` или `${file:ПУТЬ}`";
    };
    readonly envMissing: {
        readonly en: "the environment variable {name} is not set";
        readonly ru: "переменная окружения {name} не задана";
    };
    readonly envEmpty: {
        readonly en: "the environment variable {name} is empty";
        readonly ru: "переменная окружения {name} пуста";
    };
    readonly fileMissing: {
        readonly en: "the file {name} does not exist";
        readonly ru: "файла {name} нет";
    };
    readonly fileDenied: {
        readonly en: "the file {name} may not be read by this user";
        readonly ru: "этому пользователю нельзя читать файл {name}";
    };
    readonly fileUnreadable: {
        readonly en: "the file {name} cannot be read ({problem})";
        readonly ru: "файл {name} не читается ({problem})";
    };
    readonly fileEmpty: {
        readonly en: "the file {name} is empty";
        readonly ru: "файл {name} пуст";
    };
    readonly fileNotText: {
        readonly en: "the file {name} is not one line of UTF-8 text of at most {max} bytes";
        readonly ru: "в файле {name} должна быть одна строка текста UTF-8 не длиннее {max} байт";
    };
    readonly tooManyReferences: {
        readonly en: "more than {max} references";
        readonly ru: "ссылок больше {max}";
    };
    readonly referenceUnfit: {
        readonly en: "what the reference gives does not fit here";
        readonly ru: "значение по этой ссылке сюда не подходит";
    };
    readonly referenceIsText: {
        readonly en: "; a reference always gives a text";
        readonly ru: "; ссылка всегда даёт текст";
    };
    readonly duplicateId: {
        readonly en: "`{name}` is taken by {other}";
        readonly ru: "имя `{name}` уже занято: {other}";
    };
    readonly unknownReader: {
        readonly en: "there is no reader `{name}`";
        readonly ru: "сканера `{name}` нет";
    };
    readonly unknownTill: {
        readonly en: "there is no till `{name}`";
        readonly ru: "кассы `{name}` нет";
    };
    readonly unknownCode: {
        readonly en: "there is no code `{name}`";
        readonly ru: "кода `{name}` нет";
    };
    readonly noReaders: {
        readonly en: "at least one reader is needed";
        readonly ru: "нужен хотя бы один сканер";
    };
    readonly noTills: {
        readonly en: "at least one till is needed";
        readonly ru: "нужна хотя бы одна касса";
    };
    readonly noPlace: {
        readonly en: "where is the device? `path`, `match` or `auto: true` is needed";
        readonly ru: "где устройство? нужен `path`, `match` или `auto: true`";
    };
    readonly twoPlaces: {
        readonly en: "only one of {names}";
        readonly ru: "нужно только одно из: {names}";
    };
    readonly autoOff: {
        readonly en: "only `auto: true` has a meaning: leave it out otherwise";
        readonly ru: "смысл имеет только `auto: true`: иначе уберите ключ";
    };
    readonly emptyMatch: {
        readonly en: "at least one of `vid`, `pid`, `serial`, `port` is needed";
        readonly ru: "нужен хотя бы один из ключей `vid`, `pid`, `serial`, `port`";
    };
    readonly noConnection: {
        readonly en: "`listen` or `connect` is needed";
        readonly ru: "нужен `listen` или `connect`";
    };
    readonly neverEnds: {
        readonly en: "without a suffix and without `idleMs` no read would ever end";
        readonly ru: "без суффикса и без `idleMs` чтение никогда не закончится";
    };
    readonly sharedPlace: {
        readonly en: "`{name}` is used by {other} already";
        readonly ru: "`{name}` уже использует {other}";
    };
    readonly ownTail: {
        readonly en: "`{name}` is written by {other}: it would read its own output";
        readonly ru: "в `{name}` пишет {other}: получится чтение собственного вывода";
    };
    readonly tableTwice: {
        readonly en: "there is one card table: {other} is it already";
        readonly ru: "таблица карт одна: это уже {other}";
    };
    readonly badRegex: {
        readonly en: "not a regular expression: {problem}";
        readonly ru: "это не регулярное выражение: {problem}";
    };
    readonly slowRegex: {
        readonly en: "a repeated or optional part inside a repetition (`{part}`) can take for ever on a crafted code: write it without, for example as one class `[...]+`";
        readonly ru: "повторяемая или необязательная часть внутри повтора (`{part}`) на подобранном коде может считаться вечно: запишите без неё, например одним классом `[...]+`";
    };
    readonly emptyRegex: {
        readonly en: "matches anything, an empty read too: every product would be taken for a loyalty code";
        readonly ru: "подходит к чему угодно, даже к пустому чтению: любой товар станет кодом лояльности";
    };
    readonly unanchored: {
        readonly en: "without `^` and `$` a longer product code that only contains this is taken for loyalty";
        readonly ru: "без `^` и `$` более длинный код товара, где это лишь часть, будет принят за код лояльности";
    };
    readonly otherGroup: {
        readonly en: "only the named group `value` has a meaning, not `{name}`";
        readonly ru: "смысл имеет только именованная группа `value`, а не `{name}`";
    };
    readonly routeNeeded: {
        readonly en: "with several tills `routes` must say which reader goes to which till";
        readonly ru: "касс несколько: `routes` должен указать, какой сканер к какой кассе относится";
    };
    readonly notRouted: {
        readonly en: "no route names this reader: its reads would go nowhere";
        readonly ru: "ни один маршрут не называет этот сканер: его чтения никуда не попадут";
    };
    readonly routedTwice: {
        readonly en: "the reader `{name}` is in {other} already: this route would never be used for it";
        readonly ru: "сканер `{name}` уже указан в {other}: этот маршрут для него никогда не сработает";
    };
    readonly noGoodsPath: {
        readonly en: "the till `{name}` cannot carry goods: name one that can, or `none`";
        readonly ru: "касса `{name}` не может принимать товары: укажите другую или `none`";
    };
    readonly goodsDropped: {
        readonly en: "the till `{name}` cannot carry goods: products read here are dropped and counted";
        readonly ru: "касса `{name}` не принимает товары: прочитанные товары отбрасываются и считаются";
    };
    readonly noApi: {
        readonly en: "with `api: off` no program can connect but over the control socket";
        readonly ru: "при `api: off` программы могут подключиться только через управляющий сокет";
    };
    readonly idleTill: {
        readonly en: "no route leads to this till";
        readonly ru: "к этой кассе не ведёт ни один маршрут";
    };
    readonly noCodes: {
        readonly en: "without `codes` every read is goods";
        readonly ru: "без `codes` любое чтение считается товаром";
    };
    readonly ownPlatformNeeds: {
        readonly en: "a platform without `preset` needs `{key}`";
        readonly ru: "платформе без `preset` нужен `{key}`";
    };
    readonly presetNeeds: {
        readonly en: "`{key}` is missing: {about}";
        readonly ru: "не указано `{key}`: {about}";
    };
    readonly presetIsGuess: {
        readonly en: "the contract of {name} is partly a guess: try it with a card of your own, then set `enabled: true`";
        readonly ru: "протокол {name} известен не полностью: проверьте на своей карте и укажите `enabled: true`";
    };
    readonly badPlatformAddress: {
        readonly en: "an address with http or https is expected, without user, query and fragment";
        readonly ru: "ожидается адрес http или https без пользователя, параметров и фрагмента";
    };
    readonly platformWithoutTls: {
        readonly en: "without TLS keys and card numbers can be read on the way: use https, or set `allowInsecureLan: true` where the platform stands in your own network";
        readonly ru: "без TLS ключи и номера карт видны по дороге: используйте https или укажите `allowInsecureLan: true`, если платформа стоит в вашей сети";
    };
    readonly oneTimeUnmarked: {
        readonly en: "this platform has codes that are valid once (`{name}`), and no rule under `codes` of kind `{kind}` says `oneTime: true`: such a code could be delivered twice";
        readonly ru: "у этой платформы есть одноразовые коды (`{name}`), а ни одно правило `codes` вида `{kind}` не содержит `oneTime: true`: такой код может быть передан дважды";
    };
    readonly noTranslators: {
        readonly en: "without `translators` no loyalty code has a number";
        readonly ru: "без `translators` ни один код лояльности не получит номер";
    };
    readonly stationTill: {
        readonly en: "the till `{name}` is not one that stations fetch from: its adapter must be `client`, `rkeeper` with `transport: station-script` or `farcards`, or `iiko` with `transport: front` or `externalData`";
        readonly ru: "станции не могут обращаться к кассе `{name}`: её адаптер должен быть `client`, `rkeeper` с `transport: station-script` либо `farcards` или `iiko` с `transport: front` либо `externalData`";
    };
    readonly noStation: {
        readonly en: "no entry of `stations.peers` names this till: nobody can reach it";
        readonly ru: "ни одна запись `stations.peers` не указывает на эту кассу: обратиться к ней некому";
    };
    readonly answersOnly: {
        readonly en: "the till `{name}` reads codes itself and asks about them: nothing can be delivered to it, so no reader can be routed there";
        readonly ru: "касса `{name}` сама читает коды и спрашивает о них: доставить ей ничего нельзя, поэтому считыватель на неё не направляют";
    };
    readonly reservedShape: {
        readonly en: "with the number {sample} this makes `{text}`, which the preset MCR algorithm for {what} would take: put something in front, such as `;778=...=`";
        readonly ru: "с номером {sample} получается `{text}`: это примет стандартный алгоритм МКР для {what}; добавьте начало, например `;778=...=`";
    };
    readonly weakLocalToken: {
        readonly en: "16 to 200 letters, digits, `_`, `-` expected";
        readonly ru: "ожидается от 16 до 200 букв, цифр, `_`, `-`";
    };
    readonly noIdentifier: {
        readonly en: "what the numbers are to iiko must be said for at least one of `card`, `coupon`, `phone`";
        readonly ru: "нужно указать, чем номера являются для iiko, хотя бы для одного из `card`, `coupon`, `phone`";
    };
    readonly kindWithoutIdentifier: {
        readonly en: "the code `{code}` is a {kind}: what a {kind} is to iiko must be said here, it cannot be guessed";
        readonly ru: "код `{code}` имеет вид {kind}: нужно указать здесь, чем {kind} является для iiko, угадать это нельзя";
    };
    readonly trackNeedsServer: {
        readonly en: "a guest is found by the track of a card only by the iikoCard POS server: `posServer` is needed";
        readonly ru: "по треку карты гостя находит только POS-сервер iikoCard: нужен `posServer`";
    };
    readonly noExternalData: {
        readonly en: "`externalData` must say under which key the number goes";
        readonly ru: "в `externalData` нужно указать ключ, под которым передаётся номер";
    };
    readonly watchedKey: {
        readonly en: "this is the key that waiters' scans are read from (`watchKey`): it would read its own output";
        readonly ru: "из этого ключа читаются сканы официантов (`watchKey`): получится чтение собственного вывода";
    };
    readonly notDigits: {
        readonly en: "iikoFront loses letters of what a reader types: only digits and `;` `?` `=` `^` may stand around {number}";
        readonly ru: "iikoFront теряет буквы, которые вводит считыватель: вокруг {number} допустимы только цифры и `;` `?` `=` `^`";
    };
    readonly noPluginWay: {
        readonly en: "no plugin can reach this till: it needs `secrets.token` (plugin on this machine, with the API on) or an entry of `stations.peers`";
        readonly ru: "ни один плагин не достучится до этой кассы: нужен `secrets.token` (плагин на этой машине, API включён) или запись в `stations.peers`";
    };
    readonly oneCloudLogin: {
        readonly en: "one login is needed: `appId` with `secrets.clientSecret` and `secrets.apiKey`, or `secrets.apiLogin` alone";
        readonly ru: "нужен один способ входа: `appId` вместе с `secrets.clientSecret` и `secrets.apiKey` или только `secrets.apiLogin`";
    };
    readonly badDigits: {
        readonly en: "1 to 19 digits expected";
        readonly ru: "ожидается от 1 до 19 цифр";
    };
    readonly badPage: {
        readonly en: "a page of a server expected, such as getcardinfoex.php";
        readonly ru: "ожидается страница сервера, например getcardinfoex.php";
    };
    readonly sharedToken: {
        readonly en: "the same secret as {other}: each station needs its own";
        readonly ru: "тот же секрет, что в {other}: у каждой станции должен быть свой";
    };
    readonly clearNumbers: {
        readonly en: "without `tls` the numbers cross the network in clear";
        readonly ru: "без `tls` номера идут по сети открытым текстом";
    };
    readonly openListener: {
        readonly en: "other machines can feed scans through this address";
        readonly ru: "через этот адрес сканы могут присылать и другие машины";
    };
};
export type TextKey = keyof typeof TEXTS;
export type TextParams = Readonly<Record<string, string | number | Text>>;
/** Longest foreign text shown inside a sentence, in characters. */
export declare const MAX_FOREIGN = 120;
export declare function isTextKey(key: string): key is TextKey;
/** The sentence, its parameters filled in. Control characters of foreign texts are replaced, so that a file cannot drive the terminal. */
export declare function say(key: TextKey, params?: TextParams): Text;
/** One sentence after the other, without anything between. */
export declare function joined(...texts: readonly (Text | undefined)[]): Text;
export {};
