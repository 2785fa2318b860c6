import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Read } from './formats.js';
import { Votes } from './votes.js';

const ean = (text: string): Read => ({ text, symbology: 'ean13', linear: true });
const code128 = (text: string): Read => ({ text, symbology: 'code128', linear: true });
const qr: Read = { text: 'x', symbology: 'qr', linear: false };

describe('Votes', () => {
  it('believes a matrix code at once', () => {
    expect(new Votes().certain(qr, 0)).toBe(true);
  });

  it('believes a Code 128 when a second frame agrees, an EAN-13 when a third one does', () => {
    const votes = new Votes();
    expect([code128('1'), code128('1'), ean('2'), ean('2'), ean('2')].map((read, i) => new Votes().certain(read, i) || votes.certain(read, i))).toEqual([false, true, false, false, false]);
    const alone = new Votes();
    expect([ean('2'), ean('2'), ean('2')].map((read, i) => alone.certain(read, i))).toEqual([false, false, true]);
  });

  it('does not count a frame that is older than its window', () => {
    const votes = new Votes();
    votes.certain(code128('1'), 0);
    expect(votes.certain(code128('1'), 1_501)).toBe(false);
    expect(votes.certain(code128('1'), 1_502)).toBe(true);
  });

  it('asks for more frames where they disagree', () => {
    const votes = new Votes();
    expect([code128('1'), code128('2'), code128('2'), code128('2')].map((read, i) => votes.certain(read, i))).toEqual([false, false, false, true]);
  });

  it('never takes the same text of two symbologies for agreement', () => {
    const votes = new Votes();
    votes.certain(ean('1'), 0);
    expect(votes.certain(code128('1'), 1)).toBe(false);
  });

  it('believes only what three frames of the window said, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ text: fc.constantFrom('a', 'b', 'c'), gap: fc.integer({ min: 0, max: 900 }) }), { maxLength: 60 }), (reads) => {
        const votes = new Votes();
        const seen: { readonly text: string; readonly at: number }[] = [];
        let at = 0;
        for (const { text, gap } of reads) {
          at += gap;
          seen.push({ text, at });
          if (!votes.certain(ean(text), at)) continue;
          const now = at;
          expect(seen.filter((each) => each.text === text && now - each.at <= 1_500).length).toBeGreaterThanOrEqual(3);
        }
      }),
    );
  });
});
