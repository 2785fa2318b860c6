import { GOODS_TILL, isPieceOfRead, READERS, type ReaderId } from '../plan/codes.js';
import type { Findings } from './findings.js';
import { BOUNDS, lagIn, overlaps, type Burst, type Observed, type Span, type Trouble } from './observed.js';

/** How products fared. */
export interface GoodsReport {
  readonly sent: number;
  readonly arrived: number;
  /** Under way in a burst when the daemon was killed, a cable pulled, or a till gone for longer than goods wait (also by a wall clock that went forward). */
  readonly lostInKills: number;
  /** The most of one such burst. */
  readonly mostLostAtOnce: number;
  /** Read in part by a till that closed its port just then. */
  readonly cut: number;
  /** Pieces of reads that came out: what was cut. */
  readonly pieces: number;
}

/** Whether a trouble may cost a reader's products that are under way. */
export function costsGoods({ name, target, from, to }: Trouble, reader: ReaderId): boolean {
  if (name === 'kill-main' || name === 'stop') return true;
  if (name === 'reader-hangup') return target === reader;
  if (target !== GOODS_TILL[reader]) return false;
  if (name === 'till-gone') return true;
  // a port that stays closed or full for longer than goods wait; with what a busy machine may add to a short spell
  return (name === 'till-hangup' || name === 'till-pause') && to - from > BOUNDS.backlogMs - 1000;
}

/** Goods that wait for a till while the wall clock goes forward have aged by that much: a machine that slept looks the same. */
function agedByClock({ reader }: Burst, open: Span, troubles: readonly Trouble[]): Trouble | undefined {
  const there = troubles.filter((trouble) => overlaps(trouble, open));
  const waiting = there.some(({ name, target }) => (name === 'till-hangup' || name === 'till-pause') && target === GOODS_TILL[reader]);
  return waiting ? there.find(({ name }) => name === 'clock-forward' || name === 'clock-back') : undefined;
}

/** When products of a burst can have been under way: each waits at most `backlogMs` after the last byte was sent, and as long as the machine stood still. */
function underWay({ from, sent, to }: Burst, lags: readonly Span[]): Span {
  const most = sent + BOUNDS.backlogMs + BOUNDS.slackMs;
  return { from, to: Math.min(to, most + lagIn(lags, { from, to: most })) };
}

/** Until when a trouble may hold up a product that was sent while it lasted: what lies in a cable that nobody reads, or in the queue of a till that does not look. */
function heldUntil({ name, target, to }: Trouble, reader: ReaderId): number {
  return name === 'kill-main' || name === 'stop' || (name === 'till-pause' && target === GOODS_TILL[reader]) ? to : 0;
}

const cutsGoods = ({ name, target }: Trouble, reader: ReaderId): boolean => name === 'till-hangup' && target === GOODS_TILL[reader];

/** Products: all there, once, in their order, unchanged, and not old. */
export function judgeGoods(seen: Observed, findings: Findings): GoodsReport {
  const reports = READERS.map((reader) => judgeReader(seen, reader, findings));
  const pieces = judgeOthers(seen, findings);
  const sum = (of: (report: ReaderGoods) => number): number => reports.reduce((total, report) => total + of(report), 0);
  return { sent: sum(({ sent }) => sent), arrived: sum(({ arrived }) => arrived), lostInKills: sum(({ lost }) => lost), mostLostAtOnce: Math.max(...reports.map(({ most }) => most)), cut: sum(({ cut }) => cut), pieces };
}

interface ReaderGoods {
  readonly sent: number;
  readonly arrived: number;
  readonly lost: number;
  readonly most: number;
  readonly cut: number;
}

