import { isDelivered, type Clock, type Code, type NativeNumber, type OutcomeEvent, type Pipeline, type PlatformNote, type Translated, type Unsubscribe } from '@tillbridge/core';

/** A loyalty scan, as long as its sale may still be closed. The code is here because a platform may want it again; it is nowhere else. */
export interface RememberedScan {
  readonly scanId: string;
  readonly till: string;
  readonly code: Code;
  readonly number: NativeNumber | undefined;
  readonly coupon: boolean;
  /** Found without the platform: nothing was authorised. */
  readonly offline: boolean;
  readonly platform: PlatformNote | undefined;
  orderId?: string;
  /** Whether the till has the number, or may have it. */
  taken: boolean;
}

/** Sales take minutes; a table in a restaurant takes an evening. In ms. */
const KEEP_MS = 12 * 3_600_000;
const MOST = 1000;

/** What was looked up for the sales that are not closed yet. Memory alone: it ends with the process. */
export class ScanMemory {
  readonly #clock: Clock;
  readonly #scans = new Map<string, { readonly at: number; readonly scan: RememberedScan }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Listens to a pipeline until the returned function is called. */
  follow(pipeline: Pick<Pipeline, 'on'>): Unsubscribe {
    const ends = [pipeline.on('translated', ({ scan, code, till, translated }) => this.#looked(scan.id, till, code, translated)), pipeline.on('outcome', (event) => this.#ended(event))];
    return () => {
      for (const end of ends) end();
      this.#scans.clear();
    };
  }

  /** The scans of a sale: those that it names, or those of its order that reached the till. */
  of({ scanIds, orderId, till }: { readonly scanIds?: readonly string[]; readonly orderId?: string; readonly till: string }): readonly RememberedScan[] {
    this.#tidy();
    if (scanIds !== undefined && scanIds.length > 0) return scanIds.flatMap((id) => this.#scans.get(id)?.scan ?? []);
    if (orderId === undefined) return [];
    return [...this.#scans.values()].map(({ scan }) => scan).filter((scan) => scan.taken && scan.till === till && scan.orderId === orderId);
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
    const scan: RememberedScan = {
      scanId,
      till,
      code,
      number: known ? translation.number : undefined,
      coupon: translation.result === 'coupon' || code.kind === 'coupon',
      offline: translation.result === 'found' && (translation.state === 'accrueOnly' || translation.platform?.stale === true),
      platform: translation.platform,
      taken: false,
    };
    this.#scans.set(scanId, { at: this.#clock.mono(), scan });
    const [oldest] = this.#scans.keys();
    if (this.#scans.size > MOST && oldest !== undefined) this.#scans.delete(oldest);
  }

  #ended({ scanId, outcome, orderId }: OutcomeEvent): void {
    const scan = this.#scans.get(scanId)?.scan;
    if (scan === undefined) return;
    scan.taken = isDelivered(outcome) || outcome === 'unknown';
    if (orderId !== undefined) scan.orderId = orderId;
  }

  #tidy(): void {
    const before = this.#clock.mono() - KEEP_MS;
    for (const [id, { at }] of this.#scans) {
      // in the order in which they came
      if (at >= before) break;
      this.#scans.delete(id);
    }
  }
}
