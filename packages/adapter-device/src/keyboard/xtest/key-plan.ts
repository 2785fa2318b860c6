import type { StrokePart } from '../injector.js';
import { SYM } from './keysyms.js';
import type { Keymap } from './keymap.js';

/** One key of the server going down or up. */
export interface KeyEdge {
  readonly keycode: number;
  readonly down: boolean;
}

/** The layout to lock, and the keys of each character in it. */
export interface KeyPlan {
  readonly group: number;
  /** One entry a character or key: Shift and Control around it where it needs them. */
  readonly units: readonly (readonly KeyEdge[])[];
}

/** A character, a key or a control code: what is typed without anything in between. */
export type Unit = { readonly character: string } | { readonly key: number } | { readonly control: number };

/** The parts one by one; undefined where there is a character that no X keyboard types. */
export function unitsOf(parts: readonly StrokePart[]): readonly Unit[] | undefined {
  const units: Unit[] = [];
  for (const part of parts) {
    if ('key' in part) units.push({ key: keysymOf(part.key) });
    else if ('control' in part) units.push({ control: part.control });
    else {
      // eslint-disable-next-line no-control-regex -- a control character in a text is a defect of the caller, and must not become a key
      if (/[\u0000-\u001f\u007f-\u009f]/.test(part.text)) return undefined;
      units.push(...Array.from(part.text).map((character) => ({ character })));
    }
  }
  return units;
}

/** Keys for all units in one layout, the active one first; undefined where no layout has them all. Pure. */
export function planKeys(units: readonly Unit[], map: Keymap, active: number): KeyPlan | undefined {
  const order = [active, ...Array.from({ length: map.groups }, (_, group) => group).filter((group) => group !== active)];
  for (const group of order) {
    const keys = units.map((unit) => edgesOf(unit, map, group));
    if (keys.every((edges) => edges !== undefined)) return { group, units: keys };
  }
  return undefined;
}

function edgesOf(unit: Unit, map: Keymap, group: number): readonly KeyEdge[] | undefined {
  const press = 'character' in unit ? map.press(unit.character, group) : map.pressOf('key' in unit ? unit.key : controlSymbol(unit.control), group);
  const shift = map.pressOf(SYM.Shift_L, group)?.keycode;
  const control = map.pressOf(SYM.Control_L, group)?.keycode;
  if (press === undefined || (press.shift && shift === undefined) || ('control' in unit && control === undefined)) return undefined;
  const around = [...(press.shift ? [shift ?? 0] : []), ...('control' in unit ? [control ?? 0] : [])];
  const all = [...around, press.keycode];
  return [...all.map((keycode) => ({ keycode, down: true })), ...all.toReversed().map((keycode) => ({ keycode, down: false }))];
}

/** Ctrl and the key of the character 0x40 above, letters small: GS is Ctrl and `]` (ECMA-48; xterm and the Linux console read it so). */
function controlSymbol(code: number): number {
  const symbol = code + 0x40;
  return symbol >= 0x41 && symbol <= 0x5a ? symbol + 0x20 : symbol;
}

function keysymOf(key: Extract<StrokePart, { key: unknown }>['key']): number {
  if (key === 'Enter' || key === 'Tab' || key === 'Escape' || key === 'Backspace') return SYM[key];
  return SYM.F1 + Number(key.slice(1)) - 1;
}
