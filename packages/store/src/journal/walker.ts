import {
  anchorHolds,
  checkpointHolds,
  entryHash,
  GENESIS,
  headHolds,
  sameBytes,
  type Anchor,
  type Checkpoint,
  type Head,
} from './chain.js';
import type { JournalKeys } from './keys.js';
import { isChainProblem, type BadEntry, type ChainProblem } from './problem.js';
import type { EntryRow } from './row.js';

/** `absent`: never written. `damaged`: a file that says nothing. */
export type HeadState = Head | 'absent' | 'damaged';

/** Where a walk begins: right after this entry. */
export interface WalkStart {
  readonly seq: number;
  readonly hash: Uint8Array;
  /** `seq` of the last checkpoint at or before the start; undefined when it is not known. */
  readonly checkpoint?: number;
}

/**
 * Follows the chain entry by entry and remembers the first that does not prove itself. Feed entries in the order of `seq`, each followed by
 * its checkpoint if it has one; then `end`.
 */
export class ChainWalker {
  readonly #keys: JournalKeys;
  readonly #head: HeadState;
  #next: number;
  #prev: Uint8Array;
  #checkpoint: number | undefined;
  #anchorSeq: number;
  #headSeen = false;
  #headSealed = false;
  #lastSegment = 0;
  #bad: BadEntry | undefined;
  #entries = 0;

  constructor(keys: JournalKeys, head: HeadState, start: WalkStart = { seq: 0, hash: GENESIS, checkpoint: 0 }) {
    this.#keys = keys;
    this.#head = head;
    this.#next = start.seq + 1;
    this.#prev = start.hash;
    this.#checkpoint = start.checkpoint;
    this.#anchorSeq = start.seq;
  }

  /** A walk over a whole journal, from its anchor if it has one. */
  static fromAnchor(keys: JournalKeys, head: HeadState, anchor: Anchor | undefined): ChainWalker {
    if (anchor === undefined) return new ChainWalker(keys, head);
    const walker = new ChainWalker(keys, head, { seq: anchor.seq, hash: anchor.hash });
    if (!anchorHolds(keys, anchor)) walker.#found(anchor.seq + 1, 'anchorForged');
    return walker;
  }

  get bad(): BadEntry | undefined {
    return this.#bad;
  }

  get entries(): number {
    return this.#entries;
  }

  /** The last entry that was fed. */
  get last(): number {
    return this.#next - 1;
  }

  entry(row: EntryRow): void {
    this.#entries += 1;
    if (row.type === 'segment') this.#segment(row);
    else if (row.seq !== this.#next) this.#found(Math.min(this.#next, row.seq), 'missing');
    else if (!sameBytes(row.prev, this.#prev)) this.#found(row.seq, 'outOfPlace');
    if (!sameBytes(row.hash, entryHash(this.#keys, row.prev, row.seq, row))) this.#found(row.seq, 'changed');
    this.#prev = row.hash;
    this.#next = row.seq + 1;
    if (typeof this.#head === 'object' && this.#head.seq === row.seq) {
      this.#headSeen = true;
      if (!sameBytes(this.#head.hash, row.hash)) this.#found(row.seq, 'headMismatch');
    }
  }

  // A segment is the daemon's own record that something was wrong before it: the journal stays unproved until that part is past keeping.
  #segment(row: EntryRow): void {
    this.#lastSegment = row.seq;
    const seq = Number(row.evidence);
    this.#found(Number.isSafeInteger(seq) ? seq : row.seq, isChainProblem(row.reason) ? row.reason : 'damaged');
    if (!sameBytes(row.prev, GENESIS)) this.#found(row.seq, 'outOfPlace');
  }

  checkpoint(c: Checkpoint): void {
    if (!checkpointHolds(this.#keys, c)) this.#found(c.seq, 'checkpointForged');
    if (c.seq !== this.last || !sameBytes(c.hash, this.#prev)) this.#found(c.seq, 'checkpointMismatch');
    const linked = this.#checkpoint === undefined ? c.previous <= this.#anchorSeq : c.previous === this.#checkpoint;
    // after a segment that replaced an unreadable file, the checkpoints before it are gone with that file
    if (!linked && !(this.#lastSegment > 0 && c.seq === this.#lastSegment)) this.#found(c.seq, 'checkpointMissing');
    this.#checkpoint = c.seq;
    if (typeof this.#head === 'object' && this.#head.seq === c.seq) this.#headSealed = true;
  }

  /** No more entries: compares with the head that is kept beside the database. */
  end(): BadEntry | undefined {
    const head = this.#head;
    if (head === 'absent') {
      // written before the first entry: with entries, its absence means that it was taken away
      if (this.last > 0) this.#found(this.last, 'headDamaged');
    } else if (head === 'damaged' || !headHolds(this.#keys, head)) {
      this.#found(this.last, 'headDamaged');
    } else if (!this.#headSeen && head.seq > this.#anchorSeq && head.seq > this.#lastSegment) {
      this.#found(this.#next, 'missing');
    } else if (this.#headSeen && !this.#headSealed) {
      this.#found(head.seq, 'checkpointMissing');
    }
    return this.#bad;
  }

  #found(seq: number, problem: ChainProblem): void {
    if (this.#bad === undefined || seq < this.#bad.seq) this.#bad = { seq, problem };
  }
}
