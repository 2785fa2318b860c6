import { ean13CheckDigit, luhnCheckDigit } from '@tillbridge/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pseudonyms } from './pseudonym.js';

const key = Uint8Array.from({ length: 32 }, (_, i) => i);
const pseudonyms = new Pseudonyms(key);
const always = (): boolean => true;
const rule = /^98\d{14}$/;

describe('pseudonyms', () => {
  it('the same text is the same pseudonym, another key another one', () => {
    const text = '9812345678901234';
    const made = pseudonyms.of(text, (candidate) => rule.test(candidate));
    expect(made).toMatch(rule);
    expect(made).not.toBe(text);
    expect(pseudonyms.of(text, (candidate) => rule.test(candidate))).toBe(made);
    expect(new Pseudonyms(key.map((byte) => byte ^ 1)).of(text, (candidate) => rule.test(candidate))).not.toBe(made);
  });

  it('digits stay digits, letters letters, lengths and signs as they are', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Za-z;=?.а-я-]{6,40}$/), (text) => {
        const shape = (of: string): string => of.replace(/\d/g, '0').replace(/[a-z]/g, 'a').replace(/[A-Z]/g, 'A').replace(/[а-я]/g, 'я');
        const made = pseudonyms.plain(text);
        expect(shape(made)).toBe(shape(text));
      }),
    );
  });

  it('a right check digit stays right, a wrong one is not made right on purpose', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{12}$/), (body) => {
        const made = pseudonyms.plain(`${body}${ean13CheckDigit(body)}`);
        expect(made.at(-1)).toBe(ean13CheckDigit(made.slice(0, -1)));
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^\d{15}$/), (body) => {
        const made = pseudonyms.plain(`${body}${luhnCheckDigit(body)}`);
        expect(made.at(-1)).toBe(luhnCheckDigit(made.slice(0, -1)));
      }),
    );
    const ean8 = pseudonyms.plain('46012340');
    expect(ean13CheckDigit(`00000${ean8.slice(0, -1)}`)).toBe(ean8.at(-1));
  });

  it('keeps of a text what its rule asks for, but never most of it', () => {
    const kept = pseudonyms.of('LOYALTY-778812345', (candidate) => candidate.startsWith('LOYALTY-'));
    expect(kept).toMatch(/^LOYALTY-\d{9}$/);
    expect(kept).not.toContain('778812345');
    expect(pseudonyms.of('7788123456', (candidate) => candidate === '7788123456')).toBeUndefined();
    expect(pseudonyms.of('123', always)).toBeUndefined();
  });

  it('an AIM id says what symbology it is and stays', () => {
    expect(pseudonyms.of(']E04601234567893', always)?.slice(0, 3)).toBe(']E0');
  });
});
