import { elapsed, sleep, type Clock, type GoodsRead, type Instant, type KeyEvent, type SuffixName } from '@tillbridge/core';
import { goodsBytes, suffixBytes } from '../virtual-com/bytes.js';
import { uncertain, type Injector, type StrokePart, type TypeResult } from './injector.js';
import { planText, type ControlName } from './text-plan.js';

/** Bounds of what waits for the keyboard. */
const MOST_READS = 1024;
const MOST_KEYS = 262_144;
/** Milliseconds between two looks whether the keyboard is back. */
const LOOK_MS = 10;

interface Waiting {
  readonly at: Instant;
  readonly size: number;
  readonly type: (injector: Injector, withinMs: number, signal: AbortSignal) => Promise<TypeResult>;
}

export interface GoodsQueueOptions {
  readonly clock: Clock;
  readonly controls: readonly ControlName[];
  readonly suffix: SuffixName;
  readonly backlogMs: number;
  readonly keyDelayMs: number;
  readonly mode: 'unicode' | 'vk';
  /** Milliseconds that goods still have to keep away from the number before them. */
  readonly pauseMs: () => number;
  /** Called for each read that was typed. */
  readonly typed: () => void;
  readonly dropped: (reads: number, reason: string) => void;
}

/**
 * Goods on their way into the keyboard, in order, each whole. Keys that were read from a keyboard are played again as they were; other reads
 * are typed where every character may pass, and refused whole otherwise.
 */
export class GoodsQueue {
  readonly #options: GoodsQueueOptions;
  readonly #suffix: Uint8Array;
  readonly #waiting: Waiting[] = [];
  #size = 0;
  #running: Promise<void> | undefined;

  constructor(options: GoodsQueueOptions) {
    this.#options = options;
    this.#suffix = suffixBytes(options.suffix);
  }

  /** Resolves when nothing waits any more; undefined when nothing does. */
  get busy(): Promise<void> | undefined {
    return this.#running;
  }

  push(read: GoodsRead, injector: () => Injector | undefined, signal: AbortSignal): void {
    const keys = read.keys;
    const parts = keys === undefined || keys.length === 0 ? this.#planned(read) : undefined;
    if (parts === 'refused' || (parts?.length === 0 && keys === undefined)) return;
    const waiting: Waiting = parts === undefined ? played(read.at, keys ?? []) : this.#typed(read.at, parts);
    if (this.#waiting.length >= MOST_READS || this.#size + waiting.size > MOST_KEYS) {
      this.#options.dropped(1, 'tooMany');
      return;
    }
    this.#waiting.push(waiting);
    this.#size += waiting.size;
    this.#running ??= this.#run(injector, signal).finally(() => (this.#running = undefined));
  }

  /** Drops what waits. */
  drop(reason: string): void {
    this.#options.dropped(this.#waiting.length, reason);
    this.#waiting.length = 0;
    this.#size = 0;
  }

  #planned(read: GoodsRead): readonly StrokePart[] | 'refused' {
    const parts = planText(textOf(read, this.#suffix), this.#options.controls);
    if (typeof parts !== 'string') return parts;
    this.#options.dropped(1, parts);
    return 'refused';
  }

  #typed(at: Instant, parts: readonly StrokePart[]): Waiting {
    const { keyDelayMs, mode } = this.#options;
    const size = parts.reduce((sum, part) => sum + ('text' in part ? part.text.length : 1), 0);
    return { at, size, type: (injector, withinMs, signal) => injector.type({ parts, keyDelayMs, mode, withinMs }, signal) };
  }

  async #run(injector: () => Injector | undefined, signal: AbortSignal): Promise<void> {
    // the caller must see `busy` before the first key
    await Promise.resolve();
    for (let head = this.#waiting[0]; head !== undefined; head = this.#waiting[0]) {
      const left = this.#options.backlogMs - elapsed(this.#options.clock, head.at);
      const link = injector();
      if (signal.aborted) return;
      const pause = this.#options.pauseMs();
      if (left > 0 && (link === undefined || pause > 0)) {
        await sleep(this.#options.clock, Math.max(pause, LOOK_MS), signal);
        continue;
      }
      this.#waiting.shift();
      this.#size -= head.size;
      if (left <= 0 || link === undefined) {
        this.#options.dropped(1, 'keyboardNotReady');
        continue;
      }
      // an injector that breaks its word must not end the process: what it did nobody can tell
      const result = await head.type(link, left, signal).catch(() => uncertain('failed'));
      if (result.result === 'refused' && result.reason === 'notConnected') {
        // not a key went out: the next connection gets it, if that comes soon
        this.#waiting.unshift(head);
        this.#size += head.size;
        await sleep(this.#options.clock, LOOK_MS, signal);
      } else if (result.result === 'typed') this.#options.typed();
      else this.#options.dropped(1, result.result === 'refused' ? result.reason : 'cut');
    }
  }
}

function played(at: Instant, keys: readonly KeyEvent[]): Waiting {
  return { at, size: keys.length, type: (injector, _, signal) => injector.replay(keys, signal) };
}

/** What was read as text, with its end. Bytes that are no UTF-8 stand in the scan as the reader's charset has them. */
function textOf(read: GoodsRead, suffix: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(goodsBytes(read, suffix));
  } catch {
    const end = new TextDecoder('latin1').decode(read.withSuffix ? suffix : read.terminator);
    return `${read.scan?.aim ?? ''}${read.scan?.text ?? new TextDecoder('latin1').decode(read.bytes)}${end}`;
  }
}
