import { keysymsOf } from './keysyms.js';

/** Bits of a modifier state (X11 protocol, SETofKEYMASK). */
export const MOD = { shift: 0x01, lock: 0x02, control: 0x04 } as const;

/** How the level of a key follows from the modifiers (XKB protocol, 3.? "Key Types"): the first entry whose modifiers are exactly down. */
interface KeyType {
  readonly mask: number;
  readonly levels: number;
  readonly entries: readonly { readonly mods: number; readonly level: number }[];
}

interface Key {
  readonly keycode: number;
  /** For each group of this key: its type, and the symbols of its levels. */
  readonly groups: readonly { readonly type: KeyType; readonly symbols: readonly number[] }[];
  /** What a group beyond those becomes: 0 wraps, 0x40 clamps, 0x80 redirects to `redirect`. */
  readonly outOfRange: number;
  readonly redirect: number;
}

/** A key to press for a character, with Shift or without. */
export interface Press {
  readonly keycode: number;
  readonly shift: boolean;
}

/** The layouts of a screen at one moment, as XkbGetMap tells them: what each key is in each group, by every level of its type. */
export class Keymap {
  /** Number of layouts; at most 4. */
  readonly groups: number;
  readonly #keys: readonly Key[];
  readonly #modifiers: ReadonlyMap<number, number>;
  readonly #presses: ReadonlyMap<number, Press>[];

  constructor(keys: readonly Key[], modifiers: ReadonlyMap<number, number>) {
    this.#keys = keys;
    this.#modifiers = modifiers;
    this.groups = Math.max(1, ...keys.map((key) => key.groups.length));
    this.#presses = Array.from({ length: this.groups }, (_, group) => this.#table(group));
  }

  /** The key of a character in a layout, with nothing but Shift; `undefined` where the layout does not have it. */
  press(character: string, group: number): Press | undefined {
    for (const symbol of keysymsOf(character)) {
      const press = this.pressOf(symbol, group);
      if (press !== undefined) return press;
    }
    return undefined;
  }

  pressOf(symbol: number, group: number): Press | undefined {
    return this.#presses[group]?.get(symbol);
  }

  /** The modifiers that a key sets; 0 for a key that is none. */
  modifiersOf(keycode: number): number {
    return this.#modifiers.get(keycode) ?? 0;
  }

  /** What a key is in the first layout without modifiers. */
  symbolOf(keycode: number): number {
    return this.#keys.find((key) => key.keycode === keycode)?.groups[0]?.symbols[0] ?? 0;
  }

  #table(group: number): ReadonlyMap<number, Press> {
    const table = new Map<number, Press>();
    for (const shift of [false, true]) {
      for (const key of this.#keys) {
        const symbol = symbolAt(key, group, shift ? MOD.shift : 0);
        if (symbol !== 0 && !table.has(symbol)) table.set(symbol, { keycode: key.keycode, shift });
      }
    }
    return table;
  }
}

function symbolAt(key: Key, group: number, mods: number): number {
  const { groups, outOfRange, redirect } = key;
  if (groups.length === 0) return 0;
  const clamped = outOfRange === 0x40 ? groups.length - 1 : outOfRange === 0x80 ? Math.min(redirect, groups.length - 1) : group % groups.length;
  const entry = groups[group < groups.length ? group : clamped];
  if (entry === undefined) return 0;
  const level = entry.type.entries.find((one) => one.mods === (mods & entry.type.mask))?.level ?? 0;
  return entry.symbols[level] ?? 0;
}

/** Parts that `parseMap` reads (XKB protocol, XkbGetMap): types, symbols, modifier map. */
export const MAP_PARTS = 0x01 | 0x02 | 0x04;

/**
 * The body of the answer to XkbGetMap for {@link MAP_PARTS}, from its byte 8 on, little endian (xkbproto, "XkbGetMap", and xcb-proto's xkb.xml).
 *
 * @throws {RangeError} on a short answer.
 */
export function parseMap(body: Buffer): Keymap {
  const firstKey = body.readUInt8(9);
  const [types, afterTypes] = keyTypes(body, 32, body.readUInt8(7));
  const keys: Key[] = [];
  let at = afterTypes;
  for (let i = 0; i < body.readUInt8(12); i += 1) {
    const info = body.readUInt8(at + 4);
    const width = body.readUInt8(at + 5);
    const count = body.readUInt16LE(at + 6);
    const symbols = Array.from({ length: count }, (_, index) => body.readUInt32LE(at + 8 + index * 4));
    const start = at;
    const groups = Array.from({ length: Math.min(info & 0x0f, 4) }, (_, group) => ({
      type: types[body.readUInt8(start + group)] ?? ONE_LEVEL,
      symbols: symbols.slice(group * width, (group + 1) * width),
    }));
    keys.push({ keycode: firstKey + i, groups, outOfRange: info & 0xc0, redirect: (info & 0x30) >> 4 });
    at += 8 + count * 4;
  }
  const modifiers = new Map<number, number>();
  for (let i = 0; i < body.readUInt8(25); i += 1) modifiers.set(body.readUInt8(at + i * 2), body.readUInt8(at + i * 2 + 1));
  return new Keymap(keys, modifiers);
}

const ONE_LEVEL: KeyType = { mask: 0, levels: 1, entries: [] };

function keyTypes(body: Buffer, start: number, count: number): [readonly KeyType[], number] {
  const types: KeyType[] = [];
  let at = start;
  for (let i = 0; i < count; i += 1) {
    const entries: { mods: number; level: number }[] = [];
    const total = body.readUInt8(at + 5);
    for (let entry = 0; entry < total; entry += 1) {
      const from = at + 8 + entry * 8;
      // one that hangs on a virtual modifier without a real one is inactive
      if (body.readUInt8(from) !== 0) entries.push({ mods: body.readUInt8(from + 1), level: body.readUInt8(from + 2) });
    }
    types.push({ mask: body.readUInt8(at), levels: body.readUInt8(at + 4), entries });
    at += 8 + total * 8 + (body.readUInt8(at + 6) === 0 ? 0 : total * 4);
  }
  return [types, at];
}
