import { TillbridgeError, type Clock, type Log } from '@tillbridge/core';
import { hostEntry, superviseHost, type SpawnHost, type SupervisedHost } from '@tillbridge/child-host';
import type { Link } from '../connection/keep-connected.js';
import type { KeyNews } from './collect/key-collector.js';
import { gone, openRefused } from './errors.js';
import type { HostReport, KeyboardProtocol, KeyboardTarget } from './host/protocol.js';

export interface HostedKeyboardOptions {
  readonly reader: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly spawn?: SpawnHost | undefined;
}

/** A keyboard that is held. */
export interface KeyLink extends Link {
  /** Starts the flow of keys; called once, synchronously after the link is up. */
  start(onNews: (news: readonly KeyNews[]) => void): void;
}

const CLOSE_MS = 1500;

/** The process that holds the keyboard, and the attempt at one that is under way. */
export class HostedKeyboard {
  readonly #options: HostedKeyboardOptions;
  readonly #host: SupervisedHost<KeyboardProtocol>;
  #attempts = 0;
  #current: Attempt | undefined;
  #up = false;
  #waiting: (() => void)[] = [];

  constructor(options: HostedKeyboardOptions) {
    this.#options = options;
    const { clock, log, random, spawn } = options;
    this.#host = superviseHost<KeyboardProtocol>({
      entry: hostEntry(import.meta.url, 'keyboard-host'),
      setup: null,
      clock,
      log,
      random,
      onUp: () => this.#isUp(),
      onDown: (problem) => this.#isDown(problem),
      onMessage: (report) => this.#heard(report),
      ...(spawn === undefined ? {} : { spawn }),
    });
  }

  /** Takes a keyboard. Ends with its signal: what comes too late is given back. @throws TillbridgeError */
  async open(target: KeyboardTarget, signal: AbortSignal): Promise<KeyLink> {
    await this.#ready(signal);
    this.#attempts += 1;
    const attempt = new Attempt(this.#attempts, target.path, this.#options.reader);
    this.#current = attempt;
    if (signal.aborted || !this.#host.post({ kind: 'open', attempt: attempt.number, target })) {
      attempt.fail(gone(this.#options.reader, target.path));
    }
    const giveUp = (): void => {
      if (!attempt.opened) void this.#close(attempt);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      await attempt.answer;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
    return { ended: attempt.ended, start: (onNews) => attempt.start(onNews), close: () => this.#close(attempt) };
  }

  /** Gives everything back and ends the process, within 2 s. Idempotent. */
  stop(): Promise<void> {
    this.#current?.end(gone(this.#options.reader, this.#current.path));
    return this.#host.stop();
  }

  async #close(attempt: Attempt): Promise<void> {
    const { clock, reader } = this.#options;
    if (this.#current !== attempt || attempt.over) return;
    const posted = this.#host.post({ kind: 'close', attempt: attempt.number });
    attempt.end(gone(reader, attempt.path));
    if (!posted) return;
    const late = clock.timer(CLOSE_MS, () => {
      this.#host.recycle('it did not give its keyboard back');
      attempt.released();
    });
    await attempt.free;
    late();
  }

  #ready(signal: AbortSignal): Promise<void> {
    if (this.#up || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  #isUp(): void {
    this.#up = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) go();
  }

  #isDown(problem: string): void {
    this.#up = false;
    const attempt = this.#current;
    attempt?.end(new TillbridgeError('TB_READER_KEYBOARD_HELPER', { reader: this.#options.reader, path: attempt.path, problem }));
    attempt?.released();
  }

  #heard(report: HostReport): void {
    const attempt = this.#current;
    if (attempt?.number === report.attempt) attempt.take(report);
  }
}

/** One attempt at a keyboard, from the command to its end. */
class Attempt {
  readonly number: number;
  readonly path: string;
  readonly answer: Promise<void>;
  readonly ended: Promise<TillbridgeError>;
  /** Resolves when the process has given the keyboard back, or is no more. */
  readonly free: Promise<void>;
  readonly #reader: string;
  opened = false;
  over = false;
  #nextSeq = 0;
  #onNews: ((news: readonly KeyNews[]) => void) | undefined;
  /** Keys that came in the turn between the answer and `start`. */
  #early: KeyNews[] = [];
  #answer: { readonly resolve: () => void; readonly reject: (error: TillbridgeError) => void } | undefined;
  #end: (reason: TillbridgeError) => void = () => undefined;
  #free: () => void = () => undefined;

  constructor(number: number, path: string, reader: string) {
    this.number = number;
    this.path = path;
    this.#reader = reader;
    this.answer = new Promise((resolve, reject) => (this.#answer = { resolve, reject }));
    this.ended = new Promise((resolve) => (this.#end = resolve));
    this.free = new Promise((resolve) => (this.#free = resolve));
  }

  take(report: HostReport): void {
    switch (report.kind) {
      case 'opened':
        this.opened = true;
        this.#answer?.resolve();
        return;
      case 'failed':
        this.fail(openRefused(this.#reader, this.path, report));
        return;
      case 'keys':
        this.#keys(report.seq, report.news);
        return;
      case 'gone':
        this.end(gone(this.#reader, this.path));
        this.released();
        return;
      case 'closed':
        this.released();
    }
  }

  start(onNews: (news: readonly KeyNews[]) => void): void {
    this.#onNews = onNews;
    const early = this.#early;
    this.#early = [];
    if (early.length > 0 && !this.over) onNews(early);
  }

  fail(error: TillbridgeError): void {
    this.#answer?.reject(error);
    this.end(error);
    this.released();
  }

  /** No key comes after this. */
  end(reason: TillbridgeError): void {
    this.over = true;
    this.#answer?.reject(reason);
    this.#end(reason);
  }

  released(): void {
    this.#free();
  }

  #keys(seq: number, news: readonly KeyNews[]): void {
    if (this.over) return;
    // the channel keeps the order and loses nothing; if it ever did, half a read must not pass for a whole one
    const whole = seq === this.#nextSeq ? news : [{ lost: true as const, down: [] }, ...news];
    this.#nextSeq = seq + 1;
    if (this.#onNews === undefined) this.#early.push(...whole);
    else this.#onNews(whole);
  }
}
