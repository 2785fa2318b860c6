import { expect, it } from 'vitest';
import { recognition } from '../../support/phone/recognition.js';
import { FORMATS } from '../../support/phone/symbols.js';

it('a sample of the recognition table: what is clean is read, and nothing is read wrong', async () => {
  const { cells, wrong, frames } = await recognition({ rounds: 1, torture: 6, empty: 6 }, 2);
  expect(wrong).toEqual([]);
  expect(frames).toBeGreaterThan(500);
  const read = (disturbance: string): readonly string[] => cells.filter((cell) => cell.disturbance === disturbance && cell.read === 1).map(({ format }) => format);
  for (const easy of ['clean, 4 px a module', 'clean, 3 px', 'turned 45°', 'turned 90°', 'upside down', 'tilted 30°', 'contrast 60 of 255', 'small, 2 px', 'light on dark']) expect(read(easy), easy).toEqual([...FORMATS]);
}, 300_000);
