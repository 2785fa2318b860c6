import { deflateRawSync } from 'node:zlib';
import { systemClock } from '@tillbridge/core';
import { VirtualClock } from '../virtual-clock.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { notificationOf } from './client/dispatch.js';
import { burstsOf, CardCatalogue, codeOfTrack, EventQueue, openDriverPackage, packed, plainTrack2, Sales, SimulatedOData, StockDriver } from './index.js';

const CARD = '2000000001234';
const cards = (...barcodes: readonly string[]): CardCatalogue => new CardCatalogue([{ name: 'Бонусная', type: 'Mixed' }], barcodes.map((barcode) => ({ kind: 'Бонусная', owner: '', barcode, magnetic: `m${barcode}` })));

describe('the forms of a cashier', () => {
  it('every code on the main form is a product; an unknown one opens a window that takes nothing more', () => {
    const sales = new Sales({ catalogue: cards(CARD), products: new Set(['46']) });
    for (const code of ['46', CARD, '46']) sales.scanData(code);
    expect([sales.receipt.products, sales.form, sales.vanished]).toEqual([['46'], 'registerBarcodes', 1]);
    sales.closeForm();
    sales.scanData('46');
    expect(sales.receipt.products).toEqual(['46', '46']);
  });

  it('the card form takes one card by an equal string, and the main form skips that same notification', () => {
    const sales = new Sales({ catalogue: cards(CARD), products: new Set() });
    sales.openCardForm();
    sales.scanData(`0${CARD}`);
    expect([sales.newCardOffers, sales.form]).toEqual([1, 'card']);
    sales.scanData(CARD);
    expect([sales.receipt.card, sales.form, sales.receipt.products]).toEqual([CARD, 'product', []]);
  });

  it('two cards of one code are a choice, in which scans vanish', () => {
    const sales = new Sales({ catalogue: cards(CARD, CARD) });
    sales.openCardForm();
    sales.scanData(CARD);
    sales.scanData(CARD);
    expect([sales.choice.length, sales.vanished, sales.receipt.card]).toEqual([2, 1, undefined]);
  });

  it('what takes no input loses scans without a trace', () => {
    const sales = new Sales();
    sales.inputAvailable = false;
    sales.scanData('46');
    expect([sales.receipt.products, sales.vanished]).toEqual([[], 1]);
  });

  it('a workplace that knows cards by their codes needs no form', () => {
    const sales = new Sales({ profile: 'autoDetect', catalogue: cards(CARD) });
    sales.scanData(CARD);
    expect(sales.receipt.card).toBe(CARD);
  });

  it('kinds: a barcode card is not read as magnetic, a deleted one not at all', () => {
    const catalogue = new CardCatalogue([{ name: 'B', type: 'Barcode' }, { name: 'M', type: 'Magnetic' }], [{ kind: 'B', owner: '', barcode: '1', magnetic: '1' }, { kind: 'M', owner: '', barcode: '2', magnetic: '2' }, { kind: 'B', owner: '', barcode: '3', deleted: true }]);
    expect(['1', '2', '3'].map((code) => catalogue.byBarcode(code).length)).toEqual([1, 0, 0]);
    expect(['1', '2'].map((code) => catalogue.byTrack2(`;${code}?`).length)).toEqual([0, 1]);
  });
});

it.each([
  [';123=99?', '123'],
  [';=123?', '123'],
  ['123', '123'],
  [' ;123? ', '123'],
])('track 2 %s without a template', (track, code) => {
  expect(plainTrack2(track)).toBe(code);
});

it('a template of a track cuts what its fields say, and nothing that does not fit', () => {
  const template = { prefix: ';', suffix: '?', delimiter: '=', block: 2, first: 2, length: 3, codeLength: 0 };
  expect(codeOfTrack(';778=012345?', template)).toBe('123');
  expect([codeOfTrack(';778012345?', template), codeOfTrack('%1=2?', template), codeOfTrack(';1=2?', { ...template, codeLength: 9 })]).toEqual([undefined, undefined, undefined]);
});

it.each([
  ['strict', { source: 'd', event: 'Штрихкод' }, 'ScanData'],
  ['strict', { source: 'd', event: 'TracksData' }, 'TracksData'],
  ['strict', { source: 'D', event: 'Штрихкод' }, undefined],
  ['strict', { source: 'd', event: 'штрихкод' }, undefined],
  ['strict', { source: 'd', event: 'NewBarcode' }, undefined],
  ['lax', { source: 'anybody', event: 'NewBarcode' }, 'ScanData'],
  ['lax', { source: 'InputDevice7', event: 'Barcode' }, undefined],
] as const)('%s matching of %j', (matching, event, expected) => {
  expect(notificationOf({ ...event, data: '' }, new Set(['d']), matching)).toBe(expected);
});

it('the queue of the platform holds one event unless the driver asks for more', () => {
  const queue = new EventQueue();
  const event = { source: 's', event: 'e', data: 'd' };
  expect([queue.put(event), queue.put(event), queue.refused]).toEqual([true, false, 1]);
  queue.depth = 2;
  expect([queue.put(event), queue.length, queue.take()]).toEqual([true, 2, event]);
});

