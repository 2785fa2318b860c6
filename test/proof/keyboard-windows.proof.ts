import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDesk, TILL_GUARD, type Desk } from '../desktop/wine/desk.js';
import { waitFor } from '../support/wait-for.js';
import { note, scale } from './note.js';

const never = new AbortController().signal;
const SHIFT = '0xa0';
const CAPS = '0x14';
const Z = '0x5a';
/** Milliseconds between two looks at a window that is not in front, as the till has it. */
const AGAIN_MS = 10;

let desk: Desk;
beforeAll(async () => {
  desk = await makeDesk('us,ru');
}, 300_000);
afterAll(async () => {
  await desk.close();
});

const percentile = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

test('Windows under wine: 10,000 numbers with a thief of the focus, a cashier who types, Caps Lock, a held Shift and changing layouts', async () => {
  const count = Math.round(10_000 * scale);
  const injector = await desk.keyboard.open(AbortSignal.timeout(60_000));
  await desk.till.front();
  await desk.user.does('flip Till Other 250 100000000');
  await desk.user.does(`tapping ${Z} 40 100000000`);
  const typed: string[] = [];
  const refused: string[] = [];
  const uncertain: string[] = [];
  const times: number[] = [];
  const held = (i: number): boolean => i % 400 >= 100 && i % 400 < 300;
  for (let i = 0; i < count; i += 1) {
    if (i % 200 === 50) await desk.user.does(`tap ${CAPS}`);
    if (i % 200 === 100) await desk.user.does(`${held(i) ? 'down' : 'up'} ${SHIFT}`);
    if (i % 200 === 150) desk.screen.group(i % 400 === 150 ? 1 : 0);
    const text = `2${String(i).padStart(12, '0')}`;
    // what was refused may be tried again, what is uncertain never
    for (let tries = 0; ; tries += 1) {
      const start = performance.now();
      const { result, ...more } = await injector.type({ parts: [{ text }, { key: 'Enter' }], guard: TILL_GUARD, keyDelayMs: 0, mode: i % 5 === 4 ? 'vk' : 'unicode', withinMs: 5000 }, never);
      if (result !== 'refused') {
        times.push(performance.now() - start);
        (result === 'typed' ? typed : uncertain).push(text);
        break;
      }
      const reason = 'reason' in more ? more.reason : '';
      if ((reason !== 'windowNotInFront' && reason !== 'noFocus') || tries > 1000) {
        refused.push(text);
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
  await desk.user.does('stop');
  await desk.user.does(`up ${SHIFT}`);
  await desk.till.front();
  const end = '9999999999999';
  expect(await injector.type({ parts: [{ text: end }, { key: 'Enter' }], guard: TILL_GUARD, keyDelayMs: 0, mode: 'unicode', withinMs: 5000 }, never)).toEqual({ result: 'typed' });
  await waitFor('the last one', () => desk.till.text().includes(`${end}\r`), 120_000);
  await injector.close();
  // the cashier's own letters may stand anywhere
  const lines = desk.till.text().replace(/z/gi, '').split('\r');
  const other = desk.other.text().replace(/z/gi, '').split('\r');
  const seen = new Map<string, number>();
  for (const line of lines) seen.set(line, (seen.get(line) ?? 0) + 1);
  // behind a torn one, its rest stands in front
  const lost = typed.filter((text) => !seen.has(text) && !lines.some((line) => line.endsWith(text)));
  const twice = typed.filter((text) => (seen.get(text) ?? 0) > 1);
  const leaked = typed.filter((text) => other.some((line) => line.endsWith(text)));
  const foreign = Array.from(desk.till.text()).filter((character) => !/[0-9z\r]/i.test(character));
  times.sort((a, b) => a - b);
  note('keyboard-windows', {
    numbers: count, typed: typed.length, uncertain: uncertain.length, refused: refused.length, lost: lost.length, twice: twice.length, leaked: leaked.length, wrongCharacters: foreign.length,
    p50Ms: percentile(times, 0.5), p99Ms: percentile(times, 0.99),
  });
  expect({ lost, twice, leaked, foreign, refused }).toEqual({ lost: [], twice: [], leaked: [], foreign: [], refused: [] });
  expect(typed.length).toBeGreaterThan(count / 2);
  // half an hour on a machine with nothing else to do
}, 5_400_000);
