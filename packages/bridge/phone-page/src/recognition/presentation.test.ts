import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Presentations } from './presentation.js';

describe('Presentations', () => {
  it('sends a steady code once, though frames in between miss it', () => {
    const shown = new Presentations();
    const verdicts = [0, 33, 66, 3_000, 7_900, 12_800].map((at) => shown.saw('a', at));
    expect(verdicts).toEqual(['send', 'ask', 'ask', 'ask', 'ask', 'ask']);
  });

  it('sends a code again that was out of sight for five seconds', () => {
    const shown = new Presentations();
    shown.saw('a', 0);
    expect(shown.saw('a', 5_000)).toBe('send');
  });

  it('does not count the time in which nothing was looked at', () => {
    const shown = new Presentations();
    shown.saw('a', 0);
    shown.pause(10);
    shown.pause(50_000);
    shown.resume(60_010);
    expect(shown.saw('a', 64_000)).toBe('ask');
  });

  it('sends at once what did not arrive', () => {
    const shown = new Presentations();
    shown.saw('a', 0);
    shown.forget('a');
    expect(shown.saw('a', 1)).toBe('send');
  });

  it('never sends one text twice within five seconds of looking', () => {
    const steps = fc.array(fc.record({ gap: fc.integer({ min: 0, max: 3_000 }), what: fc.constantFrom('a', 'b', 'pause', 'resume') }), { maxLength: 80 });
    fc.assert(
      fc.property(steps, (all) => {
        const shown = new Presentations();
        let [at, looked, paused] = [0, 0, false];
        const sent = new Map<string, number>();
        for (const { gap, what } of all) {
          at += gap;
          if (!paused) looked += gap;
          if (what === 'pause') {
            shown.pause(at);
            paused = true;
          } else if (what === 'resume') {
            shown.resume(at);
            paused = false;
          } else if (!paused && shown.saw(what, at) === 'send') {
            expect(looked - (sent.get(what) ?? -5_000)).toBeGreaterThanOrEqual(5_000);
            sent.set(what, looked);
          }
        }
      }),
    );
  });
});
