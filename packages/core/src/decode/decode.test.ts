import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawRead } from '../ports/reader.js';
import { parseAimId, removeEciEscapes } from './aim.js';
import { createTextDecoder } from './charset.js';
import { decodeScan } from './decode.js';

const raw = (data: string | Uint8Array, more: Partial<RawRead> = {}): RawRead => ({
  bytes: typeof data === 'string' ? Buffer.from(data) : data,
  terminator: Buffer.from('\r'),
  at: { mono: 1, wall: 2 },
  silence: 'settled',
  silentBefore: true,
  ...more,
});
const decodeText = createTextDecoder('windows-1251');
const scanOf = (data: string | Uint8Array, more?: Partial<RawRead>): ReturnType<typeof decodeScan> => decodeScan(raw(data, more), 'id', 'r', decodeText);

describe('AIM ids', () => {
  it.each([
    [']A0', 'code39', false, false], [']C0', 'code128', false, false], [']C1', 'gs1-128', true, false], [']d1', 'datamatrix', false, false],
    [']d2', 'gs1-datamatrix', true, false], [']d4', 'datamatrix', false, true], [']d5', 'gs1-datamatrix', true, true], [']E0', 'ean13', false, false],
    [']E4', 'ean8', false, false], [']e0', 'databar', true, false], [']F0', 'codabar', false, false], [']G0', 'code93', false, false], [']I1', 'itf', false, false],
    [']J1', 'dotcode', true, false], [']L2', 'pdf417', false, false], [']Q1', 'qr', false, false], [']Q2', 'qr', false, true], [']Q3', 'gs1-qr', true, false],
    [']Q4', 'gs1-qr', true, true], [']Q6', 'qr', false, true], [']z0', 'aztec', false, false], [']z3', 'aztec', false, true], [']z6', 'aztec', false, false],
    [']zB', 'aztec', false, true], [']zC', 'aztec', false, false], [']h0', 'hanxin', false, false], [']U0', 'maxicode', false, false], [']X0', 'other', false, false],
  ] as const)('%s is %s', (id, symbology, gs1, eci) => {
    expect(parseAimId(`${id}12345`)).toEqual({ id, symbology, gs1, eci });
    expect(scanOf(`${id}12345`)).toMatchObject({ aim: id, symbology, gs1, text: '12345' });
  });

  it.each(['', ']', ']Q', ']q1abc', ']Q?abc', 'Q1abc', ' ]Q1abc'])('%j has none and stays as it is', (text) => {
    expect(parseAimId(text)).toBeUndefined();
    expect(scanOf(text)).toMatchObject({ aim: undefined, symbology: undefined, text });
  });

  it('that the device reports apart are no part of the bytes', () => {
    const scan = scanOf('0104600\\1', { aim: ']d2' });
    expect(scan).toMatchObject({ aim: ']d2', symbology: 'gs1-datamatrix', gs1: true, text: '0104600\\1' });
    expect(Buffer.from(scan.bytes).toString()).toBe('0104600\\1');
    expect(scanOf('\\000026a\\\\', { aim: ']Q2' }).text).toBe('a\\');
    expect(scanOf('036000291452', { aim: ']E0' }).text).toBe('0036000291452');
    expect(scanOf(']C0123', { aim: ']Q1' })).toMatchObject({ aim: ']Q1', text: ']C0123' });
    expect(scanOf(']C0123', { aim: '???' })).toMatchObject({ aim: ']C0', text: '123' });
  });

  it('of a prototype are not taken for families', () => expect(parseAimId(']constructor')).toBeUndefined());

  it('take ECI escapes out only where announced', () => {
    expect(scanOf(']Q2\\000026Карта\\\\7').text).toBe('Карта\\7');
    expect(scanOf(']Q1\\000026x').text).toBe('\\000026x');
    expect(removeEciEscapes('\\\\000026')).toBe('\\000026');
    expect(removeEciEscapes('\\12345')).toBe('\\12345');
  });

  it('complete UPC-A that is announced as EAN-13', () => {
    expect(scanOf(']E0036000291452').text).toBe('0036000291452');
    expect(scanOf(']E036000291452').text).toBe('36000291452');
    expect(scanOf(']E04006381333931').text).toBe('4006381333931');
    expect(scanOf('036000291452').text).toBe('036000291452');
  });
});

