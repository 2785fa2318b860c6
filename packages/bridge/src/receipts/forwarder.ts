import { asTillbridgeError, deadline, type Cancel, type Clock, type Log } from '@tillbridge/core';
import { SALE_NOT_HERE, type ReceiptMove, type ReceiptStanding, type ReceiptWork } from '@tillbridge/store';
import { reportReceipt, type ReportEnd, type ReportFlow, type ReportProgress, type ReportTarget } from '@tillbridge/translators/report';
import type { MomentaryGuests } from './momentary.js';
import type { Receipt } from './receipt-schema.js';
import { flowOf, isCancel, jobOf, progressOf, receiptOf, spendsUnauthorised, type StoredProgress } from './report-attempt.js';
import { afterAttempt, dueIn } from './retry-plan.js';

/** One attempt, all of its steps, may take so long, in ms; each request has its own time. */
const ATTEMPT_MS = 60_000;
/** A till whose next receipt has to wait for another till's, or for the disk, is looked at again after this, in ms. */
const HOLD_MS = 5000;
/**
 * What came before its sale is not told for so long, in ms: tills send what they kept while they were cut off in any order. Then it goes
 * without: the sale may be another machine's, or of a time before us. A sale that comes even later still finds it.
 */
const AWAIT_SALE_MS = 3_600_000;
/** Nothing is ever looked at less often than this, in ms. */
const LOOK_MS = 900_000;
/** A word that a platform answers is heard this often at most, in ms: scans come in waves. */
const ANSWERS_MS = 1000;
/** What is under way when the daemon stops has so long, in ms; it is repeated with the same key anyway. */
const CLOSE_MS = 1500;

/** The durable table, as far as the forwarder uses it. */
export interface ForwarderStore {
  /** Past what waits for a sale that is not here (`SALE_NOT_HERE`), until its time is over. */
  heads(): readonly ReceiptStanding[];
  get(receiptId: string): ReceiptWork | undefined;
  /** What is of this receipt, wherever it stands. */
  followersOf(original: string): readonly ReceiptWork[];
  /** See ReceiptOutbox.move. */
  move(moves: readonly ReceiptMove[]): Promise<boolean>;
}

export interface ForwarderOptions {
  readonly store: ForwarderStore;
  /** The platforms that there are now, by preset. */
  readonly targets: () => ReadonlyMap<string, ReportTarget>;
  readonly momentary: MomentaryGuests;
  readonly clock: Clock;
  readonly log: Log;
  /** 0 to 1. */
  readonly random: () => number;
  /** Counts what came of receipts: a word of ours, and the platform. */
  readonly count: (what: string, target: string) => void;
  /** The platform took or refused something, or could not be asked (`reason`). */
  readonly told?: (target: string, reason: string | undefined) => void;
}

/** Tells the platforms of closed receipts: at least once, with one key each, those of a till in their order. */
export class ReceiptForwarder {
  readonly #options: ForwarderOptions;
  readonly #stop = new AbortController();
  /** Tills whose receipt is under way. */
  readonly #busy = new Map<string, Promise<void>>();
  /** Monotonic time until which a till is left alone. */
  readonly #held = new Map<string, number>();
  /** When a till's receipt was last tried, and when a platform last answered well, monotonic. */
  readonly #tried = new Map<string, number>();
  readonly #wellAt = new Map<string, number>();
  /** By how much the clock of a platform is ahead of ours, in ms. */
  readonly #skew = new Map<string, number>();
  #cancel: Cancel | undefined;

  constructor(options: ForwarderOptions) {
    this.#options = options;
  }

