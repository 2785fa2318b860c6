import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { startChild } from '../support/child.js';

const script = fileURLToPath(new URL('../../examples/node-till/till.mjs', import.meta.url));

const codeLines = (example: string): number =>
  readFileSync(new URL(`../../examples/${example}`, import.meta.url), 'utf8').split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length;

describe('the tills of the examples', () => {
  it('are as short as promised, in lines of code that nobody had to squeeze', () => {
    expect(codeLines('node-till/till.mjs')).toBeLessThanOrEqual(20);
    expect(codeLines('web-till/index.html')).toBeLessThanOrEqual(30);
    for (const example of ['node-till/till.mjs', 'web-till/index.html']) {
      const lines = readFileSync(new URL(`../../examples/${example}`, import.meta.url), 'utf8').split('\n');
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
    }
  });
});

describe('the Node.js till', () => {
  it('gets products and the native number of a card, and ends with its input', async () => {
    const till = startChild(process.execPath, [script]);
    till.child.stdin.end('4600000000017\n9812345678901234\n');
    expect(await till.exited).toEqual({ code: 0, signal: null });
    expect(till.stdout().split('\n')).toEqual(['product: 4600000000017', 'card of this sale: 2456789012341', 'loyalty: applied', '']);
  });
});
