import type { KeyChange } from './key-change.js';
import { USAGE_OF_KEY } from '@tillbridge/core';

/** What a chunk of the kernel's input events says, in order. `lost`: the kernel's queue ran over, events are missing from here on. */
export type InputNews = KeyChange | 'lost';

/** Bytes of a `struct input_event`: two words of time, then u16 type, u16 code, s32 value (include/uapi/linux/input.h). */
export type EventSize = 16 | 24;

const EV_SYN = 0;
const EV_KEY = 1;
const SYN_REPORT = 0;
const SYN_DROPPED = 3;
const RELEASED = 0;
const PRESSED = 1;

/** The size by the word size of this program; 32-bit systems with 64-bit time keep 16 bytes there. */
export function eventSize(arch: NodeJS.Architecture = process.arch): EventSize {
  return (['arm', 'ia32', 'mips', 'mipsel'] as readonly string[]).includes(arch) ? 16 : 24;
}

/** Reads what /dev/input/event* gives. The kernel hands over whole events only; a torn one at the end is kept for the next chunk. */
export class InputEventParser {
  readonly #size: EventSize;
  #rest: Uint8Array = new Uint8Array(0);
  /** Between SYN_DROPPED and the next SYN_REPORT events are of a packet that lost its beginning (Documentation/input/event-codes.rst). */
  #skipping = false;

  constructor(size: EventSize = eventSize()) {
    this.#size = size;
  }

  push(chunk: Uint8Array): readonly InputNews[] {
    const bytes = this.#rest.length === 0 ? chunk : joined(this.#rest, chunk);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const news: InputNews[] = [];
    let at = 0;
    for (; at + this.#size <= bytes.length; at += this.#size) {
      const one = this.#event(view, at);
      if (one !== undefined) news.push(one);
    }
    this.#rest = bytes.slice(at);
    return news;
  }

  #event(view: DataView, at: number): InputNews | undefined {
    const body = at + this.#size - 8;
    const type = view.getUint16(body, true);
    const code = view.getUint16(body + 2, true);
    if (type === EV_SYN) {
      if (code === SYN_REPORT) this.#skipping = false;
      if (code !== SYN_DROPPED || this.#skipping) return undefined;
      this.#skipping = true;
      return 'lost';
    }
    const value = view.getInt32(body + 4, true);
    const usage = USAGE_OF_KEY[code] ?? 0;
    // 2: the kernel repeats a key that is held down
    if (this.#skipping || type !== EV_KEY || usage === 0 || (value !== PRESSED && value !== RELEASED)) return undefined;
    return { usage, down: value === PRESSED, at: this.#time(view, at) };
  }

  /** Milliseconds: seconds and microseconds, as words of the program's size. */
  #time(view: DataView, at: number): number {
    if (this.#size === 16) return view.getUint32(at, true) * 1000 + view.getUint32(at + 4, true) / 1000;
    return Number(view.getBigInt64(at, true)) * 1000 + Number(view.getBigInt64(at + 8, true)) / 1000;
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

/** The keys of a bitmap as EVIOCGKEY gives it (bit n: key number n is down), as usages. */
export function keysDown(bitmap: Uint8Array): readonly number[] {
  const down: number[] = [];
  for (const [key, usage] of USAGE_OF_KEY.entries()) {
    if (usage !== 0 && (((bitmap[key >> 3] ?? 0) >> (key & 7)) & 1) === 1) down.push(usage);
  }
  return down;
}

/** The events that let every key of such a bitmap come up, in one packet. Their time is for the kernel to set. */
export function keyUpEvents(bitmap: Uint8Array, size: EventSize): Uint8Array {
  const keys: number[] = [];
  for (let key = 0; key < bitmap.length * 8; key += 1) if ((((bitmap[key >> 3] ?? 0) >> (key & 7)) & 1) === 1) keys.push(key);
  const bytes = new Uint8Array((keys.length + 1) * size);
  const view = new DataView(bytes.buffer);
  keys.forEach((key, i) => {
    const body = (i + 1) * size - 8;
    view.setUint16(body, EV_KEY, true);
    view.setUint16(body + 2, key, true);
  });
  return bytes;
}
