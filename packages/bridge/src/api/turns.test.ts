import { expect, it } from 'vitest';
import { Turns } from './turns.js';

it('gives one turn after each round of input, in order', () => {
  const rounds: (() => void)[] = [];
  const turns = new Turns((fn) => (rounds.push(fn), () => undefined));
  const done: number[] = [];
  for (let i = 0; i < 3; i += 1) turns.next(() => done.push(i));
  expect([rounds.length, done]).toEqual([1, []]);
  rounds.shift()?.();
  expect([rounds.length, done]).toEqual([1, [0]]);
  turns.next(() => done.push(3));
  while (rounds.length > 0) rounds.shift()?.();
  expect(done).toEqual([0, 1, 2, 3]);
  turns.next(() => done.push(4));
  expect(rounds).toHaveLength(1);
});

it('goes on after one that throws', () => {
  const rounds: (() => void)[] = [];
  const turns = new Turns((fn) => (rounds.push(fn), () => undefined));
  let reached = false;
  turns.next(() => {
    throw new Error('x');
  });
  turns.next(() => (reached = true));
  expect(() => rounds.shift()?.()).toThrow('x');
  rounds.shift()?.();
  expect(reached).toBe(true);
});
