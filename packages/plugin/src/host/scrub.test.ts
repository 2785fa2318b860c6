import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Scrubber } from './scrub.js';

describe('texts of a plugin', () => {
  test.each([
    ['took 7701234567890', 'took ****7890'],
    ['phone +7 916 123-45-67', 'phone +****5-67'],
    ['port 9150, 3 of 10', 'port 9150, 3 of 10'],
    ['two\nlines \u001b[2J', 'two.lines .[2J'],
  ])('%j becomes %j', (text, clean) => {
    expect(new Scrubber().clean(text)).toBe(clean);
  });

  test('what it was given does not come out, whatever is around it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 12, maxLength: 40 }).filter((text) => text.trim() === text), fc.string(), fc.string(), (secret, before, behind) => {
        const scrubber = new Scrubber();
        scrubber.remember(secret);
        // around it nothing may happen to complete another copy of it
        fc.pre(!`${before}${behind}`.includes(secret));
        expect(scrubber.clean(`${before}|${secret}|${behind}`, 10_000)).not.toContain(secret);
      }),
    );
  });

  test('remembers a bounded number of them, the last ones', () => {
    const scrubber = new Scrubber();
    for (let i = 0; i < 200; i += 1) scrubber.remember(`secret-${String(i)}-x`);
    expect(scrubber.clean('secret-199-x')).not.toContain('secret-199');
    expect(scrubber.clean('secret-1-x')).toContain('secret-1-x');
  });

  test('is bounded', () => {
    expect(new Scrubber().clean('x'.repeat(5000)).length).toBeLessThanOrEqual(300);
  });
});
