import { existsSync } from 'node:fs';
import { openReader } from './database.js';
import { tableError } from './sqlite-errors.js';

/** A feed whose rows are in the table. */
export interface CardSource {
  readonly name: string;
  readonly rows: number;
  /** What the feed wanted to know next time. */
  readonly note: string;
}

/** The feeds of a card table; none of a table that is not there. @throws {TillbridgeError} `TB_TRANSLATE_TABLE_*` */
export function readSources(file: string): readonly CardSource[] {
  if (!existsSync(file)) return [];
  const db = openReader(file);
  if (db === undefined) return [];
  try {
    // of a table of format 1 nobody has noted anything
    if (db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'sources'").get() === undefined) return [];
    return db.prepare('SELECT name, rows, note FROM sources ORDER BY id').all().map((row) => ({ name: String(row['name']), rows: Number(row['rows']), note: String(row['note']) }));
  } catch (error) {
    throw tableError(error, file);
  } finally {
    db.close();
  }
}
