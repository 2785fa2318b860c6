import { isoTime, type Outcome, type OutcomeName } from '@tillbridge/core';
import { commands, type Rk7Query } from '../rk7/commands.js';
import type { Rk7Ref } from '../rk7/reference.js';

/** What the waiter reads at the station; nothing where the till shows it itself. */
const TEXTS: Readonly<Record<OutcomeName, { readonly en: string; readonly ru: string } | undefined>> = {
  applied: { en: 'Loyalty card added to the order', ru: 'Карта лояльности добавлена в заказ' },
  alreadyApplied: { en: 'This loyalty card is on the order already', ru: 'Эта карта лояльности уже в заказе' },
  sent: undefined,
  rejected: { en: 'Loyalty card not added', ru: 'Карта лояльности не добавлена' },
  notFound: { en: 'Loyalty card not found', ru: 'Карта лояльности не найдена' },
  blocked: { en: 'Loyalty card is blocked', ru: 'Карта лояльности заблокирована' },
  unavailable: { en: 'The card system does not answer; scan the card again', ru: 'Карточная система не отвечает; считайте карту ещё раз' },
  expired: { en: 'Loyalty card not added in time; scan it again', ru: 'Карта лояльности не добавлена вовремя; считайте её ещё раз' },
  superseded: undefined,
  failed: { en: 'Loyalty card not added; scan it again', ru: 'Карта лояльности не добавлена; считайте её ещё раз' },
  unknown: { en: 'Check whether the loyalty card is on the order', ru: 'Проверьте, есть ли карта лояльности в заказе' },
};

const BECAUSE: Readonly<Record<string, { readonly en: string; readonly ru: string }>> = {
  noOrder: { en: 'no open order', ru: 'нет открытого заказа' },
  severalOrders: { en: 'more than one open order', ru: 'открыто несколько заказов' },
  orderNotKnown: { en: 'the order on the screen was just changing', ru: 'заказ на экране как раз сменялся' },
  orderClosed: { en: 'the order is closed', ru: 'заказ закрыт' },
  otherCard: { en: 'another card is on the order', ru: 'в заказе другая карта' },
  cardRefused: { en: 'the card system refused it', ru: 'карточная система отказала' },
  orderLocked: { en: 'the order is open at a station', ru: 'заказ открыт на станции' },
  discountConflict: { en: 'another discount is on the order', ru: 'в заказе другая скидка' },
  shiftClosing: { en: 'the shift is closing', ru: 'закрывается смена' },
};

/** How long the message stays, in milliseconds. */
const STAYS_MS = 60_000;

/** The message for one outcome; `undefined` where there is nothing to say. It names no card and no guest. */
export function tellWaiter(
  { outcome, reason }: Outcome,
  language: 'en' | 'ru',
  id: string,
  to: { readonly station: Rk7Ref; readonly waiter: Rk7Ref | undefined },
  now: number,
): Rk7Query | undefined {
  const text = TEXTS[outcome]?.[language];
  if (text === undefined) return undefined;
  const because = reason === undefined ? undefined : BECAUSE[reason]?.[language];
  return commands.waiterMessage(because === undefined ? text : `${text}: ${because}`, localTime(now + STAYS_MS), id, to);
}

/** The cash server wants local time without a zone. */
function localTime(wall: number): string {
  // eslint-disable-next-line no-restricted-globals -- asks for the zone at a time that the Clock port gave; reads no clock
  const minutes = new Date(wall).getTimezoneOffset();
  return isoTime(wall - minutes * 60_000).slice(0, 19);
}
