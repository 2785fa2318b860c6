import { isTillbridgeError, NUMBER_KINDS, printable, type ProbeRow, type TillbridgeError } from '@tillbridge/core';
import type { Rk7Client } from '../connection/rk7-client.js';
import { isInt64 } from '../number-rules.js';
import { commands, readFunctions, readMcr, readRestaurantCode, type McrResult } from '../rk7/commands.js';
import { findItem, refText, type Rk7Item } from '../rk7/reference.js';
import type { XmlTillOptions } from './options.js';
import { dataOf, errorOf, readBooks, type Books, type ServerName } from './resolve.js';
import { attribute } from '../xml/index.js';
import { serverUrl } from './server-url.js';

type Client = Pick<Rk7Client, 'ask'>;

/** What the card path needs. `GetFunctions` is known not to be complete, so a gap is a warning. */
const NEEDED = ['ApplyPersonalCard', 'UndoPersonalCard', 'GetOrder', 'GetOrderList2'] as const;

/** Asks the server everything that decides whether cards will land; changes nothing. */
export async function probeServer(client: Client, options: XmlTillOptions, name: ServerName, signal: AbortSignal): Promise<readonly ProbeRow[]> {
  const id = `till.${options.id}`;
  const rows: ProbeRow[] = [];
  try {
    rows.push(...transportRows(options, id));
    const info = await dataOf(client, commands.systemInfo(), name, signal);
    rows.push({ level: 'ok', id, text: `the cash server at ${name.host} answers this user${known(', version ', attribute(info, 'ServerVersion'))}${known(', restaurant ', readRestaurantCode(info))}` });
    rows.push(functionsRow(readFunctions(await dataOf(client, commands.functions(), name, signal)), id));
    rows.push(await rightsRow(client, name, id, signal));
    const books = await readBooks(client, options, name, signal);
    rows.push(...referenceRows(options, books, id));
    const { sample } = options;
    if (sample === undefined) rows.push({ level: 'warn', id, text: 'no sample number, so the MCR algorithm was not tried', remedy: 'set `sample.number` to a made-up number of the right form' });
    else rows.push(mcrRow(readMcr(await dataOf(client, commands.parseMcr(sample.number, sample.device, undefined), name, signal)), options, books, id), ...(await cardSystemRows(client, options, books, id, signal)));
    rows.push(...numberRows(options, id));
  } catch (error) {
    if (!isTillbridgeError(error)) throw error;
    rows.push(failRow(error, id));
  }
  return rows;
}

function known(before: string, text: string | undefined): string {
  return text === undefined ? '' : `${before}${printable(text, 40)}`;
}

function failRow(error: TillbridgeError, id: string): ProbeRow {
  return { level: 'fail', id, text: error.text('en'), remedy: error.remedy('en') };
}

function transportRows(options: XmlTillOptions, id: string): readonly ProbeRow[] {
  if (serverUrl(options).protocol === 'https:') return [];
  return [{ level: 'warn', id, text: 'card numbers and the password travel to the cash server unencrypted', remedy: 'use an https address; r_keeper has it from 7.5 on' }];
}

function functionsRow(functions: ReadonlySet<string>, id: string): ProbeRow {
  const missing = NEEDED.filter((command) => !functions.has(command));
  if (missing.length === 0) return { level: 'ok', id, text: 'the server lists every command that is needed' };
  return { level: 'warn', id, text: `the server does not list ${missing.join(', ')}`, remedy: 'an older version, or the address of a station: cards may be refused' };
}

/** An order that does not exist. */
const NO_ORDER = '{00000000-0000-0000-0000-000000000000}';

/**
 * Whether the server takes commands that change orders from this user: asked by releasing a lock that nobody holds, of an order that does not
 * exist. What the role of the cashier may do with cards shows only when a card is applied.
 */
async function rightsRow(client: Client, name: ServerName, id: string, signal: AbortSignal): Promise<ProbeRow> {
  const asked = await client.ask(commands.lock(NO_ORDER, NO_ORDER, 0, { code: 0 }), signal);
  const kind = asked.answered && !asked.answer.ok ? asked.answer.fault.kind : undefined;
  if (!asked.answered || kind === 'noRights' || kind === 'licence') {
    const error = errorOf(asked, 'LockOrder', name);
    const remedy = kind === 'noRights' ? 'give the role of the user the rights of an administrator and the HTTP rule' : (error?.remedy('en') ?? '');
    return { level: 'fail', id, text: `the server refuses commands that change orders (${kind ?? (asked.answered ? '' : asked.problem)})`, remedy };
  }
  return { level: 'ok', id, text: 'the server takes commands that change orders from this user; whether the cashier may apply cards shows only with a card' };
}

