// What is printed on the keys of a US keyboard. A scanner in keyboard mode types for this layout unless it was told otherwise, and the
// system's own layout (Cyrillic, say) has no part in it here.

const CR = 0x0d;
const ESC = 0x1b;
const BS = 0x08;
const HT = 0x09;

/** Rows of: first usage, plain characters, the same with Shift (HID Usage Tables, keyboard page; the names there are those of the US layout). */
const ROWS: readonly (readonly [number, string, string])[] = [
  [0x04, 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  [0x1e, '1234567890', '!@#$%^&*()'],
  [0x2c, ' -=[]\\', ' _+{}|'],
  // 0x32 stands where ISO keyboards have their extra key; the system treats it as the backslash
  [0x32, '\\;\'`,./', '|:"~<>?'],
  [0x54, '/*-+', '/*-+'],
  [0x59, '1234567890.', '1234567890.'],
  // the extra key of ISO keyboards beside the left Shift, and the keypad's equals sign
  [0x64, '\\', '|'],
  [0x67, '=', '='],
];

const CONTROLS: readonly (readonly [number, number])[] = [
  [0x28, CR],
  [0x29, ESC],
  [0x2a, BS],
  [0x2b, HT],
  [0x58, CR],
];

/** For each usage its byte: without and with Shift. `undefined` where a key stands for no character. */
export const US_MAP: readonly (readonly [number, number] | undefined)[] = build();

function build(): readonly (readonly [number, number] | undefined)[] {
  const map = new Array<readonly [number, number] | undefined>(256).fill(undefined);
  for (const [first, plain, shifted] of ROWS) {
    for (let i = 0; i < plain.length; i += 1) map[first + i] = [plain.charCodeAt(i), shifted.charCodeAt(i)];
  }
  for (const [usage, byte] of CONTROLS) map[usage] = [byte, byte];
  return map;
}
