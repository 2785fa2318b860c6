import { isDelivered, outcome, sleep, withdrawn, type Clock, type Instant, type NumberKind, type Outcome } from '@tillbridge/core';
import { commands, readLocked, type CardPlace, type Rk7Query } from '../rk7/commands.js';
import { isObject, readOrderCards, sameCard, showsCard, type OrderCards } from '../rk7/order.js';
import type { Rk7Item } from '../rk7/reference.js';
import { chooseOrder } from './choose-order.js';
import { ALONE_MS, orderAtScan, type OrderAtScan } from './order-at-scan.js';
import type { Ask, Looked, OrderWatch } from './order-watch.js';
import { ON_FAULT, ON_PROBLEM, ON_SILENCE } from './outcomes.js';
import { LINGER_MS, LOCK_S, type XmlSetup } from './setup.js';

/** One number for one order. */
export interface CardJob {
  readonly card: string;
  readonly kind: NumberKind;
  /** The order that was open at the scan, where the till told us. */
  readonly orderId: string | undefined;
  /** When the code was read. */
  readonly at: Instant;
  /** True once the number is too old. */
  readonly expired: () => boolean;
  /** The order was chosen; called before the first command that changes something. */
  readonly chosen: (guid: string) => void;
  /** An earlier command with this very card ended in silence, and the server may carry it out yet: it is looked for, and not sent again. */
  readonly mayStillCome: (guid: string) => boolean;
}

export interface CardDesk {
  readonly ask: Ask;
  readonly clock: Clock;
  /** 0 <= x < 1: spreads the second attempts at a lock that only refusals tell of. */
  readonly random: () => number;
  readonly setup: XmlSetup;
  readonly watch: OrderWatch;
}

type Tried = Outcome | 'wait';

/**
 * Puts a card on an order and shows that it is there. In the best case four queries: the list, the order, the card, the order again.
 * The order is chosen once, at the first look, or not at all; a locked one is waited for until the number is too old or `signal` aborts. A
 * refusal may be tried again, silence never.
 */
export async function applyCard(job: CardJob, desk: CardDesk, signal: AbortSignal): Promise<Outcome> {
  const pds = desk.setup.interfaces[job.kind];
  if (pds === undefined) return outcome('rejected', 'noInterface');
  let target: string | undefined;
  let waitsFor = 'notSent';
  let looked = await desk.watch.since(job.at, signal);
  for (;;) {
    const over = tooLate(job, signal, waitsFor);
    if (over !== undefined) return over;
    let tried: Tried | undefined;
    let pause = 0;
    if (target === undefined) {
      const chosen = choose(job, desk, looked);
      if ('guid' in chosen) job.chosen((target = chosen.guid));
      else tried = chosen.refused;
    }
    if ('refused' in looked) {
      tried ??= looked.refused;
      waitsFor = 'shiftClosing';
    } else if (tried === undefined) {
      const order = looked.orders.find(({ guid }) => guid === target);
      if (order === undefined) return outcome('expired', 'orderClosed');
      waitsFor = 'orderLocked';
      if (order.locked) tried = 'wait';
      else {
        tried = await tryOrder(job, { ...desk, order: order.guid, pds }, signal);
        pause = LINGER_MS + Math.floor(desk.random() * 250);
        if (tried === 'wait' && job.mayStillCome(order.guid)) waitsFor = 'notAnswered';
      }
    }
    if (tried !== 'wait') return signal.aborted && tried.outcome === 'failed' ? withdrawn(signal, waitsFor) : tried;
    await sleep(desk.clock, pause, signal);
    looked = await desk.watch.next(signal);
  }
}

type Chosen = { readonly guid: string } | { readonly refused: Tried };

const NOT_CHOSEN: Readonly<Record<Exclude<OrderAtScan['found'], 'one'>, Outcome>> = {
  none: outcome('rejected', 'noOrder'),
  several: outcome('rejected', 'severalOrders'),
  notKnown: outcome('expired', 'orderNotKnown'),
};

/** The order that was named, whenever the server can say which one that is; else the one of the scan, now or never. */
function choose({ orderId, at }: CardJob, { setup, watch }: CardDesk, looked: Looked): Chosen {
  if (orderId === undefined) {
    if (setup.choice.by === 'context') return { refused: NOT_CHOSEN.none };
    const known = orderAtScan(watch.looks, at, setup.choice.by === 'station' ? 0 : ALONE_MS);
    if (known.found === 'one') return known;
    // by the time the server answers, another guest's order may be on that screen or table: only an order that was named can be waited for
    if ('refused' in looked) return { refused: looked.refused === 'wait' ? outcome('unavailable', 'shiftClosing') : looked.refused };
    return { refused: NOT_CHOSEN[known.found] };
  }
  if ('refused' in looked) return looked;
  const named = chooseOrder(looked.orders, setup.choice, setup.station, orderId);
  return named.found === 'one' ? { guid: named.order.guid } : { refused: NOT_CHOSEN[named.found] };
}

function tooLate(job: CardJob, signal: AbortSignal, reason: string): Outcome | undefined {
  if (signal.aborted) return withdrawn(signal, reason);
  return job.expired() ? outcome('expired', reason) : undefined;
}

