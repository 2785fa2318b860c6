import type { OutcomeName, TranslationResult } from '@tillbridge/core';
import { defineTexts } from '../i18n';
import type { Health } from '../ui';

/** For each outcome: a word, and what it means to whoever stands at the till. */
const outcomes = defineTexts<Readonly<Record<OutcomeName, readonly [string, string]>>>({
  en: {
    applied: ['Applied', 'The till shows that it took the number.'],
    alreadyApplied: ['Already applied', 'The till had this number already.'],
    sent: ['Sent', 'The number was handed to the till. This way gives no proof that it was taken.'],
    rejected: ['Rejected', 'The number did not go to the till.'],
    notFound: ['Not found', 'Nobody knows this code: neither the card table nor a loyalty platform.'],
    blocked: ['Blocked', 'The card is known and blocked or inactive.'],
    unavailable: ['Unavailable', 'Nobody could be asked: a loyalty platform or the till did not answer. The guest may show the code again.'],
    expired: ['Expired', 'The till did not take the number in time, so it was dropped. The guest may show the code again.'],
    superseded: ['Superseded', 'A newer card was read before this one was delivered.'],
    failed: ['Failed', 'The number could not be delivered.'],
    unknown: ['Unknown', 'It may or may not have arrived: look at the till before you scan again.'],
  },
  ru: {
    applied: ['Применена', 'Касса показала, что приняла номер.'],
    alreadyApplied: ['Уже применена', 'Этот номер уже был в кассе.'],
    sent: ['Передана', 'Номер передан кассе. Подтверждения этот способ не даёт.'],
    rejected: ['Отклонена', 'Номер не ушёл в кассу.'],
    notFound: ['Не найдена', 'Этот код никому не известен: ни таблице карт, ни платформе лояльности.'],
    blocked: ['Заблокирована', 'Карта известна, но заблокирована или не активна.'],
    unavailable: ['Недоступно', 'Спросить было некого: платформа лояльности или касса не ответила. Гость может показать код ещё раз.'],
    expired: ['Просрочена', 'Касса не приняла номер вовремя, он снят. Гость может показать код ещё раз.'],
    superseded: ['Заменена', 'До доставки прочитана более новая карта.'],
    failed: ['Сбой', 'Доставить номер не удалось.'],
    unknown: ['Неизвестно', 'Номер мог дойти, а мог и нет: посмотрите на кассу, прежде чем сканировать снова.'],
  },
});

export const outcomeWord = (outcome: OutcomeName): string => outcomes()[outcome][0];
export const outcomeMeaning = (outcome: OutcomeName): string => outcomes()[outcome][1];

const HEALTH: Readonly<Record<OutcomeName, Health>> = {
  applied: 'healthy',
  alreadyApplied: 'healthy',
  sent: 'healthy',
  superseded: 'healthy',
  rejected: 'degraded',
  notFound: 'degraded',
  blocked: 'degraded',
  expired: 'degraded',
  unavailable: 'down',
  failed: 'down',
  unknown: 'down',
};

/** All there are, from the best on. */
export const OUTCOME_NAMES = Object.keys(HEALTH) as readonly OutcomeName[];

/** Refusals are the business of guest and card; what is down is the administrator's. */
export const outcomeHealth = (outcome: OutcomeName): Health => HEALTH[outcome];

const kinds = defineTexts<Readonly<Record<'card' | 'coupon' | 'phone' | 'goods', string>>>({
  en: { card: 'card', coupon: 'coupon', phone: 'phone', goods: 'goods' },
  ru: { card: 'карта', coupon: 'купон', phone: 'телефон', goods: 'товар' },
});

export const kindWord = (kind: 'card' | 'coupon' | 'phone' | 'goods'): string => kinds()[kind];

const results = defineTexts<Readonly<Record<TranslationResult | 'goods', string>>>({
  en: {
    found: 'A number was found.',
    coupon: 'A coupon was found.',
    foundNoNumber: 'The guest is known, and has no number in this store.',
    notFound: 'Nobody knows this code.',
    blocked: 'The card is blocked or inactive.',
    codeExpired: 'The code has expired: the guest has to show a fresh one.',
    codeUsed: 'The code was used already.',
    ambiguous: 'Several guests have this code.',
    confirmRequired: 'The guest gets a confirmation code and has to name it.',
    rateLimited: 'The platform has had too many questions.',
    authError: 'The platform does not accept our key.',
    unavailable: 'The platform could not be asked.',
    badResponse: 'The platform answered with something that is no answer.',
    goods: 'No loyalty code: it goes to the till as goods, as it was read.',
  },
  ru: {
    found: 'Номер найден.',
    coupon: 'Купон найден.',
    foundNoNumber: 'Гость известен, но номера в этом магазине у него нет.',
    notFound: 'Этот код никому не известен.',
    blocked: 'Карта заблокирована или не активна.',
    codeExpired: 'Срок кода истёк: гость должен показать новый.',
    codeUsed: 'Код уже использован.',
    ambiguous: 'Код есть у нескольких гостей.',
    confirmRequired: 'Гость получит код подтверждения и должен его назвать.',
    rateLimited: 'Платформа сообщает о слишком частых запросах.',
    authError: 'Платформа не принимает наш ключ.',
    unavailable: 'Платформу не удалось спросить.',
    badResponse: 'Платформа ответила не по протоколу.',
    goods: 'Это не код лояльности: он уйдёт в кассу как товар, как прочитан.',
  },
});

/** What a translation came to; a word of a later daemon as it stands. */
export function resultWord(result: string): string {
  const known: Readonly<Record<string, string>> = results();
  return known[result] ?? result;
}
