import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineDiff } from './line-diff';

test('lines that were added, taken away and changed are named, the others are not', () => {
  expect(lineDiff('a\nb\nc\nd', 'a\nx\nc\nd\ne')).toEqual({ onlyMine: ['b'], onlyTheirs: ['x', 'e'] });
  expect(lineDiff('same', 'same')).toEqual({ onlyMine: [], onlyTheirs: [] });
  expect(lineDiff('', 'a')).toEqual({ onlyMine: [''], onlyTheirs: ['a'] });
});

test('what is left without the named lines is the same on both sides, and nothing is named twice', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 }).map((lines) => lines.join('\n'));
  const count = (lines: readonly string[]): Record<string, number> => lines.reduce<Record<string, number>>((all, line) => ({ ...all, [line]: (all[line] ?? 0) + 1 }), {});
  fc.assert(
    fc.property(text, text, (mine, theirs) => {
      const diff = lineDiff(mine, theirs);
      if (diff === undefined) throw new Error('it is small enough');
      const common = (whole: string, only: readonly string[]): Record<string, number> => {
        const left = count(whole.split('\n'));
        for (const [line, times] of Object.entries(count(only))) left[line] = (left[line] ?? 0) - times;
        return Object.fromEntries(Object.entries(left).filter(([, times]) => times !== 0).sort());
      };
      expect(common(mine, diff.onlyMine)).toEqual(common(theirs, diff.onlyTheirs));
    }),
  );
});

test('texts that differ in thousands of lines are not compared', () => {
  const long = (word: string): string => Array.from({ length: 1500 }, (_, i) => `${word}${String(i)}`).join('\n');
  expect(lineDiff(long('a'), long('b'))).toBeUndefined();
  expect(lineDiff(long('a'), `${long('a')}\nx`)).toEqual({ onlyMine: [], onlyTheirs: ['x'] });
});