interface Place extends CardDesk {
  readonly order: string;
  readonly pds: Rk7Item;
}

async function tryOrder(job: CardJob, place: Place, signal: AbortSignal): Promise<Tried> {
  const before = await readOrder(place, signal);
  if ('refused' in before) return before.refused;
  const { cards } = before;
  if (cards.finished || cards.deleted) return outcome('expired', 'orderClosed');
  if (showsCard(cards, job.card)) return outcome('alreadyApplied', undefined, 'orderShowsCard');
  if (job.mayStillCome(place.order)) return 'wait';
  const others = job.kind === 'coupon' ? [] : othersOn(cards, place.pds);
  if (others.length > 0 && place.setup.conflict === 'reject') return outcome('rejected', 'otherCard');
  return others.length === 0 ? put(job, place, signal) : replace(others, job, place, signal);
}

async function put(job: CardJob, place: Place, signal: AbortSignal): Promise<Tried> {
  const applied = await change(commands.applyCard(job.card, where(place)), place, job, signal);
  if (applied === undefined) return verified(job.card, place, signal);
  // an error that we do not know says nothing about what was done before it
  if (applied !== ON_FAULT.other) return applied;
  const after = await verified(job.card, place, signal);
  return after.outcome === 'failed' ? applied : after;
}

/** Takes other cards off and puts ours on, with the order locked: no station may open it in between. */
async function replace(others: readonly string[], job: CardJob, place: Place, signal: AbortSignal): Promise<Tried> {
  const late = tooLate(job, signal, 'notSent');
  if (late !== undefined) return late;
  const asked = await place.ask(lockFor(LOCK_S, place), signal);
  // a lock that we do not know of ends by itself
  if (!asked.answered) return ON_PROBLEM[asked.problem];
  if (!asked.answer.ok) return ON_FAULT[asked.answer.fault.kind];
  if (!readLocked(asked.answer.data)) return 'wait';
  try {
    return await swap(others, job, place, signal);
  } finally {
    await place.ask(lockFor(0, place), new AbortController().signal);
  }
}

async function swap(others: readonly string[], job: CardJob, place: Place, signal: AbortSignal): Promise<Tried> {
  const removed: string[] = [];
  let tried: Tried | undefined;
  for (const other of others) {
    tried = await change(commands.undoCard(other, where(place)), place, job, signal);
    if (tried !== undefined) break;
    removed.push(other);
  }
  tried ??= await put(job, place, signal);
  // the guest before us must not lose a card to one that was refused
  if (tried === 'wait' || !(isDelivered(tried.outcome) || tried.outcome === 'unknown')) await restore(removed, place);
  return tried;
}

function lockFor(seconds: number, { order, setup }: Place): Rk7Query {
  return commands.lock(order, setup.lock, seconds, { id: setup.station.ident });
}

/** Cards of other guests through the same interface; where an answer does not say through which, it counts as ours. */
function othersOn({ cards }: OrderCards, pds: Rk7Item): readonly string[] {
  const through = cards.filter((shown) => shown.interface === undefined || isObject(shown.interface, pds));
  return through.map(({ card }) => card).filter((card, index, all) => all.findIndex((other) => sameCard(other, card)) === index);
}

/** Sends one command that changes something; `undefined` when the server did it. */
async function change(query: ReturnType<typeof commands.applyCard>, place: Place, job: CardJob, signal: AbortSignal): Promise<Tried | undefined> {
  const late = tooLate(job, signal, 'notSent');
  if (late !== undefined) return late;
  const asked = await place.ask(query, signal);
  if (!asked.answered) return asked.sent ? ON_SILENCE[asked.problem] : ON_PROBLEM[asked.problem];
  return asked.answer.ok ? undefined : ON_FAULT[asked.answer.fault.kind];
}

async function restore(cards: readonly string[], place: Place): Promise<void> {
  // on its own time: the withdrawal of our number is no reason to leave another guest without a card
  const own = new AbortController();
  for (const card of cards) await place.ask(commands.applyCard(card, where(place)), own.signal);
}

/** `Ok` does not prove that the card is there: the server ignores silently what it does not understand. */
async function verified(card: string, place: Place, signal: AbortSignal): Promise<Outcome> {
  const after = await readOrder(place, signal);
  if ('refused' in after) return outcome('unknown', 'notVerified');
  return showsCard(after.cards, card) ? outcome('applied', undefined, 'orderShowsCard') : outcome('failed', 'notShown');
}

type Read = { readonly cards: OrderCards } | { readonly refused: Tried };

export async function readOrder({ ask, order }: { readonly ask: Ask; readonly order: string }, signal: AbortSignal): Promise<Read> {
  const asked = await ask(commands.order(order), signal);
  if (!asked.answered) return { refused: ON_PROBLEM[asked.problem] };
  if (!asked.answer.ok) return { refused: ON_FAULT[asked.answer.fault.kind] };
  const cards = readOrderCards(asked.answer.data);
  return cards === undefined ? { refused: outcome('expired', 'orderClosed') } : { cards };
}

function where({ order, pds, setup }: Place): CardPlace {
  const { station, cashier, lock } = setup;
  return { order, station: { id: station.ident }, interface: { id: pds.ident }, cashier: cashier === undefined ? undefined : { id: cashier.ident }, lock };
}
