import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { startChild } from '../support/child.js';

const script = fileURLToPath(new URL('../../examples/node-till/till.mjs', import.meta.url));

describe('the Node.js till', () => {
  it('gets products and the native number of a card, and ends with its input', async () => {
    const till = startChild(process.execPath, [script]);
    till.child.stdin.end('4600000000017\n9812345678901234\n');
    expect(await till.exited).toEqual({ code: 0, signal: null });
    expect(till.stdout().split('\n')).toEqual(['product: 4600000000017', 'card of this sale: 2456789012341', 'loyalty: applied', '']);
  });
});
