import type { Delivery } from '../bridge.js';
import type { PendingDelivery } from './delivery.js';

/** Deliveries that wait to be taken; the oldest goes first, and a till has far fewer under way. */
const MAX_QUEUED = 256;

interface Waiter {
  readonly resolve: (result: IteratorResult<Delivery, undefined>) => void;
  readonly reject: (error: Error) => void;
}

/** The deliveries of one till for one loop: in order, only living ones, and no more at a time than its credit allows. */
export class DeliveryStream implements AsyncIterableIterator<Delivery, undefined> {
  readonly till: string;
  readonly #credit: number;
  readonly #onTaken: (delivery: PendingDelivery) => void;
  readonly #onEnd: () => void;
  #queued: PendingDelivery[] = [];
  #taken = 0;
  readonly #waiting: Waiter[] = [];
  #ended: { readonly error?: Error } | undefined;

  constructor(till: string, credit: number, onTaken: (delivery: PendingDelivery) => void, onEnd: () => void) {
    this.till = till;
    this.#credit = credit;
    this.#onTaken = onTaken;
    this.#onEnd = onEnd;
  }

  push(delivery: PendingDelivery): void {
    if (this.#ended !== undefined) return;
    this.#queued.push(delivery);
    if (this.#queued.length > MAX_QUEUED) this.#queued.shift();
    this.#pump();
  }

  next(): Promise<IteratorResult<Delivery, undefined>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#pump();
    });
  }

  return(): Promise<IteratorResult<Delivery, undefined>> {
    this.end();
    return Promise.resolve({ value: undefined, done: true });
  }

  end(): void {
    this.#finish({});
  }

  fail(error: Error): void {
    this.#finish({ error });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #pump(): void {
    while (this.#waiting.length > 0) {
      if (this.#ended !== undefined) {
        this.#settle(this.#ended);
        continue;
      }
      if (this.#taken >= this.#credit) return;
      this.#queued = this.#queued.filter(({ alive }) => alive);
      const delivery = this.#queued.shift();
      if (delivery === undefined) return;
      this.#take(delivery);
    }
  }

  #take(delivery: PendingDelivery): void {
    this.#taken += 1;
    const over = (): void => {
      this.#taken -= 1;
      this.#pump();
    };
    delivery.ended.addEventListener('abort', over, { once: true });
    this.#onTaken(delivery);
    this.#waiting.shift()?.resolve({ value: delivery, done: false });
  }

  /** The error is thrown once; whoever asks again is told that it is over. */
  #settle(how: { readonly error?: Error }): void {
    this.#ended = {};
    const waiter = this.#waiting.shift();
    if (how.error !== undefined) waiter?.reject(how.error);
    else waiter?.resolve({ value: undefined, done: true });
  }

  #finish(how: { readonly error?: Error }): void {
    if (this.#ended !== undefined) return;
    this.#ended = how;
    this.#queued = [];
    this.#onEnd();
    this.#pump();
  }
}
