import { Masked, NativeNumber, type CapturedEntry, type DeliveringEntry, type OutcomeEntry, type OutcomeName } from '@tillbridge/core';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { openStateFolder, type StateFolder } from '../state/state-folder.js';
import { rowOf } from './entry-row.js';
import type { Failure } from './failure.js';
import { correlator, journalKeys } from './keys.js';
import type { NewRow } from './row.js';
import { JournalWriter } from './writer.js';

// What the tests of the journal share; no part of the package.

export const NOON = 1_768_035_600_000;

/** A state folder of its own, gone after `dispose`. */
export function temporaryFolder(): { readonly folder: StateFolder; dispose(): void } {
  const root = mkdtempSync(join(tmpdir(), 'tillbridge-journal-'));
  return { folder: openStateFolder(join(root, 'state')), dispose: () => rmSync(root, { recursive: true, force: true }) };
}

/** The folder as a crash at this moment would leave it. What SQLite shares between processes in `-shm` does not survive one. */
export function afterCrash(folder: StateFolder): ReturnType<typeof temporaryFolder> {
  const root = mkdtempSync(join(tmpdir(), 'tillbridge-journal-'));
  cpSync(folder.path, join(root, 'state'), { recursive: true, filter: (path) => !path.endsWith('-shm') && !path.endsWith('.lock') });
  return { folder: openStateFolder(join(root, 'state')), dispose: () => rmSync(root, { recursive: true, force: true }) };
}

/** Sixteen digits that no mask may let through. */
export const codeOf = (scan: number): string => `98${String(scan).padStart(14, '0')}`;

export function captured(scan: number, time = NOON + scan): CapturedEntry {
  return { type: 'captured', scanId: `s${String(scan)}`, reader: 'counter', till: 'front', kind: 'card', time, code: new Masked(codeOf(scan)) };
}

export function delivering(scan: number, time = NOON + scan): DeliveringEntry {
  return { ...captured(scan, time), type: 'delivering', deliveryId: `d${String(scan)}`, number: new NativeNumber('card', `2${codeOf(scan)}`) };
}

export function ended(scan: number, outcome: OutcomeName = 'sent', time = NOON + scan): OutcomeEntry {
  return { ...delivering(scan, time), type: 'outcome', outcome: { outcome, evidence: 'read' } };
}

/** The three rows of each scan, in order. */
export function scanRows(from: number, to: number): NewRow[] {
  const correlate = correlator(new Uint8Array(32));
  const rows: NewRow[] = [];
  for (let scan = from; scan <= to; scan += 1) for (const make of [captured, delivering, ended]) rows.push(rowOf(make(scan), correlate, NOON));
  return rows;
}

/** A writer in this thread, with its warnings. */
export function writerOn(folder: StateFolder, checkpointEvery = 512): { readonly writer: JournalWriter; readonly warnings: Failure[] } {
  const warnings: Failure[] = [];
  const writer = new JournalWriter({
    path: folder.file('journal.db'),
    headPath: folder.keyFile('journal.head'),
    keys: journalKeys(folder.key('journal.key')),
    checkpointEvery,
    warn: (failure) => warnings.push(failure),
  });
  return { writer, warnings };
}

/** A closed journal that can be read and takes no entry for which it needs a page: its header names free pages where there are none. */
export function loseFreePages(folder: StateFolder): void {
  const file = folder.file('journal.db');
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0x7f, 32, 40));
}

/** Everything that the journal proves, as text: two files with the same content hold the same journal. */
export function contentOf(db: DatabaseSync): string {
  const all = ['entries', 'checkpoints', 'anchor'].map((table) => db.prepare(`SELECT * FROM ${table} ORDER BY seq`).all());
  return JSON.stringify(all, (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value));
}
