import type { KeyInput } from './windows.js';

const INPUT_KEYBOARD = 1;

/** Bytes of one INPUT (winuser.h): its union is as large as MOUSEINPUT. */
export function inputSize(pointerBytes: 4 | 8): number {
  return pointerBytes === 8 ? 40 : 28;
}

/** The array that SendInput takes, each event with `mark` as its dwExtraInfo. `pointerBytes`: 8 in a 64-bit process. */
export function inputArray(inputs: readonly KeyInput[], mark: number, pointerBytes: 4 | 8): Buffer {
  const size = inputSize(pointerBytes);
  const bytes = Buffer.alloc(size * inputs.length);
  inputs.forEach(({ vk, scan, flags }, index) => {
    const start = index * size;
    const keyboard = start + pointerBytes;
    bytes.writeUInt32LE(INPUT_KEYBOARD, start);
    bytes.writeUInt16LE(vk, keyboard);
    bytes.writeUInt16LE(scan, keyboard + 2);
    bytes.writeUInt32LE(flags, keyboard + 4);
    // time stays 0: the system puts its own; then dwExtraInfo, aligned as a pointer
    bytes.writeUInt32LE(mark, keyboard + (pointerBytes === 8 ? 16 : 12));
  });
  return bytes;
}
