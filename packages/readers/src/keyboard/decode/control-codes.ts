/**
 * The control code that Ctrl and a key stand for: the key's character minus 0x40, as scanners in "control + ASCII" mode type it and terminals
 * read it. Digits and the hyphen stand for the characters above them (Ctrl+2 for NUL, Ctrl+6 for RS, Ctrl+- for US).
 */
export function controlCode(plain: number, shifted: number): number | undefined {
  for (const byte of [shifted, plain]) {
    const upper = byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte;
    if (upper >= 0x40 && upper <= 0x5f) return upper - 0x40;
  }
  return undefined;
}
