import { expect, it } from 'vitest';
import { Patience } from './patience.js';

const waits = (patience: Patience, count: number): boolean[] => Array.from({ length: count }, () => patience.awake());

it('waits without sleeping as long as it is left alone', () => {
  const patience = new Patience({ preemptedMs: 0.5, sitOut: 32 });
  for (const longest of [0.01, 0.2, 0.5]) {
    expect(patience.awake()).toBe(true);
    patience.waited(longest);
  }
});

it('sleeps for a while where others needed the processor, and then tries again', () => {
  const patience = new Patience({ preemptedMs: 0.5, sitOut: 32 });
  expect(patience.awake()).toBe(true);
  patience.waited(3);
  expect(waits(patience, 34)).toEqual([...Array.from({ length: 32 }, () => false), true, true]);
});
