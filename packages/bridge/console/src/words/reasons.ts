import { defineTexts } from '../i18n';

/** The reasons that a store meets. The others are shown as they are: they are words for whoever looks closer. */
const reasons = defineTexts<Readonly<Record<string, string>>>({
  en: {
    accrueOnly: 'the number may only earn points, and this till cannot be told so',
    ambiguous: 'several guests have this code',
    authError: 'the platform does not accept our key',
    badResponse: 'the platform answered with something that is no answer',
    busy: 'too many scans at once',
    circuitOpen: 'the platform is left alone for a while after failures',
    closed: 'the way to the till is closed',
    codeExpired: 'the code has expired',
    codeUsed: 'the code was used already',
    confirmRequired: 'the guest has to name a confirmation code',
    connectionLost: 'the connection to the till was lost',
    foundNoNumber: 'the guest is known, and has no number in this store',
    inactive: 'the card is inactive',
    journalUnavailable: 'the journal could not be written',
    limited: 'the platform has had too many questions',
    noAnswer: 'the till did not answer',
    noOrder: 'no order is open on the till',
    noTill: 'there is no till for this reader',
    notClaimed: 'the cashier program did not take it',
    notConnected: 'the till is not connected',
    notOpen: 'the cashier program has not opened the port',
    notRead: 'the cashier program did not read it in time',
    notReported: 'the cashier program did not say what became of it',
    orderBusy: 'the order is being worked on',
    orderChanged: 'another order was opened, or this one was closed',
    orderClosed: 'the order was closed',
    portNotOpen: 'the cashier program has not opened the port',
    rateLimited: 'the platform has had too many questions',
    restart: 'the daemon was restarted meanwhile',
    severalOrders: 'several orders are open',
    shutdown: 'the daemon was stopped',
    timeout: 'no answer in time',
    translatorFailed: 'a translator failed',
    wrongScreen: 'the till shows another screen',
  },
  ru: {
    accrueOnly: 'номер только копит баллы, а этой кассе так передать нельзя',
    ambiguous: 'код есть у нескольких гостей',
    authError: 'платформа не принимает наш ключ',
    badResponse: 'платформа ответила не по протоколу',
    busy: 'слишком много сканирований сразу',
    circuitOpen: 'после сбоев запросы к платформе приостановлены',
    closed: 'путь к кассе закрыт',
    codeExpired: 'срок кода истёк',
    codeUsed: 'код уже использован',
    confirmRequired: 'гость должен назвать код подтверждения',
    connectionLost: 'связь с кассой прервалась',
    foundNoNumber: 'гость известен, но номера в этом магазине нет',
    inactive: 'карта не активна',
    journalUnavailable: 'не удалось записать в журнал',
    limited: 'платформа сообщает о слишком частых запросах',
    noAnswer: 'касса не ответила',
    noOrder: 'на кассе нет открытого заказа',
    noTill: 'для этого считывателя нет кассы',
    notClaimed: 'кассовая программа не забрала номер',
    notConnected: 'касса не подключена',
    notOpen: 'кассовая программа не открыла порт',
    notRead: 'кассовая программа не прочитала номер вовремя',
    notReported: 'кассовая программа не сообщила, что стало с номером',
    orderBusy: 'заказ занят',
    orderChanged: 'открыт другой заказ или этот закрыт',
    orderClosed: 'заказ закрыт',
    portNotOpen: 'кассовая программа не открыла порт',
    rateLimited: 'платформа сообщает о слишком частых запросах',
    restart: 'служба перезапускалась',
    severalOrders: 'открыто несколько заказов',
    shutdown: 'служба остановлена',
    timeout: 'нет ответа вовремя',
    translatorFailed: 'сбой при переводе кода',
    wrongScreen: 'на кассе открыт другой экран',
  },
});

const evidences = defineTexts<Readonly<Record<string, string>>>({
  en: {
    read: 'the cashier program has read it',
    queued: 'the cashier program has taken it',
    orderShowsCard: 'the order shows the card',
    passedThrough: 'the till got the code as it was read',
    stale: 'the number was remembered: nobody could be asked',
  },
  ru: {
    read: 'кассовая программа прочитала номер',
    queued: 'кассовая программа приняла номер',
    orderShowsCard: 'карта видна в заказе',
    passedThrough: 'касса получила код как он прочитан',
    stale: 'номер взят из памяти: спросить было некого',
  },
});

export function reasonWord(reason: string): string {
  return own(reasons(), reason) ?? reason;
}

/** Evidence may say two things: `orderShowsCard.stale`. */
export function evidenceWord(evidence: string): string {
  const known = evidences();
  return evidence
    .split('.')
    .map((word) => own(known, word) ?? word)
    .join('; ');
}

function own(words: Readonly<Record<string, string>>, word: string): string | undefined {
  return Object.hasOwn(words, word) ? words[word] : undefined;
}
