// The kernel's numbers for keys (include/uapi/linux/input-event-codes.h), in the order of the HID usages that it makes them of
// (drivers/hid/hid-input.c, hid_keyboard). Only the first usage of a number counts: 43 is 0x31 and also the ISO 0x32.

/** Usages 0x04 to 0x73: letters, digits, punctuation, function keys, navigation, keypad. */
const FROM_0X04: readonly number[] = [
  30, 48, 46, 32, 18, 33, 34, 35, 23, 36, 37, 38, 50, 49, 24, 25, 16, 19, 31, 20, 22, 47, 17, 45, 21, 44, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 28, 1, 14,
  15, 57, 12, 13, 26, 27, 43, 43, 39, 40, 41, 51, 52, 53, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 87, 88, 99, 70, 119, 110, 102, 104, 111, 107,
  109, 106, 105, 108, 103, 69, 98, 55, 74, 78, 96, 79, 80, 81, 75, 76, 77, 71, 72, 73, 82, 83, 86, 127, 116, 117, 183, 184, 185, 186, 187, 188, 189,
  190, 191, 192, 193, 194,
];
/** Usages 0xe0 to 0xe7: the modifiers. */
const FROM_0XE0: readonly number[] = [29, 42, 56, 125, 97, 54, 100, 126];

const KEY_CODES = 256;

/** For each key number of the kernel its usage; 0 for keys that are not on the keyboard page (media keys, buttons). */
export const USAGE_OF_KEY: Uint8Array = build();

function build(): Uint8Array {
  const usages = new Uint8Array(KEY_CODES);
  for (const [first, keys] of [[0x04, FROM_0X04], [0xe0, FROM_0XE0]] as const) {
    keys.forEach((key, i) => {
      if (usages[key] === 0) usages[key] = first + i;
    });
  }
  return usages;
}

/** The kernel's number of the key with a usage of the keyboard page; `undefined` for one that it has no key for. */
export function keyOfUsage(usage: number): number | undefined {
  return usage >= 0xe0 ? FROM_0XE0[usage - 0xe0] : FROM_0X04[usage - 0x04];
}
