import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Debounce } from './debounce.js';

const WINDOW = 1500;

describe('one tap is one read', () => {
  it('a code is new unless the same one was there last and left less than the window ago', () => {
    const taps = fc.array(fc.record({ code: fc.constantFrom('a', 'b'), after: fc.nat(3000), stays: fc.nat(3000) }), { maxLength: 30 });
    fc.assert(
      fc.property(taps, (list) => {
        const debounce = new Debounce(WINDOW);
        let now = 0;
        let last: { readonly code: string; readonly left: number } | undefined;
        for (const { code, after, stays } of list) {
          now += after;
          expect(debounce.isNew('r', code, false, now)).toBe(last?.code !== code || now - last.left >= WINDOW);
          now += stays;
          debounce.cardLeft('r', now);
          last = { code, left: now };
        }
      }),
    );
  });

  it('readers do not know of each other, and a refusal makes the same card new', () => {
    const debounce = new Debounce(WINDOW);
    expect(debounce.isNew('r', 'a', false, 0)).toBe(true);
    expect(debounce.isNew('s', 'a', false, 0)).toBe(true);
    debounce.cardLeft('r', 10);
    expect(debounce.isNew('r', 'a', false, 20)).toBe(false);
    debounce.forget();
    expect(debounce.isNew('r', 'a', false, 30)).toBe(true);
  });

  it('a card that never left is new only when it came again: with 0, at each coming', () => {
    const debounce = new Debounce(0);
    expect(debounce.isNew('r', 'a', true, 0)).toBe(true);
    expect(debounce.isNew('r', 'a', true, 99_999)).toBe(false);
    debounce.cardLeft('r', 100_000);
    expect(debounce.isNew('r', 'a', false, 100_000)).toBe(true);
  });
});
