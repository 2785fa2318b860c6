import type { EventFrame, NumberKind, OutcomeFrame, OutcomeName, ScanFrame, ScanWay } from '@tillbridge/core';

/** One loyalty scan, as far as it has come. Times are Unix times in milliseconds. */
export interface ScanRow {
  readonly scanId: string;
  readonly reader: string;
  readonly till: string;
  readonly kind: NumberKind;
  readonly code: string;
  readonly rule: string | null;
  readonly symbology: string | null;
  readonly at: number;
  readonly number?: string | null;
  readonly outcome?: OutcomeName;
  readonly reason?: string;
  readonly evidence?: string;
  readonly tookMs?: number;
  readonly way?: ScanWay;
}

/** An outcome as the chart counts it. */
export interface Sample {
  /** When it ended. */
  readonly at: number;
  readonly outcome: OutcomeName;
  readonly tookMs: number | undefined;
}

/** Scans that are shown. */
export const MAX_ROWS = 200;
/** The chart looks back this far, in ms. */
export const WINDOW_MS = 15 * 60_000;
/** Outcomes that the chart counts: 15 minutes at 8 a second. */
export const MAX_SAMPLES = 7200;

/** What the page remembers of scans: bounded, whatever happens at the till. `parse` reads an ISO 8601 time. */
export class LiveBook {
  readonly #parse: (iso: string) => number;
  readonly #rows = new Map<string, ScanRow>();
  #samples: Sample[] = [];
  #lastSeq = 0;
  #ended = 0;

  constructor(parse: (iso: string) => number) {
    this.#parse = parse;
  }

  /** Outcomes that happened since the page follows; what was before it came does not count. */
  get ended(): number {
    return this.#ended;
  }

  /** Newest first. */
  rows(): readonly ScanRow[] {
    return [...this.#rows.values()].reverse();
  }

  /** Outcomes of the last 15 minutes before `now`, oldest first. */
  samples(now: number): readonly Sample[] {
    const from = now - WINDOW_MS;
    const first = this.#samples.findIndex(({ at }) => at >= from);
    if (first !== 0) this.#samples = first < 0 ? [] : this.#samples.slice(first);
    return this.#samples;
  }

  /** Whether it changed anything that is shown. An event that was seen already (a replay) does not. `old`: it happened before the page came. */
  take(frame: EventFrame, old = false): boolean {
    if (frame.type !== 'scan' && frame.type !== 'outcome') return false;
    if (frame.seq <= this.#lastSeq) return false;
    this.#lastSeq = frame.seq;
    if (frame.type === 'scan') this.#scan(frame);
    else {
      this.#outcome(frame);
      if (!old) this.#ended += 1;
    }
    if (this.#rows.size > MAX_ROWS) this.#forgetOldest();
    return true;
  }

  clear(): void {
    this.#rows.clear();
    this.#samples = [];
    this.#lastSeq = 0;
  }

  #scan({ scanId, reader, till, kind, code, rule, symbology, time }: ScanFrame): void {
    this.#rows.set(scanId, { scanId, reader, till, kind, code, rule, symbology, at: this.#parse(time) });
  }

  #outcome({ scanId, reader, till, kind, code, number, outcome, reason, evidence, tookMs, way, time }: OutcomeFrame): void {
    const ended = this.#parse(time);
    const known = this.#rows.get(scanId) ?? { scanId, reader, till, kind, code, rule: null, symbology: null, at: ended - (tookMs ?? 0) };
    this.#rows.set(scanId, {
      ...known,
      number,
      outcome,
      ...(reason === undefined ? {} : { reason }),
      ...(evidence === undefined ? {} : { evidence }),
      ...(tookMs === undefined ? {} : { tookMs }),
      ...(way === undefined ? {} : { way }),
    });
    this.#samples.push({ at: ended, outcome, tookMs });
    if (this.#samples.length > MAX_SAMPLES) this.#samples = this.#samples.slice(-MAX_SAMPLES);
  }

  #forgetOldest(): void {
    const [oldest] = this.#rows.keys();
    if (oldest !== undefined) this.#rows.delete(oldest);
  }
}
