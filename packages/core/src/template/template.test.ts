import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTillbridgeError } from '../errors/index.js';
import { NativeNumber } from '../native-number.js';
import { ean13CheckDigit, luhnCheckDigit } from './check-digits.js';
import { compileOutput, renderOutput, type OutputOptions } from './output.js';
import { compileTemplate, renderTemplate, usesVariable } from './template.js';

const render = (template: string, value = '9812345678901234'): string => renderTemplate(compileTemplate(template), { value, number: value });

describe('check digits', () => {
  it.each(['4006381333931', '0036000291452', '9780306406157', '4600051000057', '2000000000008'])('EAN-13 %s', (ean) => {
    expect(ean13CheckDigit(ean.slice(0, 12))).toBe(ean[12]);
  });

  it.each(['79927398713', '4111111111111111', '5555555555554444', '49927398716', '18', '00'])('Luhn %s', (number) => {
    expect(luhnCheckDigit(number.slice(0, -1))).toBe(number.at(-1));
  });

  it('notice every single wrong digit', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{12}$/), fc.nat(11), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
        const wrong = digits.slice(0, at) + String((Number(digits[at]) + by) % 10) + digits.slice(at + 1);
        expect(ean13CheckDigit(wrong)).not.toBe(ean13CheckDigit(digits));
        expect(luhnCheckDigit(wrong)).not.toBe(luhnCheckDigit(digits));
      }),
    );
  });
});

