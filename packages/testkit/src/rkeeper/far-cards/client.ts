import { isoTime, deadline, type Clock } from '@tillbridge/core';
import type { CardSystem, CardVerdict } from '../card-system.js';
import { asInt64, fitsInt64 } from '../int64.js';
import type { Order, Restaurant } from '../restaurant.js';
import {
  cardQuery,
  checkMarkup,
  emailQuery,
  imageQuery,
  readCardInfo,
  readFoundCard,
  readTransactions,
  transactionsDocument,
  type FarCardInfo,
  type FarCheck,
  type FarTransaction,
  type InputBuffer,
} from './documents.js';
import { postXml, type Posted } from './post-xml.js';

export interface FarCardsOptions {
  readonly clock: Clock;
  readonly restaurant: Restaurant;
  /** `Address` of ExtDllHttp.ini: the processing server; may have a path. */
  readonly address: string;
  /** Paths, relative to the address. Default the vendor's: getcardinfoex.php and so on. */
  readonly paths?: Partial<FarCardsPaths>;
  /** Number of the station. Default 1. */
  readonly unit?: number;
  /** "Call Timeout" of the PDS interface, in milliseconds. Default 120,000. */
  readonly callTimeoutMs?: number;
  /** Default `check`. */
  readonly inputBuffer?: InputBuffer;
}

export interface FarCardsPaths {
  readonly getCardInfoEx: string;
  readonly transactionsEx: string;
  readonly findEmail: string;
  readonly getCardImageEx: string;
}

const PATHS: FarCardsPaths = { getCardInfoEx: 'getcardinfoex.php', transactionsEx: 'transactionsex.php', findEmail: 'findemail.php', getCardImageEx: 'getcardimageex.php' };

/** How often a check that could not be booked is tried again at once. */
const TRIES = 2;

export type Looked =
  | { readonly found: true; readonly info: FarCardInfo }
  /** `notInt64`: FarCards cannot carry the number, nothing was asked. `noAnswer`: unreachable, late, or no answer of such a server. */
  | { readonly found: false; readonly why: 'unknown' | 'notInt64' | 'noAnswer' };

export type Booked = 'done' | 'refused' | 'noAnswer';

/**
 * FarCards with ExtDllHTTP: asks a processing server about cards and books what they gave. The link between the cash server and FarCards is
 * closed and no part of this.
 */
export class FarCardsClient implements CardSystem {
  readonly #options: FarCardsOptions;
  readonly #place: { readonly restaurant: number; readonly unit: number };
  /** Person and account of the cards looked up, for the bookings. */
  readonly #known = new Map<string, FarCardInfo>();

  constructor(options: FarCardsOptions) {
    this.#options = options;
    this.#place = { restaurant: Number(options.restaurant.code), unit: options.unit ?? 1 };
  }

  /** A manager who allows a card that needs one (`Manager="1"`). */
  managerPresent = false;

