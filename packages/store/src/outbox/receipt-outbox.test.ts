import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { systemClock, type Clock } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../journal/fixture.js';
import type { StateFolder } from '../state/state-folder.js';
import { OutboxReader, readOutbox, ReceiptOutbox, SALE_NOT_HERE, type OutboxReceipt } from './index.js';

const GUEST = '7701234567890';

const receipt = (receiptId: string, total = 100): OutboxReceipt => ({
  receiptId,
  till: 'front',
  closedAt: 1_768_035_791_000,
  body: { receiptId, total, lines: [{ lineId: '1', name: 'Coffee' }] },
  personal: { cashier: { name: 'Анна Петрова' }, loyalty: { nativeNumber: GUEST } },
});

describe('the outbox of receipts', () => {
  let folder: StateFolder;
  let dispose: () => void;
  let outbox: ReceiptOutbox;
  beforeEach(() => {
    const made = temporaryFolder();
    folder = made.folder;
    dispose = () => made.dispose();
    outbox = new ReceiptOutbox({ folder, clock: systemClock });
  });
  afterEach(async () => {
    await outbox.close();
    dispose();
  });

  it('stores a receipt once, and tells the same one from another with its id', async () => {
    expect(await outbox.put(receipt('r-1'))).toBe('new');
    expect(await outbox.put(receipt('r-1'))).toBe('known');
    const shuffled = { ...receipt('r-1'), body: { lines: [{ name: 'Coffee', lineId: '1' }], total: 100, receiptId: 'r-1' } };
    expect(await outbox.put(shuffled)).toBe('known');
    expect(await outbox.put(receipt('r-1', 101))).toBe('differs');
    expect(await outbox.put({ ...receipt('r-1'), personal: {} })).toBe('differs');
    expect(await outbox.put({ ...receipt('r-1'), till: 'back' })).toBe('differs');
    expect(readOutbox(folder).map(({ receiptId }) => receiptId)).toEqual(['r-1']);
  });

  it('a line goes past what waits for a sale that is not here, until its time is over or the sale is there', async () => {
    const reader = new OutboxReader(folder);
    const heads = (now: number): readonly string[] => reader.heads(now).map(({ receiptId }) => receiptId);
    await outbox.put(receipt('x-1'), { state: 'waiting', target: 'p', original: 'r-1' });
    await outbox.put(receipt('r-2'), { state: 'waiting', target: 'p' });
    expect(heads(0)).toEqual(['x-1']);
    await outbox.move([{ receiptId: 'x-1', from: 'waiting', to: 'waiting', nextAt: 1000, reason: SALE_NOT_HERE }]);
    expect([heads(999), heads(1000), reader.counts().saleNotHere]).toEqual([['r-2'], ['x-1'], 1]);
    await outbox.put(receipt('r-1'), { state: 'waiting', target: 'p' });
    expect(heads(999)).toEqual(['x-1']);
    await outbox.move([{ receiptId: 'x-1', from: 'waiting', to: 'done', reason: null }]);
    expect(reader.followersOf('r-1')).toMatchObject([{ receiptId: 'x-1', state: 'done' }]);
    reader.close();
  });

  it('many at once: each once, in the order given', async () => {
    const ids = Array.from({ length: 200 }, (_, i) => `r-${String(i)}`);
    const results = await Promise.all(ids.map((id) => outbox.put(receipt(id))));
    expect(new Set(results)).toEqual(new Set(['new']));
    expect(readOutbox(folder, { limit: 1000 }).map(({ receiptId }) => receiptId)).toEqual(ids);
    expect(readOutbox(folder, { afterSeq: 198 }).map(({ receiptId }) => receiptId)).toEqual(['r-198', 'r-199']);
  });

  it('gives back what was stored; what belongs to a person stands in no file in clear', async () => {
    await outbox.put(receipt('r-1'));
    expect(readOutbox(folder)).toMatchObject([{ ...receipt('r-1'), seq: 1 }]);
    // with its log still beside it, and after that was copied back
    const look = (): string => readdirSync(folder.path).filter((name) => name.startsWith('outbox.db')).map((name) => readFileSync(folder.file(name), 'latin1')).join('');
    const running = look();
    await outbox.close();
    for (const bytes of [running, look()]) {
      expect(bytes).toContain('Coffee');
      expect(bytes).not.toContain(GUEST);
      expect(bytes).not.toContain(Buffer.from('Петрова').toString('latin1'));
    }
    if (process.platform !== 'win32') expect([statSync(folder.file('outbox.db')).mode & 0o777, statSync(folder.keyFile('outbox.key')).mode & 0o777]).toEqual([0o600, 0o600]);
  });

  it('a row that was moved or changed does not open', async () => {
    await outbox.put(receipt('r-1'));
    await outbox.put(receipt('r-2'));
    await outbox.close();
    const db = new DatabaseSync(folder.file('outbox.db'));
    db.exec("UPDATE receipts SET personal = (SELECT personal FROM receipts WHERE receipt_id = 'r-1') WHERE receipt_id = 'r-2'");
    db.close();
    expect(readOutbox(folder).map(({ personal }) => personal === undefined)).toEqual([false, true]);
  });

  it('is known after a restart', async () => {
    await outbox.put(receipt('r-1'));
    await outbox.close();
    outbox = new ReceiptOutbox({ folder, clock: systemClock });
    expect(await outbox.put(receipt('r-1'))).toBe('known');
  });

  it('removes what is older than thirty days', async () => {
    const later = (days: number): Clock => ({ ...systemClock, wall: () => systemClock.wall() + days * 86_400_000 });
    await outbox.put(receipt('old'));
    await outbox.close();
    outbox = new ReceiptOutbox({ folder, clock: later(29) });
    await outbox.put(receipt('young'));
    await outbox.close();
    expect(readOutbox(folder)).toHaveLength(2);
    outbox = new ReceiptOutbox({ folder, clock: later(31) });
    await outbox.put(receipt('new'));
    expect(readOutbox(folder).map(({ receiptId }) => receiptId)).toEqual(['young', 'new']);
  });

  it('says so when it cannot store, and stores again when it can', async () => {
    writeFileSync(folder.file('outbox.db'), 'no database, but long enough to be taken for one '.repeat(100));
    await expect(outbox.put(receipt('r-1'))).rejects.toMatchObject({ code: 'TB_JOURNAL_OUTBOX' });
    writeFileSync(folder.file('outbox.db'), '');
    expect(await outbox.put(receipt('r-1'))).toBe('new');
  });

  it('refuses a file of a later version, and leaves it alone', async () => {
    const db = new DatabaseSync(folder.file('outbox.db'));
    db.exec('PRAGMA user_version = 99');
    db.close();
    await expect(outbox.put(receipt('r-1'))).rejects.toMatchObject({ code: 'TB_JOURNAL_OUTBOX', message: expect.stringContaining('format 99') as string });
  });

  it('a damaged key is an error, never another key', async () => {
    await outbox.put(receipt('r-1'));
    await outbox.close();
    chmodSync(folder.keyFile('outbox.key'), 0o600);
    writeFileSync(folder.keyFile('outbox.key'), 'x');
    outbox = new ReceiptOutbox({ folder, clock: systemClock });
    await expect(outbox.put(receipt('r-1'))).rejects.toMatchObject({ code: 'TB_JOURNAL_STATE_KEY' });
  });

  it('a thread that cannot be started fails those who wait, each once, and no more wait than may', async () => {
    const dead = new ReceiptOutbox({ folder, clock: systemClock, workerUrl: new URL('./no-such-file.js', import.meta.url) });
    const waiting = Array.from({ length: 256 }, (_, i) => dead.put(receipt(`r-${String(i)}`)).catch((error: unknown) => error));
    await expect(dead.put(receipt('one too many'))).rejects.toMatchObject({ message: expect.stringContaining('too many') as string });
    for (const answer of await Promise.all(waiting)) expect(answer).toMatchObject({ code: 'TB_JOURNAL_OUTBOX' });
    await dead.close();
    await expect(dead.put(receipt('r'))).rejects.toMatchObject({ code: 'TB_JOURNAL_OUTBOX' });
  });

  it('does not wait for a disk for ever', async () => {
    const clock = new VirtualClock();
    // a thread that never answers
    const hung = new ReceiptOutbox({ folder, clock, workerUrl: new URL('data:text/javascript,setInterval(()=>{},1e6)') });
    const answer = hung.put(receipt('r-1')).catch((error: unknown) => error);
    await clock.advance(5000);
    expect(await answer).toMatchObject({ message: expect.stringContaining('5000 ms') as string });
    const closed = hung.close();
    await clock.advance(1000);
    await closed;
  });

  it('its thread ends when there is nothing to do, and is there again for the next receipt', async () => {
    const clock = new VirtualClock();
    const resting = new ReceiptOutbox({ folder, clock });
    expect(await resting.put(receipt('r-1'))).toBe('new');
    expect(clock.pending).toBe(1);
    await clock.advance(60_000);
    expect(clock.pending).toBe(0);
    expect(await resting.put(receipt('r-1'))).toBe('known');
    await resting.close();
  });
});
