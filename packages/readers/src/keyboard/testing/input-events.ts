import type { KeyChange } from '../decode/key-change.js';
import { USAGE_OF_KEY } from '@tillbridge/core';
import type { EventSize } from '../decode/input-events.js';

/** One `struct input_event`, as the kernel would make it. */
export interface RawInputEvent {
  readonly type: number;
  readonly code: number;
  readonly value: number;
  readonly timeMs: number;
}

export function inputEvents(events: readonly RawInputEvent[], size: EventSize = 24): Uint8Array {
  const bytes = Buffer.alloc(events.length * size);
  events.forEach(({ type, code, value, timeMs }, i) => {
    const at = i * size;
    const seconds = Math.floor(timeMs / 1000);
    const micros = Math.round((timeMs - seconds * 1000) * 1000);
    if (size === 24) {
      bytes.writeBigInt64LE(BigInt(seconds), at);
      bytes.writeBigInt64LE(BigInt(micros), at + 8);
    } else {
      bytes.writeUInt32LE(seconds, at);
      bytes.writeUInt32LE(micros, at + 4);
    }
    bytes.writeUInt16LE(type, at + size - 8);
    bytes.writeUInt16LE(code, at + size - 6);
    bytes.writeInt32LE(value, at + size - 4);
  });
  return bytes;
}

/** Each key as the kernel tells it: the key, then the end of its packet. */
export function eventsOfKeys(changes: readonly KeyChange[], size: EventSize = 24): Uint8Array {
  return inputEvents(
    changes.flatMap(({ usage, down, at }) => [
      { type: 1, code: USAGE_OF_KEY.indexOf(usage), value: down ? 1 : 0, timeMs: at },
      { type: 0, code: 0, value: 0, timeMs: at },
    ]),
    size,
  );
}
