import { isDelivered, type Clock, type Code, type Masked, type OutcomeEvent, type Pipeline, type PipelineEvents, type Translated, type Unsubscribe } from '@tillbridge/core';
import type { StoredScan } from '@tillbridge/store';
import { OrderTurns } from './order-turns.js';

/** What is known of a loyalty scan's guest and may be kept, encrypted, until the receipt of its sale is there. */
export interface ScanGuest {
  readonly preset?: string;
  readonly lookupId?: string;
  readonly customer?: string;
  readonly number?: string;
  readonly phone?: string;
  readonly coupon?: string;
  /** Found without the platform: nothing was authorised. */
  readonly offline?: true;
  readonly newCustomer?: true;
}

/** A loyalty scan, as long as its sale may still be closed. The code is here because a platform may want it again; it is nowhere else. */
export interface RememberedScan {
  readonly scanId: string;
  readonly guest: ScanGuest;
  /** The one-time code as it was read, and what the platform gave in its place. */
  readonly code?: Masked;
  readonly session?: Masked;
}

interface Entry extends RememberedScan {
  /** Monotonic, in ms. */
  readonly at: number;
  readonly till: string;
  orderId?: string | undefined;
  taken: boolean;
}

export interface ScanMemoryOptions {
  readonly clock: Clock;
  /** Keeps what may be kept, as soon as the till has the number. */
  readonly store: (scan: { readonly scanId: string; readonly till: string; readonly orderId?: string; readonly guest: ScanGuest }) => void;
  /** What was kept: by scans, or by the order of a till. */
  readonly stored: (asked: { readonly scanIds: readonly string[] } | { readonly till: string; readonly orderId: string }) => readonly StoredScan[];
}

/** Sales take minutes; a table in a restaurant takes an evening. In ms. */
const KEEP_MS = 12 * 3_600_000;
const MOST = 1000;

/** Who was looked up for the sales that are not closed yet. */
export class ScanMemory {
  readonly #options: ScanMemoryOptions;
  readonly #scans = new Map<string, Entry>();
  readonly #turns = new OrderTurns();

  constructor(options: ScanMemoryOptions) {
    this.#options = options;
  }

  /** Listens to a pipeline until the returned function is called. */
  follow(pipeline: Pick<Pipeline, 'on'>): Unsubscribe {
    const ends = [pipeline.on('order', (event) => this.#order(event)), pipeline.on('translated', ({ scan, code, till, translated }) => this.#looked(scan.id, till, code, translated)), pipeline.on('outcome', (event) => this.#ended(event))];
    return () => {
      for (const end of ends) end();
      this.#scans.clear();
    };
  }

  /** The scans of a sale: those that it names, or those of its order that reached the till. */
  of({ scanIds = [], orderId, till }: { readonly scanIds?: readonly string[]; readonly orderId?: string; readonly till: string }): readonly RememberedScan[] {
    this.#tidy();
    if (scanIds.length > 0) {
      const kept = new Map(this.#options.stored({ scanIds }).map((scan) => [scan.scanId, scan as RememberedScan]));
      return scanIds.flatMap((id) => this.#scans.get(id) ?? kept.get(id) ?? []);
    }
    if (orderId === undefined) return [];
    const here = [...this.#scans.values()].filter((scan) => scan.taken && scan.till === till && scan.orderId === orderId);
    const kept = this.#options.stored({ till, orderId }).filter(({ scanId }) => !this.#scans.has(scanId));
    return [...kept, ...here];
  }

  /** Their sale is closed. */
  forget(scanIds: readonly string[]): void {
    for (const id of scanIds) this.#scans.delete(id);
  }

  get size(): number {
    return this.#scans.size;
  }

  #looked(scanId: string, till: string, code: Code, { translation }: Translated): void {
    const known = translation.result === 'found' || translation.result === 'coupon';
    if (!known && translation.result !== 'foundNoNumber') return;
    this.#tidy();
    const { platform } = translation;
    const session = platform?.session;
    this.#scans.set(scanId, {
      scanId,
      at: this.#options.clock.mono(),
      till,
      taken: false,
      guest: guestOf(code, translation),
      ...(code.oneTime ? { code: code.value } : {}),
      ...(session === undefined ? {} : { session }),
    });
    const [oldest] = this.#scans.keys();
    if (this.#scans.size > MOST && oldest !== undefined) this.#scans.delete(oldest);
  }

  #ended({ scanId, outcome, orderId }: OutcomeEvent): void {
    const scan = this.#scans.get(scanId);
    if (scan === undefined) return;
    scan.taken = isDelivered(outcome) || outcome === 'unknown';
    // of the order that had this id before, and is closed
    const order = orderId === undefined || this.#turns.since(scan.till, orderId) > scan.at ? undefined : orderId;
    scan.orderId = order;
    // what the guest may have got has to outlive this process; what was refused is nobody's business
    if (scan.taken) this.#options.store({ scanId, till: scan.till, guest: scan.guest, ...(order === undefined ? {} : { orderId: order }) });
    else if (scan.guest.number !== undefined || scan.guest.coupon !== undefined) this.#scans.delete(scanId);
  }

  /** An id that a till uses again is another order: what the first one left, since no receipt took it, is not that order's. */
  #order({ till, state, orderId }: PipelineEvents['order']): void {
    if (orderId === undefined || !this.#turns.next(till, state, orderId, this.#options.clock.mono())) return;
    const { store, stored } = this.#options;
    for (const { scanId, guest } of stored({ till, orderId })) {
      if (!this.#scans.has(scanId)) this.#scans.set(scanId, { scanId, guest, at: this.#options.clock.mono(), till, orderId, taken: true });
    }
    for (const scan of this.#scans.values()) {
      if (scan.till !== till || scan.orderId !== orderId) continue;
      scan.orderId = undefined;
      // its receipt may name it yet
      if (scan.taken) store({ scanId: scan.scanId, till, guest: scan.guest });
    }
  }

  #tidy(): void {
    const before = this.#options.clock.mono() - KEEP_MS;
    for (const [id, { at }] of this.#scans) {
      // in the order in which they came
      if (at >= before) break;
      this.#scans.delete(id);
    }
  }
}

function guestOf(code: Code, translation: Translated['translation']): ScanGuest {
  const number = translation.result === 'found' || translation.result === 'coupon' ? translation.number : undefined;
  const platform = 'platform' in translation ? translation.platform : undefined;
  const told = platform === undefined ? {} : { preset: platform.preset, lookupId: platform.lookupId, ...(platform.customer === undefined ? {} : { customer: platform.customer.reveal() }), ...(platform.newCustomer === true ? { newCustomer: true as const } : {}) };
  if (translation.result === 'coupon' || code.kind === 'coupon') return { ...told, ...(number === undefined ? {} : { coupon: number.reveal() }) };
  const phone = number?.kind === 'phone' ? number.reveal() : code.kind === 'phone' ? code.value.reveal() : undefined;
  const offline = translation.result === 'found' && (translation.state === 'accrueOnly' || platform?.stale === true);
  return { ...told, ...(number === undefined ? {} : { number: number.reveal() }), ...(phone === undefined ? {} : { phone }), ...(offline ? { offline: true } : {}) };
}
