import { keyOfUsage } from '@tillbridge/core';
import type { UsageEdge } from './key-strokes.js';

const EV_SYN = 0;
const EV_KEY = 1;

/** Bytes of one `struct input_event`: two longs of time, then type, code and value (include/uapi/linux/input.h). */
export function eventSize(arch: NodeJS.Architecture = process.arch): number {
  return ['x64', 'arm64', 'riscv64', 's390x', 'ppc64', 'loong64'].includes(arch) ? 24 : 16;
}

/**
 * Key edges as the kernel takes them: each followed by a SYN_REPORT, so that two edges of one key are two. Undefined for a key that Linux has
 * no number for. The kernel sets the times itself.
 */
export function eventBytes(edges: readonly UsageEdge[], size: number): Uint8Array | undefined {
  const bytes = Buffer.alloc(edges.length * 2 * size);
  const put = (index: number, type: number, code: number, value: number): void => {
    const at = (index + 1) * size - 8;
    bytes.writeUInt16LE(type, at);
    bytes.writeUInt16LE(code, at + 2);
    bytes.writeInt32LE(value, at + 4);
  };
  for (const [i, { usage, down }] of edges.entries()) {
    const key = keyOfUsage(usage);
    if (key === undefined) return undefined;
    put(i * 2, EV_KEY, key, down ? 1 : 0);
    put(i * 2 + 1, EV_SYN, 0, 0);
  }
  return bytes;
}
