import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../journal/fixture.js';
import type { OutboxRow } from './outbox-row.js';
import { OutboxTable } from './outbox-table.js';

const row = (receiptId: string): OutboxRow => ({
  receiptId, till: 'front', closedAt: 1, storedAt: 2, digest: new Uint8Array([1]), body: '{}', personal: new Uint8Array([2]),
});

describe('outbox.db', () => {
  let path: string;
  let dispose: () => void;
  beforeEach(() => {
    const made = temporaryFolder();
    path = made.folder.file('outbox.db');
    dispose = () => made.dispose();
  });
  afterEach(() => dispose());

  it('is never fuller than it may be, and what is there stays known', () => {
    const table = new OutboxTable(path, { maxRows: 2 });
    expect(table.put([row('a'), row('b'), row('c'), row('a')])).toEqual(['new', 'new', 'full', 'known']);
    table.close();
    const again = new OutboxTable(path, { maxRows: 2 });
    expect(again.put([row('c'), row('b')])).toEqual(['full', 'known']);
    again.close();
  });

  it('a repeated id within one transaction is known', () => {
    const table = new OutboxTable(path);
    expect(table.put([row('a'), row('a'), { ...row('a'), digest: new Uint8Array([9]) }])).toEqual(['new', 'known', 'differs']);
    table.close();
  });

  it('a transaction that fails stores none of its rows, and the next one works', () => {
    const table = new OutboxTable(path, { maxRows: 2 });
    const bad = { ...row('b'), body: undefined as unknown as string };
    expect(() => table.put([row('a'), bad])).toThrow();
    expect(table.put([row('a'), row('b')])).toEqual(['new', 'new']);
    table.close();
  });
});