  /** Something waits, or may. Returns at once. */
  nudge(): void {
    if (this.#stop.signal.aborted) return;
    this.#cancel?.();
    this.#cancel = undefined;
    let next = LOOK_MS;
    try {
      for (const head of this.#options.store.heads()) {
        if (this.#busy.has(head.till)) continue;
        const wait = this.#waitOf(head);
        if (wait > 0) next = Math.min(next, wait);
        else this.#start(head);
      }
    } catch (error) {
      this.#options.log.warn('the outbox of receipts could not be read', { error: asTillbridgeError(error, 'TB_JOURNAL_OUTBOX', { problem: wordOf(error) }) });
      next = HOLD_MS;
    }
    this.#cancel = this.#options.clock.timer(next, () => this.nudge(), { ref: false });
  }

  /** The platform answers, as somebody else found out: whoever waits for it need not wait any longer. */
  answers(preset: string): void {
    const now = this.#options.clock.mono();
    if (now - (this.#wellAt.get(preset) ?? -ANSWERS_MS) < ANSWERS_MS) return;
    this.#wellAt.set(preset, now);
    this.nudge();
  }

  /** Resolves within 1500 ms. What was under way is tried again by the next process. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#cancel?.();
    const limit = deadline(this.#options.clock, CLOSE_MS);
    const late = new Promise<void>((resolve) => limit.signal.addEventListener('abort', () => resolve(), { once: true }));
    await Promise.race([Promise.allSettled(this.#busy.values()), late]);
    limit.dispose();
  }

  #waitOf({ till, target, nextAt, attempts, reason }: ReceiptStanding): number {
    const held = (this.#held.get(till) ?? 0) - this.#options.clock.mono();
    if (held > 0) return held;
    // it is a head: its sale came, or its time is over
    if (reason === SALE_NOT_HERE) return 0;
    const well = this.#wellAt.get(target ?? '');
    // the platform answers somebody: whoever waited for it to come back need not wait any longer
    if (attempts > 0 && reason !== 'rateLimited' && well !== undefined && well > (this.#tried.get(till) ?? 0)) return 0;
    return dueIn(nextAt, this.#options.clock.wall());
  }

  #start(head: ReceiptStanding): void {
    const { till } = head;
    this.#tried.set(till, this.#options.clock.mono());
    const work = this.#work(head)
      .catch((error: unknown) => {
        this.#options.log.error('a receipt could not be worked on; it waits', { till, error: asTillbridgeError(error, 'TB_JOURNAL_OUTBOX', { problem: wordOf(error) }) });
        this.#hold(till);
      })
      .finally(() => {
        this.#busy.delete(till);
        this.nudge();
      });
    this.#busy.set(till, work);
  }

  #hold(till: string): void {
    this.#held.set(till, this.#options.clock.mono() + HOLD_MS);
  }

  async #work({ receiptId, till }: ReceiptStanding): Promise<void> {
    const work = this.#options.store.get(receiptId);
    if (work?.state !== 'waiting') return;
    const receipt = receiptOf(work);
    if (receipt === undefined) return this.#end(work, 'dead', 'unreadable');
    const target = this.#options.targets().get(work.target ?? '');
    if (target === undefined) return this.#tryAgain(work, { end: 'retry', reason: 'noPlatform', unsent: true });
    if (receipt.operation === 'sale') return this.#sale(work, receipt, target);
    const original = work.original === undefined ? undefined : this.#options.store.get(work.original);
    if (original?.state === 'waiting') {
      if (original.till === till) return this.#overtaken(original);
      if (this.#isCircle(till, original.till) && !this.#busy.has(original.till)) await this.#outOfLine(original);
      if (this.#options.store.get(original.receiptId)?.state === 'waiting') this.#hold(till);
      return;
    }
    if (original === undefined && work.original !== undefined && work.reason !== SALE_NOT_HERE && this.#mayComeYet(work)) return this.#awaitSale(work);
    if (original?.state === 'kept' || original?.state === 'skipped') return this.#end(work, 'skipped', original.reason === 'cancelled' ? 'cancelled' : 'saleNotReported');
    if (original?.state === 'dead') return this.#end(work, 'dead', 'saleDead');
    return this.#attempt(work, receipt, target, keptOf(original));
  }

  #mayComeYet({ storedAt, attempts }: ReceiptWork): boolean {
    return attempts === 0 && this.#options.clock.wall() - storedAt < AWAIT_SALE_MS;
  }

  async #awaitSale(work: ReceiptWork): Promise<void> {
    await this.#move({ receiptId: work.receiptId, from: 'waiting', to: 'waiting', nextAt: work.storedAt + AWAIT_SALE_MS, reason: SALE_NOT_HERE });
    this.#options.log.info('a receipt waits for the sale that it is of', { till: work.till, receiptId: work.receiptId });
  }

  /** Whether `till` waits for a sale of `other`, whose line waits, over however many tills, for one of `till`. */
  #isCircle(till: string, other: string): boolean {
    const heads = new Map(this.#options.store.heads().map((head) => [head.till, head]));
    const seen = new Set<string>();
    let at: string | undefined = other;
    while (at !== undefined && at !== till && !seen.has(at)) {
      seen.add(at);
      const of: string | undefined = heads.get(at)?.original;
      const sale: ReceiptWork | undefined = of === undefined ? undefined : this.#options.store.get(of);
      at = sale?.state === 'waiting' ? sale.till : undefined;
    }
    return at === till;
  }

  /** Lines that wait for each other: a return needs its sale, not what stands before that. */
  async #outOfLine(sale: ReceiptWork): Promise<void> {
    const work = this.#overtaken(sale).finally(() => this.#busy.delete(sale.till));
    this.#busy.set(sale.till, work);
    await work;
  }

  /** A return that came before its sale: the sale goes first. */
  async #overtaken(sale: ReceiptWork): Promise<void> {
    const receipt = receiptOf(sale);
    const target = this.#options.targets().get(sale.target ?? '');
    if (dueIn(sale.nextAt, this.#options.clock.wall()) > 0) {
      this.#hold(sale.till);
      return;
    }
    if (receipt === undefined) return this.#end(sale, 'dead', 'unreadable');
    if (target === undefined) return this.#tryAgain(sale, { end: 'retry', reason: 'noPlatform', unsent: true });
    return this.#sale(sale, receipt, target);
  }

  async #sale(work: ReceiptWork, receipt: Receipt, target: ReportTarget): Promise<void> {
    const progress = (work.progress ?? {}) as StoredProgress;
    const followers = this.#options.store.followersOf(work.receiptId);
    // taken back before it came, and nothing of it has left: it is as if it had never been
    if (progress.flow === undefined && followers.some((each) => isCancel(each) && each.state !== 'waiting' && each.state !== 'dead' && each.reason !== 'dropped')) return this.#end(work, 'skipped', 'cancelled');
    await this.#revive(followers);
    const cancel = followers.find((each) => isCancel(each) && (each.state === 'waiting' || each.state === 'dead'));
    if (cancel !== undefined && progress.flow === undefined) return this.#both(work, cancel, 'skipped');
    if (cancel !== undefined && progressOf(progress).step > 0 && target.report.flows.discard !== undefined) return this.#discard(work, cancel, receipt, target);
    if (spendsUnauthorised(receipt, progress, target)) return this.#end(work, 'dead', 'spendingNotAuthorised');
    return this.#attempt(work, receipt, target, {});
  }

  /** What died without this sale waits for it again. */
  async #revive(followers: readonly ReceiptWork[]): Promise<void> {
    const now = this.#options.clock.wall();
    const dead = followers.filter(({ state }) => state === 'dead');
    if (dead.length > 0) await this.#options.store.move(dead.map(({ receiptId }) => ({ receiptId, from: 'dead', to: 'waiting', attempts: 0, firstAt: now, nextAt: now, reason: null })));
  }

  async #attempt(work: ReceiptWork, receipt: Receipt, target: ReportTarget, original: Readonly<Record<string, string>>): Promise<void> {
    const stored = (work.progress ?? {}) as StoredProgress;
    const flow = flowOf(receipt, stored, target, this.#options.clock.wall());
    const begun: StoredProgress = { ...stored, flow };
    const end = await this.#run(work, receipt, target, flow, begun, original);
    if (end.end === 'done') {
      await this.#move({ ...this.#ended(work, 'done', null), strip: true, progress: { flow, kept: end.kept, ...(receipt.operation === 'cancel' ? { cancels: true } : {}) } });
      this.#well(target.preset);
      this.#options.count(end.already ? 'already' : 'reported', target.preset);
      if (receipt.operation === 'sale') this.#countGuest(stored, work, target);
      this.#options.log.info('a receipt was reported', { till: work.till, receiptId: work.receiptId, platform: target.preset, operation: receipt.operation });
      return;
    }
    // the platform holds nothing of it: the next attempt is a first one, and may go another way
    const isFirst = end.end === 'retry' ? end.unsent === true : end.nothing === true;
    return this.#tryAgain(work, end, isFirst && stored.flow === undefined ? stored : undefined);
  }

  /** The sale was begun and is not confirmed, and was cancelled meanwhile. */
  async #discard(work: ReceiptWork, cancel: ReceiptWork, receipt: Receipt, target: ReportTarget): Promise<void> {
    const stored = (work.progress ?? {}) as StoredProgress;
    const end = await this.#run({ ...work, progress: { ...stored, step: 0 } }, receipt, target, 'discard', stored, {});
    // its confirmation may have arrived though its answer did not: then the sale is made certain first, and goes back by its cancel
    if (end.end === 'refused') return this.#attempt(work, receipt, target, {});
    if (end.end !== 'done') return this.#tryAgain(work, end);
    this.#well(target.preset);
    return this.#both(work, cancel, 'done');
  }