function judgeReader(seen: Observed, reader: ReaderId, findings: Findings): ReaderGoods {
  const bursts = seen.bursts.filter((burst) => burst.reader === reader);
  const at = arrivals(seen, reader, bursts, findings);
  const costly = seen.troubles.filter((trouble) => costsGoods(trouble, reader));
  const cutting = seen.troubles.filter((trouble) => cutsGoods(trouble, reader));
  const cuts = new Map<Trouble, number>();
  let lost = 0;
  let most = 0;
  let cut = 0;
  for (const burst of bursts) {
    const missing = numbersOf(burst).filter((n) => !at.has(n));
    const excuse = costly.find((trouble) => overlaps(trouble, underWay(burst, seen.lags))) ?? agedByClock(burst, underWay(burst, seen.lags), seen.troubles);
    judgeAge(burst, at, seen.troubles, findings);
    if (missing.length === 0) continue;
    if (excuse !== undefined) {
      lost += missing.length;
      most = Math.max(most, missing.length);
      continue;
    }
    const closing = cutting.find((trouble) => overlaps(trouble, burst));
    if (closing === undefined) {
      findings.add('lost', `${reader}: products ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ` and ${String(missing.length - 5)} more` : ''} of ${String(burst.count)} sent at ${ms(burst.from)}, with nothing in their way`);
      continue;
    }
    cut += missing.length;
    cuts.set(closing, (cuts.get(closing) ?? 0) + missing.length);
  }
  // one read can be half out when a till closes its port: its second half has no use
  for (const [trouble, count] of cuts) if (count > 1) findings.add('lost', `${reader}: ${String(count)} products when ${String(trouble.target)} closed its port for ${ms(trouble.to - trouble.from)}, at most 1 can be cut`);
  return { sent: bursts.reduce((sum, { count }) => sum + count, 0), arrived: at.size, lost, most, cut };
}

/** When each product came out. */
function arrivals(seen: Observed, reader: ReaderId, bursts: readonly Burst[], findings: Findings): ReadonlyMap<number, number> {
  const at = new Map<number, number>();
  const known = bursts.reduce((most, { first, count }) => Math.max(most, first + count), 0);
  let last = -1;
  for (const taken of seen.goods) {
    if (taken.reader !== reader) continue;
    if (taken.till !== GOODS_TILL[reader]) findings.add('foreign', `${reader}: product ${String(taken.n)} came out at ${taken.till}`);
    if (taken.n >= known) findings.add('foreign', `${reader}: product ${String(taken.n)} was never sent`);
    if (at.has(taken.n)) findings.add('doubled', `${reader}: product ${String(taken.n)} came twice, at ${ms(at.get(taken.n) ?? 0)} and ${ms(taken.at)}`);
    else if (taken.n < last) findings.add('reordered', `${reader}: product ${String(taken.n)} after ${String(last)} at ${ms(taken.at)}`);
    at.set(taken.n, taken.at);
    last = Math.max(last, taken.n);
  }
  return at;
}

function judgeAge(burst: Burst, at: ReadonlyMap<number, number>, troubles: readonly Trouble[], findings: Findings): void {
  const held = troubles.filter((trouble) => overlaps(trouble, burst)).map((trouble) => heldUntil(trouble, burst.reader));
  const limit = Math.max(burst.sent, ...held) + BOUNDS.backlogMs + BOUNDS.slackMs;
  const late = numbersOf(burst).find((n) => (at.get(n) ?? 0) > limit);
  if (late !== undefined) findings.add('late', `${burst.reader}: product ${String(late)} sent by ${ms(burst.sent)} came at ${ms(at.get(late) ?? 0)}, goods wait at most ${String(BOUNDS.backlogMs)} ms`);
}

/** Anything else that a till read: pieces of what was cut, at most one at each end of each cut. */
function judgeOthers(seen: Observed, findings: Findings): number {
  for (const till of ['front', 'back'] as const) {
    const others = seen.others.filter((other) => other.till === till);
    for (const { text, at } of others) if (!isPieceOfRead(text)) findings.add('foreign', `${till} read ${JSON.stringify(text)} at ${ms(at)}`);
    const cuts = seen.troubles.filter(({ name, target }) => name === 'kill-main' || name === 'stop' || name === 'reader-hangup' || ((name === 'till-hangup' || name === 'till-gone') && target === till)).length;
    if (others.length > 4 * cuts) findings.add('foreign', `${till}: ${String(others.length)} pieces of reads after ${String(cuts)} cuts`);
  }
  return seen.others.length;
}

const numbersOf = ({ first, count }: Burst): number[] => Array.from({ length: count }, (_, i) => first + i);
export const ms = (time: number): string => `${String(Math.round(time))} ms`;
