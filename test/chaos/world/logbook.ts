import type { Burst, JournalRow, Observed, OnOrder, Shown, Span, TakenGoods, TakenNumber, TakenText, Trouble } from '../judge/observed.js';
import type { Printed } from '../judge/leaks.js';
import { readFrame, type ReaderId, type TillId } from '../plan/codes.js';

const TICK_MS = 5;
/** A timer may be late by this on a free machine, in ms. */
const USUAL_MS = 5;

/** Collects what is seen from outside while a plan is played. */
export class Logbook {
  readonly bursts: Burst[] = [];
  readonly shown: Shown[] = [];
  readonly troubles: Trouble[] = [];
  readonly goods: TakenGoods[] = [];
  readonly numbers: TakenNumber[] = [];
  readonly codes: TakenText[] = [];
  readonly others: TakenText[] = [];
  readonly rows: JournalRow[] = [];
  readonly printed: Printed[] = [];
  readonly lags: Span[] = [];
  readonly orderChanges: number[] = [];
  readonly #newest = new Map<ReaderId, number>();
  readonly #taken = new Set<string>();
  readonly #open = new Set<{ name: Trouble['name']; target?: string; from: number }>();

  /** Measures how long this process stands still; call what it gives to end it. */
  watchLag(): () => void {
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      if (now - last > TICK_MS + USUAL_MS) this.lags.push({ from: last + TICK_MS, to: now });
      last = now;
    }, TICK_MS);
    return () => clearInterval(timer);
  }

  /** A till read a frame. */
  frame(till: TillId, text: string, at: number): void {
    const frame = readFrame(text);
    if (frame.is === 'goods') {
      this.goods.push({ till, at, reader: frame.reader, n: frame.n });
      this.#newest.set(frame.reader, frame.n);
    } else if (frame.is === 'number') {
      this.numbers.push({ till, at, number: frame.number });
      this.#taken.add(frame.number);
    } else (frame.is === 'code' ? this.codes : this.others).push({ till, at, text: frame.is === 'code' ? frame.code : text });
  }

  rest(till: TillId, text: string, at: number): void {
    this.others.push({ till, at, text });
  }

  /** The number of the product of a reader that came out last. */
  newest(reader: ReaderId): number {
    return this.#newest.get(reader) ?? -1;
  }

  hasNumber(number: string): boolean {
    return this.#taken.has(number);
  }

  /** Something begins to be wrong; call what it gives when everything is up again. */
  trouble(name: Trouble['name'], target?: string): () => void {
    const open = { name, from: performance.now(), ...(target === undefined ? {} : { target }) };
    this.#open.add(open);
    return () => {
      if (this.#open.delete(open)) this.troubles.push({ ...open, to: performance.now() });
    };
  }

  /** Troubles that touched this span, the ones included that are not over. */
  during({ from, to }: Span): readonly (Omit<Trouble, 'to'> & { readonly to?: number })[] {
    // they are listed as they ended
    const recent: Trouble[] = [];
    for (let i = this.troubles.length - 1; i >= 0 && this.troubles[i]!.to >= from; i -= 1) recent.push(this.troubles[i]!);
    return [...recent, ...this.#open].filter((trouble) => trouble.from <= to);
  }

  /** Everything, for the judges. Troubles that are not over last until now. */
  seen(onOrders: readonly OnOrder[]): Observed {
    const { lags, orderChanges, bursts, shown, goods, numbers, codes, others, rows } = this;
    const now = performance.now();
    return { lags, orderChanges, bursts, shown, goods, numbers, codes, others, rows, onOrders, troubles: [...this.troubles, ...[...this.#open].map((open) => ({ ...open, to: now }))] };
  }
}
