import { GOODS_TILL, LOYALTY_TILL } from '../plan/codes.js';
import type { Findings } from './findings.js';
import type { Scan } from './loyalty.js';
import { BOUNDS, lagIn, overlaps, type JournalRow, type Observed, type Shown, type Span, type Trouble } from './observed.js';

/** How long the driver may have stood still around a scan before its machine is too busy to judge the scan, in ms; a tenth of `expireMs`. */
const BUSY_MS = 250;
/** The longest gap that cannot make silence look like none: half the time that is to be silent before and after a code. */
const FRAMING_MS = 10;
/** What comes back by itself takes so long, in ms: a port that is looked at again, a journal that is opened again. */
const AFTER_MS = 2000;
/** A platform that failed is left alone for a while, and a restaurant too. */
const LEFT_ALONE_MS = 145_000;

const NEVER: ReadonlySet<Trouble['name']> = new Set(['kill-reader', 'kill-desk']);

/** Whether a trouble can meet what this source shows. */
function meets({ name, target }: Trouble, { source }: Shown): boolean {
  if (NEVER.has(name)) return false;
  if (name.startsWith('cash-')) return source === 'hall';
  // the only reader whose codes the platform is asked for; those behind wait for it
  if (name.startsWith('platform-')) return source === 'right';
  if (name === 'reader-hangup') return target === source;
  if (name.startsWith('till-')) return target === LOYALTY_TILL[source];
  return true;
}

const expireMs = ({ source }: Shown): number => (source === 'hall' ? BOUNDS.hallExpireMs : BOUNDS.expireMs);

/** From when to when a scan can be under way. */
const underWay = (shown: Shown): Span => ({ from: shown.from, to: shown.sent + expireMs(shown) + BOUNDS.slackMs });

function isDisturbed(shown: Shown, { troubles, lags }: Observed): boolean {
  const open = underWay(shown);
  if (lagIn(lags, open) > BUSY_MS) return true;
  return troubles.some((trouble) => {
    const after = trouble.name.startsWith('platform-') || trouble.name.startsWith('cash-') ? LEFT_ALONE_MS : AFTER_MS;
    return meets(trouble, shown) && overlaps({ from: trouble.from, to: trouble.to + after }, open);
  });
}

/** Whether the daemon can have seen no silence around a code: bytes of the same reader beside it, a driver that stood still, no answer to ask for the silence. */
function isUnframed(shown: Shown, { bursts, lags, troubles }: Observed): boolean {
  if (bursts.some(({ reader, from, sent }) => reader === shown.source && overlaps({ from, to: sent }, shown))) return true;
  return lagIn(lags, shown) > FRAMING_MS || troubles.some((trouble) => (trouble.name === 'kill-api' || meets(trouble, shown)) && overlaps({ from: trouble.from, to: trouble.to + AFTER_MS }, shown));
}

/** A scan that nothing disturbed: its number is at its till, once, and its card on its order. */
export function judgeDelivery(scan: Scan, who: string, seen: Observed, findings: Findings): void {
  const { shown, asGoods, taken, rows } = scan;
  const [row] = rows;
  if (asGoods.length > 0) {
    for (const { till } of asGoods) if (shown.source === 'program' || till !== GOODS_TILL[shown.source]) findings.add('foreign', `${who}: came through as goods at ${till}`);
    if (!isUnframed(shown, seen)) findings.add('lost', `${who}: came through as goods, with silence around it`);
    return;
  }
  if (row === undefined || isDisturbed(shown, seen)) return;
  const done = shown.source === 'hall' ? row.outcome === 'applied' : row.outcome === 'sent' && row.evidence === 'read' && row.number !== null && taken.length === 1;
  if (!done && !mayBeOtherwise(scan, row, seen)) findings.add('lost', `${who}: ${row.outcome} ${row.reason ?? row.evidence ?? ''}, its number came ${String(taken.length)} times, with nothing in its way`);
}

/** What guests do to each other: the next one's code takes the place of one that is not read yet, an order has another card, or is paid. */
function mayBeOtherwise({ shown, number }: Scan, { outcome, reason }: JournalRow, { shown: all, onOrders, orderChanges }: Observed): boolean {
  const open = underWay(shown);
  if (outcome === 'superseded') return all.some((other) => other !== shown && LOYALTY_TILL[other.source] === LOYALTY_TILL[shown.source] && other.to >= shown.from && other.from <= open.to);
  if (shown.source !== 'hall') return false;
  // one that was paid just before: the till may not have been asked for its orders since
  const isPaid = orderChanges.some((at) => at >= open.from - BOUNDS.hallExpireMs && at <= open.to);
  if (outcome === 'expired' && reason === 'orderNotKnown') return isPaid;
  return outcome === 'rejected' && reason === 'otherCard' && (isPaid || onOrders.some(({ order, card }) => card !== number && order === shown.order));
}
