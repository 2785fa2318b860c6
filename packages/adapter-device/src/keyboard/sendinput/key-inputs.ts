import type { KeyEvent } from '@tillbridge/core';
import type { KeyName, RefusedReason, StrokePart } from '../injector.js';
import { scanCodeOf } from './scan-codes.js';
import { KEYEVENTF_EXTENDEDKEY, KEYEVENTF_KEYUP, KEYEVENTF_SCANCODE, KEYEVENTF_UNICODE, type KeyInput, type LayoutHandle, type Windows } from './windows.js';

/** The events of one character or key: never torn apart, also where characters are typed with pauses. */
export type KeyGroup = readonly KeyInput[];

/** Characters of one stroke: more is no number and no marking code. */
const MOST_CHARACTERS = 1000;

// winuser.h, virtual-key codes
const VK: Readonly<Record<KeyName, number>> = {
  ...{ Enter: 0x0d, Tab: 0x09, Escape: 0x1b, Backspace: 0x08 },
  ...{ F1: 0x70, F2: 0x71, F3: 0x72, F4: 0x73, F5: 0x74, F6: 0x75, F7: 0x76, F8: 0x77, F9: 0x78, F10: 0x79, F11: 0x7a, F12: 0x7b },
};
const VK_SHIFT = 0x10;
const VK_CONTROL = 0x11;
const VK_MENU = 0x12;
const VK_CAPITAL = 0x14;
/** Shift, Ctrl, Alt and Windows keys, each side for itself. */
const MODIFIERS = [0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0x5b, 0x5c] as const;
/** Alt and Windows keys that come up alone open a menu. */
const OPENS_MENU = new Set<number>([0xa4, 0xa5, 0x5b, 0x5c]);
/** A code that no key has: between Alt down and Alt up it keeps the menu shut (as AutoHotkey's #MenuMaskKey does). */
const VK_UNASSIGNED = 0xe8;

/** How keys look on one layout. */
export type KeyMap = Pick<Windows, 'keyOf' | 'typedBy' | 'scanOf'>;

/** Compiles what is to be typed; a part that cannot be typed as meant refuses it whole. */
export function compileParts(parts: readonly StrokePart[], mode: 'unicode' | 'vk', keys: KeyMap, layout: LayoutHandle): readonly KeyGroup[] | RefusedReason {
  const groups: KeyGroup[] = [];
  for (const part of parts) {
    if ('key' in part) groups.push(press(VK[part.key], keys, layout));
    else if ('control' in part && !(part.control >= 1 && part.control < 0x20)) return 'notCarried';
    else {
      const text = 'control' in part ? String.fromCharCode(part.control) : part.text;
      // a lone half of a pair is no character, and control characters come as what they are or not at all
      if ('text' in part && /[\p{Cc}\p{Cs}]/u.test(text)) return 'notCarried';
      for (const character of text) {
        const group = mode === 'unicode' ? asCharacter(character) : asKey(character, keys, layout);
        if (group === undefined) return 'notOnLayout';
        groups.push(group);
      }
    }
    if (groups.length > MOST_CHARACTERS) return 'notCarried';
  }
  return groups;
}

/** Keys as they were read, in their order; undefined when one of them is not on a PC keyboard. */
export function compileKeys(events: readonly KeyEvent[], keys: Pick<Windows, 'vkOf'>, layout: LayoutHandle): readonly KeyInput[] | undefined {
  const inputs: KeyInput[] = [];
  for (const { usage, down } of events) {
    const code = scanCodeOf(usage);
    if (code === undefined) return undefined;
    // Windows goes by the scan code, as with a keyboard; wine 8 by the virtual key
    inputs.push({ vk: keys.vkOf(code, layout), scan: code & 0xff, flags: KEYEVENTF_SCANCODE | extended(code) | (down ? 0 : KEYEVENTF_KEYUP) });
  }
  return inputs;
}

/** What is done to the keyboard for the time of an array: held modifiers come up before it and go down again after it, Caps Lock likewise. */
export function wrapped(inputs: readonly KeyInput[], held: readonly number[], capsLock: boolean, keys: Pick<KeyMap, 'scanOf'>, layout: LayoutHandle): readonly KeyInput[] {
  const mask = held.some((vk) => OPENS_MENU.has(vk)) ? press(VK_UNASSIGNED, keys, layout) : [];
  const caps = capsLock ? press(VK_CAPITAL, keys, layout) : [];
  const up = held.map((vk) => key(vk, true, keys, layout));
  const down = held.toReversed().map((vk) => key(vk, false, keys, layout));
  return [...mask, ...up, ...caps, ...inputs, ...caps, ...down, ...mask];
}

/** The modifiers that somebody holds. */
export function heldModifiers(windows: Pick<Windows, 'held'>): readonly number[] {
  return MODIFIERS.filter((vk) => windows.held(vk));
}

/** Characters whatever the layout (SendInput, KEYEVENTF_UNICODE): one event pair for each UTF-16 unit. */
function asCharacter(character: string): KeyGroup {
  return Array.from({ length: character.length }, (_, i) => character.charCodeAt(i)).flatMap((scan) => [
    { vk: 0, scan, flags: KEYEVENTF_UNICODE },
    { vk: 0, scan, flags: KEYEVENTF_UNICODE | KEYEVENTF_KEYUP },
  ]);
}

/** A character as the key that types it on this layout; undefined when none does. */
function asKey(character: string, keys: KeyMap, layout: LayoutHandle): KeyGroup | undefined {
  if (character.length !== 1) return undefined;
  const found = keys.keyOf(character.charCodeAt(0), layout);
  // asked back: VkKeyScanEx also names dead keys, and keys that a control character only nearly has
  if (found === undefined || found.shift > 7 || keys.typedBy(found, layout) !== character) return undefined;
  const modifiers = [VK_SHIFT, VK_CONTROL, VK_MENU].filter((_, bit) => ((found.shift >> bit) & 1) === 1);
  return [
    ...modifiers.map((vk) => key(vk, false, keys, layout)),
    ...press(found.vk, keys, layout),
    ...modifiers.toReversed().map((vk) => key(vk, true, keys, layout)),
  ];
}

function press(vk: number, keys: Pick<KeyMap, 'scanOf'>, layout: LayoutHandle): KeyGroup {
  return [key(vk, false, keys, layout), key(vk, true, keys, layout)];
}

function key(vk: number, up: boolean, keys: Pick<KeyMap, 'scanOf'>, layout: LayoutHandle): KeyInput {
  const code = keys.scanOf(vk, layout);
  return { vk, scan: code & 0xff, flags: extended(code) | (up ? KEYEVENTF_KEYUP : 0) };
}

function extended(code: number): number {
  return code > 0xff ? KEYEVENTF_EXTENDEDKEY : 0;
}
