// Symbols of keys (X11 protocol, appendix A "KEYSYM Encoding"; X11/keysymdef.h).

export const SYM = {
  Enter: 0xff0d,
  Tab: 0xff09,
  Escape: 0xff1b,
  Backspace: 0xff08,
  F1: 0xffbe,
  Shift_L: 0xffe1,
  Control_L: 0xffe3,
} as const;

/** Modifiers that are held and not toggled: Shift, Control, Alt, Meta, Super, Hyper, left and right; AltGr; Mode_switch. */
const HELD: ReadonlySet<number> = new Set([0xffe1, 0xffe2, 0xffe3, 0xffe4, 0xffe7, 0xffe8, 0xffe9, 0xffea, 0xffeb, 0xffec, 0xffed, 0xffee, 0xfe03, 0xff7e]);

/** Whether pressing a key of this symbol again leaves things as they were while it was held. */
export function isHeldModifier(symbol: number): boolean {
  return HELD.has(symbol);
}

/** Letters of KOI8-R stand in the order of the keysyms 0x6c0 to 0x6ff (keysymdef.h: "Cyrillic"). */
const CYRILLIC = 'юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ';

/** The symbols that stand for a character, the commoner first: that of Latin-1, the old one of Cyrillic, and Unicode's. */
export function keysymsOf(character: string): readonly number[] {
  const code = character.codePointAt(0) ?? 0;
  if ((code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0xff)) return [code];
  const unicode = 0x01000000 + code;
  const letter = CYRILLIC.indexOf(character);
  if (letter >= 0) return [0x6c0 + letter, unicode];
  if (character === 'ё') return [0x6a3, unicode];
  if (character === 'Ё') return [0x6b3, unicode];
  if (character === '№') return [0x6b0, unicode];
  return code > 0xff ? [unicode] : [];
}
