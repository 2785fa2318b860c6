import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEVICES_FILE, DEVICES_LOG, parseDevices, parseReads, readerFileRows } from './reader-files.js';

const never = new AbortController().signal;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tb-iiko-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('what iikoFront takes its readers for', () => {
  it.each([
    ['<devices><device type="BarcodeScanner"/><device type="Msr"/></devices>', { scanners: 1, cardReaders: 1 }],
    ['<d><Device><DeviceType>Scanner</DeviceType></Device><Device><DeviceType> MagneticCardReader </DeviceType></Device></d>', { scanners: 1, cardReaders: 1 }],
    ['<d><i class="Resto.Front.Devices.BarcodeScanner"/></d>', { scanners: 1, cardReaders: 0 }],
    ['<d><something/></d>', undefined],
    ['', undefined],
  ])('%s', (xml, devices) => expect(parseDevices(xml)).toEqual(devices));

  it('counts what the log says, and keeps nothing of it', () => {
    const log = [
      '10:00 Card slided 1:<barcode class="KeyboardDriver"/>, 2:4601234567893, 3:barcode',
      '10:01 Card slided 1:, 2:2000000012345=991, 3:',
      '10:02 Card slided 1:, 2:9812345678901234, 3:',
      'Parsers for processing: barcode BarcodeParser',
    ].join('\r\n');
    expect(parseReads(log)).toEqual({ barcodes: 1, cards: 1, suspicious: 1 });
  });

  it('takes any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary-ascii', maxLength: 500 }), (text) => {
      parseDevices(text);
      parseReads(`Card slided 1:${text}`);
    }));
  });

  it('says what it found, in UTF-16 too, without a digit of what was read', async () => {
    writeFileSync(join(folder, DEVICES_FILE), Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<d><device type="Msr"/></d>', 'utf16le')]));
    writeFileSync(join(folder, DEVICES_LOG), 'Card slided 1:, 2:9812345678901234, 3:\n');
    const rows = await readerFileRows('front', folder, never);
    expect(rows.map(({ level }) => level)).toEqual(['warn', 'warn']);
    expect(rows[1]?.remedy).toContain('barcode scanner');
    expect(JSON.stringify(rows)).not.toContain('98123');
  });

  it('says honestly that it does not know the form of the file', async () => {
    writeFileSync(join(folder, DEVICES_FILE), '<d/>');
    expect(await readerFileRows('front', folder, never)).toEqual([{ level: 'ok', id: 'till.front.readers', text: expect.stringContaining('not known to this version') as string }]);
  });

  it('names the folder where nothing is', async () => {
    expect(await readerFileRows('front', join(folder, 'x'), never)).toEqual([expect.objectContaining({ level: 'warn', text: expect.stringContaining('ENOENT') as string })]);
  });
});
