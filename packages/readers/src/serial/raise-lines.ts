import type { LineSettings } from './options.js';

/**
 * Sets DTR and RTS as asked. serialport on Windows leaves RTS low without flow control, and some scanners stay silent then. A PTY has no
 * such lines ("Inappropriate ioctl"), and a port that cannot set them can still read: errors are ignored.
 */
export async function raiseLines(
  port: { set(lines: { dtr: boolean; rts: boolean }): Promise<void> },
  line: Required<LineSettings>,
): Promise<void> {
  await port.set({ dtr: line.dtr, rts: true }).catch(() => undefined);
}
