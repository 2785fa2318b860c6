import { describe, expect, it, test } from 'vitest';
import { readXml } from '../xml/index.js';
import { readAnswer, Rk7NotAnAnswer, type Rk7Answer } from './answer.js';
import { commands, readFunctions, readListVersion, readLocked, readMcr, readRestaurantCode } from './commands.js';
import { rk7Guid } from './guid.js';
import { readOrderCards, readOrderList, sameCard, showsCard } from './order.js';
import { findItem, readItems } from './reference.js';

const HEAD = 'ServerVersion="7.26.8.2001" XmlVersion="248" NetName="MID1" DateTime="2026-01-10T12:00:00" WorkTime="412" Processed="1"';
const GUID = '{0A6F1C2B-0000-4000-8000-0000000000AA}';
const answer = (text: string): Rk7Answer => readAnswer(readXml(text));
const flat = (status: string, rest = '', inner = ''): Rk7Answer => answer(`<RK7QueryResult ${HEAD} Status="${status}" CMD="X" ${rest}>${inner}</RK7QueryResult>`);
const wrapped = (root: string, result: string, rest = '', inner = ''): Rk7Answer =>
  answer(`<RK7QueryResult ${HEAD} Status="${root}"><CommandResult CMD="X" Status="${result}" ${rest}>${inner}</CommandResult></RK7QueryResult>`);
const kindOf = (read: Rk7Answer): string => (read.ok ? 'ok' : read.fault.kind);

describe('answers in both dialects', () => {
  test('Ok is Ok at every level, and data stands where the dialect puts it', () => {
    for (const read of [flat('Ok', '', '<Order guid="1"/>'), wrapped('Ok', 'Ok', '', '<Order guid="1"/>')]) {
      expect(read).toMatchObject({ ok: true, unchanged: false, server: { version: '7.26.8.2001', netName: 'MID1' } });
      expect(read.ok && read.data.children.map(({ name }) => name)).toEqual(['Order']);
    }
    expect(kindOf(wrapped('Ok', 'Query Executing Error', 'RK7ErrorN="2219"'))).toBe('orderLocked');
    expect(kindOf(wrapped('Query Executing Error', 'Ok'))).toBe('other');
  });

  test('an unchanged list is no failure', () => {
    expect(flat('No changes')).toMatchObject({ ok: true, unchanged: true });
    expect(wrapped('Ok', 'No changes')).toMatchObject({ ok: true, unchanged: true });
  });

  it.each(['Execution Started', 'Query Parse Error', 'Bad Query Parameters', 'Result Writing Error', '', 'okay'])('%s is no Ok', (status) =>
    expect(flat(status).ok).toBe(false));

  it.each([
    ['RK7ErrorN="3813" ErrorText="FC Test: Ошибка &quot;Пользователь не найден!&quot;(18)"', 'cardRefused'],
    ['ErrorText="Не получается заблокировать. Заказ заблокирован другим ключом блокировки (станция A, оператор 7)"', 'orderLocked'],
    ['RK7ErrorN="2128" ErrorText="Визит 7 закрыт!"', 'visitClosed'],
    ['ErrorText="Ошибка отправки данных на PDS"', 'cardSystemDown'],
    ["ErrorText=\"Не найдена композиция для скидки 'A'\"", 'discountConflict'],
    ['ErrorText="Unknown command ApplyMCR"', 'unknownCommand'],
    ['ErrorText="Error: child element &quot;Order&quot; not found"', 'badReference'],
    ['ErrorText="Не найден элемент 9 в коллекции CASHES"', 'badReference'],
    ['ErrorText="Bad license anchor"', 'licence'],
    ['RK7ErrorN="99999"', 'other'],
  ])('%s', (rest, kind) => expect(kindOf(flat('Query Executing Error', rest))).toBe(kind));

  test('a closing shift is told even as a parse error', () => expect(kindOf(flat('Query Parse Error', 'ErrorText="UCSERR(2172) ..."'))).toBe('shiftClosing'));

  test('an error that stands inside', () => {
    expect(flat('Query Executing Error', 'ErrorText=""', '<Errors><Error RK7ErrorN="2219">x</Error></Errors>')).toMatchObject({ fault: { kind: 'orderLocked', number: 2219, text: 'x' } });
  });

  test('a hostile text is bounded', () => {
    const read = flat('Query Executing Error', `ErrorText="${'x'.repeat(100_000)}"`);
    expect(read.ok ? 0 : read.fault.text.length).toBe(2000);
  });

  test('another document is no answer', () => {
    expect(() => answer('<html/>')).toThrow(Rk7NotAnAnswer);
  });
});

