import { format, inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TillbridgeError } from './errors/index.js';
import { Masked, maskText, Secret } from './masked.js';
import { MAX_NUMBER_LENGTH, NativeNumber, numberProblem } from './native-number.js';
import { Scan } from './scan.js';

describe('masks', () => {
  it.each([
    ['', '****'],
    ['1', '****'],
    ['1234567', '****'],
    ['12345678', '****78'],
    ['12345678901', '****01'],
    ['123456789012', '****9012'],
    ['9812345678901234', '****1234'],
  ])('%j shows as %j', (text, mask) => expect(maskText(text)).toBe(mask));

  it('show at most the last 2, or the last 4 from 12 characters on', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        const shown = maskText(text).slice(4);
        expect(text.endsWith(shown)).toBe(true);
        expect(shown.length).toBe(text.length < 8 ? 0 : text.length < 12 ? 2 : 4);
      }),
    );
  });
});

const digits = fc.stringMatching(/^\d{8,32}$/);

/** Every way in which a value is printed by accident. */
function prints(value: unknown): string {
  const deep = { a: { b: { c: { d: [value, new Map([['k', value]]), new Set([value])] } } } };
  return [
    String(value), `a ${value as string} b`, (value as string) + 'c', JSON.stringify(value), JSON.stringify(deep), inspect(value),
    inspect(deep, { depth: 10, showHidden: true }), inspect(value, { customInspect: false, showHidden: true, getters: true }),
    format('%s %o %O %j %d', value, value, value, value, value), JSON.stringify(Object.entries(value as object)), JSON.stringify({ ...(value as object) }),
  ].join('\n');
}

describe('masked types', () => {
  it('never leak, however they are printed', () => {
    fc.assert(
      fc.property(digits, (text) => {
        for (const value of [new Masked(text), new NativeNumber('card', text), new Secret(text)]) {
          expect(prints(value)).not.toContain(text.slice(0, -4));
          expect(value.reveal()).toBe(text);
        }
        expect(prints(new Secret(text))).not.toContain(text.slice(-2).padStart(6, '*'));
      }),
    );
  });

  it('never leak through errors: message, remedy, body, inspect', () => {
    // long ones: four digits are the number of a line in some stack trace
    fc.assert(
      fc.property(fc.stringMatching(/^\d{12,32}$/), (text) => {
        const error = new TillbridgeError('TB_TILL_UNKNOWN', { till: new NativeNumber('card', text), known: new Secret(text) });
        const shown = [error.message, error.text('ru'), error.remedy('en'), JSON.stringify(error.body()), JSON.stringify(error), inspect(error, { depth: 10 })].join('\n');
        expect(shown).not.toContain(text.slice(0, -4));
      }),
    );
  });

  it('keep scans masked where they are printed or serialised', () => {
    fc.assert(
      fc.property(digits, (text) => {
        const scan = new Scan({ id: 'id', reader: 'r', bytes: Buffer.from(text), terminator: Buffer.from('\r'), text, aim: ']Q1', symbology: 'qr', gs1: false, at: { mono: 1, wall: 2 } });
        const shown = [JSON.stringify(scan), inspect(scan), inspect([{ scan }], { depth: 9 }), format('%o %j', [scan], scan)].join('\n');
        expect(shown).not.toContain(text.slice(0, -4));
        expect(shown).not.toContain(Buffer.from(text).toString('hex').slice(0, 8));
        expect(JSON.parse(JSON.stringify(scan))).toEqual({ id: 'id', reader: 'r', text: maskText(text), aim: ']Q1', symbology: 'qr', gs1: false, time: 2 });
      }),
    );
  });
});

describe('native numbers', () => {
  it.each([
    ['', 'empty'],
    ['1'.repeat(MAX_NUMBER_LENGTH + 1), 'tooLong'],
    ...['\0', '\t', '\n', '\r', '\u001d', '\u001b', '\u007f', '\u0085', '\u2028', '\u2029'].map((c) => [`12${c}34`, 'controlCharacters']),
  ])('%j is refused: %s', (text, problem) => {
    expect(numberProblem(text)).toBe(problem);
    expect(() => new NativeNumber('card', text)).toThrow(expect.objectContaining({ code: 'TB_TRANSLATE_BAD_NUMBER', params: { problem } }) as Error);
  });

  it.each(['0', '00012', ' 12 ', '1'.repeat(MAX_NUMBER_LENGTH), 'Иванов-7', ';123=45?'])('%j is one', (text) => {
    expect(numberProblem(text)).toBeUndefined();
    expect(new NativeNumber('coupon', text)).toMatchObject({ kind: 'coupon' });
  });

  it('do not show the text that was refused', () => {
    try {
      new NativeNumber('card', '9812345678901234\r');
    } catch (error) {
      expect(inspect(error)).not.toContain('98123456');
    }
    expect.assertions(1);
  });
});
