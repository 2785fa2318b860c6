import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPty, type Pty } from '@tillbridge/adapter-device';
import { silentLog, systemClock } from '@tillbridge/core';
import { describeReader, type ReaderDevice } from '@tillbridge/testkit/suites';
import { describe } from 'vitest';
import { createSerialReader } from './serial-reader.js';

/** A scanner on a PTY, under a path that stays the same over replugs. */
class PtyScanner implements ReaderDevice {
  readonly link: string;
  #pty: Pty | undefined;

  constructor(link: string) {
    this.link = link;
  }
  async replug(): Promise<void> {
    this.#pty ??= await openPty({ link: this.link });
  }
  unplug(): void {
    this.#pty?.close();
    this.#pty = undefined;
  }
  send(bytes: Uint8Array): void {
    const taken = this.#pty?.write(bytes);
    if (taken !== undefined && taken !== bytes.length) throw new Error(`the tty took ${String(taken)} of ${String(bytes.length)} bytes`);
  }
}

describe.runIf(process.platform === 'linux')('on a real PTY', () => {
  for (const transport of ['tty', 'stream'] as const) {
    const lateUnplug = transport === 'stream';
    // serialport's own stream may spin instead of telling: it is closed when the 2 s presence check sees that the path is gone
    const readyWithinMs = transport === 'tty' ? 1000 : 3500;
    describeReader(
      `serial through ${transport}`,
      async () => {
        const folder = mkdtempSync(join(tmpdir(), 'tillbridge-serial-'));
        const device = new PtyScanner(join(folder, 'scanner'));
        await device.replug();
        const feedback = { good: Uint8Array.of(7), bad: Uint8Array.of(0x46) };
        const reader = createSerialReader({ id: 'counter', where: { path: device.link }, feedback }, { clock: systemClock, log: silentLog, transport });
        return {
          reader,
          device,
          dispose: () => {
            device.unplug();
            rmSync(folder, { recursive: true, force: true });
          },
        };
      },
      { readyWithinMs, lateUnplug },
    );
  }
});
