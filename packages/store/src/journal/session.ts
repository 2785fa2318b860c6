import type { DatabaseSync } from 'node:sqlite';
import { anchorHolds, checkpointHolds, GENESIS, headHolds, sameBytes, sealHead, type Anchor, type Checkpoint } from './chain.js';
import { readHead, writeHead } from './head-file.js';
import type { JournalKeys } from './keys.js';
import { OpenScans } from './open-scans.js';
import type { BadEntry } from './problem.js';
import type { EntryRow } from './row.js';
import { JournalTable } from './table.js';
import { ChainWalker, type HeadState, type WalkStart } from './walker.js';

const PAGE = 1000;

/** Entries older than the last checkpoint that are still to be proved, piece by piece, after the journal is in use. */
export interface Scrub {
  readonly walker: ChainWalker;
  readonly upTo: number;
  after: number;
}

/** An open journal file and what its writer knows of it. */
export interface Session {
  readonly table: JournalTable;
  readonly open: OpenScans;
  /** The last entry, stored or pruned: the next one follows it. */
  seq: number;
  hash: Uint8Array;
  /** The last entry in the file; 0 when it is empty. */
  stored: number;
  /** `seq` of the last checkpoint, 0 for none. */
  checkpoint: number;
  /** Entries since the last checkpoint. */
  unsealed: number;
  scrub: Scrub | undefined;
  /** What was found wrong: the writer begins a new segment. */
  readonly bad: BadEntry | undefined;
}

export interface SessionFiles {
  readonly headPath: string;
  readonly keys: JournalKeys;
}

/**
 * Looks over a journal at its opening: what follows the last checkpoint is proved at once (little, whatever the size of the file), the rest
 * is left to the scrub.
 */
export function inspect(db: DatabaseSync, files: SessionFiles): Session {
  const table = new JournalTable(db);
  const head = readHead(files.headPath);
  const last = table.lastEntry();
  const anchor = table.anchor();
  if (last === undefined && anchor === undefined) return inspectEmpty(table, head, files);
  const checkpoint = table.lastCheckpoint();
  const sealed = checkpoint !== undefined && proves(table, checkpoint, files.keys) ? checkpoint : undefined;
  const session: Session = {
    table,
    open: openScans(table, sealed?.openFrom ?? 0),
    seq: last?.seq ?? anchor?.seq ?? 0,
    hash: last?.hash ?? anchor?.hash ?? GENESIS,
    stored: last?.seq ?? 0,
    checkpoint: checkpoint?.seq ?? 0,
    unsealed: 0,
    scrub: undefined,
    bad: undefined,
  };
  if (checkpoint !== undefined && sealed === undefined) return { ...session, bad: firstBad(table, head, anchor, files.keys) ?? { seq: checkpoint.seq, problem: 'checkpointForged' } };
  const tail = sealed === undefined ? ChainWalker.fromAnchor(files.keys, head, anchor) : new ChainWalker(files.keys, head, startAt(sealed));
  session.unsealed = feedAll(table, tail, sealed?.seq ?? 0);
  const bad = tail.end();
  return { ...session, bad, scrub: bad === undefined && sealed !== undefined ? scrubOf(table, anchor, sealed.seq, files.keys) : undefined };
}

function inspectEmpty(table: JournalTable, head: HeadState, { keys, headPath }: SessionFiles): Session {
  let bad: BadEntry | undefined;
  // The head is written before the first entry, so that its absence beside entries means something.
  if (head === 'absent') writeHead(headPath, sealHead(keys, 0, GENESIS));
  else if (head === 'damaged' || !headHolds(keys, head)) bad = { seq: 1, problem: 'headDamaged' };
  else if (head.seq > 0) bad = { seq: 1, problem: 'missing' };
  return { table, open: new OpenScans(), seq: 0, hash: GENESIS, stored: 0, checkpoint: 0, unsealed: 0, scrub: undefined, bad };
}

const startAt = (c: Checkpoint): WalkStart => ({ seq: c.seq, hash: c.hash, checkpoint: c.seq });

function proves(table: JournalTable, checkpoint: Checkpoint, keys: JournalKeys): boolean {
  const entry = table.entry(checkpoint.seq);
  return checkpointHolds(keys, checkpoint) && entry !== undefined && sameBytes(entry.hash, checkpoint.hash);
}

function firstBad(table: JournalTable, head: HeadState, anchor: Anchor | undefined, keys: JournalKeys): BadEntry | undefined {
  const walker = ChainWalker.fromAnchor(keys, head, anchor);
  feedAll(table, walker, 0);
  return walker.end();
}

/** Feeds everything after `after`; returns how many entries that were. */
function feedAll(table: JournalTable, walker: ChainWalker, after: number): number {
  for (let at: number | undefined = after; at !== undefined; ) at = table.feed(walker, at, Number.MAX_SAFE_INTEGER, PAGE);
  return walker.entries;
}

/** The walk over what a checkpoint at `upTo` vouches for: from the last segment, else from the anchor, else from the first entry. */
export function scrubOf(table: JournalTable, anchor: Anchor | undefined, upTo: number, keys: JournalKeys): Scrub {
  const segment = table.lastSegment();
  if (segment !== undefined) return { walker: new ChainWalker(keys, 'absent', { seq: segment.seq, hash: segment.hash }), after: segment.seq, upTo };
  return { walker: ChainWalker.fromAnchor(keys, 'absent', anchor), after: anchor?.seq ?? 0, upTo };
}

function openScans(table: JournalTable, from: number): OpenScans {
  const open = new OpenScans();
  let after = Math.max(0, from - 1);
  for (;;) {
    const page: EntryRow[] = table.range(after, Number.MAX_SAFE_INTEGER, PAGE);
    open.noteAll(page);
    const last = page.at(-1);
    // a damaged tree may lead back
    if (last === undefined || page.length < PAGE || last.seq <= after) return open;
    after = last.seq;
  }
}

/** The highest `seq` that anything we can trust still tells of: a new segment continues after it, so that no number is used twice. */
export function highestKnown(session: Session, { headPath, keys }: SessionFiles): number {
  const head = readHead(headPath);
  const headSeq = typeof head === 'object' && headHolds(keys, head) ? head.seq : 0;
  const anchor = session.table.anchor();
  return Math.max(session.seq, headSeq, anchor !== undefined && anchorHolds(keys, anchor) ? anchor.seq : 0);
}
