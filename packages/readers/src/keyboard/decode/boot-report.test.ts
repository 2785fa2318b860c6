import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BootReportParser } from './boot-report.js';
import type { KeyChange } from './key-change.js';

const changesOf = (...reports: readonly (readonly number[])[]): readonly string[] => {
  const parser = new BootReportParser();
  return reports.flatMap((report) => parser.push(Uint8Array.from(report), 1)).map(({ usage, down }) => `${usage.toString(16)}${down ? '+' : '-'}`);
};
const NONE = [0, 0, 0, 0, 0, 0, 0, 0];

test('a key pressed and let go of', () => {
  expect(changesOf([0, 0, 4, 0, 0, 0, 0, 0], NONE)).toEqual(['4+', '4-']);
});

test('modifiers before keys, keys let go of before others are pressed', () => {
  expect(changesOf([2, 0, 4, 0, 0, 0, 0, 0], [0, 0, 5, 0, 0, 0, 0, 0], [0x81, 0, 0, 0, 0, 0, 0, 0])).toEqual(['e1+', '4+', 'e1-', '4-', '5+', 'e0+', 'e7+', '5-']);
});

test('several keys in one report, in their order, each once, wherever they stand', () => {
  expect(changesOf([0, 0, 6, 5, 4, 6, 0, 0], [0, 0, 0, 0, 4, 5, 6, 7], NONE)).toEqual(['6+', '5+', '4+', '7+', '4-', '5-', '6-', '7-']);
});

test('"too many keys", short reports and numbers that are no keys say nothing', () => {
  expect(changesOf([0, 0, 4, 0, 0, 0, 0, 0], [2, 0, 1, 1, 1, 1, 1, 1], [0, 0, 4], [], [0, 0, 4, 2, 3, 0xe1, 0, 0])).toEqual(['4+']);
});

test('a longer report is read by its first eight bytes', () => {
  expect(changesOf([0, 0, 4, 0, 0, 0, 0, 0, 9, 9])).toEqual(['4+']);
});

test('any reports: what goes down was up, what comes up was down', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 60 }), (reports) => {
      const parser = new BootReportParser();
      const down = new Set<number>();
      const check = ({ usage, down: pressed }: KeyChange): void => {
        expect(down.has(usage)).toBe(!pressed);
        if (pressed) down.add(usage);
        else down.delete(usage);
      };
      for (const report of reports) parser.push(report, 0).forEach(check);
    }),
  );
});