describe('queries', () => {
  const place = { order: GUID.toLowerCase(), station: { id: 15004 }, interface: { code: 1 }, cashier: undefined, lock: GUID };

  test('a card is named CardCode where it is applied and cardCode where it is taken back', () => {
    expect(commands.applyCard('2000000012345', place).body).toBe(
      `<?xml version="1.0" encoding="utf-8"?>\r\n<RK7Query><RK7CMD CMD="ApplyPersonalCard" CardCode="2000000012345" lockguid="${GUID}"><Order guid="${GUID}"/><Station id="15004"/><Interface code="1"/></RK7CMD></RK7Query>`,
    );
    expect(commands.undoCard('1', { ...place, cashier: { guid: GUID } }).body).toContain(`CMD="UndoPersonalCard" cardCode="1" lockguid="${GUID}"><Order guid="${GUID}"/><Interface code="1"/><Cashier guid="${GUID}"/>`);
  });

  test('a hostile card becomes text', () => {
    const { body } = commands.applyCard('"/><Order guid="x"/>\r\n', place);
    expect(readXml(body).children[0]?.attributes.get('CardCode')).toBe('"/><Order guid="x"/>\r\n');
    expect(body.match(/<Order /g)).toHaveLength(1);
  });

  it.each([
    [0, '1899-12-30T00:00:00'],
    [59, '1899-12-30T00:00:59'],
    [600, '1899-12-30T00:10:00'],
  ])('a lock of %i s is a time on day zero', (seconds, time) => expect(commands.lock(GUID, GUID, seconds, { id: 1 }).body).toContain(`lockTime="${time}"`));

  test('only what changes something says so', () => {
    const changing = [commands.applyCard('1', place), commands.undoCard('1', place), commands.lock(GUID, GUID, 1, { id: 1 }), commands.waiterMessage('a', 'b', 'c', { station: { id: 1 }, waiter: undefined })];
    const reading = [commands.systemInfo(), commands.functions(), commands.reference('CASHES'), commands.orders(), commands.order(GUID), commands.cardInfo('1', { id: 1 }), commands.parseMcr('1', 'BarCode', 3)];
    expect([changing.every(({ changes }) => changes), reading.some(({ changes }) => changes)]).toEqual([true, false]);
  });

  test('the list asks for what changed since', () => {
    expect(commands.orders('77').body).toContain('onlyOpened="1" lastversion="77"');
    expect(commands.orders().body).not.toContain('lastversion');
  });
});

describe('data', () => {
  test('an order list', () => {
    const list = readOrderList(
      readXml(`<R lastversion="5"><Visit visit="12" finished="0"><Orders>
        <Order guid="${GUID}" orderIdent="256" locked="1" paid="0" finished="0" billTime="2026-01-01T10:00:00"><Table id="3" code="4"/><Waiter id="7"/><LockedByStation id="15004" code="2"/></Order>
        <Order orderIdent="257"/></Orders></Visit><Visit visit="13" finished="1"><Orders><Order guid="b"/></Orders></Visit></R>`),
    );
    expect(list).toEqual([
      {
        ...{ guid: GUID, visit: '12', orderIdent: '256', locked: true, paid: false, finished: false, deleted: false, billed: true },
        lockedByStation: { id: 15_004, code: 2, guid: undefined },
        table: { id: 3, code: 4, guid: undefined },
        waiter: { id: 7, code: undefined, guid: undefined },
      },
      expect.objectContaining({ guid: 'b', visit: '13', locked: false, finished: true, billed: false, lockedByStation: undefined }),
    ]);
    expect(readListVersion(readXml('<R lastversion="5"/>'))).toBe('5');
  });

  test('cards of an order: guests and live discount lines', () => {
    const order = readOrderCards(
      readXml(`<R><Order guid="${GUID}" finished="0"><Guests><Guest guestLabel="1" cardCode="111"><Interface id="9"/></Guest><Guest guestLabel="2" cardCode=""/></Guests>
        <Session><Discount cardCode="222" state="6"/><Discount cardCode="333" state="7"/><Discount cardCode="444" deleted="1"/><Discount id="5"/></Session></Order></R>`),
    );
    expect(order?.cards).toEqual([
      { card: '111', interface: { id: 9, code: undefined, guid: undefined } },
      { card: '222', interface: undefined },
    ]);
    expect([order && showsCard(order, '0222'), order && showsCard(order, '333')]).toEqual([true, false]);
    expect(readOrderCards(readXml('<R/>'))).toBeUndefined();
  });

  it.each([
    ['7', '0007', true],
    ['0', '000', true],
    ['7', '70', false],
    ['A7', 'A7', true],
    ['A07', 'A7', false],
  ])('%s and %s are the same card: %s', (a, b, same) => expect(sameCard(a, b)).toBe(same));

  test('reference books, found by ident, code or GUID', () => {
    const items = readItems(readXml(`<R><RK7Reference><Items><Item Ident="1" Code="10" Name="A" GUIDString="${GUID.toLowerCase()}" NetName="N"/><Item Name="no ident"/><Item Ident="2" Code="" Name="B"/></Items></RK7Reference></R>`));
    expect(items.map(({ ident }) => ident)).toEqual([1, 2]);
    expect([findItem(items, { id: 2 }), findItem(items, { code: 10 }), findItem(items, { guid: GUID.slice(1, -1) }), findItem(items, { id: 10 })].map((item) => item?.name)).toEqual(['B', 'A', 'A', undefined]);
  });

  test('the small ones', () => {
    expect([...readFunctions(readXml('<R><Functions><Query name="A"/><Query/><Query name="B"/></Functions></R>'))]).toEqual(['A', 'B']);
    expect(readRestaurantCode(readXml('<R><SystemInfo RestCode="199999999"/></R>'))).toBe('199999999');
    expect([readLocked(readXml('<R locked="1"/>')), readLocked(readXml('<R><Order locked="0"/></R>'))]).toEqual([true, false]);
    expect(readMcr(readXml('<R><Item cardCode="1" scope="Interface"><MCR/><Object id="1010" code="1" name="PDS"/></Item></R>'))).toEqual([
      { scope: 'Interface', card: '1', object: { id: 1010, code: 1, guid: undefined, name: 'PDS' } },
    ]);
  });

  it.each([
    [GUID, GUID],
    [GUID.slice(1, -1).toLowerCase(), GUID],
    ['{123}', undefined],
    ['', undefined],
  ])('GUID %s', (text, guid) => expect(rk7Guid(text)).toBe(guid));
});
