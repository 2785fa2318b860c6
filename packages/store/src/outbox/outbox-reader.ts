import { existsSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { StateFolder } from '../state/state-folder.js';
import { SALE_NOT_HERE, SCAN_KEEP_MS, type ReceiptState } from './outbox-row.js';
import { outboxFormat } from './schema.js';
import { outboxKeys, progressName, scanName, unseal } from './seal.js';

/** Where a receipt stands: ids, times and words, nobody's data. */
export interface ReceiptStanding {
  readonly seq: number;
  readonly receiptId: string;
  readonly till: string;
  readonly state: ReceiptState;
  readonly target: string | undefined;
  readonly original: string | undefined;
  /** Unix times in milliseconds. */
  readonly closedAt: number;
  readonly storedAt: number;
  readonly nextAt: number;
  readonly firstAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly attempts: number;
  readonly reason: string | undefined;
  /** Nobody had seen this guest in this store before. */
  readonly newGuest: boolean;
}

/** A receipt that is to be reported, whole. */
export interface ReceiptWork extends ReceiptStanding {
  readonly body: Readonly<Record<string, unknown>>;
  /** undefined where the key is another, or the row was changed. */
  readonly personal: Readonly<Record<string, unknown>> | undefined;
  /** What was kept beside it: how to name the guest, how far the report came. */
  readonly progress: Readonly<Record<string, unknown>> | undefined;
}

/** Who a loyalty scan was of, as it was stored. */
export interface StoredScan {
  readonly scanId: string;
  readonly guest: Readonly<Record<string, unknown>>;
}

/** How many receipts stand where. */
export interface ReceiptCounts {
  readonly states: Readonly<Partial<Record<ReceiptState, number>>>;
  /** When the oldest waiting one was closed, Unix time in milliseconds. */
  readonly oldestWaiting: number | undefined;
  /** Of those that wait: whose sale is not here. */
  readonly saleNotHere: number;
}

const STANDING = 'seq, receipt_id, till, state, target, original, closed_at, stored_at, next_at, first_at, ended_at, attempts, reason, new_guest';

const HELD = `SELECT seq FROM receipts AS held WHERE state = 'waiting' AND reason = '${SALE_NOT_HERE}' AND next_at > ?
  AND NOT EXISTS (SELECT 1 FROM receipts AS sale WHERE sale.receipt_id = held.original)`;

/** Reads outbox.db beside whoever writes it. Opens the file at the first look; nothing is there before that. */
export class OutboxReader {
  readonly #folder: StateFolder;
  #db: DatabaseSync | undefined;
  #sealKey: Uint8Array | undefined;
  readonly #statements = new Map<string, StatementSync>();

  constructor(folder: StateFolder) {
    this.#folder = folder;
  }

  /** The receipt of each till that has to be reported next, past those whose sale is not here yet and whose time is not over at `now`. */
  heads(now: number): readonly ReceiptStanding[] {
    return this.#all(`SELECT ${STANDING} FROM receipts WHERE seq IN (SELECT min(seq) FROM receipts WHERE state = 'waiting' AND seq NOT IN (${HELD}) GROUP BY till) ORDER BY seq`, now).map(standing);
  }

  get(receiptId: string): ReceiptWork | undefined {
    const [row] = this.#all(`SELECT ${STANDING}, body, personal, progress FROM receipts WHERE receipt_id = ?`, receiptId);
    return row === undefined ? undefined : this.#work(row);
  }

  /** What is of this receipt: its returns, and its cancel. */
  followersOf(original: string): readonly ReceiptWork[] {
    return this.#all(`SELECT ${STANDING}, body, personal, progress FROM receipts WHERE original = ? ORDER BY seq LIMIT 100`, original).map((row) => this.#work(row));
  }

  /** Who these scans were of, or those of an order of a till. */
  scans(asked: { readonly scanIds: readonly string[] } | { readonly till: string; readonly orderId: string; readonly now: number }): readonly StoredScan[] {
    const rows = 'scanIds' in asked
      ? asked.scanIds.flatMap((id) => this.#all('SELECT scan_id, sealed FROM scans WHERE scan_id = ?', id))
      : this.#all('SELECT scan_id, sealed FROM scans WHERE till = ? AND order_id = ? AND at >= ? ORDER BY at', asked.till, asked.orderId, asked.now - SCAN_KEEP_MS);
    return rows.flatMap((row) => {
      const scanId = String(row['scan_id']);
      const guest = this.#opened(scanName(scanId), row['sealed']);
      return guest === undefined ? [] : [{ scanId, guest }];
    });
  }

  /** The newest of a state, or of all. */
  list({ state, limit = 100 }: { readonly state?: ReceiptState; readonly limit?: number } = {}): readonly ReceiptStanding[] {
    const rows = state === undefined ? this.#all(`SELECT ${STANDING} FROM receipts ORDER BY seq DESC LIMIT ?`, limit) : this.#all(`SELECT ${STANDING} FROM receipts WHERE state = ? ORDER BY seq DESC LIMIT ?`, state, limit);
    return rows.map(standing).reverse();
  }

  counts(): ReceiptCounts {
    const states = Object.fromEntries(this.#all('SELECT state, count(*) AS n FROM receipts GROUP BY state').map((row) => [String(row['state']), Number(row['n'])]));
    const oldest = this.#all("SELECT min(closed_at) AS at FROM receipts WHERE state = 'waiting'")[0]?.['at'];
    const held = this.#all(`SELECT count(*) AS n FROM receipts WHERE state = 'waiting' AND reason = '${SALE_NOT_HERE}'`)[0]?.['n'];
    return { states, oldestWaiting: typeof oldest === 'number' ? oldest : undefined, saleNotHere: Number(held ?? 0) };
  }

  close(): void {
    this.#statements.clear();
    this.#db?.close();
    this.#db = undefined;
  }

  #work(row: Row): ReceiptWork {
    const receiptId = String(row['receipt_id']);
    return {
      ...standing(row),
      body: JSON.parse(String(row['body'])) as Record<string, unknown>,
      personal: this.#opened(receiptId, row['personal']),
      progress: this.#opened(progressName(receiptId), row['progress']),
    };
  }

  #opened(name: string, sealed: unknown): Record<string, unknown> | undefined {
    if (!(sealed instanceof Uint8Array)) return undefined;
    if (this.#sealKey === undefined) {
      const master = this.#folder.existingKey('outbox.key');
      if (master === undefined) return undefined;
      this.#sealKey = outboxKeys(master).seal;
    }
    const text = unseal(this.#sealKey, name, sealed);
    return text === undefined ? undefined : (JSON.parse(text) as Record<string, unknown>);
  }

  #all(sql: string, ...values: readonly (string | number)[]): readonly Row[] {
    const db = this.#open();
    if (db === undefined) return [];
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement.all(...values);
  }

  /** undefined where nothing was stored yet, or nothing since an older version: that held nothing that waits. */
  #open(): DatabaseSync | undefined {
    if (this.#db !== undefined) return this.#db;
    const path = this.#folder.file('outbox.db');
    if (!existsSync(path)) return undefined;
    const db = new DatabaseSync(path, { readOnly: true });
    db.exec('PRAGMA busy_timeout = 2000; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -512');
    if (outboxFormat(db) < 2) {
      db.close();
      return undefined;
    }
    this.#db = db;
    return db;
  }
}

type Row = Readonly<Record<string, unknown>>;

function standing(row: Row): ReceiptStanding {
  const number = (key: string): number | undefined => (typeof row[key] === 'number' ? row[key] : undefined);
  const text = (key: string): string | undefined => (typeof row[key] === 'string' ? row[key] : undefined);
  return {
    seq: Number(row['seq']),
    receiptId: String(row['receipt_id']),
    till: String(row['till']),
    state: String(row['state']) as ReceiptState,
    target: text('target'),
    original: text('original'),
    closedAt: Number(row['closed_at']),
    storedAt: Number(row['stored_at']),
    nextAt: Number(row['next_at']),
    firstAt: number('first_at'),
    endedAt: number('ended_at'),
    attempts: Number(row['attempts']),
    reason: text('reason'),
    newGuest: row['new_guest'] === 1,
  };
}
