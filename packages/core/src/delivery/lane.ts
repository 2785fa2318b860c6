import type { Code } from '../code.js';
import { TillbridgeError } from '../errors/index.js';
import type { Masked } from '../masked.js';
import { isDelivered, outcome, type Outcome } from '../outcome.js';
import type { Adapter, WithdrawCause } from '../ports/adapter.js';
import { elapsed, instant, type Cancel, type Instant } from '../ports/clock.js';
import type { JournalEntry, OutcomeEntry } from '../ports/journal.js';
import { within } from '../within.js';
import type { Scan } from '../scan.js';
import type { Translated } from '../translate.js';
import { Ahead, type Readied } from './ahead.js';
import { Delivery, type DeliveryHost } from './delivery.js';
import { Handover } from './handover.js';
import type { LaneOptions, LanePorts } from './lane-ports.js';
import { RecentCodes } from './recent.js';
import { refusal, unfit, type Found } from './refusal.js';
import { refusedTicket, type Ticket } from './ticket.js';

/** Coupons of one order that may queue; a further one is refused. */
const MAX_COUPONS = 16;
/** Scans that may be under way at one till; a further one is refused (`busy`). */
const MAX_UNDER_WAY = 64;
/** Scans without a durable outcome, refused ones included; a further one is not accepted at all. Only a flood or a dead journal gets there. */
const MAX_WATCHED = 256;
/** How long the journal may take for one entry, in ms; then it counts as not written. */
const JOURNAL_BUDGET_MS = 3000;
/** The end of a closing lane's time that is kept for adapters to give numbers back and for the journal, in ms. */
const CLOSE_RESERVE_MS = 2000;

interface Watch {
  readonly ticket: Ticket;
  /** The intent, where it was written together with the capture. */
  readonly intent: Promise<void> | undefined;
  readonly resolve: (outcome: Outcome) => void;
  readonly translating: AbortController;
  readonly cancelExpiry: Cancel;
  /** The one-time code is taken for this delivery. */
  readonly claimed: boolean;
  /** Set while the outcome is being recorded: makes it known without waiting any longer. */
  end?: () => void;
}

/**
 * The way into one till: one delivery at a time; the newest card or phone first, then the coupons in order. Every scan that enters leaves
 * with exactly one outcome.
 */
export class TillLane implements DeliveryHost {
  readonly till: string;
  readonly #options: LaneOptions;
  readonly #ports: LanePorts;
  readonly #recent: RecentCodes<Ticket>;
  readonly #handover: Handover;
  readonly #carriesAccrueOnly: boolean;
  readonly #ahead: Ahead;
  readonly #watches = new Map<Delivery, Watch>();
  #main: Delivery | undefined;
  #coupons: Delivery[] = [];
  #active: Delivery | undefined;
  #order: { readonly known: boolean; readonly id?: string | undefined } = { known: false };
  /** When the till last went from one order to another. */
  #turned: Instant | undefined;
  #idle: (() => void)[] = [];
  /** While several deliveries are taken back, none of the others gets the turn that becomes free. */
  #paused = false;
  #closing = false;

  constructor(till: string, adapter: Adapter, options: LaneOptions, ports: LanePorts) {
    this.till = till;
    this.#options = options;
    this.#ports = ports;
    this.#carriesAccrueOnly = adapter.capabilities.accrueOnly === true;
    this.#recent = new RecentCodes(ports.clock, options.duplicateMs);
    const { clock, log, newId, askAhead } = ports;
    this.#ahead = new Ahead({ clock, log, newId, askAhead, append: (entry) => this.#append(entry) });
    this.#handover = new Handover(adapter, ports.clock, ports.log, () => this.#pump());
  }

  /** Scans that have no outcome yet. */
  get underWay(): number {
    return this.#watches.size;
  }

