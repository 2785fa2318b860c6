import { silentLog, systemClock, type Reader } from '@tillbridge/core';
import { RecordingSink } from '@tillbridge/testkit/suites';
import { afterEach, describe, expect, test } from 'vitest';
import { createHidReader } from './hid-reader.js';
import type { HidReaderOptions } from './options.js';
import type { HidListing } from './host/protocol.js';
import { reportsOf } from './testing/reports.js';
import { SimulatedHid } from './testing/simulated-hid.js';

// As hidapi lists on Windows: a row and a path for each top-level collection, `ColNN` in it where an interface has several; the keyboard's path
// ends in \KBD (hidapi windows/hid.c; sindresorhus and others' dumps of HID#VID_ names). The class is GUID_DEVINTERFACE_HID.
const CLASS = '{4d1e55b2-f16f-11cf-88cb-001111000030}';
const place = (rest: string): string => `\\\\?\\HID#${rest}#${CLASS}`;
const KEYBOARD = `${place('VID_0C2E&PID_0B61&MI_00#8&2d1a5f0&0&0000')}\\KBD`;
const MANAGEMENT = place('VID_0C2E&PID_0B61&MI_01&Col02#8&1f7c3b2&0&0001');
const SCANNER = place('VID_0C2E&PID_0B61&MI_01&Col01#8&1f7c3b2&0&0000');

const honeywell = (path: string, usage: number, number: number): HidListing => ({ path, vid: 0x0c2e, pid: 0x0b61, product: 'Xenon 1900', manufacturer: 'Honeywell', interface: number, usage });
const COMPOSITE: readonly HidListing[] = [honeywell(KEYBOARD, 0x0001_0006, 0), honeywell(MANAGEMENT, 0xff8c_0002, 1), honeywell(SCANNER, 0x008c_0002, 1)];

describe('HID POS as Windows shows it', () => {
  let hid: SimulatedHid;
  let reader: Reader;
  let sink: RecordingSink;
  afterEach(async () => {
    await reader.close();
    hid.dispose();
  });

  async function open(listed: readonly HidListing[], options: Partial<HidReaderOptions>): Promise<void> {
    hid = new SimulatedHid();
    hid.listed = listed;
    sink = new RecordingSink();
    reader = createHidReader({ id: 'r', where: { auto: true }, ...options }, { clock: systemClock, log: silentLog, finder: 'driver', spawn: hid.spawn(), random: () => 0 });
    await reader.open(sink, new AbortController().signal);
  }

  test.each([
    ['auto', { auto: true }],
    ['match', { match: { vid: '0c2e', pid: '0b61' } }],
    ['path', { path: SCANNER }],
  ] as const)('%s: of the collections of one scanner the one of bar codes is read, never the keyboard or the management', async (_, where) => {
    await open(COMPOSITE, { where });
    expect(reader.state.status).toBe('ready');
    expect(hid.openedPaths).toEqual([SCANNER]);
    // a composite that types: told to report here instead, by its feature report
    if (!('path' in where)) expect(hid.story).toContain('feature fe01');
    for (const report of reportsOf('hhp', { data: Buffer.from('010460\u001d21'), aim: ']d2', symbology: 0x77 })) hid.report(report);
    await sink.untilReads(1);
    expect(sink.reads.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['010460\u001d21']);
  });

  test('reports come with their id, and without one where the device has none: no byte is taken for another', async () => {
    // Symbol's own HID has no report ids; hidapi takes the 0x00 off that Windows puts there
    const path = place('VID_05E0&PID_0600#7&3a1&0&0000');
    await open([{ path, vid: 0x05e0, pid: 0x0600, usage: 0xff45_4b00, product: 'Symbol Bar Code Scanner' }], { where: { match: { vid: '05e0', pid: '0600' } }, layout: 'symbol' });
    for (const report of reportsOf('symbol', { data: Buffer.from('4607001234567') })) hid.report(report);
    await sink.untilReads(1);
    expect(Buffer.from(sink.reads[0]!.bytes).toString()).toBe('4607001234567');
  });

  test('a scanner in keyboard mode alone is not opened at all', async () => {
    await open([honeywell(KEYBOARD, 0x0001_0006, 0)], { where: { match: { vid: '0c2e' } } });
    expect(reader.state).toMatchObject({ status: 'retrying', reason: { code: 'TB_READER_NO_MATCH' } });
    expect(hid.openedPaths).toEqual([]);
  });

  test('two scanners of one kind without serial numbers are told apart by their paths, not mixed', async () => {
    const second = SCANNER.replace('8&1f7c3b2', '8&9e0d411');
    await open([honeywell(SCANNER, 0x008c_0002, 1), honeywell(second, 0x008c_0002, 1)], { where: { match: { vid: '0c2e' } } });
    expect(reader.state).toMatchObject({ status: 'retrying', reason: { code: 'TB_READER_USB_MATCH_SEVERAL' } });
  });
});
