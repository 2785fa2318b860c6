import { CounterSet, TillbridgeError, type Clock, type Counters, type Log, type PartState, type Pipeline } from '@tillbridge/core';
import { OutboxReader, type ReceiptOutbox, type ReceiptStanding, type ReceiptState, type StateFolder } from '@tillbridge/store';
import type { ReportTarget } from '@tillbridge/translators/report';
import type { ReceiptForwarder } from './forwarder.js';
import { MomentaryGuests } from './momentary.js';
import { outboxReceipt } from './outbox-receipt.js';
import { planReport } from './receipt-plan.js';
import type { Receipt } from './receipt-schema.js';
import { ScanMemory } from './scan-memory.js';

export type ReportTargets = ReadonlyMap<string, ReportTarget>;

export interface ReceiptServiceOptions {
  readonly folder: StateFolder;
  readonly outbox: ReceiptOutbox;
  readonly clock: Clock;
  readonly log: Log;
  /** 0 to 1. */
  readonly random: () => number;
}

/** Counts of what came of receipts, by platform. */
export interface ReceiptCount {
  readonly what: string;
  readonly platform: string;
  readonly count: number;
}

export interface ReceiptsView {
  readonly mode: 'off' | 'report';
  readonly platforms: readonly string[];
  readonly states: Readonly<Partial<Record<ReceiptState, number>>>;
  /** Unix time in milliseconds at which the oldest waiting sale was closed. */
  readonly oldestWaiting: number | undefined;
  /** Returns and cancels that wait for a sale that is not here. */
  readonly saleNotHere: number;
  readonly counters: Counters;
}

/** Closed sales: stored once, and, where receipts are reported, told to the platform that knows the guest. */
export class ReceiptService {
  readonly #options: ReceiptServiceOptions;
  readonly #reader: OutboxReader;
  readonly #scans: ScanMemory;
  readonly #momentary: MomentaryGuests;
  readonly #counters = new CounterSet();
  readonly #counts = new Map<string, { readonly what: string; readonly platform: string; count: number }>();
  readonly #troubles = new Map<string, { readonly since: number; readonly reason: string }>();
  #targets: ReportTargets | undefined;
  #problems: readonly TillbridgeError[] = [];
  #forwarder: ReceiptForwarder | undefined;
  #unfollow: (() => void) | undefined;
  #since: number;

