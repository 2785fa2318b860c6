import type { CouponOffer } from '../card-system.js';
import { attributeOf, childOf, parseMarkup, tag, type Node } from '../markup.js';
import type { Order, Restaurant } from '../restaurant.js';

// The documents of ExtDllHTTP as FarCards sends them: tags in upper case, attributes of the check in lower case (vendor's FarCards HTTP page;
// AndryPol/FarcardsNet and RKVitaly/farcardsHTTP on GitHub show the same forms).

export const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\r\n';

/** What goes with a query about the open check: all of it, an empty element, or nothing. */
export type InputBuffer = 'check' | 'empty' | 'none';

export interface QueryPlace {
  /** The restaurant's number, 1 to 999999999. */
  readonly restaurant: number;
  /** The number of the station or cash. */
  readonly unit: number;
}

export function cardQuery(card: string, place: QueryPlace, buffer: InputBuffer, check: string): string {
  const inside = buffer === 'none' ? [] : buffer === 'empty' ? [tag('INPBUF', {})] : [tag('INPBUF', {}, check)];
  return HEAD + tag('ROOT', {}, tag('QRY', { Card: card, Restaurant: place.restaurant, UnitNo: place.unit }, ...inside));
}

export function emailQuery(email: string): string {
  return HEAD + tag('ROOT', {}, tag('QRY', { Email: email }));
}

export function imageQuery(card: string): string {
  return HEAD + tag('ROOT', {}, tag('QRY', { CardCode: card }));
}

/** The check as INPBUF carries it. The card that is being added is listed as the trigger, not yet among the cards of the order. */
export function checkMarkup(restaurant: Restaurant, order: Order | undefined, unit: number, trigger: string, at: string): string {
  const lines = order === undefined ? [] : [orderMarkup(order)];
  const holders = tag('INTERFACES', {}, tag('INTERFACE', { type: 'PDS', id: 1, mode: 0 }, tag('HOLDERS', {}, tag('ITEM', { cardcode: trigger }))));
  return tag(
    'CHECK',
    { stationcode: unit, restaurantcode: restaurant.code, cashservername: 'MID1', generateddatetime: at.slice(0, 19) },
    tag('CHECKDATA', {}, ...lines),
    tag('EXTINFO', {}, holders),
  );
}

function orderMarkup(order: Order): string {
  const dishes = order.dishes.map(({ uni, item, quantity }) => tag('LINE', { id: uni, code: item.code, name: item.name, price: item.price / 100, quantity: quantity / 1000, sum: (item.price * quantity) / 100_000 }));
  const discounts = order.discounts.filter(({ state }) => state === 6).map(({ uni, name, card }) => tag('DISCOUNT', { id: uni, name, cardcode: card }));
  return (
    tag('CHECKPERSONS', { count: order.guests.length }) +
    tag('CHECKLINES', { count: dishes.length }, ...dishes) +
    tag('CHECKDISCOUNTS', { count: discounts.length }, ...discounts) +
    tag('ORDER', { guid: order.guid, visit: order.visit, orderident: order.ident, sum: order.sum / 100 })
  );
}

/** 0 payment, 1 discount, 2 bonus, 3 what the guest paid in other ways. */
export type TransactionKind = 0 | 1 | 2 | 3;

export interface FarTransaction {
  readonly card: string;
  readonly personId: string;
  readonly account: string;
  readonly kind: TransactionKind;
  /** Kopecks, signed. */
  readonly sum: number;
}

/** What a check is known by: the same at each attempt. */
export interface FarCheck {
  /** ISO date and time of the cash day. */
  readonly date: string;
  readonly uni: number;
  readonly number: number;
}

const VAT_GROUPS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];

export function transactionsDocument(list: readonly FarTransaction[], check: FarCheck, place: QueryPlace, inside: string): string {
  const vat = Object.fromEntries(VAT_GROUPS.flatMap((group) => [[`VatSum${group}`, 0] as const, [`VatPrc${group}`, 0] as const]));
  const rows = list.map(({ card, personId, account, kind, sum }) =>
    tag('TransactionsEx', { Card: card, PersonID: personId, Account: account, Kind: kind, Summa: sum, Restaurant: place.restaurant, RKDate: check.date.slice(0, 19).replace(/:/g, '-'), RKUni: check.uni, RKCheck: check.number, ...vat }),
  );
  return HEAD + tag('ROOT', {}, tag('Transactions', {}, ...rows), tag('INPBUF', {}, inside));
}

