import { LOYALTY_TILL, loyaltyCode, SOURCES, type Source } from '../plan/codes.js';
import type { Findings } from './findings.js';
import { ms } from './goods.js';
import { judgeDelivery } from './delivery.js';
import { BOUNDS, overlaps, slackIn, type JournalRow, type Observed, type Shown, type TakenNumber, type TakenText, type Trouble } from './observed.js';

export interface LoyaltyReport {
  readonly shown: number;
  /** Scans by their outcome, with the reason where there is one. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Came through as products: nobody had time to see the silence around them. */
  readonly asGoods: number;
  /** Neither a row nor anything at a till: cut off with what carried them. */
  readonly untold: number;
  readonly acknowledged: number;
  /** Numbers that the till has and that have no outcome: none, once the journal has caught up. */
  readonly notWritten: number;
  /** Outcomes that were told while the journal could not be written, and became `unknown` when the daemon was killed before it could. */
  readonly toldNotWritten: number;
}

export interface Scan {
  readonly shown: Shown;
  readonly number: string;
  readonly rows: readonly JournalRow[];
  readonly taken: readonly TakenNumber[];
  readonly asGoods: readonly TakenText[];
}

/** Troubles under which a scan may not even become one: it never reached the daemon, or could not be written down. */
const UNWRITTEN: ReadonlySet<Trouble['name']> = new Set(['kill-main', 'stop', 'kill-journal', 'disk-full', 'disk-readonly']);

/** Troubles under which the journal takes nothing for a while. */
const NO_JOURNAL: ReadonlySet<Trouble['name']> = new Set(['kill-journal', 'disk-full', 'disk-readonly', 'disk-slow']);

function mayBeUntold(shown: Shown, troubles: readonly Trouble[]): boolean {
  // on a slow disk a scan is not written down for a while: who dies then takes it along
  const slow = troubles.some((trouble) => trouble.name === 'disk-slow' && overlaps(trouble, shown));
  const open = slow ? { from: shown.from, to: shown.to + BOUNDS.expireMs } : shown;
  return troubles.some((trouble) => overlaps(trouble, open) && (UNWRITTEN.has(trouble.name) || (trouble.name === 'reader-hangup' && trouble.target === shown.source)));
}

/** Loyalty: one outcome each, the true one; a number at its own till, at most once, in order, in time. */
export function judgeLoyalty(seen: Observed, findings: Findings): LoyaltyReport {
  const scans = gather(seen, findings);
  const outcomes: Record<string, number> = {};
  let untold = 0;
  for (const scan of scans) {
    const row = scan.rows[0];
    if (row === undefined && scan.asGoods.length === 0) untold += 1;
    const name = row === undefined ? undefined : row.reason === undefined ? row.outcome : `${row.outcome} ${row.reason}`;
    if (name !== undefined) outcomes[name] = (outcomes[name] ?? 0) + 1;
    judgeScan(scan, seen, findings);
  }
  judgeOrder(scans, findings);
  return { shown: scans.length, outcomes, asGoods: scans.filter(({ asGoods }) => asGoods.length > 0).length, untold, acknowledged: seen.shown.filter(({ acknowledged }) => acknowledged !== undefined).length, notWritten: scans.filter(({ rows, taken }) => rows.length === 0 && taken.length > 0).length, toldNotWritten: scans.filter((scan) => isToldNotWritten(scan, seen.troubles)).length };
}

const keyOf = (source: string, code: string): string => `${source} ${code.slice(-4)}`;

