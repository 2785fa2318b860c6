import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { frameToTill } from '../support/phone/frame-to-till.js';
import { recognition } from '../support/phone/recognition.js';
import { median, recognitionPage, recognitionPageInRussian } from '../support/phone/recognition-page.js';
import { FORMATS } from '../support/phone/symbols.js';
import { note, scale } from './note.js';

const page = (name: string): string => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));
/** Processes side by side: another one is left for the machine. */
const SHARES = 3;

test('20,000 frames of six formats in every disturbance: none is read wrong', async () => {
  const part = (count: number): number => Math.max(1, Math.round(count * scale));
  const result = await recognition({ rounds: part(8), torture: part(720), empty: part(300) }, SHARES);
  const { cells, frames, certain, wrong, misread, tortureFrames, emptyFrames } = result;
  const share = (disturbance: string): number => {
    const some = cells.filter((cell) => cell.disturbance === disturbance);
    return some.reduce((sum, { read }) => sum + read, 0) / some.reduce((sum, { presentations }) => sum + presentations, 0);
  };
  const clean = share('clean, 4 px a module');
  note('phone-recognition', { frames, believed: certain, wrong: wrong.length, misreadAndOutvoted: misread, tortureFrames, emptyFrames, cleanReadPercent: clean * 100 });
  if (scale === 1) {
    writeFileSync(page('phone-recognition.md'), recognitionPage(result));
    writeFileSync(page('phone-recognition.ru.md'), recognitionPageInRussian(result));
  }
  expect(wrong).toEqual([]);
  expect(clean).toBe(1);
  if (scale === 1) expect(frames).toBeGreaterThanOrEqual(20_000);
});

test('from the frame to the number in the till: 60 ms in the middle at 720p, and no scan is lost or doubled', async () => {
  const rounds = Math.max(1, Math.round(6 * scale));
  const scans = await frameToTill(rounds);
  const till = scans.map((scan) => scan.till);
  const each = Object.fromEntries(FORMATS.map((format) => [format, median(scans.filter((scan) => scan.format === format).map((scan) => scan.till))]));
  const stages = { certainMs: median(scans.map(({ certain }) => certain)), sentMs: median(scans.map(({ sent }) => sent).filter(Number.isFinite)), answerMs: median(scans.map(({ answer }) => answer)) };
  note('phone-frame-to-till', { scans: scans.length, medianMs: median(till), mostMs: Math.max(...till), medianOfStages: stages, medianOfEachMs: each });
  expect(scans.length).toBeGreaterThanOrEqual(rounds * FORMATS.length);
  // the machine's own load is no part of the promise: a proof runs alone
  expect(median(till)).toBeLessThanOrEqual(60);
});
