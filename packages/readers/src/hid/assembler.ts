import type { Instant } from '@tillbridge/core';
import type { Chunk, ParsedReport } from './parse-report.js';

/** A whole read, or a piece of one that is longer than allowed. */
export interface AssembledRead {
  readonly bytes: Uint8Array;
  readonly aim: string | undefined;
  /** The vendor's symbology number. */
  readonly symbology: number | undefined;
  /** When its last report came. */
  readonly at: Instant;
  /** A piece of a read that is longer than `maxBytes`. */
  readonly overflow: boolean;
  /** A piece that others follow. */
  readonly partial: boolean;
  /** False where another read began before this one said that it was over: it may be torn. */
  readonly ended: boolean;
}

export type Assembled =
  | { readonly kind: 'read'; readonly read: AssembledRead }
  /** Bytes that are no read: a report that makes no sense, and what it tore. */
  | { readonly kind: 'dropped'; readonly byteCount: number }
  /** An answer to a command, never a scan. */
  | { readonly kind: 'reply'; readonly byteCount: number };

export interface AssemblerOptions {
  /** A read that says that it goes on is over after this much silence, ms. */
  readonly flushMs: number;
  /** Longest read in one piece, bytes. */
  readonly maxBytes: number;
}

/** Honeywell/HHP: ends the answer to a menu command, or is all of it (HenkVanAsselt/python_hon_usbhid; JieLi's HID POS sample). */
const REPLY_AIM = ']Z6';
/** The AIM id of such an answer's text. As the id of a whole read it is an ordinary one. */
const REPLY_TEXT_AIM = ']X0';

interface Open {
  readonly aim: string | undefined;
  symbology: number | undefined;
  readonly chunks: Uint8Array[];
  bytes: number;
  at: Instant;
  overflow: boolean;
}

/**
 * Puts the reports of one connection together to whole reads. Pure: whoever drives it calls `flush` when `flushAt` has come.
 *
 * A read is over when its report does not say that more follows; or, because some clones say so in every report with 56 bytes of data, and
 * because a last report can be lost, after `flushMs` of silence; or when a report with another AIM id shows that the next one began.
 */
export class ReportAssembler {
  readonly #options: AssemblerOptions;
  #open: Open | undefined;
  /** An answer is expected until then, on the monotonic clock. */
  #replyUntil = Number.NEGATIVE_INFINITY;
  #inReply = false;

  constructor(options: AssemblerOptions) {
    this.#options = options;
  }

  /** When `flush` has to be called, on the monotonic clock; `undefined` when nothing waits. */
  get flushAt(): number | undefined {
    return this.#open === undefined ? undefined : this.#open.at.mono + this.#options.flushMs;
  }

  /** A command was sent that the device answers among its reads: what comes next, within `ms`, is that answer. */
  expectReply(now: Instant, ms: number): void {
    this.#replyUntil = now.mono + ms;
  }

  push(report: ParsedReport, byteCount: number, at: Instant): readonly Assembled[] {
    switch (report.kind) {
      // some firmware answers GET_REPORT with an empty one: no part of any read
      case 'empty':
      case 'foreign':
        return [];
      case 'bad':
        return this.#bad(byteCount);
      case 'chunk':
        return this.#chunk(report, at);
    }
  }

  /** The silence is over: what is open counts as a whole read. */
  flush(): readonly Assembled[] {
    return this.#end(true);
  }

  /** The device is gone: how many bytes of an unfinished read went with it. */
  reset(): number {
    const lost = this.#open?.bytes ?? 0;
    this.#open = undefined;
    this.#inReply = false;
    this.#replyUntil = Number.NEGATIVE_INFINITY;
    return lost;
  }

  #chunk(chunk: Chunk, at: Instant): readonly Assembled[] {
    const stale = this.flushAt;
    // its timer may come late: the pause has told already
    const before = stale !== undefined && at.mono >= stale ? this.#end(true) : [];
    if (this.#isReply(chunk, at)) return [...before, { kind: 'reply', byteCount: chunk.data.length + this.#dropReplyText(chunk) }];
    const torn = this.#open !== undefined && this.#open.aim !== chunk.aim ? this.#end(false) : [];
    const open = (this.#open ??= { aim: chunk.aim, symbology: chunk.symbology, chunks: [], bytes: 0, at, overflow: false });
    const piece = open.bytes + chunk.data.length > this.#options.maxBytes ? this.#cut(open) : [];
    open.chunks.push(chunk.data);
    open.bytes += chunk.data.length;
    open.symbology ??= chunk.symbology;
    open.at = at;
    return [...before, ...torn, ...piece, ...(chunk.more ? [] : this.#end(true))];
  }

  #isReply(chunk: Chunk, at: Instant): boolean {
    const expected = this.#inReply || at.mono < this.#replyUntil;
    if (!expected) return chunk.aim === REPLY_AIM;
    // the text of an answer goes on until the report that ends it
    this.#inReply = chunk.more && at.mono < this.#replyUntil;
    if (!this.#inReply && chunk.aim !== REPLY_TEXT_AIM) this.#replyUntil = Number.NEGATIVE_INFINITY;
    return true;
  }

  /** The text that stood before `]Z6`, where another program asked and both got the answer. */
  #dropReplyText(chunk: Chunk): number {
    if (chunk.aim !== REPLY_AIM || this.#open?.aim !== REPLY_TEXT_AIM) return 0;
    const { bytes } = this.#open;
    this.#open = undefined;
    return bytes;
  }

  /** What is too long leaves in pieces, none of which is taken for a code. */
  #cut(open: Open): readonly Assembled[] {
    const piece = readOf(open, { overflow: true, partial: true, ended: true });
    open.chunks.length = 0;
    open.bytes = 0;
    open.overflow = true;
    return [{ kind: 'read', read: piece }];
  }

  #end(ended: boolean): readonly Assembled[] {
    const open = this.#open;
    this.#open = undefined;
    return open === undefined ? [] : [{ kind: 'read', read: readOf(open, { overflow: open.overflow, partial: false, ended }) }];
  }

  /** A report that makes no sense tears the read that it stands in. */
  #bad(byteCount: number): readonly Assembled[] {
    const torn = this.#open?.bytes ?? 0;
    this.#open = undefined;
    return [{ kind: 'dropped', byteCount: byteCount + torn }];
  }
}

function readOf(open: Open, how: Pick<AssembledRead, 'overflow' | 'partial' | 'ended'>): AssembledRead {
  const bytes = new Uint8Array(open.bytes);
  let at = 0;
  for (const chunk of open.chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return { bytes, aim: open.aim, symbology: open.symbology, at: open.at, ...how };
}
