import type { Symbology } from './decode/symbology.js';
import type { NewId } from './ids.js';
import type { KeyEvent } from './key-event.js';
import { maskText } from './masked.js';
import type { Instant } from './ports/clock.js';

const inspect = Symbol.for('nodejs.util.inspect.custom');

export interface ScanFields {
  /** The id, or what makes it when it is first asked for. */
  readonly id: string | NewId;
  readonly reader: string;
  readonly bytes: Uint8Array;
  readonly terminator: Uint8Array;
  readonly text: string;
  readonly aim: string | undefined;
  readonly symbology: Symbology | undefined;
  readonly gs1: boolean;
  readonly at: Instant;
  readonly partial?: boolean | undefined;
  readonly keys?: readonly KeyEvent[] | undefined;
}

/** One physical read. Printing or serialising it shows the code masked; `text` and `bytes` are in clear. */
export class Scan implements ScanFields {
  #id: string | NewId;
  readonly reader: string;
  /** As read, AIM id included, without the terminator. */
  readonly bytes: Uint8Array;
  /** As read; empty where the read had none. */
  readonly terminator: Uint8Array;
  /** Decoded, without AIM id. */
  readonly text: string;
  /** The AIM id, such as `]Q1`, where the scanner sends it. */
  readonly aim: string | undefined;
  readonly symbology: Symbology | undefined;
  /** GS1 data: by its AIM id, or because a GS (0x1D) separator stands in it. */
  readonly gs1: boolean;
  readonly at: Instant;
  /** No whole read: typed by hand, or a piece of a read without an end. */
  readonly partial: boolean;
  /** The keys that it came as, where a keyboard was read. As good as the code itself: never logged. */
  readonly keys: readonly KeyEvent[] | undefined;

  constructor(fields: ScanFields) {
    this.#id = fields.id;
    this.reader = fields.reader;
    this.bytes = fields.bytes;
    this.terminator = fields.terminator;
    this.text = fields.text;
    this.aim = fields.aim;
    this.symbology = fields.symbology;
    this.gs1 = fields.gs1;
    this.at = fields.at;
    this.partial = fields.partial === true;
    this.keys = fields.keys;
  }

  /** Unique; sorts by time, that of the first look at it: goods leave before they have one. */
  get id(): string {
    if (typeof this.#id === 'function') this.#id = this.#id();
    return this.#id;
  }

  toJSON(): Record<string, unknown> {
    const { id, reader, aim, symbology, gs1 } = this;
    return { id, reader, text: maskText(this.text), aim, symbology, gs1, time: this.at.wall };
  }

  [inspect](): string {
    return `Scan(${this.id} ${this.reader} ${maskText(this.text)})`;
  }
}
