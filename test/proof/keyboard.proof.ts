import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Desktop, type Terminal } from '../desktop/x11/desktop.js';
import { deliver, numberOf, openTill, storm } from '../desktop/x11/storm.js';
import { makeTempFolder } from '../support/temp-folder.js';
import { note, scale } from './note.js';

let desktop: Desktop;
let till: Terminal;
let other: Terminal;
const folder = makeTempFolder();

beforeAll(async () => {
  desktop = await Desktop.start(folder.path, 'us,ru');
  [till, other] = await Promise.all([desktop.terminal('Cashier'), desktop.terminal('Editor')]);
});
afterAll(async () => {
  await desktop.stop();
  folder.remove();
});

test('13 digits and Enter, until the program has them: at most 60 ms', async () => {
  const count = Math.max(50, Math.round(1000 * scale));
  const file = till.file;
  await till.front();
  const keyboard = await openTill(desktop, till.title);
  const taken: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const before = readFileSync(file).length;
    const start = performance.now();
    expect((await deliver(keyboard, numberOf(i))).outcome).toBe('sent');
    while (readFileSync(file).length < before + 14) if (performance.now() - start > 10_000) throw new Error('not there in 10 s');
    taken.push(performance.now() - start);
  }
  await keyboard.close();
  taken.sort((a, b) => a - b);
  const at = (share: number): number => taken[Math.min(count - 1, Math.floor(share * count))] ?? Infinity;
  note('keyboard-time-ms', { numbers: count, p50: at(0.5), p99: at(0.99), most: at(1) });
  expect(at(0.5)).toBeLessThanOrEqual(60);
});

test('10,000 deliveries with every disturbance on: 0 lost, 0 wrong, 0 leaked', async () => {
  const count = Math.max(100, Math.round(10_000 * scale));
  const report = await storm(desktop, till, other, count);
  note('keyboard-storm', { ...report });
  expect(report).toMatchObject({ deliveries: count, sent: count, lost: 0, wrong: 0, leaked: 0 });
}, 3_600_000);
