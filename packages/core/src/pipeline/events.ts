import type { Code, CodeKind } from '../code.js';
import type { NumberKind } from '../native-number.js';
import type { ScanWay } from '../delivery/way.js';
import type { Outcome } from '../outcome.js';
import type { Masked } from '../masked.js';
import type { GoodsRead } from '../ports/adapter.js';
import type { PartState } from '../ports/part.js';
import type { GuestHint } from '../ports/reader.js';
import type { Scan } from '../scan.js';
import type { Injection } from './injection.js';
import type { Translated } from '../translate.js';

/** How a loyalty scan ended, after that is durable. */
export interface OutcomeEvent extends Outcome {
  readonly scanId: string;
  readonly reader: string;
  readonly till: string;
  readonly kind: NumberKind;
  readonly code: Masked;
  readonly number: Masked | undefined;
  /** Unix time in milliseconds of the scan. */
  readonly time: number;
  /** Milliseconds from the last byte of the scan to the outcome. */
  readonly tookMs: number;
  readonly way: ScanWay;
  /** The order that was open at the scan, where the till tells us. */
  readonly orderId?: string;
}

/** What the pipeline tells whoever listens. */
export interface PipelineEvents {
  /** A read, as soon as it is known what it is. `till`: where it goes; undefined where nowhere. */
  scan: { readonly scan: Scan; readonly kind: CodeKind; readonly rule: string | undefined; readonly till: string | undefined };
  outcome: OutcomeEvent;
  /** A read was given by hand or by a program, before anything is made of it. */
  injected: Injection;
  /** The till, or a program, said that an order was opened or closed. `closed` without `orderId`: none is on the screen, it may come back. */
  order: { readonly till: string; readonly state: 'opened' | 'closed'; readonly orderId?: string };
  /** What the translators made of a loyalty scan, before its till sees anything of it. The code may be a one-time code: memory only. */
  translated: { readonly scan: Scan; readonly code: Code; readonly till: string; readonly translated: Translated };
  /** A loyalty scan is about to be complete: its silence ends within 3 ms, unless more bytes come. */
  expected: { readonly reader: string };
  /** Goods that were handed to a till's adapter. */
  goods: { readonly read: GoodsRead; readonly till: string };
  /** Reads that went nowhere: rejected as unmatched, no till for goods, a duplicate, lost bytes. */
  dropped: { readonly reader: string; readonly reason: string; readonly count: number };
  /** A reader's state changed, or it has something to say to the guest (`hint`). */
  reader: { readonly id: string; readonly state: PartState; readonly hint?: GuestHint };
  till: { readonly id: string; readonly state: PartState };
}

export type Unsubscribe = () => void;

/** A typed emitter. A listener that throws, or whose promise rejects, hurts nobody else: the error goes to `onError`. */
export class Emitter<Events extends object> {
  readonly #listeners: { [Name in keyof Events]?: Set<(event: Events[Name]) => unknown> } = {};
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): Unsubscribe {
    const listeners = (this.#listeners[name] ??= new Set());
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }

  /** Whether anybody listens: spares the hot path the making of an event. */
  heard(name: keyof Events): boolean {
    return (this.#listeners[name]?.size ?? 0) > 0;
  }

  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    const listeners = this.#listeners[name];
    if (listeners === undefined || listeners.size === 0) return;
    // of a copy: a listener may subscribe and unsubscribe while it is called
    for (const listener of [...listeners]) {
      try {
        const returned = listener(event);
        if (returned instanceof Promise) returned.catch(this.#onError);
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}
