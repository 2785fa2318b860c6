import { describe, expect, test } from 'vitest';
import { wrapped } from '../../scripts/pictures/demo.mjs';

describe('a line of the terminal picture', () => {
  test('breaks at a blank, never in a word', () => {
    expect(wrapped('scanner CODE -> till CODE', 16)).toEqual(['scanner CODE ->', '    till CODE']);
    expect(wrapped('short', 16)).toEqual(['short']);
    expect(wrapped('', 16)).toEqual(['']);
  });

  test('keeps a word that is longer than a row in one piece', () => {
    const word = 'x'.repeat(40);
    expect(wrapped(word, 16)).toEqual([word]);
    expect(wrapped(`till ${word} ok`, 16)).toEqual(['till', `    ${word}`, '    ok']);
  });
});
