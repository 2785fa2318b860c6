import { area } from '../entry.js';

/** The agent: the part of the program that runs in the cashier's session. */
export const tillAgentErrors = /* @__PURE__ */ area({
  TB_TILL_AGENT_MISSING: {
    retryable: true,
    en: {
      message: 'the agent of the cashier’s session is not connected, so nothing can be typed into its windows nor read from its keyboard',
      remedy: 'log the cashier on: the agent starts with that; if it does not, run `tillbridge agent` there and read what it says; `tillbridge doctor` shows what is missing',
    },
    ru: {
      message: 'агент сеанса кассира не подключён: ввести текст в его окна или прочитать его клавиатуру нельзя',
      remedy: 'войдите в систему под кассиром: агент запускается при входе; если не запустился, выполните там `tillbridge agent` и прочитайте сообщение; чего не хватает, показывает `tillbridge doctor`',
    },
  },
  TB_TILL_AGENT_LOST: {
    retryable: true,
    en: {
      message: 'the connection to the agent of the cashier’s session broke',
      remedy: 'nothing to do, the agent connects again by itself; if that happens often, look into the log for why it ends',
    },
    ru: {
      message: 'связь с агентом сеанса кассира прервалась',
      remedy: 'делать ничего не нужно, агент подключится сам; если это повторяется, посмотрите в журнале, почему он завершается',
    },
  },
  TB_TILL_AGENT_FAILED: {
    retryable: true,
    en: { message: 'the agent of the cashier’s session could not do it: {problem}', remedy: 'run `tillbridge doctor`; if it finds nothing, restart the agent by logging off and on' },
    ru: { message: 'агент сеанса кассира не смог выполнить задание: {problem}', remedy: 'выполните `tillbridge doctor`; если ошибок нет, перезапустите агент: выйдите из сеанса и войдите снова' },
  },
  TB_TILL_AGENT_TRANSPORT: {
    retryable: false,
    en: { message: 'the agent on {platform} has no `transport: {transport}`', remedy: 'set the transport that the cashier’s system has: sendinput on Windows, xtest on Linux desktops' },
    ru: { message: 'у агента в {platform} нет `transport: {transport}`', remedy: 'задайте transport системы кассира: sendinput в Windows, xtest на рабочих столах Linux' },
  },
  TB_TILL_AGENT_SOCKET: {
    retryable: false,
    en: { message: 'the place where the agent connects cannot be opened: {path}: {problem}', remedy: 'see that this user may write to that folder, and that no other daemon uses it; on Windows end the program that holds the pipe' },
    ru: { message: 'не открывается место подключения агента {path}: {problem}', remedy: 'проверьте, что пользователь может писать в эту папку и что её не занимает другой демон; в Windows завершите программу, которая держит канал' },
  },
  TB_TILL_AGENT_ACCESS: {
    retryable: false,
    en: { message: 'the agent’s pipe could not be opened to the cashier’s user: {problem}', remedy: 'run the service as administrator or local system, or the agent as the same user' },
    ru: { message: 'не удалось открыть канал агента для пользователя кассира: {problem}', remedy: 'запустите службу от имени администратора или системы либо агент от имени того же пользователя' },
  },
  TB_TILL_AGENT_NO_KEY: {
    retryable: true,
    en: { message: 'there is no key by which daemon and agent know each other; looked in {places}', remedy: 'as administrator (root) run `tillbridge agent allow USER` with the name of the cashier’s user' },
    ru: { message: 'нет ключа, по которому демон и агент узнают друг друга; где искали: {places}', remedy: 'от имени администратора (root) выполните `tillbridge agent allow ПОЛЬЗОВАТЕЛЬ` с именем пользователя кассира' },
  },
  TB_TILL_AGENT_STRANGER: {
    retryable: true,
    en: { message: 'what answers at {path} is not the daemon of this key ({why})', remedy: 'run `tillbridge agent allow USER` again as administrator (root): the key was made anew, or another program has taken the place' },
    ru: { message: 'по адресу {path} отвечает не демон с этим ключом ({why})', remedy: 'снова выполните `tillbridge agent allow ПОЛЬЗОВАТЕЛЬ` от имени администратора (root): ключ создан заново или место заняла другая программа' },
  },
  TB_TILL_AGENT_OCCUPIED: {
    retryable: true,
    en: { message: 'another agent serves this daemon already', remedy: 'log off the other session, or leave it: this agent takes over when that one ends' },
    ru: { message: 'демону уже служит другой агент', remedy: 'завершите другой сеанс или ничего не делайте: этот агент заменит его, когда тот завершится' },
  },
  TB_TILL_AGENT_NO_DAEMON: {
    retryable: true,
    en: { message: 'no daemon can be reached at {places}', remedy: 'start the daemon (the service, or `tillbridge run`) with a till or reader that goes through the agent; this agent keeps trying' },
    ru: { message: 'демон недоступен: {places}', remedy: 'запустите демон (службу или `tillbridge run`) с кассой или считывателем, которые работают через агент; агент продолжает попытки' },
  },
  TB_TILL_AGENT_VERSION: {
    retryable: true,
    en: { message: 'the agent is of version {agent}, the daemon of {daemon}', remedy: 'log the cashier off and on, so that the agent of the installed version starts' },
    ru: { message: 'версия агента {agent}, версия демона {daemon}', remedy: 'выйдите из сеанса кассира и войдите снова: запустится агент установленной версии' },
  },
  TB_TILL_AGENT_USER: {
    retryable: false,
    en: { message: 'the key could not be given to user {user}: {problem}', remedy: 'run this as administrator (root), with the name of a user of this machine' },
    ru: { message: 'не удалось передать ключ пользователю {user}: {problem}', remedy: 'выполните это от имени администратора (root), указав имя пользователя этого компьютера' },
  },
});
