import { failed, type CommandResult } from './result.js';

/** What can be made to go wrong at the simulated cash server. All of it happens at real ones. */
export interface RkeeperFaults {
  /** FarCards or the card system behind it is down. */
  cardSystemDown: boolean;
  /** How long the card system takes, in milliseconds; up to 120,000 at real ones. */
  cardLatencyMs: number;
  /** How many of the next changing commands are carried out and then answered by a dropped connection. */
  dropAfterWork: number;
  /** How many of the next commands are dropped without having been carried out. */
  dropBeforeWork: number;
  /** Takes requests and never answers. */
  silent: boolean;
  /** The common shift is closing: everything fails. */
  shiftClosing: boolean;
  /** Says Ok and does nothing. */
  ignoreCards: boolean;
  /** Licence refusal of the card commands. */
  licence: boolean;
  /** The role of the user may not change orders. The text is a guess: none is published. */
  noRights: boolean;
  /** Every order counts as one of a closed visit. */
  visitClosed: boolean;
  /** What is answered instead of the truth. */
  answer: 'normal' | 'garbage' | 'huge' | 'doctype' | 'html' | 'hostileError' | 'unknownElements' | 'truncated';
  /** How answers are encoded. */
  charset: 'utf-8' | 'windows-1251';
  /** A card that is on the order already: nothing happens, it is refused, or it is put there a second time. Real servers are not documented. */
  repeatedApply: 'ok' | 'refuse' | 'double';
  /** Every card is refused with this number of the error catalogue; 0: none. */
  refusal: number;
}

export function noFaults(): RkeeperFaults {
  return {
    cardSystemDown: false,
    cardLatencyMs: 0,
    dropAfterWork: 0,
    dropBeforeWork: 0,
    silent: false,
    shiftClosing: false,
    ignoreCards: false,
    licence: false,
    noRights: false,
    visitClosed: false,
    answer: 'normal',
    charset: 'utf-8',
    repeatedApply: 'ok',
    refusal: 0,
  };
}

/** Numbers and texts as seen on servers of 7.6 to 7.26 and in public clients; the vendor publishes no list. */
const CATALOGUE: Readonly<Record<number, string>> = {
  2101: 'Работник уже зарегистрирован на другой станции',
  2128: 'Визит 256 закрыт!',
  2129: 'Визит нельзя закрыть: заказ заблокирован станцией',
  2133: 'Общая смена открыта слишком давно',
  2142: 'Превышен персональный лимит',
  2219: 'Не получается заблокировать. Заказ заблокирован другим ключом блокировки (станция CASH2, оператор 7)',
  3373: 'Недостаточно денег для оплаты заказа',
  3444: 'Количество гостей не должно быть нулевым',
  3813: 'FC Test: Ошибка "Пользователь не найден!"(18)',
  5305: 'SeqNumber (допустимы 8)',
  5310: 'SeqNumber должен быть увеличен.',
};

export function catalogued(number: number): CommandResult | undefined {
  const text = CATALOGUE[number];
  return text === undefined ? undefined : failed(text, number);
}

export const REFUSALS: readonly number[] = Object.keys(CATALOGUE).map(Number);