describe('templates', () => {
  it('insert ranges and pads as a naive model does, and refuse a wrong length', () => {
    const piece = fc.record({
      text: fc.stringMatching(/^[^{}]{0,4}$/),
      range: fc.option(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.nat(10)), { nil: undefined }),
      pad: fc.option(fc.tuple(fc.integer({ min: 1, max: 24 }), fc.constantFrom('', 'x', ' ', '*')), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 4 }), fc.stringMatching(/^[0-9A-Za-z]{0,20}$/), (pieces, value) => {
        let source = '';
        let expected: string | undefined = '';
        for (const { text, range, pad } of pieces) {
          source += `${text}{value${range === undefined ? '' : `:${range[0]}..${range[0] + range[1]}`}${pad === undefined ? '' : `:pad${pad[0]}${pad[1]}`}}`;
          const picked: string | undefined = range === undefined ? value : range[0] + range[1] > value.length ? undefined : Array.from(value).filter((_, i) => i + 1 >= range[0] && i + 1 <= range[0] + range[1]).join('');
          let filled = picked;
          if (picked !== undefined && pad !== undefined) filled = picked.length > pad[0] ? undefined : (pad[1] === '' ? '0' : pad[1]).repeat(pad[0] - picked.length) + picked;
          expected = expected === undefined || filled === undefined ? undefined : expected + text + filled;
        }
        if (expected === undefined) expect(() => render(source, value)).toThrow(expect.objectContaining({ code: 'TB_TRANSLATE_LENGTH' }) as Error);
        else expect(render(source, value)).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['', ''],
    ['{value}', '9812345678901234'],
    ['2{value:4..14}{ean13}', `223456789012${ean13CheckDigit('223456789012')}`],
    ['{value:1..1}', '9'],
    ['{value:16..16}', '4'],
    ['{value:3..16:pad16x}', 'xx12345678901234'],
    ['{number:1..4}-{value:13..16}', '9812-1234'],
    ['{value:1..10}{luhn}', `9812345678${luhnCheckDigit('9812345678')}`],
  ])('%j', (template, expected) => expect(render(template)).toBe(expected));

  it('evaluate nothing else', () => {
    expect(render('{value}', '{number}${1+1}%s$&')).toBe('{number}${1+1}%s$&');
    expect(render('$& $1 \\n {value:1..2}')).toBe('$& $1 \\n 98');
  });

  it.each([
    ['{', 1], ['abc{value', 4], ['}', 1], ['ab}', 3], ['{value}}', 8], ['{card}', 1], ['x{value:0..3}', 2], ['{value:4..3}', 1], ['{value:1..9000}', 1],
    ['{value:1-3}', 1], ['{value:}', 1], ['{value:pad0}', 1], ['{value:pad9000}', 1], ['{value:pad3{}', 1], ['{value:1..2:3..4}', 1], ['{value:pad3:1..2}', 1],
    ['{value:pad3:pad4}', 1], ['{value:pad3xx}', 1], ['{ean13:1}', 1], ['{{value}}', 1], ['{}', 1], ['{ value }', 1], ['{value}{Number}', 8], ['{__proto__}', 1],
  ])('%j is wrong at %i', (template, position) => {
    expect(() => compileTemplate(template)).toThrow(expect.objectContaining({ code: 'TB_TRANSLATE_TEMPLATE', params: expect.objectContaining({ position }) as object }) as Error);
  });

  it.each([
    ['{value:1..17}', 'beyond the end'], ['{value:pad15}', 'longer than its width'], ['12345{ean13}', 'not 12 digits'], ['1234567890123{ean13}', 'not 12 digits'],
    ['12345678901x{ean13}', 'not digits'], ['{luhn}', 'nothing left of it'], ['a{luhn}', 'not digits'],
  ])('%j refuses a code: %s', (template) => {
    try {
      render(template);
      expect.unreachable();
    } catch (error) {
      expect(isTillbridgeError(error) && error.code).toBe('TB_TRANSLATE_LENGTH');
      expect(String(error)).not.toContain('98123456');
    }
  });

  it('have no value to insert where none is given', () => {
    expect(() => renderTemplate(compileTemplate('{number}'), { value: '1' })).toThrow(expect.objectContaining({ code: 'TB_TRANSLATE_LENGTH' }) as Error);
    expect(usesVariable(compileTemplate('{value}'), 'number')).toBe(false);
  });

  it('never fail in another way than their two errors', () => {
    const soup = fc.array(fc.constantFrom('{', '}', 'value', 'number', ':', '..', 'pad', '3', '12', 'ean13', 'luhn', 'x', '{value}', '{value:1..2}', '{luhn}'), { maxLength: 10 });
    fc.assert(
      fc.property(soup, fc.stringMatching(/^\d{0,16}$/), (parts, value) => {
        try {
          render(parts.join(''), value);
        } catch (error) {
          expect(['TB_TRANSLATE_TEMPLATE', 'TB_TRANSLATE_LENGTH']).toContain(isTillbridgeError(error) ? error.code : error);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('outputs', () => {
  const card = new NativeNumber('card', '12345');
  const written = (options: OutputOptions, number = card): string | undefined => {
    const bytes = renderOutput(compileOutput(options), number);
    return bytes === undefined ? undefined : Buffer.from(bytes).toString();
  };

  it.each([
    [{}, '12345\r'],
    [{ suffix: 'CRLF' }, '12345\r\n'], [{ suffix: 'none' }, '12345'], [{ suffix: 'ETX' }, '12345\u0003'], [{ suffix: 'TAB', prefix: 'L' }, 'L12345\t'],
    [{ pad: 8 }, '00012345\r'], [{ prefix: 'K', pad: 5 }, 'K12345\r'],
    [{ track2: true, suffix: 'none' }, ';12345?'], [{ track2: '991299' }, ';12345=991299?\r'], [{ track2: false }, '12345\r'], [{ track2: true, pad: 8, prefix: '%' }, '%;00012345?\r'],
    [{ template: ';778=000012885={number}\r' }, ';778=000012885=12345\r'], [{ template: '{number}', suffix: 'LF' }, '12345\n'], [{ template: '{number}', track2: false }, '12345'],
    [{ template: { card: 'C{number}' } }, 'C12345'], [{ template: { coupon: 'P{number}' } }, undefined],
  ] as [OutputOptions, string | undefined][])('%j writes %j', (options, expected) => expect(written(options)).toBe(expected));

  it('write each kind by its own template, in UTF-8', () => {
    const templates = { template: { card: 'C{number}', phone: 'T{number}' } };
    expect(written(templates, new NativeNumber('phone', '+79001234567'))).toBe('T+79001234567');
    expect(written({ suffix: 'none' }, new NativeNumber('coupon', 'Купон'))).toBe('Купон');
  });

  it.each([
    { template: 'no number' }, { template: '{value}' }, { template: { card: 'x' } }, { template: '{number}', prefix: 'a' }, { template: '{number}', pad: 3 },
    { template: '{number}', track2: true }, { prefix: '{x' }, { prefix: '}' }, { track2: '{number}' }, { pad: 0 }, { pad: 9000 }, { pad: 1.5 },
  ])('%j is refused', (options) => {
    expect(() => compileOutput(options)).toThrow(expect.objectContaining({ code: 'TB_TRANSLATE_TEMPLATE' }) as Error);
  });

  it('refuse a number that does not fit, without showing it', () => {
    expect(() => written({ pad: 4 })).toThrow(expect.objectContaining({ code: 'TB_TRANSLATE_LENGTH' }) as Error);
  });
});