  /** An attempt. That it is made is durable before its first byte leaves: what may have arrived is known to be that after a crash. */
  async #run(work: ReceiptWork, receipt: Receipt, target: ReportTarget, flow: ReportFlow, begun: StoredProgress, original: Readonly<Record<string, string>>): Promise<ReportEnd> {
    const { clock, momentary } = this.#options;
    const now = clock.wall();
    await this.#move({ receiptId: work.receiptId, from: 'waiting', to: 'waiting', attempts: work.attempts + 1, firstAt: work.firstAt ?? now, nextAt: now, progress: { ...begun } });
    const facts = { work: { ...work, progress: { ...work.progress, flow } }, receipt, target, flow, momentary: momentary.get(work.receiptId), repeated: ((work.progress ?? {}) as StoredProgress).flow !== undefined, original, now, skewMs: this.#skew.get(target.preset) ?? 0 };
    const keep = (progress: ReportProgress): Promise<void> => {
      if (flow === 'discard') return Promise.resolve();
      return this.#move({ receiptId: work.receiptId, from: 'waiting', to: 'waiting', progress: { ...begun, ...progress } });
    };
    const limit = deadline(clock, ATTEMPT_MS, this.#stop.signal);
    try {
      const end = await reportReceipt(target.report, jobOf(facts), { send: target.send, keep }, limit.signal);
      if (end.serverTime !== undefined) this.#skew.set(target.preset, end.serverTime - clock.wall());
      return end;
    } finally {
      limit.dispose();
    }
  }

  async #tryAgain(work: ReceiptWork, end: ReportEnd, progress?: StoredProgress): Promise<void> {
    const { clock, random } = this.#options;
    const now = clock.wall();
    const attempts = work.attempts + 1;
    const next = afterAttempt(end, { attempts, storedAt: work.storedAt, firstAt: work.firstAt ?? now }, now, random());
    if (next.to === 'dead') return this.#end(work, 'dead', next.reason, progress);
    if (next.to === 'done') return;
    this.#options.told?.(work.target ?? '', next.reason);
    this.#options.count('failed', work.target ?? '');
    this.#options.log.debug('a receipt waits', { till: work.till, receiptId: work.receiptId, reason: next.reason, attempts });
    await this.#move({ receiptId: work.receiptId, from: 'waiting', to: 'waiting', attempts, firstAt: work.firstAt ?? now, nextAt: next.nextAt, reason: next.reason, ...(progress === undefined ? {} : { progress: { ...progress } }) });
  }

