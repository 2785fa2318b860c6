import type { TillCard } from '@tillbridge/phone-link';
import { describe, expect, it } from 'vitest';
import { choicesOf, chosen } from './tills.js';

const card = (name: string, ...tills: readonly string[]): TillCard => ({ name, tills: tills.map((id) => ({ id, name: `Till ${id}` })), formats: [] });

describe('the till switch', () => {
  it('names a daemon with one cashier program by itself', () => {
    expect(choicesOf([{ tillId: 'A', card: card('Bar', 'front') }])).toEqual([{ key: 'A', tillId: 'A', till: 'front', label: 'Bar' }]);
  });

  it('lists the cashier programs of a daemon with several', () => {
    expect(choicesOf([{ tillId: 'A', card: card('Bar', '1', '2') }]).map(({ label }) => label)).toEqual(['Till 1', 'Till 2']);
  });

  it('tells the tills of two daemons apart', () => {
    const choices = choicesOf([{ tillId: 'A', card: card('Bar', '1', '2') }, { tillId: 'B', card: card('Hall', '1') }]);
    expect(choices.map(({ key, label }) => [key, label])).toEqual([['A/1', 'Bar: Till 1'], ['A/2', 'Bar: Till 2'], ['B', 'Hall']]);
  });

  it('takes the last choice, then what the daemon has in mind, then the first', () => {
    const choices = choicesOf([{ tillId: 'A', card: card('Bar', '1', '2') }]);
    expect(chosen(choices, 'A/2', '1')?.key).toBe('A/2');
    expect(chosen(choices, 'gone', '2')?.key).toBe('A/2');
    expect(chosen(choices, undefined, undefined)?.key).toBe('A/1');
    expect(chosen([], 'A', '1')).toBeUndefined();
  });

  it('does not mistake the till of another daemon for one of the same name', () => {
    const choices = choicesOf([{ tillId: 'A', card: card('Bar', '1', '2') }, { tillId: 'B', card: card('Hall', '1', '2') }]);
    expect(chosen(choices, 'B', '1')?.key).toBe('B/1');
    expect(chosen(choices, 'B/9', undefined)?.key).toBe('B/1');
  });

  it('cleans names and bounds their number', () => {
    const many = card('Bar\u202e', ...Array.from({ length: 99 }, (_, i) => String(i)));
    expect(choicesOf([{ tillId: 'A', card: many }])).toHaveLength(32);
    expect(choicesOf([{ tillId: 'A', card: card('Bar\u202e', '1') }])[0]?.label).toBe('Bar');
  });
});
