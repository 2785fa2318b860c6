import { expect, test } from 'vitest';
import { FewReasons } from './few-reasons.js';

test('reasons for dropped goods are few words without numbers, whatever a plugin says', () => {
  const reasons = new FewReasons();
  expect(reasons.of('paperOut')).toBe('paperOut');
  expect(reasons.of('n79161234567')).toBe('other');
  expect(reasons.of('two words')).toBe('other');
  const seen = new Set(Array.from({ length: 1000 }, (_, i) => reasons.of(`reason${'abcdefghij'.charAt(i % 10)}${'abcdefghij'.charAt(Math.floor(i / 10) % 10)}`)));
  expect(seen.size).toBeLessThanOrEqual(8);
  expect(seen.has('other')).toBe(true);
  expect(reasons.of('paperOut')).toBe('paperOut');
});
