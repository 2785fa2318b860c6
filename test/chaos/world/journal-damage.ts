import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openJournalReader, stateFolderAt, verifyJournal, type VerifyResult } from '@tillbridge/store';
import { Random } from '../../support/random.js';
import type { Findings } from '../judge/findings.js';
import type { DamageStep } from '../plan/plan.js';

const FILES = { db: 'journal.db', wal: 'journal.db-wal', head: 'keys/journal.head' } as const;
/** What makes a journal: its database, the log of SQLite, the newest checkpoint, the keys. */
const KEPT = ['journal.db', 'journal.db-wal', 'journal.db-shm', 'keys'] as const;
const PAGE = 1000;
/** Where the entries are: a daemon that was stopped leaves no log behind. */
const FAVOURITES = { stopped: ['db', 'db', 'db', 'head'], killed: ['db', 'wal', 'wal', 'wal', 'head'] } as const;

/** Cuts a file, or turns one bit of it round. Says what it did; undefined: there is no such file, or nothing in it. */
export function damage(state: string, { damage: how, at, bit, file }: DamageStep): string | undefined {
  const path = join(state, FILES[file]);
  const size = existsSync(path) ? readFileSync(path).length : 0;
  if (size === 0) return undefined;
  const offset = Math.floor(at * size);
  if (how === 'journal-cut') {
    truncateSync(path, offset);
    return `${FILES[file]} cut from ${String(size)} to ${String(offset)} bytes`;
  }
  const bytes = readFileSync(path);
  bytes[offset]! ^= 1 << bit;
  writeFileSync(path, bytes);
  return `bit ${String(bit)} of byte ${String(offset)} of ${FILES[file]} (${String(size)} bytes)`;
}

/** Keeps the journal of a daemon that does not run; gives what puts it back. */
export function keepJournal(state: string, folder: string): () => void {
  copyJournal(state, folder);
  return () => {
    for (const name of KEPT.slice(0, 3)) rmSync(join(state, name), { force: true });
    copyJournal(folder, state);
    rmSync(folder, { recursive: true, force: true });
  };
}

function copyJournal(from: string, to: string): void {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const name of KEPT) if (existsSync(join(from, name))) cpSync(join(from, name), join(to, name), { recursive: true, force: true });
}

/** What a journal says of each of its scans; a row a line. */
export function rowsOf(state: string): readonly string[] {
  const reader = openJournalReader(stateFolderAt(state));
  try {
    const rows: string[] = [];
    for (let since = 0; ; ) {
      const page = reader.rows({ afterSeq: since, limit: PAGE });
      rows.push(...page.map((row) => JSON.stringify(row)));
      const last = page.at(-1);
      // a damaged tree may lead back
      if (last === undefined || page.length < PAGE || last.seq <= since) return rows;
      since = last.seq;
    }
  } finally {
    reader.close();
  }
}

/** What a journal was before it was damaged. */
export interface Before {
  readonly rows: readonly string[];
  /** Rows that its newest checkpoint vouches for. What came after it can be cut off unseen (docs/journal.md); nothing did when its daemon ended in order. */
  readonly vouched: number;
}

export function before(state: string, sealed: boolean): Before {
  const rows = rowsOf(state);
  const head = join(state, FILES.head);
  const seq = existsSync(head) ? Number(/^\S+ (\d+) /.exec(readFileSync(head, 'latin1'))?.[1] ?? 0) : 0;
  return { rows, vouched: sealed ? rows.length : rows.filter((row) => (JSON.parse(row) as { seq: number }).seq <= seq).length };
}

/** One look at a damaged journal: either it is said to be bad, or everything is there. */
export function judgeDamaged(state: string, { rows: known, vouched }: Before, what: string, findings: Findings): VerifyResult | undefined {
  let result: VerifyResult;
  try {
    result = verifyJournal(stateFolderAt(state));
  } catch (error) {
    findings.add('chain', `${what}: the proof itself failed: ${String(error)}`);
    return undefined;
  }
  if (!result.ok) return result;
  let after: readonly string[];
  try {
    after = rowsOf(state);
  } catch (error) {
    findings.add('chain', `${what}: proved whole, and cannot be read: ${String(error)}`);
    return result;
  }
  const isPrefix = after.every((row, i) => row === known[i]);
  if (!isPrefix || after.length < vouched) findings.add('chain', `${what}: proved whole with ${String(after.length)} of ${String(known.length)} rows${isPrefix ? '' : ', other ones'}`);
  return result;
}

/** Many ways to damage one journal, each on a copy: no daemon runs. Returns how many of them were noticed. */
export function tryDamages(state: string, scratch: string, seed: number, count: number, sealed: boolean, findings: Findings): { readonly tried: number; readonly noticed: number } {
  const random = new Random(seed);
  copyJournal(state, scratch);
  const whole = before(scratch, sealed);
  rmSync(scratch, { recursive: true, force: true });
  let tried = 0;
  let noticed = 0;
  for (let n = 0; n < count; n += 1) {
    const step: DamageStep = { damage: random.pick(['journal-cut', 'journal-flip'] as const), at: random.next(), bit: random.whole(0, 7), file: random.pick(FAVOURITES[sealed ? 'stopped' : 'killed']), killed: !sealed };
    copyJournal(state, scratch);
    const what = damage(scratch, step);
    if (what !== undefined) {
      tried += 1;
      if (judgeDamaged(scratch, whole, what, findings)?.ok === false) noticed += 1;
    }
    rmSync(scratch, { recursive: true, force: true });
  }
  return { tried, noticed };
}