describe('decoding', () => {
  it('knows GS1 by its AIM id, else by a GS separator', () => {
    expect(scanOf('0104600001\u001d21abc').gs1).toBe(true);
    expect(scanOf(']C00104\u001d21').gs1).toBe(false);
    expect(scanOf(']d20104\u001d21')).toMatchObject({ gs1: true, text: '0104\u001d21' });
    expect(scanOf('0104600001').gs1).toBe(false);
  });

  it('prefers the symbology that the device reports apart', () => expect(scanOf(']Q1x', { symbology: 'aztec' }).symbology).toBe('aztec'));

  it('takes STX off only where ETX closed the frame', () => {
    const [STX, ETX] = ['\u0002', Buffer.from([3])];
    expect(scanOf(`${STX}98123`, { terminator: ETX }).text).toBe('98123');
    expect(scanOf(`${STX}98123`).text).toBe(`${STX}98123`);
    expect(scanOf('98123', { terminator: ETX }).text).toBe('98123');
  });

  it('keeps the bytes as they were and never fails', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom('', ']Q1', ']Q2', ']d5', ']E0'), (bytes, aim) => {
        const all = Buffer.concat([Buffer.from(aim), bytes]);
        const scan = scanOf(all);
        expect(scan.bytes).toEqual(all);
        expect(scan).toMatchObject({ id: 'id', reader: 'r', at: { mono: 1, wall: 2 } });
      }),
    );
  });
});

describe('charsets', () => {
  it('are UTF-8, else the fallback of the reader', () => {
    const latin1 = createTextDecoder('latin1');
    for (const decode of [decodeText, latin1]) expect(decode(Buffer.from('Карта 7'))).toBe('Карта 7');
    expect(decodeText(Uint8Array.of(0xca, 0xe0, 0xf0, 0xf2, 0xe0))).toBe('Карта');
    expect(latin1(Uint8Array.of(0xe9, 0x74, 0xe9))).toBe('été');
    expect(decodeText(Uint8Array.of(0x41, 0xd0))).toBe('AР'); // half a UTF-8 letter
  });

  it('give one character a byte for whatever is not UTF-8, of any length', () => {
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const utf8 = (bytes: Uint8Array): string | undefined => {
      try {
        return strict.decode(bytes);
      } catch {
        return undefined;
      }
    };
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.constantFrom('windows-1251' as const, 'latin1' as const), (bytes, fallback) => {
        const text = createTextDecoder(fallback)(bytes);
        const whole = utf8(bytes);
        if (whole !== undefined) expect(text).toBe(whole);
        else expect(text).toHaveLength(bytes.length);
        if (whole === undefined && fallback === 'latin1') expect(Buffer.from(text, 'latin1')).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it.each([4095, 4096, 4097, 8192, 20_000])('take %i bytes', (size) => {
    const ascii = Buffer.alloc(size, '0123456789');
    expect(decodeText(ascii)).toBe(ascii.toString('latin1'));
    const high = Buffer.alloc(size, 0xe9);
    expect(createTextDecoder('latin1')(high)).toBe('é'.repeat(size));
  });
});

it('a scan makes its id when somebody asks for it, and keeps it', () => {
  let made = 0;
  const scan = decodeScan(raw('4600000000017'), () => `id-${String((made += 1))}`, 'r', decodeText);
  expect([scan.text, made]).toEqual(['4600000000017', 0]);
  expect([scan.id, scan.id, made]).toEqual(['id-1', 'id-1', 1]);
});
