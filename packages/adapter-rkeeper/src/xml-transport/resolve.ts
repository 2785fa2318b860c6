import { TillbridgeError, type NumberKind } from '@tillbridge/core';
import { NUMBER_KINDS } from '@tillbridge/core';
import type { Rk7Client, Asked } from '../connection/rk7-client.js';
import { commands, type ReferenceBook, type Rk7Query } from '../rk7/commands.js';
import { findItem, readItems, refText, type Rk7Item, type Rk7Ref } from '../rk7/reference.js';
import type { XmlElement } from '../xml/index.js';
import type { OrderChoice } from './choose-order.js';
import type { XmlTillOptions } from './options.js';
import type { XmlSetup } from './setup.js';

/** Which server, for error texts. */
export interface ServerName {
  readonly till: string;
  readonly host: string;
}

/**
 * The data of an answer.
 *
 * @throws {TillbridgeError} `TB_TILL_UNREACHABLE`, `TB_TILL_RK_AUTH`, `TB_TILL_RK_TLS`, `TB_TILL_RK_PIN_CHANGED`, `TB_TILL_RK_ANSWER`,
 * `TB_TILL_RK_REFUSED`
 */
export async function dataOf(client: Pick<Rk7Client, 'ask'>, query: Rk7Query, name: ServerName, signal: AbortSignal): Promise<XmlElement> {
  const asked = await client.ask(query, signal);
  const error = errorOf(asked, query.name, name);
  if (error !== undefined) throw error;
  if (!asked.answered || !asked.answer.ok) throw new TillbridgeError('TB_TILL_RK_ANSWER', { ...name, problem: 'no data' });
  return asked.answer.data;
}

/** What a refusal or a silence says about the till as a whole; `undefined` for an answer. */
export function errorOf(asked: Asked, command: string, name: ServerName): TillbridgeError | undefined {
  if (asked.answered) {
    const { answer } = asked;
    if (answer.ok) return undefined;
    // never the server's own text: it may hold a card number
    const number = answer.fault.number === undefined ? '' : ` ${String(answer.fault.number)}`;
    return new TillbridgeError('TB_TILL_RK_REFUSED', { ...name, command, problem: `${answer.fault.kind}${number}` });
  }
  const problem = asked.detail ?? asked.problem;
  switch (asked.problem) {
    case 'auth':
      return new TillbridgeError('TB_TILL_RK_AUTH', { ...name });
    case 'tls':
      return new TillbridgeError('TB_TILL_RK_TLS', { ...name, problem });
    case 'pinChanged':
      return new TillbridgeError('TB_TILL_RK_PIN_CHANGED', { ...name });
    case 'badAnswer':
      return new TillbridgeError('TB_TILL_RK_ANSWER', { ...name, problem });
    case 'timeout':
    case 'refused':
    case 'connectionLost':
    case 'aborted':
      return new TillbridgeError('TB_TILL_UNREACHABLE', { ...name, problem });
  }
}

export type Books = Readonly<Record<'CASHES' | 'DEVICES' | 'EMPLOYEES' | 'TABLES', readonly Rk7Item[]>>;

/** Reads the reference books that the configuration names objects of. @throws {TillbridgeError} as {@link dataOf} */
export async function readBooks(client: Pick<Rk7Client, 'ask'>, options: XmlTillOptions, name: ServerName, signal: AbortSignal): Promise<Books> {
  const { order } = options;
  const wanted: Record<ReferenceBook, boolean> = {
    CASHES: true,
    DEVICES: true,
    EMPLOYEES: options.cashier !== undefined || order.by === 'waiter',
    TABLES: order.by === 'table',
  };
  const books = { CASHES: [] as readonly Rk7Item[], DEVICES: [] as readonly Rk7Item[], EMPLOYEES: [] as readonly Rk7Item[], TABLES: [] as readonly Rk7Item[] };
  for (const book of ['CASHES', 'DEVICES', 'EMPLOYEES', 'TABLES'] as const) {
    if (wanted[book]) books[book] = readItems(await dataOf(client, commands.reference(book), name, signal));
  }
  return books;
}

/** @throws {TillbridgeError} `TB_TILL_RK_REFERENCE` for the first object that is not there */
export function resolve(options: XmlTillOptions, books: Books, lock: string): XmlSetup {
  const find = (key: string, ref: Rk7Ref, book: keyof Books): Rk7Item => {
    const item = findItem(books[book], ref);
    if (item === undefined) throw new TillbridgeError('TB_TILL_RK_REFERENCE', { till: options.id, key, wanted: refText(ref), book });
    return item;
  };
  const interfaces: Partial<Record<NumberKind, Rk7Item>> = {};
  for (const kind of NUMBER_KINDS) {
    const ref = options.interfaces[kind];
    if (ref !== undefined) interfaces[kind] = find(`interface.${kind}`, ref, 'DEVICES');
  }
  return {
    station: find('station', options.station, 'CASHES'),
    interfaces,
    cashier: options.cashier === undefined ? undefined : find('cashier', options.cashier, 'EMPLOYEES'),
    choice: resolveChoice(options, find),
    conflict: options.conflict,
    lock,
  };
}

function resolveChoice({ order }: XmlTillOptions, find: (key: string, ref: Rk7Ref, book: keyof Books) => Rk7Item): OrderChoice {
  switch (order.by) {
    case 'table':
      return { by: 'table', object: find('order.table', order.object, 'TABLES') };
    case 'waiter':
      return { by: 'waiter', object: find('order.waiter', order.object, 'EMPLOYEES') };
    case 'context':
    case 'station':
    case 'onlyOpen':
      return order;
  }
}
