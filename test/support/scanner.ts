import { fileURLToPath } from 'node:url';
import { startChild } from './child.js';
import { waitFor } from './wait-for.js';

const python = fileURLToPath(new URL('./far-end/scanner.py', import.meta.url));

/** A scanner that a program under test opens as a serial port (the part `python3`). */
export interface Scanner {
  /** The port to open. */
  readonly path: string;
  /** Sends a read; gives the nanoseconds of the system's monotonic clock just before it left. */
  scan(text: string): Promise<bigint>;
  stop(): Promise<void>;
}

export async function startScanner(): Promise<Scanner> {
  const child = startChild('python3', [python]);
  const [, path = ''] = await child.waitForLine(/^path (\S+)$/);
  let sent = 0;
  const times = (): readonly string[] => child.stdout().split('\n').slice(1, -1);
  return {
    path,
    scan: async (text) => {
      child.child.stdin.write(`${Buffer.from(text, 'latin1').toString('hex')}\n`);
      const mine = (sent += 1);
      const line = await waitFor('the scanner to send', () => times()[mine - 1]);
      return BigInt(line.replace('t ', ''));
    },
    stop: async () => {
      await child.stop(1000);
    },
  };
}
