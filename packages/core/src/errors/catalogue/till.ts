import { area } from '../entry.js';

export const tillErrors = area({
  TB_TILL_UNKNOWN: {
    retryable: false,
    en: { message: 'there is no till {till}', remedy: 'name one of: {known}' },
    ru: { message: 'кассы {till} нет', remedy: 'назовите одну из: {known}' },
  },
  TB_TILL_NOT_LISTENING: {
    retryable: true,
    en: { message: 'no cashier program has {path} open', remedy: 'start the cashier program and set {path} as the port of its scanner' },
    ru: { message: 'кассовая программа не открыла порт {path}', remedy: 'запустите кассовую программу и укажите в ней {path} как порт сканера' },
  },
  TB_TILL_PTY_FAILED: {
    retryable: false,
    en: { message: 'a virtual port could not be made: {problem}', remedy: 'check that /dev/ptmx and /dev/pts exist and that this user may use them' },
    ru: { message: 'не удалось создать виртуальный порт: {problem}', remedy: 'проверьте, что есть /dev/ptmx и /dev/pts и что они доступны этому пользователю' },
  },
  TB_TILL_LINK_TAKEN: {
    retryable: false,
    en: { message: '{path} exists and is not a virtual port of Tillbridge', remedy: 'choose another `link`, or remove {path} if nothing needs it' },
    ru: { message: '{path} уже существует, и это не виртуальный порт Tillbridge', remedy: 'укажите другой `link` или удалите {path}, если он никому не нужен' },
  },
  TB_TILL_LINK_FAILED: {
    retryable: false,
    en: { message: 'the port name {path} could not be made: {problem}', remedy: 'choose a `link` in a folder that this user may write to' },
    ru: { message: 'не удалось создать имя порта {path}: {problem}', remedy: 'укажите `link` в папке, куда этому пользователю разрешена запись' },
  },
  TB_TILL_PORT_ACCESS: {
    retryable: false,
    en: {
      message: 'the virtual port could not be given to group {group} with mode {mode}: {problem}',
      remedy: 'name an existing `group` that this user belongs to, or run the service as root',
    },
    ru: {
      message: 'не удалось отдать виртуальный порт группе {group} с правами {mode}: {problem}',
      remedy: 'укажите в `group` существующую группу, в которую входит этот пользователь, или запустите службу от root',
    },
  },
  TB_TILL_PORT_NOT_FOUND: {
    retryable: true,
    en: { message: 'the port {path} to the cashier program is not there', remedy: 'plug the cable in or correct `path`; `tillbridge devices` lists the ports' },
    ru: { message: 'порт {path} к кассовой программе не найден', remedy: 'подключите кабель или исправьте `path`; порты показывает `tillbridge devices`' },
  },
  TB_TILL_PORT_BUSY: {
    retryable: true,
    en: { message: 'another program holds the port {path}', remedy: 'close that program; the cashier program must open the other end of the pair, not {path}' },
    ru: { message: 'порт {path} занят другой программой', remedy: 'закройте её; кассовая программа должна открывать второй порт пары, а не {path}' },
  },
  TB_TILL_PORT_DENIED: {
    retryable: true,
    en: { message: 'this user may not open the port {path}', remedy: 'add the user to the group that owns the port (often dialout)' },
    ru: { message: 'этому пользователю нельзя открывать порт {path}', remedy: 'добавьте пользователя в группу, которой принадлежит порт (часто dialout)' },
  },
  TB_TILL_PORT_FAILED: {
    retryable: true,
    en: { message: 'the port {path} does not work: {problem}', remedy: 'check the cable and the driver; Tillbridge keeps trying' },
    ru: { message: 'порт {path} не работает: {problem}', remedy: 'проверьте кабель и драйвер; Tillbridge продолжает попытки' },
  },
  TB_TILL_PEER_NOT_READY: {
    retryable: true,
    en: { message: 'nobody listens at the other end of {path} ({line} is off)', remedy: 'start the cashier program, or set `requirePeer: none` if the cable does not carry {line}' },
    ru: { message: 'на другом конце {path} никто не слушает (нет сигнала {line})', remedy: 'запустите кассовую программу или укажите `requirePeer: none`, если кабель не передаёт {line}' },
  },
  TB_TILL_BAD_URL: {
    retryable: false,
    en: { message: 'till {till}: the address is not an http or https URL without a password in it', remedy: 'write `url: https://host/path`; secrets belong under `secrets`' },
    ru: { message: 'касса {till}: нужен адрес http или https без пароля внутри', remedy: 'напишите `url: https://host/path`; секреты указываются в `secrets`' },
  },
  TB_TILL_UNREACHABLE: {
    retryable: true,
    en: { message: 'till {till}: no connection to {host} ({problem})', remedy: 'check the address, the network and that the program there is running' },
    ru: { message: 'касса {till}: нет связи с {host} ({problem})', remedy: 'проверьте адрес, сеть и что программа на той стороне запущена' },
  },
  TB_TILL_NO_CLIENT: {
    retryable: true,
    en: { message: 'till {till}: no cashier software is connected that takes its numbers', remedy: 'start the cashier software; it needs a token with the scopes scan:read and delivery:{till}' },
    ru: { message: 'касса {till}: не подключена программа, которая принимает её номера', remedy: 'запустите кассовую программу; ей нужен токен с правами scan:read и delivery:{till}' },
  },
});