  constructor(options: ReceiptServiceOptions) {
    this.#options = options;
    this.#reader = new OutboxReader(options.folder);
    const { clock, log, outbox } = options;
    this.#scans = new ScanMemory({
      clock,
      stored: (asked) => this.#reader.scans('scanIds' in asked ? asked : { ...asked, now: clock.wall() }),
      store: ({ guest, ...scan }) => void outbox.scan({ ...scan, guest: { ...guest } }).catch((error: unknown) => log.warn('who a scan was of is kept in memory only', error instanceof Error ? { error } : {})),
    });
    this.#momentary = new MomentaryGuests(options.clock);
    this.#since = options.clock.wall();
  }

  /**
   * Reports receipts from now on, to these platforms; `undefined`: to nobody. Those that wait for another platform go on waiting.
   *
   * @param problems why platforms that take receipts are not among them
   */
  async report(targets: ReportTargets | undefined, pipeline: Pick<Pipeline, 'on'>, problems: readonly TillbridgeError[] = []): Promise<void> {
    const before = this.#targets;
    this.#targets = targets;
    this.#problems = problems;
    this.#since = this.#options.clock.wall();
    if (targets === undefined) {
      this.#unfollow?.();
      this.#unfollow = undefined;
      await this.#forwarder?.close();
      this.#forwarder = undefined;
    } else {
      this.#unfollow ??= this.#follow(pipeline);
      this.#forwarder ??= await this.#makeForwarder();
      this.#forwarder.nudge();
    }
    await Promise.all([...(before?.values() ?? [])].filter((target) => targets?.get(target.preset) !== target).map((target) => target.close()));
  }

  /** Stores a receipt; resolves when it is durable. @throws {TillbridgeError} `TB_JOURNAL_OUTBOX`, `TB_JOURNAL_STATE_KEY` */
  async keep(receipt: Receipt): Promise<'new' | 'known' | 'differs'> {
    const stored = outboxReceipt(receipt);
    const targets = this.#targets;
    if (targets === undefined) return this.#options.outbox.put(stored);
    const { scanIds, orderId, tillId } = receipt;
    const scans = this.#scans.of({ till: tillId, ...(scanIds === undefined ? {} : { scanIds }), ...(orderId === undefined ? {} : { orderId }) });
    const definitions = new Map([...targets].map(([preset, { report }]) => [preset, report] as const));
    const original = receipt.originalReceiptId ?? undefined;
    const { plan, momentary } = planReport(receipt, scans, definitions, original === undefined ? undefined : this.#reader.get(original)?.target);
    // before it is durable: the forwarder may look at once
    const isFirst = this.#reader.get(receipt.receiptId) === undefined;
    if (isFirst) this.#momentary.put(receipt.receiptId, momentary);
    const result = await this.#options.outbox.put(stored, plan);
    // `known`: the first time may have ended without an answer from the disk, and without the nudge
    if (result !== 'new') {
      if (result === 'known') this.#forwarder?.nudge();
      return result;
    }
    this.#scans.forget(scans.map(({ scanId }) => scanId));
    this.#counters.add(plan.state === 'waiting' ? 'taken' : `skipped_${plan.reason ?? 'unknown'}`);
    this.#forwarder?.nudge();
    return result;
  }

  /** The newest receipts of a state. */
  list(query: { readonly state?: ReceiptState; readonly limit?: number }): readonly ReceiptStanding[] {
    return this.#reader.list(query);
  }

  /** Tries dead letters again: these, or all. @returns how many @throws {TillbridgeError} `TB_JOURNAL_RECEIPT_UNKNOWN` */
  async retry(receiptIds: readonly string[] | 'all'): Promise<number> {
    const moved = await retryDead(this.#options.outbox, this.#reader, receiptIds, this.#options.clock.wall());
    this.#forwarder?.nudge();
    return moved;
  }

  /** Gives a dead letter up. @throws {TillbridgeError} `TB_JOURNAL_RECEIPT_UNKNOWN` */
  drop(receiptId: string): Promise<void> {
    this.#momentary.forget(receiptId);
    return dropDead(this.#options.outbox, receiptId, this.#options.clock.wall());
  }

  view(): ReceiptsView {
    const { states, oldestWaiting, saleNotHere } = this.#reader.counts();
    return { mode: this.#targets === undefined ? 'off' : 'report', platforms: [...(this.#targets?.keys() ?? [])], states, oldestWaiting, saleNotHere, counters: this.#counters.snapshot() };
  }

  /** Counts by platform, for metrics. */
  counts(): readonly ReceiptCount[] {
    return [...this.#counts.values()];
  }

  /** How it is doing; undefined where receipts are not reported. */
  get state(): PartState | undefined {
    if (this.#targets === undefined) return undefined;
    const bad = (reason: TillbridgeError, status: PartState['status'], since = this.#since): PartState => ({ status, since, reason });
    const [problem] = this.#problems;
    if (problem !== undefined) return bad(problem, 'retrying');
    if (this.#targets.size === 0) return bad(new TillbridgeError('TB_JOURNAL_RECEIPTS_NO_PLATFORM', { problem: 'no translator of type http has one' }), 'retrying');
    const dead = this.#reader.counts().states.dead ?? 0;
    if (dead > 0) return bad(new TillbridgeError('TB_JOURNAL_RECEIPTS_DEAD', { count: dead }), 'retrying');
    const [trouble] = this.#troubles;
    if (trouble !== undefined) return bad(new TillbridgeError('TB_JOURNAL_RECEIPTS_WAIT', { platform: trouble[0], problem: trouble[1].reason }), 'retrying', trouble[1].since);
    return { status: 'ready', since: this.#since };
  }

  /** Tells nobody any more; scans are still remembered, and receipts stored. Resolves within 1500 ms. */
  async stop(): Promise<void> {
    await this.#forwarder?.close();
  }

  /** Ends everything but the outbox, which stays open. Resolves within 2 s. */
  async close(): Promise<void> {
    this.#unfollow?.();
    await this.stop();
    await Promise.all([...(this.#targets?.values() ?? [])].map((target) => target.close()));
    this.#reader.close();
  }

  /** A look-up that the platform answered is the first word that the line is back. */
  #follow(pipeline: Pick<Pipeline, 'on'>): () => void {
    const ends = [
      this.#scans.follow(pipeline),
      pipeline.on('translated', ({ translated: { translation } }) => {
        const platform = 'platform' in translation ? translation.platform : undefined;
        if (platform !== undefined && platform.stale !== true) this.#forwarder?.answers(platform.preset);
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }

  /** Loaded when receipts are reported at all. */
  async #makeForwarder(): Promise<ReceiptForwarder> {
    const { ReceiptForwarder } = await import('./forwarder.js');
    const { clock, log, random, outbox } = this.#options;
    const reader = this.#reader;
    return new ReceiptForwarder({
      store: { heads: () => reader.heads(clock.wall()), get: (id) => reader.get(id), followersOf: (id) => reader.followersOf(id), move: (moves) => outbox.move(moves) },
      targets: () => this.#targets ?? new Map(),
      momentary: this.#momentary,
      clock,
      log,
      random,
      count: (what, platform) => this.#count(what, platform),
      told: (platform, reason) => this.#told(platform, reason),
    });
  }

  #count(what: string, platform: string): void {
    const key = `${what} ${platform}`;
    const found = this.#counts.get(key) ?? { what, platform, count: 0 };
    found.count += 1;
    this.#counts.set(key, found);
    this.#counters.add(what);
  }

  #told(platform: string, reason: string | undefined): void {
    if (reason === undefined) this.#troubles.delete(platform);
    else this.#troubles.set(platform, { since: this.#troubles.get(platform)?.since ?? this.#options.clock.wall(), reason });
  }
}

/** Dead letters wait again; they have their time anew. @throws {TillbridgeError} `TB_JOURNAL_RECEIPT_UNKNOWN` */
export async function retryDead(outbox: Pick<ReceiptOutbox, 'move'>, reader: Pick<OutboxReader, 'list'>, receiptIds: readonly string[] | 'all', now: number): Promise<number> {
  const ids = receiptIds === 'all' ? reader.list({ state: 'dead', limit: MOST_DEAD }).map(({ receiptId }) => receiptId) : receiptIds;
  let moved = 0;
  for (const receiptId of ids) {
    const done = await outbox.move([{ receiptId, from: 'dead', to: 'waiting', attempts: 0, nextAt: now, firstAt: now, reason: null }]);
    if (!done && receiptIds !== 'all') throw new TillbridgeError('TB_JOURNAL_RECEIPT_UNKNOWN', { receiptId });
    if (done) moved += 1;
  }
  return moved;
}

/** A dead letter is given up: only its hash and ids are left. @throws {TillbridgeError} `TB_JOURNAL_RECEIPT_UNKNOWN` */
export async function dropDead(outbox: Pick<ReceiptOutbox, 'move'>, receiptId: string, now: number): Promise<void> {
  if (!(await outbox.move([{ receiptId, from: 'dead', to: 'skipped', endedAt: now, reason: 'dropped', strip: true, progress: null }]))) throw new TillbridgeError('TB_JOURNAL_RECEIPT_UNKNOWN', { receiptId });
}

const MOST_DEAD = 100_000;