/** Brings together what belongs to each scan; what belongs to none is a finding. */
function gather(seen: Observed, findings: Findings): readonly Scan[] {
  const rows = new Map<string, JournalRow[]>();
  const rowsByScan = new Map<string, JournalRow>();
  for (const row of seen.rows) {
    const other = rowsByScan.get(row.scanId);
    if (other !== undefined) findings.add('doubled', `scan ${row.scanId} has outcomes ${other.outcome} and ${row.outcome}`);
    rowsByScan.set(row.scanId, row);
    push(rows, keyOf(row.reader, row.code), row);
  }
  const taken = new Map<string, TakenNumber[]>();
  for (const number of seen.numbers) push(taken, number.number, number);
  const codes = new Map<string, TakenText[]>();
  for (const code of seen.codes) push(codes, code.text, code);
  const scans = seen.shown.map((shown): Scan => {
    const { code, number } = loyaltyCode(shown.source, shown.kind, shown.n);
    const scan = { shown, number, rows: rows.get(keyOf(shown.source, code)) ?? [], taken: taken.get(number) ?? [], asGoods: codes.get(code) ?? [] };
    rows.delete(keyOf(shown.source, code));
    taken.delete(number);
    codes.delete(code);
    return scan;
  });
  for (const [key, found] of rows) findings.add('foreign', `the journal has ${String(found.length)} rows of ${key}, which nobody showed`);
  for (const [, [first]] of taken) if (first !== undefined) findings.add('foreign', `${first.till} got the number ...${first.number.slice(-4)} at ${ms(first.at)}, of which nobody showed the code`);
  for (const code of codes.keys()) findings.add('foreign', `the code ...${code.slice(-4)} came through, which nobody showed`);
  return scans;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

function judgeScan(scan: Scan, seen: Observed, findings: Findings): void {
  const { shown, rows, taken, asGoods } = scan;
  const [row] = rows;
  const who = `${shown.source} loyalty ${String(shown.n)} (${shown.kind}, sent at ${ms(shown.sent)})`;
  if (rows.length > 1) findings.add('doubled', `${who}: ${String(rows.length)} scans in the journal`);
  if (taken.length > 1) findings.add('doubled', `${who}: its number came ${String(taken.length)} times, at ${taken.map(({ at }) => ms(at)).join(' and ')}`);
  if (asGoods.length > 1 || (asGoods.length > 0 && (row !== undefined || taken.length > 0))) findings.add('doubled', `${who}: as goods and as ${row?.outcome ?? 'a number'}`);
  for (const { till } of taken) if (till !== LOYALTY_TILL[shown.source]) findings.add('foreign', `${who}: its number came out at ${till}`);
  if (row !== undefined && row.till !== LOYALTY_TILL[shown.source]) findings.add('foreign', `${who}: its row names ${row.till}`);
  judgeTime(scan, who, seen, findings);
  judgeDelivery(scan, who, seen, findings);
  judgeTruth(scan, who, seen, findings);
  judgeAcknowledged(scan, who, seen.troubles, findings);
  if (row === undefined && asGoods.length === 0 && shown.acknowledged === undefined && !mayBeUntold(shown, seen.troubles)) findings.add('untold', `${who}: no outcome, with nothing in its way`);
}

function judgeTime({ shown, taken }: Scan, who: string, { lags }: Observed, findings: Findings): void {
  for (const { at } of taken) if (at > shown.sent + BOUNDS.expireMs + slackIn(lags, { from: shown.from, to: at })) findings.add('late', `${who}: its number was taken at ${ms(at)}, ${ms(at - shown.sent)} later; it is good for ${String(BOUNDS.expireMs)}`);
}

/** What the journal says is what happened at the till. */
function judgeTruth({ shown, number, rows, taken }: Scan, who: string, seen: Observed, findings: Findings): void {
  const [row] = rows;
  if (shown.source === 'hall') {
    const orders = seen.onOrders.filter(({ card }) => card === number).map(({ order }) => order);
    if (orders.length > 1) findings.add('doubled', `${who}: on ${String(orders.length)} orders, or twice on one`);
    if (orders.some((order) => shown.order !== undefined && order !== shown.order)) findings.add('late', `${who}: on another order than the one that was open at the scan`);
    if ((row?.outcome === 'applied' || row?.outcome === 'alreadyApplied') && orders.length === 0) findings.add('untrue', `${who}: ${row.outcome}, and on no order`);
    if (orders.length > 0 && !['applied', 'alreadyApplied', 'unknown'].includes(row?.outcome ?? '')) findings.add('untrue', `${who}: on an order, and the journal says ${described(row)}`);
    return;
  }
  if (row?.outcome === 'sent' && row.evidence === 'read' && taken.length === 0) findings.add('untrue', `${who}: sent and read, and the till never had it`);
  if (taken.length > 0 && row?.outcome !== 'sent' && row?.outcome !== 'unknown') findings.add('untrue', `${who}: the till has its number, and the journal says ${described(row)}`);
}

const described = (row: JournalRow | undefined): string => (row === undefined ? 'nothing' : `${row.outcome} ${row.reason ?? ''}`.trim());

/** Whether a scan's outcome was told while the journal could not take it, and the daemon that knew it is gone: the next one calls it unknown. */
function isToldNotWritten({ shown, rows }: Scan, troubles: readonly Trouble[]): boolean {
  const { acknowledged } = shown;
  const mine = rows.find(({ scanId }) => scanId === acknowledged?.scanId);
  return acknowledged?.outcome !== undefined && mine?.outcome === 'unknown' && mine.reason === 'restart' && troubles.some((trouble) => NO_JOURNAL.has(trouble.name) && overlaps(trouble, shown));
}

function judgeAcknowledged(scan: Scan, who: string, troubles: readonly Trouble[], findings: Findings): void {
  const { acknowledged } = scan.shown;
  if (acknowledged === undefined) return;
  const mine = scan.rows.find(({ scanId }) => scanId === acknowledged.scanId);
  if (mine === undefined) findings.add('lost', `${who}: acknowledged as ${acknowledged.scanId}, and the journal does not know it`);
  else if (acknowledged.outcome !== undefined && acknowledged.outcome !== mine.outcome && !isToldNotWritten(scan, troubles)) findings.add('untrue', `${who}: answered ${acknowledged.outcome}, written down as ${mine.outcome}`);
}

/** Numbers of one source come out in the order of its scans. */
function judgeOrder(scans: readonly Scan[], findings: Findings): void {
  const last = new Map<Source, { n: number; at: number }>(SOURCES.map((source) => [source, { n: -1, at: -1 }]));
  const inOrder = scans.flatMap(({ shown, taken }) => taken.slice(0, 1).map(({ at }) => ({ shown, at }))).sort((a, b) => a.at - b.at || a.shown.n - b.shown.n);
  for (const { shown, at } of inOrder) {
    const before = last.get(shown.source);
    // a program may have several under way
    if (before !== undefined && shown.n < before.n && shown.source !== 'program') findings.add('reordered', `${shown.source}: the number of scan ${String(shown.n)} after that of ${String(before.n)}, at ${ms(at)}`);
    last.set(shown.source, { n: Math.max(before?.n ?? -1, shown.n), at });
  }
}
