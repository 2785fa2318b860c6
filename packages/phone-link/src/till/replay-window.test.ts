import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReplayWindow, WINDOW } from './replay-window.js';

describe('the replay window', () => {
  it('takes each counter once, those within the window in any order, and none behind it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { maxLength: 400 }), (counters) => {
        const window = new ReplayWindow();
        const had = new Set<number>();
        let highest = -1;
        for (const counter of counters) {
          const verdict = window.check(counter);
          if (counter <= highest - WINDOW) expect(verdict).toBe('tooOld');
          else expect(verdict).toBe(had.has(counter) ? 'seen' : 'new');
          if (verdict !== 'new') continue;
          window.mark(counter);
          had.add(counter);
          highest = Math.max(highest, counter);
        }
      }),
    );
  });
});
