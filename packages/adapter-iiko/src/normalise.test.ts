import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardText, isGtin, stripRead } from './normalise.js';

describe('what iikoFront and scanners put around a read', () => {
  it.each([
    ['<barcode class="Resto.Front.Devices.KeyboardDriver"/>;9812345?barcode', '9812345'],
    ['<barcode class="X"></x', '<barcode class="X"></x'],
    ['<BARCODE class="KeyboardDriver"/>;98;77?x?barcode', '98;77?x'],
    [';9812345?', '9812345'],
    ['%B9812345^NAME?', 'B9812345^NAME'],
    ['"{"card":"981"}"', '{"card":"981"}'],
    ['\ufeff\u200b981\r\n', '981'],
    ['  981 ', '981'],
    ['010460\u001d21ABC', '010460\u001d21ABC'],
    ['', ''],
    ['\u0002', ''],
    ['https://x.ru/?c=1', 'https://x.ru/?c=1'],
  ])('%j is %j', (raw, text) => expect(stripRead(raw)).toBe(text));

  it('takes nothing away from a plain code, however it is wrapped', () => {
    const payload = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9:/.=_-]{0,60}[A-Za-z0-9]$/);
    fc.assert(fc.property(payload, (text) => {
      for (const raw of [text, `"${text}"`, `;${text}?`, `<barcode class="a.b.KeyboardDriver"/>;${text}?barcode`, `\u0002${text}\r`]) expect(stripRead(raw)).toBe(text);
    }));
  });

  it('survives anything, and makes nothing longer', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary-ascii', maxLength: 300 }), (raw) => {
      expect(stripRead(raw).length).toBeLessThanOrEqual(raw.length);
    }));
  });

  it.each([
    [{ full: '', track2: ';981?' }, '981'],
    [{ full: '982', track2: '' }, '982'],
    [{ track1: '%B77^N?', track2: '981' }, '981'],
    [{ track3: '983' }, '983'],
    [{}, ''],
  ])('of the tracks %j the text is %j', (tracks, text) => expect(cardText(tracks)).toBe(text));
});

describe('a product\'s barcode', () => {
  it.each(['4006381333931', '96385074', '036000291452', '10012345678902'])('%s is one', (text) => expect(isGtin(text)).toBe(true));
  it.each(['4006381333930', '981', '9812345678901234', '40063813339a1', '', '123456789'])('%j is none', (text) => expect(isGtin(text)).toBe(false));
});
