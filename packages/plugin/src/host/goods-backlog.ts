import { elapsed, type Cancel, type Clock, type Instant } from '@tillbridge/core';
import type { PluginCommand, WireGoods } from '../wire/messages.js';

export interface GoodsPorts {
  readonly clock: Clock;
  /** False where there is no process to be told. */
  readonly tell: (command: Extract<PluginCommand, { call: 'goods' }>) => boolean;
  readonly dropped: (reads: number, reason: string) => void;
}

/** How long goods wait for a plugin that is being started again, ms: an old product must not fall into a later sale. */
const KEEP_MS = 2000;
/** Reads that may wait, and reads that may be on their way. */
const MOST = 500;

/** Products on their way to a plugin: in order, counted when they are lost, dropped when they are old. */
export class GoodsBacklog {
  readonly #ports: GoodsPorts;
  readonly #sent = new Set<number>();
  #waiting: { readonly read: Omit<WireGoods, 'age'>; readonly at: Instant }[] = [];
  #n = 0;
  #cancel: Cancel | undefined;

  constructor(ports: GoodsPorts) {
    this.#ports = ports;
  }

  put(read: Omit<WireGoods, 'age'>, at: Instant): void {
    if (this.#waiting.length === 0 && this.#send(read, at)) return;
    if (this.#waiting.length >= MOST) {
      this.#ports.dropped(1, 'pluginBusy');
      return;
    }
    this.#waiting.push({ read, at });
    this.#cancel ??= this.#ports.clock.timer(KEEP_MS, () => this.#expire());
  }

  /** The process is there again. */
  flush(): void {
    this.#dropOld();
    while (this.#waiting[0] !== undefined && this.#send(this.#waiting[0].read, this.#waiting[0].at)) this.#waiting.shift();
    if (this.#waiting.length === 0) this.#stopTimer();
  }

  /** The plugin has handed this one on. */
  taken(n: number): void {
    this.#sent.delete(n);
    if (this.#waiting.length > 0) this.flush();
  }

  /** The process is gone: what it had not acknowledged may or may not have reached the till, and is not sent twice. */
  lost(): void {
    if (this.#sent.size > 0) this.#ports.dropped(this.#sent.size, 'pluginLost');
    this.#sent.clear();
  }

  clear(reason: string): void {
    this.#stopTimer();
    if (this.#waiting.length > 0) this.#ports.dropped(this.#waiting.length, reason);
    this.#waiting = [];
  }

  #send(read: Omit<WireGoods, 'age'>, at: Instant): boolean {
    if (this.#sent.size >= MOST) return false;
    if (!this.#ports.tell({ call: 'goods', n: this.#n + 1, read: { ...read, age: elapsed(this.#ports.clock, at) } })) return false;
    this.#n += 1;
    this.#sent.add(this.#n);
    return true;
  }

  #expire(): void {
    this.#cancel = undefined;
    this.flush();
    const [first] = this.#waiting;
    if (first === undefined) return;
    this.#cancel = this.#ports.clock.timer(Math.max(1, KEEP_MS - elapsed(this.#ports.clock, first.at)), () => this.#expire());
  }

  #dropOld(): void {
    const fresh = this.#waiting.filter(({ at }) => elapsed(this.#ports.clock, at) < KEEP_MS);
    if (fresh.length < this.#waiting.length) this.#ports.dropped(this.#waiting.length - fresh.length, 'pluginDown');
    this.#waiting = fresh;
  }

  #stopTimer(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