  get openOrder(): string | undefined { return this.#order.id; }

  /**
   * A scan is likely to be submitted within milliseconds: where nothing stands in its way, its number is looked up and its entries are
   * written, so that there is nothing left to wait for. Tells nobody but the journal; false where there is nothing to make ready.
   */
  expect(scan: Scan, code: Code): boolean {
    if (code.oneTime || !this.#freeFor(code)) return false;
    const fits = (translation: Found): boolean => unfit(translation, this.#carriesAccrueOnly) === undefined;
    return this.#ahead.ready({ code, scan, till: this.till, confirmation: undefined }, this.#entry({ scan, code }), fits);
  }

  /** The scan that was expected has turned out to be none. */
  unexpect(scanId: string): void {
    this.#ahead.drop(scanId);
  }

  /**
   * Takes a loyalty scan in. A repeat of a recent one gets that one's ticket (`duplicate`). `accepted: false`: the lane is flooded, nothing
   * is recorded of this scan, and its ticket's `captured` rejects with `TB_SCAN_BUSY`.
   *
   * @param ownOrder The order that the number is for, where the giver of the scan says so; else the one that is open.
   * @param confirmation What the guest named after `confirmRequired`.
   */
  submit(scan: Scan, code: Code, ownOrder?: string, confirmation?: Masked): { readonly ticket: Ticket; readonly duplicate: boolean; readonly accepted: boolean } {
    const readied = this.#ahead.take(scan.id, () => this.#freeFor(code) && ownOrder === undefined && confirmation === undefined);
    const first = this.#recent.repeated(code);
    if (first !== undefined) return { ticket: first, duplicate: true, accepted: true };
    if (this.#watches.size >= MAX_WATCHED) {
      const ticket = refusedTicket(scan, code, new TillbridgeError('TB_SCAN_BUSY'), outcome('rejected', 'busy'));
      return { ticket, duplicate: false, accepted: false };
    }
    const delivery = new Delivery(readied?.deliveryId ?? this.#ports.newId(), scan, code, { id: ownOrder ?? this.#order.id, own: ownOrder !== undefined }, this.#age(scan), this);
    const full = this.#watches.size >= MAX_UNDER_WAY || (delivery.queues && this.#coupons.length >= MAX_COUPONS);
    const ticket = this.#capture(delivery, readied);
    this.#recent.remember(code, ticket);
    if (full) delivery.handle('refused', outcome('rejected', 'busy'));
    else if (code.oneTime && this.#watches.get(delivery)?.claimed === false) delivery.handle('refused', outcome('rejected', 'codeUsed'));
    else if (this.#closing) delivery.handle('shutdown');
    // a phone's read may have been on its way for seconds: the order that it was for is over
    else if (!delivery.ownOrder && this.#turned !== undefined && this.#age(scan) > elapsed(this.#ports.clock, this.#turned)) delivery.handle('orderChanged');
    else {
      this.#place(delivery);
      this.#translate(delivery, confirmation, readied?.translated);
      this.#pump();
    }
    return { ticket, duplicate: false, accepted: true };
  }

  /** The till opened or closed an order: what was scanned for another one is dropped. */
  order(state: 'opened' | 'closed', orderId?: string): void {
    const before = this.#order;
    this.#order = { known: true, id: state === 'opened' ? orderId : undefined };
    const same = state === 'opened' && (!before.known || (orderId !== undefined && before.id === orderId));
    if (same) return;
    this.#turned = instant(this.#ports.clock);
    this.#takeBackAll('orderChanged');
  }

  /**
   * Lets what is under way end, takes back what is left 2 s before the time is over (half-way, when `ms` is less than 4000), and gives up
   * waiting when it is: resolves within `ms`, with an outcome for every scan, whatever the adapter and the journal do.
   */
  async close(ms: number): Promise<void> {
    const { clock } = this.#ports;
    const cancelTakeBack = clock.timer(Math.max(ms / 2, ms - CLOSE_RESERVE_MS), () => {
      this.#closing = true;
      this.#takeBackAll('shutdown');
    });
    const cancelAbandon = clock.timer(ms, () => this.#abandonAll());
    await this.#whenIdle();
    this.#ahead.drop();
    cancelTakeBack();
    cancelAbandon();
  }

  // --- DeliveryHost: what the state table asks for

  record(delivery: Delivery): void {
    const { number } = delivery;
    if (number === undefined) throw new Error('a delivery without a number has no turn');
    const watch = this.#watches.get(delivery);
    const captured = watch?.ticket.captured;
    const intent = watch?.intent ?? this.#append({ type: 'delivering', ...this.#entry(delivery), deliveryId: delivery.id, number });
    const spent = delivery.code.oneTime ? this.#bounded(() => this.#ports.spent.spend(delivery.code)) : undefined;
    // both: a scan whose capture failed was not accepted, and whoever gave it was told so
    Promise.all([captured, intent, spent]).then(
      () => {
        if (this.#expired(delivery)) delivery.handle('expired');
        delivery.handle('recorded');
      },
      (error: unknown) => {
        this.#ports.log.error('a delivery was stopped: its intent could not be recorded', { scanId: delivery.scan.id, ...errorField(error) });
        delivery.handle('recordFailed');
      },
    );
  }

  deliver(delivery: Delivery): void {
    const { number, scan, orderId, ownOrder } = delivery;
    if (number === undefined) throw new Error('a delivery without a number has no turn');
    delivery.way = { ...delivery.way, handedMs: this.#age(scan) };
    this.#handover.start(
      {
        id: delivery.id,
        scanId: scan.id,
        till: this.till,
        number,
        at: scan.at,
        ...(orderId === undefined ? {} : { orderId }),
        ...(ownOrder ? { ownOrder } : {}),
        ...(delivery.accrueOnly ? { accrueOnly: true } : {}),
        expired: () => this.#expired(delivery),
      },
      (result) => delivery.handle('answered', delivery.stale ? markedStale(result) : result),
    );
  }

  withdraw(_: Delivery, cause: WithdrawCause): void {
    this.#handover.withdraw(cause);
  }

  finished(delivery: Delivery, result: Outcome): void {
    const watch = this.#watches.get(delivery);
    if (watch === undefined) return;
    watch.cancelExpiry();
    watch.translating.abort();
    // what may have arrived stays spent
    if (watch.claimed && !isDelivered(result.outcome) && result.outcome !== 'unknown') this.#ports.spent.release(delivery.code);
    this.#recent.ended(delivery.code, watch.ticket, result.outcome);
    this.#remove(delivery);
    const entry: OutcomeEntry = {
      type: 'outcome',
      ...this.#entry(delivery),
      deliveryId: delivery.id,
      ...(delivery.number === undefined ? {} : { number: delivery.number }),
      outcome: result,
    };
    const end = (): void => {
      if (!this.#watches.delete(delivery)) return;
      watch.resolve(result);
      this.#ports.onOutcome(delivery, result);
      if (this.#watches.size === 0) for (const resolve of this.#idle.splice(0)) resolve();
    };
    watch.end = end;
    this.#append(entry).then(end, (error: unknown) => {
      this.#ports.log.error('an outcome could not be recorded', { scanId: delivery.scan.id, ...errorField(error) });
      end();
    });
    this.#pump();
  }

  // --- inside

  /** Nothing is under way or waits, and the code is none that came a moment ago. */
  #freeFor(code: Code): boolean {
    return this.#watches.size === 0 && !this.#handover.busy && !this.#closing && !this.#recent.knows(code);
  }

  #capture(delivery: Delivery, readied: Readied | undefined): Ticket {
    let resolve: (outcome: Outcome) => void = () => undefined;
    const intent = readied?.recorded;
    const captured = intent ?? this.#append({ type: 'captured', ...this.#entry(delivery) });
    // whoever acknowledges the scan looks at it; for the others the intent fails in the same way
    captured.catch(() => undefined);
    const ticket: Ticket = {
      scanId: delivery.scan.id,
      kind: delivery.code.kind,
      captured,
      outcome: new Promise<Outcome>((done) => {
        resolve = done;
      }),
    };
    const cancelExpiry = this.#ports.clock.timer(Math.max(0, this.#options.expireMs - this.#age(delivery.scan)), () => delivery.handle('expired'));
    const claimed = delivery.code.oneTime && this.#ports.spent.claim(delivery.code);
    this.#watches.set(delivery, { ticket, intent, resolve, translating: new AbortController(), cancelExpiry, claimed });
    return ticket;
  }

  #place(delivery: Delivery): void {
    if (delivery.queues) {
      this.#coupons.push(delivery);
      return;
    }
    const older = [this.#main, this.#active].filter((other) => other?.queues === false);
    this.#main = delivery;
    for (const other of older) other?.handle('superseded');
  }

  #translate(delivery: Delivery, confirmation: Masked | undefined, known: Translated | undefined): void {
    const watch = this.#watches.get(delivery);
    if (watch === undefined) return;
    const translated = this.#ports.translate({ code: delivery.code, scan: delivery.scan, till: this.till, confirmation }, watch.translating.signal, known);
    if (translated instanceof Promise) {
      translated.then(
        (answer) => this.#translated(delivery, answer),
        () => delivery.handle('refused', outcome('unavailable', 'translatorFailed')),
      );
    } else this.#translated(delivery, translated);
  }

  #translated(delivery: Delivery, { translation, by }: Translated): void {
    if (delivery.state !== 'translating') return;
    delivery.way = { ...delivery.way, translatedMs: this.#age(delivery.scan), ...(by === undefined ? {} : { translator: by }) };
    if (this.#expired(delivery)) {
      delivery.handle('expired');
    } else if (translation.result === 'found' || translation.result === 'coupon') {
      const unfitFor = unfit(translation, this.#carriesAccrueOnly);
      if (unfitFor !== undefined) {
        delivery.handle('refused', unfitFor);
        return;
      }
      delivery.number = translation.number;
      delivery.accrueOnly = translation.state === 'accrueOnly';
      delivery.stale = translation.platform?.stale === true;
      delivery.handle('translated');
      this.#pump();
    } else {
      const refused = refusal(translation, this.#ports.policies());
      if (refused.policy === 'passThrough') {
        const passed = this.#ports.passThrough(delivery.scan);
        delivery.handle('refused', passed ? { ...refused.outcome, evidence: 'passedThrough' } : refused.outcome);
      } else delivery.handle('refused', refused.outcome);
    }
  }

  /** Gives the till its next delivery when it is free: the card or phone first, coupons behind it in order. */
  #pump(): void {
    while (!this.#paused && this.#active === undefined && !this.#handover.busy) {
      const next = this.#main ?? this.#coupons[0];
      if (next?.state !== 'waiting') return;
      if (this.#expired(next)) {
        next.handle('expired');
        continue;
      }
      this.#unqueue(next);
      this.#active = next;
      next.handle('turn');
    }
  }

  #takeBackAll(event: 'orderChanged' | 'shutdown'): void {
    this.#paused = true;
    for (const delivery of [...this.#watches.keys()]) if (event === 'shutdown' || !delivery.ownOrder) delivery.handle(event);
    this.#paused = false;
    this.#pump();
  }

  /** The time of closing is over: what still waits for an adapter or for the journal gets the outcome that is certain. */
  #abandonAll(): void {
    for (const [delivery, watch] of [...this.#watches]) {
      delivery.handle('recordFailed');
      delivery.handle('answered', outcome('unknown', 'adapterHung'));
      watch.end?.();
    }
  }

  /** Writes to the journal; rejects, at the latest when its budget is over, where that did not work. */
  #append(entry: JournalEntry): Promise<void> {
    return this.#bounded(() => this.#ports.journal.append(entry));
  }

  #bounded(write: () => Promise<void>): Promise<void> {
    const late = (): Error => new TillbridgeError('TB_JOURNAL_UNAVAILABLE', { problem: `no answer within ${JOURNAL_BUDGET_MS} ms` });
    return within(this.#ports.clock, JOURNAL_BUDGET_MS, write, late);
  }

  #unqueue(delivery: Delivery): void {
    if (this.#main === delivery) this.#main = undefined;
    else this.#coupons = this.#coupons.filter((other) => other !== delivery);
  }

  #remove(delivery: Delivery): void {
    this.#unqueue(delivery);
    if (this.#active === delivery) this.#active = undefined;
  }

  /** Milliseconds since its last byte. */
  #age(scan: Scan): number {
    return elapsed(this.#ports.clock, scan.at);
  }

  #expired(delivery: Delivery): boolean {
    return this.#age(delivery.scan) >= this.#options.expireMs;
  }

  #entry({ scan, code }: Pick<Delivery, 'scan' | 'code'>): Pick<OutcomeEntry, 'scanId' | 'reader' | 'till' | 'kind' | 'time' | 'code'> {
    return {
      scanId: scan.id,
      reader: scan.reader,
      till: this.till,
      kind: code.kind,
      time: scan.at.wall,
      ...(code.oneTime ? {} : { code: code.text }),
    };
  }

  #whenIdle(): Promise<void> {
    return this.#watches.size === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle.push(resolve));
  }
}

/** Whoever reads the journal sees that nobody could ask the platform. */
function markedStale(result: Outcome): Outcome {
  return { ...result, evidence: result.evidence === undefined ? 'stale' : `${result.evidence}.stale` };
}

function errorField(error: unknown): { readonly error?: Error } {
  return error instanceof Error ? { error } : {};
}
