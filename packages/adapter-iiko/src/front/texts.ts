import type { Language, NumberKind, Outcome } from '@tillbridge/core';
import type { Message } from './contract.js';

type Words = Readonly<Record<Language, string>>;
type Level = Message['level'];

/** What the cashier reads by the reason of an outcome, before {@link BY_OUTCOME}. Never a number. */
const BY_REASON: Readonly<Record<string, Words>> = {
  wrongScreen: { en: 'Open the order and scan the card again', ru: 'Откройте заказ и считайте карту ещё раз' },
  noOrder: { en: 'No order is open: open it and scan the card again', ru: 'Заказ не открыт: откройте его и считайте карту ещё раз' },
  orderChanged: { en: 'Another order was opened: the card was not applied, scan it again', ru: 'Открыт другой заказ: карта не применена, считайте её ещё раз' },
  orderClosed: { en: 'The bill is printed or the order is closed: the card cannot be applied', ru: 'Пречек напечатан или заказ закрыт: карту применить нельзя' },
  busyTimeout: { en: 'The till was busy: scan the card again', ru: 'Касса была занята: считайте карту ещё раз' },
  permission: { en: 'The plugin\'s user may not do this: call the administrator', ru: 'Пользователю плагина не хватает прав: позовите администратора' },
  licence: { en: 'The plugin\'s licence does not allow this: call the administrator', ru: 'Лицензия плагина этого не позволяет: позовите администратора' },
  cardType: { en: 'This kind of card cannot be applied by its number', ru: 'Карту такого типа нельзя применить по номеру' },
  inUse: { en: 'The order is being edited elsewhere: try again', ru: 'Заказ редактируется в другом месте: попробуйте ещё раз' },
  modified: { en: 'The order was changed meanwhile: scan the card again', ru: 'Заказ успели изменить: считайте карту ещё раз' },
  otherGuest: { en: 'Another guest is on this order', ru: 'В заказе уже указан другой гость' },
  discountPresent: { en: 'This discount is on the order already', ru: 'Эта скидка уже есть в заказе' },
  gone: { en: 'The order is not there any more', ru: 'Этого заказа больше нет' },
  constraint: { en: 'The till\'s rules do not allow this on this order', ru: 'Правила кассы не разрешают это для этого заказа' },
  handlerOver: { en: 'The daemon was too slow: scan the card again', ru: 'Ответ пришёл слишком поздно: считайте карту ещё раз' },
  couponPresent: { en: 'There is another coupon on this order', ru: 'В заказе уже есть другой купон' },
  unsupportedByApiVersion: { en: 'This version of iikoFront cannot do this: call the administrator', ru: 'Эта версия iikoFront так не умеет: позовите администратора' },
  noEffect: { en: 'The card system agreed, but the order has no guest: scan again or ask for the phone', ru: 'Система лояльности ответила согласием, но гость в заказе не появился: считайте ещё раз или спросите телефон' },
  posServerUnavailable: { en: 'The iikoCard server does not answer: scan again a little later', ru: 'Сервер iikoCard не отвечает: считайте ещё раз чуть позже' },
  posServerSilent: { en: 'The iikoCard server did not answer: look at the order', ru: 'Сервер iikoCard не ответил: проверьте заказ' },
  posServerLogin: { en: 'The iikoCard server does not accept our login: call the administrator', ru: 'Сервер iikoCard не принимает наш вход: позовите администратора' },
  posServerRefused: { en: 'The iikoCard server refuses the card', ru: 'Сервер iikoCard отклонил карту' },
  noPlugin: { en: 'The till was not connected: scan the card again', ru: 'Касса не была на связи: считайте карту ещё раз' },
  notReported: { en: 'It is not certain that the card was applied: look at the order', ru: 'Неизвестно, применилась ли карта: проверьте заказ' },
  superseded: { en: 'A newer card took its place', ru: 'Вместо неё применяется карта, считанная позже' },
};

const BY_OUTCOME: Readonly<Record<Outcome['outcome'], readonly [Level, Words]>> = {
  applied: ['info', { en: 'Card applied', ru: 'Карта применена' }],
  alreadyApplied: ['info', { en: 'The card is on this order already', ru: 'Эта карта уже в заказе' }],
  sent: ['info', { en: 'Card handed over', ru: 'Карта передана' }],
  rejected: ['error', { en: 'The card cannot be applied', ru: 'Карту применить нельзя' }],
  notFound: ['error', { en: 'The card is not known', ru: 'Карта не найдена' }],
  blocked: ['error', { en: 'The card is blocked', ru: 'Карта заблокирована' }],
  unavailable: ['error', { en: 'The loyalty system does not answer: scan again a little later', ru: 'Система лояльности не отвечает: считайте ещё раз чуть позже' }],
  expired: ['warning', { en: 'It took too long: scan the card again', ru: 'Прошло слишком много времени: считайте карту ещё раз' }],
  superseded: ['info', { en: 'A newer card took its place', ru: 'Вместо неё применяется карта, считанная позже' }],
  failed: ['error', { en: 'The card was not applied because of a fault of the till', ru: 'Карта не применена из-за сбоя кассы' }],
  unknown: ['warning', { en: 'It is not certain that the card was applied: look at the order', ru: 'Неизвестно, применилась ли карта: проверьте заказ' }],
};

/** Where it was no card. */
const BY_KIND: Readonly<Partial<Record<NumberKind, Readonly<Partial<Record<Outcome['outcome'], Words>>>>>> = {
  coupon: {
    applied: { en: 'Coupon applied', ru: 'Купон применён' },
    alreadyApplied: { en: 'The coupon is on this order already', ru: 'Этот купон уже в заказе' },
    sent: { en: 'Coupon handed over', ru: 'Купон передан' },
    rejected: { en: 'The coupon cannot be applied', ru: 'Купон применить нельзя' },
    notFound: { en: 'The coupon is not known', ru: 'Купон не найден' },
  },
  phone: {
    applied: { en: 'Guest added', ru: 'Гость добавлен' },
    alreadyApplied: { en: 'The guest is on this order already', ru: 'Этот гость уже в заказе' },
    sent: { en: 'Guest handed over', ru: 'Гость передан' },
    rejected: { en: 'The guest cannot be added', ru: 'Гостя добавить нельзя' },
    notFound: { en: 'The guest is not known', ru: 'Гость не найден' },
  },
};

/** What the cashier reads about the end of a delivery. */
export function messageFor({ outcome, reason }: Outcome, language: Language, kind: NumberKind = 'card'): Message {
  const [level, card] = BY_OUTCOME[outcome];
  const words = BY_KIND[kind]?.[outcome] ?? card;
  const own = reason !== undefined && Object.hasOwn(BY_REASON, reason) ? BY_REASON[reason] : undefined;
  return { level, text: (own ?? words)[language] };
}
