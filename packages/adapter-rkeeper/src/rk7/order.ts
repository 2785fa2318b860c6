import { attribute, child, descendants, type XmlElement } from '../xml/index.js';
import { rk7Guid } from './guid.js';
import type { Rk7Item } from './reference.js';

/** An order as `GetOrderList2` lists it. */
export interface OrderSummary {
  /** In braces, upper case. */
  readonly guid: string;
  readonly visit: string | undefined;
  readonly orderIdent: string | undefined;
  readonly locked: boolean;
  /** The station on whose screen the order is open. */
  readonly lockedByStation: ObjectFacts | undefined;
  readonly table: ObjectFacts | undefined;
  readonly waiter: ObjectFacts | undefined;
  readonly paid: boolean;
  readonly finished: boolean;
  readonly deleted: boolean;
  /** The pre-bill was printed. */
  readonly billed: boolean;
}

/** How an answer names a station, table or waiter. */
export interface ObjectFacts {
  readonly id: number | undefined;
  readonly code: number | undefined;
  readonly guid: string | undefined;
}

/** What of an order matters to a loyalty card. */
export interface OrderCards {
  readonly guid: string | undefined;
  readonly finished: boolean;
  readonly deleted: boolean;
  /** Cards that guests are bound to, and those of live discount lines. A bonus-only card binds the guest and leaves no line. */
  readonly cards: readonly OrderCard[];
}

export interface OrderCard {
  readonly card: string;
  /** The PDS interface that it came through, where the answer says so. */
  readonly interface: ObjectFacts | undefined;
}

export function readOrderList(data: XmlElement): readonly OrderSummary[] {
  return descendants(data, 'Visit').flatMap((visit) => descendants(visit, 'Order').map((order) => summary(order, visit)).filter(hasGuid));
}

function summary(order: XmlElement, visit: XmlElement): OrderSummary {
  return {
    guid: attribute(order, 'guid') ?? '',
    visit: attribute(order, 'visit') ?? attribute(visit, 'visit'),
    orderIdent: attribute(order, 'orderIdent'),
    locked: flag(order, 'locked'),
    lockedByStation: facts(child(order, 'LockedByStation')),
    table: facts(child(order, 'Table')),
    waiter: facts(child(order, 'Waiter')),
    paid: flag(order, 'paid'),
    finished: flag(order, 'finished') || flag(visit, 'finished'),
    deleted: flag(order, 'deleted'),
    billed: (attribute(order, 'billTime') ?? '') !== '' && !(attribute(order, 'billTime') ?? '').startsWith("1899-12-30T00:00:00"),
  };
}

function hasGuid({ guid }: OrderSummary): boolean {
  return guid !== '';
}

/** Reads `GetOrder`: the order element may be the data itself or stand inside. `undefined` when there is none. */
export function readOrderCards(data: XmlElement): OrderCards | undefined {
  const order = descendants(data, 'Order')[0];
  if (order === undefined) return undefined;
  return {
    guid: attribute(order, 'guid'),
    finished: flag(order, 'finished'),
    deleted: flag(order, 'deleted'),
    cards: cards([...descendants(order, 'Guest'), ...descendants(order, 'Discount').filter(isLive)]),
  };
}

/** State 7 is a removed line. */
function isLive(discount: XmlElement): boolean {
  return !flag(discount, 'deleted') && attribute(discount, 'state') !== '7';
}

function cards(elements: readonly XmlElement[]): readonly OrderCard[] {
  return elements
    .map((element) => ({ card: attribute(element, 'cardCode') ?? '', interface: facts(child(element, 'Interface')) }))
    .filter(({ card }) => card !== '');
}

/** Whether the order shows a card. The card system may drop leading zeros: a card is an Int64 there. */
export function showsCard(order: OrderCards, card: string): boolean {
  return order.cards.some((shown) => sameCard(shown.card, card));
}

export function sameCard(a: string, b: string): boolean {
  return a === b || (/^\d+$/.test(a) && /^\d+$/.test(b) && a.replace(/^0+(?=\d)/, '') === b.replace(/^0+(?=\d)/, ''));
}

/** Whether an answer's object is this one, by whatever it names it with. */
export function isObject(facts: ObjectFacts | undefined, item: Pick<Rk7Item, 'ident' | 'code' | 'guid'>): boolean {
  if (facts === undefined) return false;
  if (facts.guid !== undefined && item.guid !== undefined) return rk7Guid(facts.guid) === item.guid;
  if (facts.id !== undefined) return facts.id === item.ident;
  return facts.code !== undefined && facts.code === item.code;
}

function facts(element: XmlElement | undefined): ObjectFacts | undefined {
  if (element === undefined) return undefined;
  return { id: integer(attribute(element, 'id')), code: integer(attribute(element, 'code')), guid: attribute(element, 'guid') };
}

function integer(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** `1`, and what older versions write. */
function flag(element: XmlElement, name: string): boolean {
  return /^(1|true)$/i.test(attribute(element, name) ?? '');
}