  async getCardInfo(card: string, order?: Order, signal?: AbortSignal): Promise<Looked> {
    if (!fitsInt64(card)) return { found: false, why: 'notInt64' };
    const number = asInt64(card);
    const { restaurant, inputBuffer = 'check', clock } = this.#options;
    const check = checkMarkup(restaurant, order, this.#place.unit, number, isoTime(clock.wall()));
    const posted = await this.#post('getCardInfoEx', cardQuery(number, this.#place, inputBuffer, check), signal);
    const info = 'body' in posted ? readCardInfo(posted.body.toString('utf8')) : undefined;
    if (info === undefined) return { found: false, why: 'noAnswer' };
    if (info === 'unknown') return { found: false, why: 'unknown' };
    this.#known.set(number, info);
    return { found: true, info };
  }

  /** Books a check; `noAnswer` is tried again with the very same check, as FarCards does. */
  async transactions(list: readonly FarTransaction[], check: FarCheck, order: Order | undefined, signal?: AbortSignal): Promise<Booked> {
    const { restaurant, clock } = this.#options;
    const inside = order === undefined ? '' : checkMarkup(restaurant, order, this.#place.unit, list[0]?.card ?? '', isoTime(clock.wall()));
    const document = transactionsDocument(list, check, this.#place, inside);
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const posted = await this.#post('transactionsEx', document, signal);
      const answer = 'body' in posted ? readTransactions(posted.body.toString('utf8')) : undefined;
      if (answer !== undefined) return answer.done ? 'done' : 'refused';
    }
    return 'noAnswer';
  }

  async findEmail(email: string, signal?: AbortSignal): Promise<{ readonly card: string; readonly name: string } | 'unknown' | 'noAnswer'> {
    const posted = await this.#post('findEmail', emailQuery(email), signal);
    return ('body' in posted ? readFoundCard(posted.body.toString('utf8')) : undefined) ?? 'noAnswer';
  }

  /** The picture of a guest: the bytes of an image, or nothing. */
  async cardImage(card: string, signal?: AbortSignal): Promise<Buffer | undefined> {
    const posted = await this.#post('getCardImageEx', imageQuery(card), signal);
    // an answer that is XML says why there is none
    return 'body' in posted && posted.body.length > 0 && posted.body[0] !== 0x3c ? posted.body : undefined;
  }

  /** The bookings of a card on a paid order: discount, bonus, and what the guest paid. */
  bookingsOf(order: Order): readonly FarTransaction[] {
    const cards = new Set([...order.guests.map(({ card }) => card), ...order.discounts.filter(({ state }) => state === 6).map(({ card }) => card)].filter((card) => card !== ''));
    return [...cards].flatMap((card) => {
      const info = this.#known.get(card);
      const whose = { card, personId: info?.personId ?? '', account: info?.account ?? card };
      return [
        { ...whose, kind: 1 as const, sum: -order.discountSum },
        ...(info?.bonus === undefined || info.bonus === 0 ? [] : [{ ...whose, kind: 2 as const, sum: Math.floor(order.sum / 20) }]),
        { ...whose, kind: 3 as const, sum: order.sum },
      ];
    });
  }

  async look(card: string, order: Order | undefined, signal: AbortSignal): Promise<CardVerdict> {
    const looked = await this.getCardInfo(card, order, signal);
    if (!looked.found) {
      if (looked.why === 'unknown') return { verdict: 'refused', text: 'FarCards: карта не найдена' };
      // what a public client of this protocol shows when nobody answers: the card counts as locked
      return looked.why === 'notInt64' ? { verdict: 'refused', text: 'FarCards: неверный код карты' } : { verdict: 'refused', text: 'Processing server connect error' };
    }
    const { info } = looked;
    if (info.stop !== undefined && !(info.stop === 'manager' && this.managerPresent)) return { verdict: 'refused', text: stopText(info) };
    const { holder, discount, bonus, sum, offers, screenMessage } = info;
    return { verdict: 'taken', card: { holder, discount, bonus, amount: sum, blocked: false }, offers, message: screenMessage };
  }

  async #post(path: keyof FarCardsPaths, document: string, signal?: AbortSignal): Promise<Posted> {
    const { clock, address, paths = {}, callTimeoutMs = 120_000 } = this.#options;
    const limit = deadline(clock, callTimeoutMs, signal);
    try {
      return await postXml(new URL(paths[path] ?? PATHS[path], address.endsWith('/') ? address : `${address}/`), document, limit.signal);
    } finally {
      limit.dispose();
    }
  }
}

const STOP_TEXTS: Readonly<Record<NonNullable<FarCardInfo['stop']>, string>> = {
  deleted: 'Карта удалена',
  seize: 'Карту надо изъять',
  stopDate: 'Срок действия карты истёк',
  holy: 'Сейчас карта не действует',
  manager: 'Нужно подтверждение менеджера',
  locked: 'Карта заблокирована',
};

function stopText(info: FarCardInfo): string {
  if (info.stop === undefined) return '';
  return info.stop === 'locked' && info.whyLocked !== '' ? `${STOP_TEXTS.locked}: ${info.whyLocked.slice(0, 255)}` : STOP_TEXTS[info.stop];
}
