import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDepAtr, STANDARDS, STORAGE_CARDS, storageAtr } from '@tillbridge/testkit';
import { command, parseAnswer, statusText } from './apdu.js';
import { classifyAtr } from './atr.js';
import { ascii, bigEndian, concat, fromHex, sameBytes, toHex, uint32 } from './bytes.js';
import { encodeNdef, NdefError, parseNdef } from './ndef.js';
import { ndefText } from './ndef-text.js';
import { encodeTlv, findTlv, parseTlv, TlvError } from './tlv.js';

const bytes = (options: fc.IntArrayConstraints = {}): fc.Arbitrary<Uint8Array> => fc.uint8Array(options);

describe('bytes', () => {
  it('go to hex and back', () => {
    fc.assert(fc.property(bytes(), (value) => sameBytes(fromHex(toHex(value)), value)));
    expect(() => fromHex('0')).toThrow(RangeError);
    expect(() => fromHex('zz')).toThrow(RangeError);
  });

  it('are read and written most significant first', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 0xffffffff }), (value) => bigEndian(uint32(value)) === value));
  });
});

describe('an APDU', () => {
  it('has data and length only where there are some', () => {
    expect(toHex(command([0xff, 0xca, 0, 0], undefined, 0))).toBe('ffca000000');
    expect(toHex(command([0x80, 0xca, 1, 0], fromHex('DF01')))).toBe('80ca010002df01');
    expect(toHex(command([0x00, 0xa4, 4, 0], fromHex('F0'), 0))).toBe('00a4040001f000');
    expect(toHex(command([1, 2, 3, 4]))).toBe('01020304');
    expect(() => command([0, 0, 0, 0], new Uint8Array(256))).toThrow(RangeError);
  });

  it('is answered by data and a status word, or by nothing', () => {
    expect(parseAnswer(fromHex('01029000'))).toEqual({ data: fromHex('0102'), sw: 0x9000 });
    expect(parseAnswer(fromHex('90'))).toBeUndefined();
    expect(parseAnswer(new Uint8Array(0))).toBeUndefined();
    expect(statusText(0x6a82)).toBe('6a82');
    expect(statusText(0x0001)).toBe('0001');
  });
});