describe('the stock driver', () => {
  const read = (settings: object, lossyMs = 0): { clock: VirtualClock; codes: string[]; driver: StockDriver } => {
    const clock = new VirtualClock();
    const codes: string[] = [];
    return { clock, codes, driver: new StockDriver(clock, (code) => codes.push(code), settings, lossyMs) };
  };

  it.each([
    ['CR', { Suffix: 13 }, '1\r2\u001d3\r', ['1', '2\u001d3']],
    ['CR LF packed into a number', { Suffix: 3338 }, '1\r2\r\n3\r\n', ['1\r2', '3']],
    ['LF', { Suffix: 10 }, '1\n', ['1']],
    ['a prefix', { Suffix: 13, Prefix: 126 }, '~1\r2\r', ['1', '2']],
    ['blanks and empty reads', { Suffix: 13 }, '\r  \r 1 \r', ['1']],
  ])('cuts at %s', (_name, settings, bytes, expected) => {
    const { codes, driver } = read(settings);
    for (const byte of Buffer.from(bytes)) driver.write(Uint8Array.of(byte));
    expect(codes).toEqual(expected);
    expect(packed(3338)).toEqual([13, 10]);
  });

  it('ends a code by silence where it is told to', async () => {
    const { clock, codes, driver } = read({ Suffix: -1, TimeoutCOM: 5 });
    driver.write(Buffer.from('12'));
    await clock.advance(4);
    driver.write(Buffer.from('3'));
    await clock.advance(4);
    expect(codes).toEqual([]);
    await clock.advance(1);
    expect(codes).toEqual(['123']);
  });

  it('the legacy one is deaf while an event is handled: hence the silence around a number', async () => {
    const { clock, codes, driver } = read({}, 50);
    driver.write(Buffer.from('1\r2\r'));
    await clock.advance(100);
    driver.write(Buffer.from('3\r'));
    expect([codes, driver.lost]).toEqual([['1', '3'], 2]);
  });
});

it('a keyboard: the layout turns letters, GS is lost, and slow keys are somebody typing', () => {
  const keys = (text: string, ms: number): { char: string; at: number }[] => Array.from(text, (char, i) => ({ char, at: i * ms }));
  expect(burstsOf(keys('AB12\u001d3\r', 5), { layout: 'ru', gapMs: 35 })).toEqual(['ФИ123']);
  expect(burstsOf(keys('AB\u001d3\r', 5), { layout: 'ru', gapMs: 35, ignoreState: true, gsKey: 'F8' })).toEqual(['AB\u001d3']);
  expect(burstsOf(keys('123\r', 100), { layout: 'en', gapMs: 75 })).toEqual([]);
});

describe('the OData interface', () => {
  let server: SimulatedOData;
  beforeEach(async () => {
    server = await SimulatedOData.start({ clock: systemClock, catalogue: cards(CARD) });
  });
  afterEach(() => server.close());
  const ask = async (path: string, password = 'secret'): Promise<readonly [number, string]> => {
    const answer = await fetch(`${server.url}/${path}`, { headers: { authorization: `Basic ${Buffer.from(`odata:${password}`).toString('base64')}` } });
    return [answer.status, await answer.text()];
  };
  const select = '?$format=json&$select=КодКартыШтрихкод';

  it('lets nobody in without the password, knows one catalogue, and answers as the platform does', async () => {
    expect((await ask('Catalog_ДисконтныеКарты', 'x'))[0]).toBe(401);
    expect((await ask('Catalog_Иное'))[0]).toBe(404);
    const [status, body] = await ask(`Catalog_ДисконтныеКарты${select}&$filter=${encodeURIComponent(`КодКартыШтрихкод eq '${CARD}' and DeletionMark eq false`)}`);
    expect([status, (JSON.parse(body) as { value: unknown[] }).value.length]).toEqual([200, 1]);
    expect((await ask(`Catalog_ДисконтныеКарты${select}&$filter=x`))[0]).toBe(400);
    server.faults.answer = 'error500';
    expect(await ask('Catalog_ДисконтныеКарты')).toEqual([500, expect.stringContaining('"odata.error"')]);
  });
});

describe("a driver's ZIP", () => {
  const manifest = '<?xml version="1.0"?><bundle xmlns="http://v8.1c.ru/8.2/addin/bundle"><component os="Linux" path="x.so" type="native" arch="x86_64"/></bundle>';
  const info = '<drivers><component progid="AddIn.Tillbridge" type="СканерШтрихкода" name="T" version="0.1.0"/></drivers>';

  it('is opened as the equipment library does, names in any case', () => {
    const zip = zipOf({ 'Manifest.xml': manifest, 'info.XML': info, 'x.so': 'ELF' });
    const opened = openDriverPackage(zip);
    expect([opened.progId, opened.equipmentType, opened.library.bytes.toString()]).toEqual(['AddIn.Tillbridge', 'СканерШтрихкода', 'ELF']);
    expect(() => openDriverPackage(zip, 'Windows')).toThrow('нет компоненты для Windows x86_64');
  });

  it.each([
    ['no manifest', { 'INFO.XML': info }, 'нет MANIFEST.XML'],
    ['no description', { 'MANIFEST.XML': manifest }, 'Нет INFO.XML'],
    ['a library that is not there', { 'MANIFEST.XML': manifest, 'INFO.XML': info }, 'нет компоненты'],
    ['a wrong name', { 'MANIFEST.XML': manifest, 'INFO.XML': info.replace('AddIn.', ''), 'x.so': '' }, 'progid'],
    ['another namespace', { 'MANIFEST.XML': manifest.replace('8.2', '8.9'), 'INFO.XML': info, 'x.so': '' }, 'нет компоненты'],
  ])('is refused with %s', (_name, files, problem) => {
    expect(() => openDriverPackage(zipOf(files))).toThrow(problem);
  });

  it('must be one', () => {
    expect(() => openDriverPackage(Buffer.from('MZ'))).toThrow('not a ZIP');
  });
});

/** A ZIP of deflated files (PKWARE APPNOTE, 4.3); readers of drivers look at no check sums. */
function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const packedText = deflateRawSync(Buffer.from(text));
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packedText.length, 18);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packedText.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    locals.push(local, Buffer.from(name), packedText);
    entries.push(entry, Buffer.from(name));
    at += 30 + name.length + packedText.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, ...entries, end]);
}
