import { createReadStream, readFileSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { TillbridgeError } from '@tillbridge/core';
import { openWriter } from './database.js';
import type { ImportJob, ImportProgress, ImportResult } from './import-protocol.js';
import { mergeStaged } from './merge.js';
import { BadLines, type BadLineReason } from './parse/bad-line.js';
import { CsvParser, type CardParser } from './parse/csv-parser.js';
import { MAX_DOCUMENT_BYTES, readJsonDocument } from './parse/json-document.js';
import { JsonLinesParser } from './parse/json-lines-parser.js';
import { RowReader, type RowSink } from './parse/row-reader.js';
import { sniff } from './parse/sniff.js';
import { TextBlocks } from './parse/text-blocks.js';
import { codeOfSystem, tableError } from './sqlite-errors.js';
import { Staging } from './staging.js';

/** How long the merge waits for another writer. */
const BUSY_MS = 60_000;

const CHUNK_BYTES = 1 << 20;

/** Page cache of the merge, and the size at which SQLite's sorter spills to disk. In KiB; two such pieces bound the memory of an import. */
const CACHE_KIB = 49_152;

/** The whole import, in this thread. Runs in a process of its own: `import-child.ts`. */
export async function runImport(job: ImportJob, onProgress: (progress: ImportProgress) => void): Promise<ImportResult> {
  // the file is opened before the table: a wrong name must not leave an empty table behind
  const totalBytes = sizeOf(job.file);
  const db = openWriter(job.database, BUSY_MS);
  try {
    db.exec(`PRAGMA cache_size = -${String(CACHE_KIB)}; PRAGMA wal_autocheckpoint = 0`);
    const staging = new Staging(db);
    const bad = new BadLines(job.keepBadLines);
    await readFile(job, totalBytes, staging, bad, onProgress);
    refuse(job, staging.rows, bad);
    staging.finish();
    const merged = mergeStaged(db, job, (rows) => onProgress({ phase: 'merge', rows, totalRows: staging.rows }));
    onProgress({ phase: 'checkpoint', rows: staging.rows });
    foldLog(db);
    const imported = job.mode === 'replace' ? merged.codes : merged.after - merged.before;
    return {
      imported,
      updated: merged.codes - imported,
      skipped: bad.count,
      repeated: job.source === undefined ? staging.rows - merged.codes : 0,
      foreign: job.source === undefined ? 0 : staging.rows - merged.codes,
      own: merged.own,
      badLines: bad.first,
      total: merged.after,
      peakRssBytes: process.resourceUsage().maxRSS * 1024,
    };
  } catch (error) {
    throw tableError(error, job.database);
  } finally {
    db.close();
  }
}

/** The cards are committed: a reader in the way, or a disk too full for it, only leaves the log for the next writer to fold in. */
function foldLog(db: DatabaseSync): void {
  try {
    db.exec('PRAGMA busy_timeout = 2000; PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // not an error of the import
  }
}

async function readFile(
  job: ImportJob, totalBytes: number, staging: Staging, bad: BadLines, onProgress: (progress: ImportProgress) => void,
): Promise<void> {
  if (job.format === 'json') {
    readDocument(job, { row: (code, card, kind, state, expires) => staging.add(code, card, kind, state, expires), bad: (line, reason) => bad.add(line, reason) });
    onProgress({ phase: 'read', bytes: totalBytes, totalBytes, rows: staging.rows });
    return;
  }
  const sink: RowSink = {
    row: (code, card, kind, state, expires) => staging.add(code, card, kind, state, expires),
    bad: (line: number, reason: BadLineReason) => bad.add(line, reason),
  };
  const blocks = new TextBlocks();
  let parser: CardParser | undefined;
  let bytes = 0;
  for await (const chunk of chunks(job.file)) {
    parser ??= parserFor(job, chunk, sink);
    bytes += chunk.length;
    const block = blocks.push(chunk);
    if (block !== undefined) parser.push(block);
    onProgress({ phase: 'read', bytes, totalBytes, rows: staging.rows });
  }
  parser ??= parserFor(job, Buffer.alloc(0), sink);
  const last = blocks.end();
  if (last !== undefined) parser.push(last);
  parser.end();
}

/** A JSON document is read whole: there is no half of it that means anything. */
function readDocument(job: ImportJob, sink: RowSink): void {
  if (job.mapping === undefined) throw new TillbridgeError('TB_TRANSLATE_IMPORT_JSON', { path: job.file, problem: 'it is not said where its rows are' });
  if (sizeOf(job.file) > MAX_DOCUMENT_BYTES) throw new TillbridgeError('TB_TRANSLATE_IMPORT_JSON', { path: job.file, problem: `it is larger than ${String(MAX_DOCUMENT_BYTES)} bytes` });
  const problem = readJsonDocument(readFileSync(job.file), job.mapping, new RowReader(sink), sink);
  if (problem !== undefined) throw new TillbridgeError('TB_TRANSLATE_IMPORT_JSON', { path: job.file, problem });
}

function parserFor(job: ImportJob, head: Buffer, sink: RowSink): CardParser {
  const format = sniff(job.file, head);
  const rows = new RowReader(sink);
  return (job.format === 'auto' ? format : job.format) === 'jsonl' ? new JsonLinesParser(rows, sink) : new CsvParser(job.file, rows, sink);
}

async function* chunks(file: string): AsyncIterable<Buffer> {
  const stream = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    throw codeOfSystem(error) === undefined ? error : unreadable(file, error);
  } finally {
    stream.destroy();
  }
}

function sizeOf(file: string): number {
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) throw new TillbridgeError('TB_TRANSLATE_IMPORT_FILE', { path: file, problem: 'it is a folder' });
    return stat.isFile() ? stat.size : 0;
  } catch (error) {
    throw codeOfSystem(error) === 'ENOENT' ? unreadable(file, error) : error;
  }
}

function unreadable(file: string, error: unknown): TillbridgeError {
  const problem = codeOfSystem(error) === 'ENOENT' ? 'there is no such file' : String(error instanceof Error ? error.message : error);
  return new TillbridgeError('TB_TRANSLATE_IMPORT_FILE', { path: file, problem }, { cause: error });
}

function refuse(job: ImportJob, rows: number, bad: BadLines): void {
  if (job.strict && bad.count > 0) {
    const lines = bad.first.slice(0, 20).map(({ line, reason }) => `${String(line)} (${reason})`).join(', ');
    throw new TillbridgeError('TB_TRANSLATE_IMPORT_STRICT', {
      path: job.file, count: bad.count, lines: bad.count > 20 ? `${lines}, ...` : lines,
    });
  }
  // a truncated export must not empty a store's table
  if (job.mode === 'replace' && rows === 0) throw new TillbridgeError('TB_TRANSLATE_IMPORT_EMPTY', { path: job.file, count: bad.count });
}