describe('BER-TLV', () => {
  // the answer of an iPhone to SELECT OSE.VAS.01, from the trace in kormax/apple-vas
  const fci = fromHex('6f1d50084170706c655061799f210201009f2404e9caede39f23040000003e');

  it('finds values by the path of their tags', () => {
    expect(findTlv(fci, 0x6f, 0x50)).toEqual(ascii('ApplePay'));
    expect(findTlv(fci, 0x6f, 0x9f21)).toEqual(fromHex('0100'));
    expect(findTlv(fci, 0x6f, 0x9f99)).toBeUndefined();
    expect(findTlv(fci, 0x70, 0x50)).toBeUndefined();
  });

  it('reads back what it writes, whatever the tag and length', () => {
    const tag = fc.constantFrom(0x50, 0x6f, 0x9f21, 0xdf01, 0xbf0c, 0x9f8101);
    fc.assert(
      fc.property(fc.array(fc.tuple(tag, bytes({ maxLength: 400 })), { maxLength: 20 }), (objects) => {
        const parsed = parseTlv(concat(...objects.map(([name, value]) => encodeTlv(name, value))));
        expect(parsed.map(({ tag: name, value }) => [name, toHex(value)])).toEqual(objects.map(([name, value]) => [name, toHex(value)]));
      }),
    );
  });

  it.each([
    ['cut off in the tag', '9f'],
    ['cut off before the length', '50'],
    ['a length beyond the end', '5005414243'],
    ['a long length beyond the end', '50820fff41'],
    ['a length of four bytes', '508400000001aa'],
    ['an indefinite length', '5080410000'],
    ['a tag without end', '9fffffffff01aa'],
  ])('refuses %s', (_, hex) => {
    expect(() => parseTlv(fromHex(hex))).toThrow(TlvError);
  });

  it('refuses more objects than any card has', () => {
    expect(() => parseTlv(concat(...Array.from({ length: 65 }, () => fromHex('5000'))))).toThrow(TlvError);
  });

  it('either parses within bounds or complains, for any bytes', () => {
    fc.assert(
      fc.property(bytes({ maxLength: 300 }), (value) => {
        try {
          for (const object of parseTlv(value)) expect(object.value.length).toBeLessThanOrEqual(value.length);
        } catch (error) {
          expect(error).toBeInstanceOf(TlvError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('NDEF', () => {
  it('reads an address with its abbreviated beginning', () => {
    expect(ndefText(fromHex('D1010F55 04 702E6578616D706C652F6C2F3432'), ['uri'])).toBe('https://p.example/l/42');
    expect(ndefText(fromHex('D1010355 00 7833'), ['uri'])).toBe('x3');
    // codes that nobody defined stand for nothing (NFC Forum URI RTD 1.0, 3.2.2)
    expect(ndefText(fromHex('D1010355 99 7833'), ['uri'])).toBe('x3');
  });

  it('reads text in UTF-8 and UTF-16', () => {
    expect(ndefText(fromHex('D1010854 02 656E 3432373839'), ['text'])).toBe('42789');
    expect(ndefText(fromHex('D1010554 80 00340032'), ['text'])).toBe('42');
    expect(ndefText(fromHex('D1010754 80 FFFE34003200'), ['text'])).toBe('42');
  });

  it('takes the first record of a wanted kind, and the address of a smart poster', () => {
    const text = { tnf: 1, type: 'T', payload: fromHex('0041') };
    const uri = { tnf: 1, type: 'U', payload: fromHex('0442') };
    const other = { tnf: 2, type: 'a/b', payload: fromHex('00') };
    expect(ndefText(encodeNdef([other, text, uri]), ['uri', 'text'])).toBe('A');
    expect(ndefText(encodeNdef([other, text, uri]), ['uri'])).toBe('https://B');
    expect(ndefText(encodeNdef([{ tnf: 1, type: 'Sp', payload: encodeNdef([text, uri]) }]), ['uri'])).toBe('https://B');
    expect(ndefText(encodeNdef([{ tnf: 3, type: 'urn:x:1', payload: new Uint8Array(0) }]), ['uri'])).toBe('urn:x:1');
    expect(ndefText(encodeNdef([other]), ['uri', 'text'])).toBeUndefined();
    expect(ndefText(new Uint8Array(0), ['uri', 'text'])).toBeUndefined();
  });

  it('reads back what it writes', () => {
    const record = fc.record({ tnf: fc.constantFrom(1, 2, 4), type: fc.constantFrom('T', 'U', 'ses', 'reb'), id: fc.constantFrom('', 'n', 'mdn'), payload: bytes({ maxLength: 400 }) });
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 8 }), (records) => {
        const seen = parseNdef(encodeNdef(records));
        expect(seen.map((one) => ({ ...one, payload: toHex(one.payload) }))).toEqual(records.map((one) => ({ ...one, payload: toHex(one.payload) })));
      }),
    );
  });

  it.each([
    ['a payload longer than the message', 'D1010F55 04 70'],
    ['a payload of 4 GiB', 'C101FFFFFFFF55'],
    ['a type beyond the end', 'D1FF00'],
    ['a chunked record', 'B1010155 00'],
    ['cut off after the flags', 'D1'],
    ['an id length without id', 'D9010101'],
  ])('refuses %s', (_, hex) => {
    expect(() => parseNdef(fromHex(hex))).toThrow(NdefError);
  });

  it.each([
    ['an empty address', 'D1010055'],
    ['a language code longer than the text', 'D1010254 3F 41'],
    ['text that is no UTF-8', 'D1010354 00 FFFE'],
    ['half a UTF-16 unit', 'D1010254 80 41'],
  ])('refuses %s', (_, hex) => {
    expect(() => ndefText(fromHex(hex), ['uri', 'text'])).toThrow(NdefError);
  });

  it('either gives text or complains, for any bytes', () => {
    fc.assert(
      fc.property(bytes({ maxLength: 200 }), (value) => {
        try {
          ndefText(value, ['uri', 'text']);
        } catch (error) {
          expect(error).toBeInstanceOf(NdefError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the answer to reset', () => {
  it('names storage cards and their standard', () => {
    expect(classifyAtr(storageAtr(STORAGE_CARDS.classic1k))).toEqual({ kind: 'storage', standard: 'iso14443a', card: 'classic1k' });
    expect(classifyAtr(storageAtr(STORAGE_CARDS.type2))).toEqual({ kind: 'storage', standard: 'iso14443a', card: 'type2' });
    expect(classifyAtr(storageAtr(STORAGE_CARDS.felica, STANDARDS.felica))).toEqual({ kind: 'storage', standard: 'felica', card: 'other' });
    expect(classifyAtr(storageAtr(0x1234, STANDARDS.iso14443b))).toEqual({ kind: 'storage', standard: 'iso14443b', card: 'other' });
  });

  it.each([
    ['a phone', isoDepAtr()],
    ['DESFire', fromHex('3B8180018080')],
    ['an Apple Pay card as pcsc-tools lists it', fromHex('3B888001000000008081710079')],
  ])('knows %s for ISO-DEP, and no more than that', (_, atr) => {
    expect(classifyAtr(atr)).toEqual({ kind: 'isoDep' });
  });

  it.each([
    ['a crypto-token (Rutoken ECP)', '3B8B015275746F6B656E20445320C1'],
    ['nothing', ''],
    ['fewer bytes than announced', '3B8F8001804F0C'],
  ])('does not take %s for a contactless card', (_, hex) => {
    expect(classifyAtr(fromHex(hex))).toEqual({ kind: 'unknown' });
  });

  it('is never read over its end', () => {
    fc.assert(fc.property(bytes({ maxLength: 40 }), (atr) => ['storage', 'isoDep', 'unknown'].includes(classifyAtr(atr).kind)));
  });
});
