import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex } from '../wire/bytes.js';
import { inferUidRule, narrowUidRules } from './infer-uid-rule.js';
import { uidDoubt } from './uid-doubt.js';
import { formatUid } from './uid-form.js';
import type { UidOptions } from './uid-options.js';

const FOUR = fromHex('B2C124CB');
const SEVEN = fromHex('04A1B2C3D4E5F6');

/** What tills know the card B2C124CB by, and which readers type it so. */
const FORMS: [name: string, uid: Uint8Array, rule: UidOptions, number: string][] = [
  ['hexadecimal in PC/SC order (Z-2 USB, VTAP)', FOUR, {}, 'B2C124CB'],
  ['hexadecimal reversed (readers set to LSB first)', FOUR, { byteOrder: 'reversed' }, 'CB24C1B2'],
  ['ten decimal digits (MSB-DEC readers)', FOUR, { format: 'dec10' }, '2999002315'],
  ['ten decimal digits reversed (LSB-DEC keyboard readers)', FOUR, { format: 'dec10', byteOrder: 'reversed' }, '3408183730'],
  ['Wiegand-26, 3+5', FOUR, { format: '3+5' }, '193,09419'],
  ['Wiegand-26, 3+5 reversed', FOUR, { format: '3+5', byteOrder: 'reversed' }, '036,49586'],
  ['seven bytes in decimal', SEVEN, { format: 'dec' }, '1303689068602870'],
  ['seven bytes in decimal reversed', SEVEN, { format: 'dec', byteOrder: 'reversed' }, '69495546249912580'],
  ['lower case', FOUR, { format: 'hexLower' }, 'b2c124cb'],
  ['bytes apart', FOUR, { separator: ':' }, 'B2:C1:24:CB'],
  ['the first four of seven bytes', SEVEN, { take: 4, format: 'dec10' }, '0077705923'],
  ['the last four of seven bytes', SEVEN, { take: -4 }, 'C3D4E5F6'],
  ['masked to 24 bits', FOUR, { mask: '00FFFFFF', format: 'dec' }, '12657867'],
  ['masked by fewer bytes than there are', FOUR, { mask: 'FFFF', format: 'dec' }, '9419'],
  ['padded', fromHex('00000007'), { format: 'dec', pad: 8 }, '00000007'],
  ['small numbers have ten digits too', fromHex('00000007'), { format: 'dec10' }, '0000000007'],
  ['the last eight digits (LAST8)', FOUR, { format: 'dec10', extract: '.{8}$' }, '99002315'],
  ['a named part', FOUR, { format: 'dec10', extract: '^2(?<value>\\d+)' }, '999002315'],
  ['the first group', FOUR, { format: 'dec10', extract: '^(\\d{4})' }, '2999'],
  ['a track around it', FOUR, { format: 'dec10', prefix: ';', suffix: '?' }, ';2999002315?'],
  ['3+5 without a comma', FOUR, { format: '3+5', separator: '' }, '19309419'],
];

describe('a number made of a UID', () => {
  it.each(FORMS)('%s', (_, uid, rule, number) => {
    expect(formatUid(uid, rule)).toBe(number);
  });

  it('is none where the rule does not fit', () => {
    expect(formatUid(FOUR, { take: 5 })).toBeUndefined();
    expect(formatUid(FOUR, { take: -5 })).toBeUndefined();
    expect(formatUid(fromHex('0102'), { format: '3+5' })).toBeUndefined();
    expect(formatUid(FOUR, { extract: '^X' })).toBeUndefined();
  });

  it('reversed twice is the same, and decimal and hexadecimal say the same', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 10 }), (uid) => {
        expect(formatUid(uid.toReversed(), { byteOrder: 'reversed' })).toBe(formatUid(uid, {}));
        expect(BigInt(formatUid(uid, { format: 'dec' }) ?? '')).toBe(BigInt(`0x${formatUid(uid, {}) ?? ''}`));
      }),
    );
  });
});

