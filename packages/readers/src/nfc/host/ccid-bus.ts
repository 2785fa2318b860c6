import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cancel, Clock } from '@tillbridge/core';

/** USB class of smart card readers (CCID 1.1, table 4.3-1). */
const CCID_CLASS = '0b';
const SYSFS = '/sys/bus/usb/devices';
/** How often the bus is looked at, ms. */
const EVERY_MS = 1000;
/** What PC/SC says of a change may have come as long before the look that saw the change, ms. */
const BEFORE_MS = 1200;
/** By then PC/SC has told of a change: a reader's driver takes up to two seconds to come up. */
const TOLD_MS = 5000;

/** Interfaces of smart card readers on the USB bus, or undefined where the system does not say (Documentation/ABI/stable/sysfs-bus-usb). */
export function ccidInterfaces(folder = SYSFS): readonly string[] | undefined {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return undefined;
  }
  return names.filter((name) => name.includes(':') && classOf(join(folder, name)) === CCID_CLASS);
}

function classOf(path: string): string | undefined {
  try {
    return readFileSync(join(path, 'bInterfaceClass'), 'latin1').trim();
  } catch {
    // it went between the two looks
    return undefined;
  }
}

export type BusChange = 'added' | 'removed';

/**
 * Watches whether what comes and goes on the USB bus is also told by PC/SC. Two threads of libpcsclite share one table of readers (winscard_clnt.c,
 * `readerStates`; without a lock up to 1.9.9): now and then neither sees a reader go, and it stays in the list, ready and dead.
 */
export class CcidBus {
  readonly #clock: Clock;
  readonly #list: () => readonly string[] | undefined;
  readonly #missed: (change: BusChange) => void;
  readonly #toldAt = new Map<BusChange, number>();
  readonly #waits = new Map<BusChange, Cancel>();
  #known: ReadonlySet<string> | undefined;
  #cancel: Cancel | undefined;

  /** @param missed a change of the bus that PC/SC has not told of in time */
  constructor(clock: Clock, list: () => readonly string[] | undefined, missed: (change: BusChange) => void) {
    this.#clock = clock;
    this.#list = list;
    this.#missed = missed;
  }

  start(): void {
    this.#look();
  }

  /** PC/SC told of a reader that came or went. */
  told(change: BusChange): void {
    this.#toldAt.set(change, this.#clock.mono());
    this.#waits.get(change)?.();
    this.#waits.delete(change);
  }

  stop(): void {
    this.#cancel?.();
    for (const cancel of this.#waits.values()) cancel();
    this.#waits.clear();
  }

  #look(): void {
    const now = this.#list();
    // a system without such a folder will not get one
    if (now === undefined) return;
    const [known, next] = [this.#known, new Set(now)];
    this.#known = next;
    if (known !== undefined) {
      if ([...next].some((name) => !known.has(name))) this.#changed('added');
      if ([...known].some((name) => !next.has(name))) this.#changed('removed');
    }
    this.#cancel = this.#clock.timer(EVERY_MS, () => this.#look(), { ref: false });
  }

  #changed(change: BusChange): void {
    const toldAt = this.#toldAt.get(change);
    if (this.#waits.has(change) || (toldAt !== undefined && this.#clock.mono() - toldAt <= BEFORE_MS)) return;
    const cancel = this.#clock.timer(
      TOLD_MS,
      () => {
        this.#waits.delete(change);
        this.#missed(change);
      },
      { ref: false },
    );
    this.#waits.set(change, cancel);
  }
}
