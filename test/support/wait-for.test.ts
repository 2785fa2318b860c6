import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeTempFolder } from './temp-folder.js';
import { waitFor } from './wait-for.js';

test('gives the first value, which may be zero or empty', async () => {
  let calls = 0;
  expect(await waitFor('the third call', () => (++calls < 3 ? undefined : calls))).toBe(3);
  expect(await waitFor('zero', () => 0)).toBe(0);
  expect(await waitFor('a promise', async () => '')).toBe('');
});

test('says what it waited for, and how long', async () => {
  await expect(waitFor('a sign', () => false, 20)).rejects.toThrow('waited 20 ms for a sign');
});

test('a temporary folder goes with what is in it', () => {
  const folder = makeTempFolder();
  writeFileSync(join(folder.path, 'file'), 'x');
  folder.remove();
  folder.remove();
  expect(existsSync(folder.path)).toBe(false);
});