/** What a processing server answers about a card. */
export interface FarCardInfo {
  readonly account: string;
  readonly personId: string;
  readonly holder: string;
  /** Codes of an r_keeper discount and bonus, 0 for none: r_keeper computes the money. */
  readonly discount: number;
  readonly bonus: number;
  /** Kopecks. */
  readonly sum: number;
  /** `deleted`, `seize`, `stopDate`, `holy`, `manager`, `locked`: what the record forbids; the first one that is set. */
  readonly stop: 'deleted' | 'seize' | 'stopDate' | 'holy' | 'manager' | 'locked' | undefined;
  readonly whyLocked: string;
  readonly screenMessage: string;
  readonly offers: readonly CouponOffer[];
}

const STOPS = [
  ['Deleted', 'deleted'],
  ['Seize', 'seize'],
  ['StopDate', 'stopDate'],
  ['Holy', 'holy'],
  ['Locked', 'locked'],
  ['Manager', 'manager'],
] as const;

/** `unknown`: result 1. `undefined`: no answer of a processing server. Element and attribute names count whatever their case. */
export function readCardInfo(body: string): FarCardInfo | 'unknown' | undefined {
  const info = answerOf(body, 'GetCardInfoEx');
  if (info === undefined) return undefined;
  const text = (name: string): string => attributeOf(info, name) ?? '';
  const number = (name: string): number => (/^-?\d{1,15}$/.test(text(name)) ? Number(text(name)) : 0);
  if (text('Result') === '1') return 'unknown';
  if (text('Result') !== '0') return undefined;
  return {
    ...{ account: text('Account'), personId: text('PersonID'), holder: text('Holder') },
    ...{ discount: number('Discount'), bonus: number('Bonus'), sum: number('Summa') },
    stop: STOPS.find(([name]) => /^(1|true)$/i.test(text(name)))?.[1],
    whyLocked: text('WhyLock'),
    screenMessage: text('ScrMessage'),
    offers: offersOf(info),
  };
}

/** OutKind 3: the content of a coupon. */
function offersOf(info: Node): readonly CouponOffer[] {
  const buffer = childOf(info, 'OutBuf');
  if (buffer === undefined || attributeOf(buffer, 'OutKind') !== '3') return [];
  // as elements, or as text that is XML itself
  const content = childOf(buffer, 'ident_info') ?? parseMarkup(buffer.text.trim());
  const list = content === undefined ? undefined : childOf(content, 'item_content');
  return (list?.children ?? [])
    .filter(({ name }) => name.toLowerCase() === 'group')
    .flatMap((group) =>
      group.children.flatMap((item) => {
        const kind = (['summ', 'percent', 'price'] as const).find((known) => known === attributeOf(item, 'kind'));
        const [code, value] = [Number(attributeOf(item, 'code')), Number(attributeOf(item, 'val'))];
        return kind === undefined || Number.isNaN(code) || Number.isNaN(value) ? [] : [{ group: attributeOf(group, 'name') ?? '', code, kind, value }];
      }),
    );
}

/** Whether all transactions were done; `undefined`: no answer. All or nothing: there is nothing in between. */
export function readTransactions(body: string): { readonly done: boolean; readonly text: string } | undefined {
  const answer = answerOf(body, 'TransactionsEx');
  const result = answer === undefined ? undefined : attributeOf(answer, 'Result');
  if (answer === undefined || (result !== '0' && result !== '1')) return undefined;
  const root = parseMarkup(body);
  const response = root === undefined ? undefined : (childOf(answer, 'TRRESPONSE') ?? childOf(root, 'TRRESPONSE'));
  return { done: result === '0', text: response === undefined ? '' : (attributeOf(response, 'err_text') ?? '') };
}

export function readFoundCard(body: string): { readonly card: string; readonly name: string } | 'unknown' | undefined {
  const answer = answerOf(body, 'FindEmail');
  if (answer === undefined) return undefined;
  const result = attributeOf(answer, 'Result');
  if (result === '1') return 'unknown';
  return result === '0' ? { card: attributeOf(answer, 'CardCode') ?? attributeOf(answer, 'Account') ?? '', name: attributeOf(answer, 'Name') ?? '' } : undefined;
}

function answerOf(body: string, name: string): Node | undefined {
  const root = parseMarkup(body);
  if (root === undefined) return undefined;
  if (root.name.toLowerCase() === name.toLowerCase()) return root;
  return root.name.toLowerCase() === 'root' ? childOf(root, name) : undefined;
}
