import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../journal/fixture.js';
import type { OutboxRow } from './outbox-row.js';
import { OutboxTable } from './outbox-table.js';

const row = (receiptId: string): OutboxRow => ({
  receiptId, till: 'front', closedAt: 1, storedAt: 2, digest: new Uint8Array([1]), body: '{}', personal: new Uint8Array([2]),
  state: 'waiting', original: null, target: 'uds', progress: null, reason: null, guest: null,
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

  const standing = (receiptId: string): unknown[] => {
    const db = new DatabaseSync(path, { readOnly: true });
    const found = db.prepare('SELECT state, body FROM receipts WHERE receipt_id = ?').get(receiptId);
    db.close();
    return [found?.['state'], found?.['body']];
  };

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

  it('takes every step or none, and only from where a receipt stands', () => {
    const table = new OutboxTable(path);
    table.put([row('a'), row('b')]);
    expect(table.move([{ receiptId: 'a', from: 'waiting', to: 'done', endedAt: 5, strip: true }, { receiptId: 'b', from: 'dead', to: 'waiting' }])).toBe(false);
    expect(standing('a')).toEqual(['waiting', '{}']);
    expect(table.move([{ receiptId: 'a', from: 'waiting', to: 'done', endedAt: 5, strip: true, reason: null }, { receiptId: 'b', from: 'waiting', to: 'dead', reason: 'http400' }])).toBe(true);
    expect(standing('b')).toEqual(['dead', '{}']);
    expect(table.move([{ receiptId: 'a', from: 'waiting', to: 'done' }])).toBe(false);
    table.close();
  });

  it('remembers a guest once, and an old receipt that waits stays while the others go', () => {
    const table = new OutboxTable(path);
    const guest = new Uint8Array(32).fill(7);
    table.put([{ ...row('a'), guest }, { ...row('b'), guest }, { ...row('c'), state: 'kept' }]);
    const db = new DatabaseSync(path, { readOnly: true });
    expect(db.prepare('SELECT receipt_id AS id, new_guest AS isNew FROM receipts ORDER BY seq').all().map(({ id, isNew }) => [id, isNew])).toEqual([['a', 1], ['b', 0], ['c', 0]]);
    table.close();
    const later = new OutboxTable(path);
    later.put([{ ...row('d'), storedAt: 40 * 86_400_000 }]);
    expect(db.prepare('SELECT receipt_id AS id FROM receipts ORDER BY seq').all().map(({ id }) => id)).toEqual(['a', 'b', 'd']);
    db.close();
    later.close();
  });

  it('forgets who a scan was of with its receipt, and after twelve hours', () => {
    const table = new OutboxTable(path);
    const scan = (scanId: string, at: number) => table.scan({ scanId, till: 'front', orderId: null, at, sealed: new Uint8Array([1]) });
    scan('s1', 1000);
    scan('s2', 1000);
    table.put([{ ...row('a'), scans: ['s1', 'nobody'] }]);
    const left = (): unknown[] => {
      const db = new DatabaseSync(path, { readOnly: true });
      const rows = db.prepare('SELECT scan_id AS id FROM scans').all().map(({ id }) => id);
      db.close();
      return rows;
    };
    expect(left()).toEqual(['s2']);
    scan('s3', 1001 + 12 * 3_600_000);
    expect(left()).toEqual(['s3']);
    table.close();
  });

  it('brings a file of format 1 along: what it held is nobody told of', () => {
    const old = new DatabaseSync(path);
    old.exec(`CREATE TABLE receipts(seq INTEGER PRIMARY KEY, receipt_id TEXT UNIQUE NOT NULL, till TEXT NOT NULL, closed_at INTEGER NOT NULL, stored_at INTEGER NOT NULL,
      digest BLOB NOT NULL, body TEXT NOT NULL, personal BLOB NOT NULL) STRICT; CREATE INDEX stored ON receipts(stored_at);
      INSERT INTO receipts VALUES (1, 'old', 'front', 1, 2, x'01', '{"total":1}', x'02'); PRAGMA user_version = 1`);
    old.close();
    const table = new OutboxTable(path);
    expect(table.put([row('old'), row('new')])).toEqual(['known', 'new']);
    table.close();
    expect(standing('old')).toEqual(['kept', '{"total":1}']);
    expect(standing('new')).toEqual(['waiting', '{}']);
  });

  it('a transaction that fails stores none of its rows, and the next one works', () => {
    const table = new OutboxTable(path, { maxRows: 2 });
    const bad = { ...row('b'), body: undefined as unknown as string };
    expect(() => table.put([row('a'), bad])).toThrow();
    expect(table.put([row('a'), row('b')])).toEqual(['new', 'new']);
    table.close();
  });
});
