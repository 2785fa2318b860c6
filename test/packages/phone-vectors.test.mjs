import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { phoneVectorsFile, phoneVectorsText } from '../../scripts/phone-vectors.mjs';

test('the published conversation of a phone and a till is what the product says today', async () => {
  expect(await phoneVectorsText()).toBe(readFileSync(phoneVectorsFile, 'utf8'));
});