function referenceRows(options: XmlTillOptions, books: Books, id: string): readonly ProbeRow[] {
  const wanted = [
    { key: 'station', ref: options.station, book: 'CASHES' as const },
    ...NUMBER_KINDS.flatMap((kind) => {
      const ref = options.interfaces[kind];
      return ref === undefined ? [] : [{ key: `interface.${kind}`, ref, book: 'DEVICES' as const }];
    }),
    ...(options.cashier === undefined ? [] : [{ key: 'cashier', ref: options.cashier, book: 'EMPLOYEES' as const }]),
    ...(options.order.by === 'table' ? [{ key: 'order.table', ref: options.order.object, book: 'TABLES' as const }] : []),
    ...(options.order.by === 'waiter' ? [{ key: 'order.waiter', ref: options.order.object, book: 'EMPLOYEES' as const }] : []),
  ];
  return wanted.map(({ key, ref, book }) => {
    const item = findItem(books[book], ref);
    if (item !== undefined) return { level: 'ok', id, text: `${key}: ${item.name} (${String(item.ident)})` };
    const there = books[book].slice(0, 20).map(({ ident, name }) => `${String(ident)} ${name}`);
    return { level: 'fail', id, text: `${key} (${refText(ref)}) is not in ${book}`, remedy: there.length === 0 ? `${book} is empty` : `there is: ${there.join(', ')}` };
  });
}

/** A sample number must land on our interface and nowhere else. */
function mcrRow(results: readonly McrResult[], options: XmlTillOptions, books: Books, id: string): ProbeRow {
  const remedy = 'in the manager station: an MCR algorithm of scope Interface for this form of number, with device types Barcode and Keyboard';
  const [only, second] = results;
  if (only === undefined) return { level: 'fail', id, text: 'no MCR algorithm takes the sample number', remedy };
  if (second !== undefined) {
    const scopes = results.map(({ scope }) => scope).join(', ');
    return { level: 'fail', id, text: `several MCR algorithms take the sample number: ${scopes}`, remedy: 'make their masks exclude each other' };
  }
  if (only.scope !== 'Interface') return { level: 'fail', id, text: `the sample number is taken for: ${only.scope}`, remedy };
  const ours = NUMBER_KINDS.flatMap((kind) => {
    const ref = options.interfaces[kind];
    return (ref === undefined ? undefined : findItem(books.DEVICES, ref)) ?? [];
  });
  if (ours.some((item) => isSame(only, item))) return { level: 'ok', id, text: 'the sample number is taken for a card of our interface' };
  return { level: 'fail', id, text: `the sample number goes to another interface: ${only.object.name}`, remedy: 'set the object of the MCR algorithm to the interface of this till' };
}

/** Asks the card system for the sample number. That it knows such a card says nothing: r_keeper answers Ok for unknown ones too. */
async function cardSystemRows(client: Client, { sample, interfaces }: XmlTillOptions, books: Books, id: string, signal: AbortSignal): Promise<readonly ProbeRow[]> {
  const pds = interfaces.card === undefined ? undefined : findItem(books.DEVICES, interfaces.card);
  if (sample === undefined || pds === undefined) return [];
  const asked = await client.ask(commands.cardInfo(sample.number, { id: pds.ident }), signal);
  if (asked.answered && asked.answer.ok) return [{ level: 'ok', id, text: `the card system behind ${pds.name} answers` }];
  const why = asked.answered ? (asked.answer.ok ? '' : asked.answer.fault.kind) : asked.problem;
  return [{ level: 'fail', id, text: `the card system behind ${pds.name} does not answer (${why})`, remedy: 'start FarCards, and check the PDS server name (its case counts) and the network between it and the cash server' }];
}

function isSame({ object }: McrResult, item: Rk7Item): boolean {
  if (object.guid !== undefined && item.guid !== undefined) return object.guid === item.guid;
  if (object.id !== undefined) return object.id === item.ident;
  return object.code !== undefined && object.code === item.code;
}

function numberRows({ sample, numbers }: XmlTillOptions, id: string): readonly ProbeRow[] {
  const rows: ProbeRow[] = [];
  if (sample !== undefined && numbers.numericInt64 && !isInt64(sample.number)) {
    rows.push({ level: 'fail', id, text: 'FarCards cannot carry numbers of this form: digits only, no leading zero, at most 9223372036854775807', remedy: 'translate to numbers without leading zeros' });
  }
  const lengths = numbers.length?.card;
  if (sample !== undefined && lengths !== undefined && !lengths.includes(sample.number.length)) {
    rows.push({ level: 'fail', id, text: `the sample number has ${String(sample.number.length)} characters, and cards may have ${lengths.join(', ')}`, remedy: 'correct `numbers.length`, or the sample' });
  }
  if (sample !== undefined && numbers.reserved.some((pattern) => pattern.test(sample.number))) {
    rows.push({ level: 'fail', id, text: 'numbers of this form are taken for something else at the station (staff card, dish barcode)', remedy: 'use longer numbers, or correct `numbers.reserved`' });
  }
  return rows;
}
