import { codeOf, silentLog, systemClock, type Translation } from '@tillbridge/core';
import { expect, it } from 'vitest';
import { translatorOfPreset } from '../http/of-preset.js';
import { preset } from './loymax-qr.js';

async function ask(text: string, options: { readonly value?: string } = {}): Promise<Translation> {
  const translator = translatorOfPreset(preset, { baseUrl: 'http://127.0.0.1:9', clock: systemClock, log: silentLog });
  try {
    return await translator.translate(codeOf('card', text, options), { scanId: 's', reader: 'r' }, new AbortController().signal);
  } finally {
    await translator.close();
  }
}
const numberOf = (answer: Translation): string | undefined => ('number' in answer ? answer.number.reveal() : undefined);

it('cuts the card out of the QR, zeros and all, and asks nobody', async () => {
  const first = await ask('0000123456789012A1b2C3d4E5');
  expect(first.result).toBe('found');
  expect(numberOf(first)).toBe('0000123456789012');
  // the same card behind another temporary code: digits alone as well
  expect(numberOf(await ask('00001234567890120123456789'))).toBe('0000123456789012');
});

it('takes what the expression under codes: has cut', async () => {
  expect(numberOf(await ask('0000123456789012A1b2', { value: '0000123456789012' }))).toBe('0000123456789012');
});

it('leaves everything else alone', async () => {
  for (const text of ['LOYMAX', '12345', 'x'.repeat(40), '00001234567890120123456789012345678901234567890']) expect((await ask(text)).result).toBe('notFound');
});
