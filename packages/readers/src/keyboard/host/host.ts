import type { Clock } from '@tillbridge/core';
import type { HostedPart, HostPort } from '@tillbridge/child-host';
import type { KeyNews } from '../collect/key-collector.js';
import type { EvdevBinding } from './evdev-binding.js';
import { openEvdev } from './evdev-source.js';
import { OpenRefused, refusalOf, type KeySource, type KeySourceEvents } from './key-source.js';
import type { HostCommand, HostReport, KeyboardTarget } from './protocol.js';
import type { ClaimKeyboard } from './usb-binding.js';
import { openUsb } from './usb-source.js';

/** What the process stands on; a test plays it. */
export interface HostParts {
  readonly clock: Clock;
  readonly evdev: () => Promise<EvdevBinding>;
  readonly claim: ClaimKeyboard;
}

/** Reports that may wait for the parent; a keyboard that floods loses keys then, and says so. */
const MOST_PENDING = 256;
const PENDING_AGAIN = 32;
const LOOK_AGAIN_MS = 50;

/** The process that holds one keyboard at a time. Decides nothing: it opens what it is told and hands keys on. */
export function keyboardHost(parts: HostParts, port: HostPort<HostReport>): HostedPart<HostCommand> {
  let held: Held | undefined;
  /** One keyboard is let go of before the next is taken. */
  let turn: Promise<void> = Promise.resolve();
  const drop = (then: () => void = () => undefined): Promise<void> => {
    turn = turn
      .then(() => held?.close())
      .then(() => {
        held = undefined;
        then();
      });
    return turn;
  };
  return {
    command: (command) => {
      const { attempt } = command;
      if (command.kind === 'close') void drop(() => port.send({ kind: 'closed', attempt }));
      else {
        void drop(() => {
          held = new Held(attempt, parts, port);
          void held.open(command.target);
        });
      }
    },
    close: drop,
  };
}

/** One attempt at a keyboard, and its keys when that went well. */
class Held {
  readonly #attempt: number;
  readonly #parts: HostParts;
  readonly #port: HostPort<HostReport>;
  readonly #stop = new AbortController();
  #opening: Promise<KeySource | undefined> = Promise.resolve(undefined);
  #source: KeySource | undefined;
  /** Keys that came before the parent was told that it is open. */
  #early: KeyNews[] = [];
  #seq = 0;
  #overrun = false;

  constructor(attempt: number, parts: HostParts, port: HostPort<HostReport>) {
    this.#attempt = attempt;
    this.#parts = parts;
    this.#port = port;
  }

  async open(target: KeyboardTarget): Promise<void> {
    const attempt = this.#attempt;
    this.#opening = this.#take(target).catch((error: unknown) => {
      const refused = refusalOf(error);
      const missing = refused.package === undefined ? {} : { package: refused.package };
      if (!this.#stop.signal.aborted) this.#port.send({ kind: 'failed', attempt, failure: refused.failure, problem: refused.message, ...missing });
      return undefined;
    });
    const source = await this.#opening;
    if (source === undefined || this.#stop.signal.aborted) return;
    this.#source = source;
    this.#port.send({ kind: 'opened', attempt });
    const early = this.#early;
    this.#early = [];
    if (early.length > 0) this.#news(early);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await (await this.#opening)?.close();
  }

  async #take(target: KeyboardTarget): Promise<KeySource> {
    const { clock, evdev, claim } = this.#parts;
    const events: KeySourceEvents = { news: (news) => this.#news(news), gone: (problem) => this.#gone(problem) };
    if (target.access === 'usb') return openUsb(target, claim, clock, events);
    if (target.access === 'hook') throw new OpenRefused('other', 'this system has no keyboard hook');
    return openEvdev(target.path, await evdev(), clock, events, this.#stop.signal);
  }

  #news(news: readonly KeyNews[]): void {
    if (this.#stop.signal.aborted || this.#overrun) return;
    if (this.#source === undefined) {
      this.#early.push(...news.slice(0, MOST_PENDING));
    } else if (this.#port.pending > MOST_PENDING) {
      this.#overrun = true;
      this.#recover();
    } else {
      this.#send(news);
    }
  }

  /** Says that keys were lost, as soon as the parent has caught up. */
  #recover(): void {
    this.#parts.clock.timer(LOOK_AGAIN_MS, () => {
      if (this.#stop.signal.aborted || this.#source === undefined) return;
      if (this.#port.pending > PENDING_AGAIN) {
        this.#recover();
        return;
      }
      this.#overrun = false;
      this.#send([{ lost: true, down: this.#source.down() }]);
    });
  }

  #send(news: readonly KeyNews[]): void {
    this.#port.send({ kind: 'keys', attempt: this.#attempt, seq: this.#seq, news });
    this.#seq += 1;
  }

  #gone(problem: string): void {
    if (!this.#stop.signal.aborted) this.#port.send({ kind: 'gone', attempt: this.#attempt, problem });
  }
}
