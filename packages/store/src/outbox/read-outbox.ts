import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { StateFolder } from '../state/state-folder.js';
import type { OutboxReceipt } from './receipt-outbox.js';
import { outboxKeys, unseal } from './seal.js';

/** A receipt as it was stored. */
export interface StoredReceipt extends Omit<OutboxReceipt, 'personal'> {
  readonly seq: number;
  /** Unix time in milliseconds. */
  readonly storedAt: number;
  /** undefined where the key is another, or the row was changed. */
  readonly personal: Readonly<Record<string, unknown>> | undefined;
}

/** Receipts after `afterSeq` in the order in which they came, `limit` at most. Works beside the daemon. */
export function readOutbox(folder: StateFolder, { afterSeq = 0, limit = 100 }: { readonly afterSeq?: number; readonly limit?: number } = {}): readonly StoredReceipt[] {
  const path = folder.file('outbox.db');
  const master = folder.existingKey('outbox.key');
  if (!existsSync(path)) return [];
  const keys = master === undefined ? undefined : outboxKeys(master);
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    db.exec('PRAGMA busy_timeout = 2000; PRAGMA trusted_schema = OFF');
    const rows = db.prepare('SELECT seq, receipt_id, till, closed_at, stored_at, body, personal FROM receipts WHERE seq > ? ORDER BY seq LIMIT ?').all(afterSeq, limit);
    return rows.map((row) => {
      const receiptId = String(row['receipt_id']);
      const hidden = keys === undefined ? undefined : unseal(keys.seal, receiptId, row['personal'] as Uint8Array);
      return {
        seq: Number(row['seq']),
        receiptId,
        till: String(row['till']),
        closedAt: Number(row['closed_at']),
        storedAt: Number(row['stored_at']),
        body: JSON.parse(String(row['body'])) as Record<string, unknown>,
        personal: hidden === undefined ? undefined : (JSON.parse(hidden) as Record<string, unknown>),
      };
    });
  } finally {
    db.close();
  }
}