  async #end(work: ReceiptWork, to: 'dead' | 'skipped', reason: string, progress?: StoredProgress): Promise<void> {
    // a dead letter keeps everything: somebody may mend what was wrong and have it tried again
    await this.#move({ ...this.#ended(work, to, reason), ...(to === 'skipped' ? { strip: true, progress: null } : progress === undefined ? {} : { progress: { ...progress } }) });
    this.#options.count(to, work.target ?? '');
    if (to === 'dead') this.#options.log.error('a receipt became a dead letter', { till: work.till, receiptId: work.receiptId, platform: work.target ?? '', reason });
  }

  /** A sale and the cancel that makes it as if it had never been, in one step. */
  async #both(sale: ReceiptWork, cancel: ReceiptWork, to: 'done' | 'skipped'): Promise<void> {
    await this.#options.store.move([
      { ...this.#ended(sale, 'skipped', 'cancelled'), strip: true, progress: null },
      { ...this.#ended(cancel, to, to === 'skipped' ? 'cancelled' : null), strip: true, progress: null },
    ]);
    this.#options.momentary.forget(sale.receiptId);
    this.#options.count('cancelled', sale.target ?? '');
  }

  #ended({ receiptId }: ReceiptWork, to: ReceiptMove['to'], reason: string | null): ReceiptMove {
    // as long as it may be tried again its code may be needed; it ends with its day anyway
    if (to !== 'dead') this.#options.momentary.forget(receiptId);
    return { receiptId, from: 'waiting', to, endedAt: this.#options.clock.wall(), reason };
  }

  async #move(move: ReceiptMove): Promise<void> {
    await this.#options.store.move([move]);
  }

  #well(preset: string): void {
    this.#wellAt.set(preset, this.#options.clock.mono());
    this.#held.clear();
    this.#options.told?.(preset, undefined);
  }

  #countGuest(progress: StoredProgress, { newGuest, receiptId, till }: ReceiptWork, { preset, report }: ReportTarget): void {
    const left = (progress.coupons ?? []).length - report.coupons;
    if (left > 0) {
      this.#options.log.warn('the platform takes fewer coupons than the sale has: the rest was not told', { till, receiptId, platform: preset, left });
      this.#options.count('couponsLeft', preset);
    }
    if (Object.keys(progress.guest ?? {}).length === 0) return;
    this.#options.count(progress.newCustomer === true && newGuest ? 'guestNew' : newGuest ? 'guestFirstSeen' : 'guestKnown', preset);
  }
}

function keptOf(original: ReceiptWork | undefined): Readonly<Record<string, string>> {
  return ((original?.progress ?? {}) as StoredProgress).kept ?? {};
}

const wordOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
