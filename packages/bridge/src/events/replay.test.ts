import { describe, expect, it } from 'vitest';
import { beginAt } from './replay.js';

describe('where a subscriber begins', () => {
  const kept = { start: 1000, first: 1004, last: 1010 };
  it.each([
    ['asks for nothing', undefined, kept, 1010, undefined],
    ['has everything', 1010, kept, 1010, undefined],
    ['missed what is kept', 1003, kept, 1003, undefined],
    ['missed more than is kept', 1001, kept, 1003, { from: 1002, to: 1003 }],
    ['was there in another run', 500, kept, 1003, { from: 501, to: 1003 }],
    ['was there in another run, and all of this one is kept', 500, { ...kept, first: 1001 }, 1000, { from: 501, to: 1000 }],
    ['asks for everything', 0, { ...kept, first: 1001 }, 1000, { from: 1, to: 1000 }],
    ['comes from the future: the clock was set back', 2000, { ...kept, first: 1001 }, 1000, { from: 1000, to: 1000 }],
    ['came before anything happened', 1000, { start: 1000, first: 1001, last: 1000 }, 1000, undefined],
    ['was there in another run, and nothing has happened since', 999, { start: 1000, first: 1001, last: 1000 }, 1000, { from: 1000, to: 1000 }],
  ] as const)('%s', (_, since, has, cursor, gap) => {
    expect(beginAt(since, has)).toEqual({ cursor, gap });
  });
});