describe('the rule behind a number', () => {
  it.each(FORMS.filter(([name]) => !/masked|named part|first group/.test(name)))('is found for: %s', (_, uid, rule, number) => {
    const rules = inferUidRule(uid, number);
    expect(rules.length).toBeGreaterThan(0);
    for (const found of rules) expect(formatUid(uid, found)).toBe(number);
    // with a second card of the same kind, a rule is left that does what the real one does for every card
    const other = Uint8Array.from(uid, (byte, at) => (byte * 7 + at * 31 + 5) & 0xff);
    const left = narrowUidRules(rules, other, formatUid(other, rule) ?? '');
    expect(left.length).toBeGreaterThan(0);
    const third = Uint8Array.from(uid, (byte, at) => (byte * 13 + at * 3 + 101) & 0xff);
    expect(left.map((one) => formatUid(third, one))).toContain(formatUid(third, rule));
  });

  it('is the simplest one first', () => {
    expect(inferUidRule(FOUR, '3408183730')[0]).toEqual({ format: 'dec10', byteOrder: 'reversed' });
    expect(inferUidRule(FOUR, 'B2C124CB')[0]).toEqual({ format: 'hex' });
    expect(inferUidRule(FOUR, ' 193,09419 ')[0]).toEqual({ format: '3+5' });
    expect(inferUidRule(SEVEN, '69495546249912580')[0]).toMatchObject({ byteOrder: 'reversed' });
  });

  it('is not guessed: a number that does not come from the card has none', () => {
    for (const number of ['1234567890', '', '1', 'HELLO WORLD', '2999002316', '9'.repeat(100)]) expect(inferUidRule(FOUR, number)).toEqual([]);
  });

  it('never gives another number than the one typed', () => {
    const rule = fc.record(
      {
        format: fc.constantFrom('hex', 'hexLower', 'dec', 'dec10', '3+5'),
        byteOrder: fc.constantFrom('direct', 'reversed'),
        prefix: fc.constantFrom('7', ';778='),
      },
      { requiredKeys: [] },
    ) as fc.Arbitrary<UidOptions>;
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 7 }), rule, (uid, truth) => {
        const number = formatUid(uid, truth) ?? '';
        const found = inferUidRule(uid, number);
        for (const one of found) expect(formatUid(uid, one)).toBe(number);
        // long enough numbers are always explained
        if ((formatUid(uid, { ...truth, prefix: '' }) ?? '').length >= 6) expect(found.length).toBeGreaterThan(0);
        expect(found.length).toBeLessThanOrEqual(12);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a UID that names nobody', () => {
  it.each([
    ['a phone', '08A1B2C3', 'isoDep', 'random'],
    ['a MIFARE Classic imitation with a random id', '08000001', 'iso14443a', 'random'],
    ['a type B card', '11223344', 'iso14443b', 'random'],
    ['a FeliCa phone in peer to peer mode', '01FE112233445566', 'felica', 'random'],
    ['zeros', '00000000', 'iso14443a', 'blank'],
    ['all ones', 'FFFFFFFFFFFFFF', 'iso14443a', 'blank'],
    ['half of a longer one', '88112233', 'iso14443a', 'notFinal'],
    ['nothing', '', 'iso14443a', 'length'],
    ['five bytes', '1122334455', 'iso14443a', 'length'],
  ] as const)('is refused: %s', (_, hex, standard, doubt) => {
    expect(uidDoubt(fromHex(hex), standard)).toBe(doubt);
  });

  it.each([
    ['four bytes', 'B2C124CB', 'iso14443a'],
    ['seven bytes that begin with 08', '08A1B2C3D4E5F6', 'iso14443a'],
    ['ISO 15693', 'E004010011223344', 'iso15693'],
    ['FeliCa', '0112233445566778', 'felica'],
  ] as const)('is not: %s', (_, hex, standard) => {
    expect(uidDoubt(fromHex(hex), standard)).toBeUndefined();
  });
});
