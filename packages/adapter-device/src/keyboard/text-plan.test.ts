import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONTROLS, planText, type ControlName } from './text-plan.js';
import type { StrokePart } from './injector.js';

const KEYS: Readonly<Record<string, string>> = { Enter: '\r', Tab: '\t' };
const back = (parts: readonly StrokePart[]): string =>
  parts.map((part) => ('text' in part ? part.text : 'control' in part ? String.fromCharCode(part.control) : (KEYS[part.key] ?? '?'))).join('');
const names = Object.keys(CONTROLS) as ControlName[];

describe('planText', () => {
  test('says the whole text again, or nothing: never a part of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.subarray(names), (text, controls) => {
        const parts = planText(text, controls);
        const allowed = new Set(controls.map((name) => String.fromCharCode(CONTROLS[name])));
        // eslint-disable-next-line no-control-regex -- control characters are what this is about
        const bad = Array.from(text).some((character) => /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(character) && !'\r\n\t'.includes(character) && !allowed.has(character));
        if (bad) expect(parts).toBe('controlCharacters');
        else expect(back(parts as readonly StrokePart[])).toBe(text.replace(/\r\n|\n/g, '\r'));
      }),
    );
  });

  test('no printable part ever holds a control character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const parts = planText(text, names);
        // eslint-disable-next-line no-control-regex -- control characters are what this is about
        if (typeof parts !== 'string') for (const part of parts) if ('text' in part) expect(part.text).toMatch(/^[^\u0000-\u001f\u007f-\u009f]+$/);
      }),
    );
  });

  test('keys in front, and a bound', () => {
    expect(planText('1', [], ['F8', 'Tab'])).toEqual([{ key: 'F8' }, { key: 'Tab' }, { text: '1' }]);
    expect(planText('1'.repeat(8193), [])).toBe('tooLong');
  });
});
