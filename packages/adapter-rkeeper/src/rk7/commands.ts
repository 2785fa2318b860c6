import { attribute, child, descendants, xml, xmlDocument, type Markup, type XmlElement, type XmlValue } from '../xml/index.js';
import { rk7Guid } from './guid.js';
import { refMarkup, type Rk7Ref } from './reference.js';

/**
 * One query: a command, and whether it may change anything. Command names are written as in the vendor's schemas: the server is particular
 * about case there, and about the case of attributes (`CardCode` in one command, `cardCode` in the next).
 */
export interface Rk7Query {
  readonly name: string;
  readonly body: string;
  readonly changes: boolean;
}

function query(name: string, attributes: Readonly<Record<string, XmlValue>>, parts: readonly (Markup | undefined)[] = [], changes = false): Rk7Query {
  const command = xml('RK7CMD', { CMD: name, ...attributes }, ...parts.filter((part) => part !== undefined));
  return { name, body: xmlDocument(xml('RK7Query', {}, command)), changes };
}

export const REFERENCE_BOOKS = ['CASHES', 'DEVICES', 'EMPLOYEES', 'TABLES'] as const;
export type ReferenceBook = (typeof REFERENCE_BOOKS)[number];

/** What r_keeper calls the ways in which a number can reach an MCR algorithm. */
export type McrDevice = 'BarCode' | 'MagneticCard' | 'Keyboard' | 'NoTouche' | 'Dallas';

/** Who and where, for commands that act on an order. */
export interface CardPlace {
  /** In braces, upper case. */
  readonly order: string;
  readonly station: Rk7Ref;
  /** The logical PDS interface (reference book DEVICES). */
  readonly interface: Rk7Ref;
  readonly cashier: Rk7Ref | undefined;
  /** Our token: the command locks the order with it, and fails when another one holds it. */
  readonly lock: string | undefined;
}

export const commands = {
  systemInfo: (): Rk7Query => query('GetSystemInfo2', {}),
  functions: (): Rk7Query => query('GetFunctions', {}),
  reference: (book: ReferenceBook): Rk7Query => query('GetRefData', { RefName: book, OnlyActive: true, PropMask: 'items.(Ident,Code,Name,GUIDString,NetName)' }),
  /** `since` is the `lastversion` of the answer before: an unchanged list then comes back as `No changes`. */
  orders: (since?: string): Rk7Query => query('GetOrderList2', { onlyOpened: true, lastversion: since }),
  order: (guid: string): Rk7Query => query('GetOrder', {}, [orderMarkup(guid)]),
  cardInfo: (card: string, place: Rk7Ref): Rk7Query => query('GetCardInfo', { cardCode: card }, [refMarkup('Interface', place)]),
  applyCard: (card: string, place: CardPlace): Rk7Query =>
    query(
      'ApplyPersonalCard',
      { CardCode: card, lockguid: place.lock },
      [orderMarkup(place.order), refMarkup('Station', place.station), refMarkup('Interface', place.interface), cashierMarkup(place.cashier)],
      true,
    ),
  undoCard: (card: string, place: CardPlace): Rk7Query =>
    query('UndoPersonalCard', { cardCode: card, lockguid: place.lock }, [orderMarkup(place.order), refMarkup('Interface', place.interface), cashierMarkup(place.cashier)], true),
  parseMcr: (data: string, device: McrDevice, deviceId: number | undefined): Rk7Query => query('ParseMCR', { data, devicetype: device, deviceid: deviceId }),
  /**
   * Locks an order for some seconds (1 to 600), or releases it with 0. The time is a date-time on the server's day zero: a plain time is
   * accepted and does nothing.
   */
  lock: (order: string, token: string, seconds: number, station: Rk7Ref): Rk7Query =>
    query('LockOrder', { lockTime: dayZero(seconds), lockguid: token }, [orderMarkup(order), refMarkup('Station', station)], true),
  /** `expires` is local time without zone, as `2026-11-21T12:00:00`. */
  waiterMessage: (text: string, expires: string, id: string, to: { readonly station: Rk7Ref; readonly waiter: Rk7Ref | undefined }): Rk7Query =>
    query(
      'WaiterMessage',
      { text, messageType: 'XMLInterface', expireTime: expires, external_id: id },
      [refMarkup('Station', to.station), to.waiter === undefined ? undefined : refMarkup('Waiter', to.waiter)],
      true,
    ),
};

function orderMarkup(guid: string): Markup {
  return xml('Order', { guid: rk7Guid(guid) ?? guid });
}

function cashierMarkup(cashier: Rk7Ref | undefined): Markup | undefined {
  return cashier === undefined ? undefined : refMarkup('Cashier', cashier);
}

function dayZero(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `1899-12-30T00:${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

/** The names that `GetFunctions` lists. The list is known not to be complete. */
export function readFunctions(data: XmlElement): ReadonlySet<string> {
  return new Set(descendants(data, 'Query').flatMap((element) => attribute(element, 'name') ?? []));
}

/** One thing that an MCR algorithm made of a number. */
export interface McrResult {
  /** `Interface` is a loyalty card; `Employee`, `Menu Item Barcode` and the like are something else. */
  readonly scope: string;
  readonly card: string;
  /** The object of the scope: the PDS interface. */
  readonly object: { readonly id: number | undefined; readonly code: number | undefined; readonly guid: string | undefined; readonly name: string };
}

export function readMcr(data: XmlElement): readonly McrResult[] {
  return descendants(data, 'Item').map((item) => {
    const object = child(item, 'Object');
    const number = (name: string): number | undefined => {
      const text = object === undefined ? undefined : attribute(object, name);
      return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
    };
    return {
      scope: attribute(item, 'scope') ?? '',
      card: attribute(item, 'cardCode') ?? '',
      object: {
        id: number('id') ?? number('Ident'),
        code: number('code'),
        guid: object === undefined ? undefined : rk7Guid(attribute(object, 'guid') ?? ''),
        name: object === undefined ? '' : (attribute(object, 'name') ?? ''),
      },
    };
  });
}

/** The `lastversion` of an order list. */
export function readListVersion(data: XmlElement): string | undefined {
  return attribute(data, 'lastversion');
}

/** Whether `LockOrder` gave us the order. */
export function readLocked(data: XmlElement): boolean {
  return attribute(data, 'locked') === '1' || descendants(data, 'Order').some((order) => attribute(order, 'locked') === '1');
}

/** The restaurant's code, from `GetSystemInfo2`. */
export function readRestaurantCode(data: XmlElement): string | undefined {
  const info = child(data, 'SystemInfo');
  return info === undefined ? attribute(data, 'RestCode') : attribute(info, 'RestCode');
}
