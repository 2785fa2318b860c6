import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { recognition } from '../support/phone/recognition.js';
import { recognitionPage } from '../support/phone/recognition-page.js';
import { note, scale } from './note.js';

const PAGE = fileURLToPath(new URL('../../docs/phone-recognition.md', import.meta.url));
/** Processes side by side: another one is left for the machine. */
const SHARES = 3;

test('20,000 frames of six formats in every disturbance: none is read wrong', async () => {
  const part = (count: number): number => Math.max(1, Math.round(count * scale));
  const result = await recognition({ rounds: part(10), torture: part(560), empty: part(1_200) }, SHARES);
  const { cells, frames, certain, wrong, misread, tortureFrames, emptyFrames } = result;
  const share = (disturbance: string): number => {
    const some = cells.filter((cell) => cell.disturbance === disturbance);
    return some.reduce((sum, { read }) => sum + read, 0) / some.reduce((sum, { presentations }) => sum + presentations, 0);
  };
  const clean = share('clean, 4 px a module');
  note('phone-recognition', { frames, believed: certain, wrong: wrong.length, misreadAndOutvoted: misread, tortureFrames, emptyFrames, cleanReadPercent: clean * 100 });
  if (scale === 1) writeFileSync(PAGE, recognitionPage(result));
  expect(wrong).toEqual([]);
  expect(clean).toBe(1);
  if (scale === 1) expect(frames).toBeGreaterThanOrEqual(20_000);
});
